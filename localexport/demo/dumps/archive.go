package dumps

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
	"strconv"

	"sluice/localexport/sqlread"
)

// What stands in an archive (version 1.14, of PostgreSQL 12 to 15), as pg_dump
// writes it: see package pgarchive, which reads it.
const (
	archiveMagic  = "PGDMP"
	archiveHead   = "\x01\x0e\x00\x04\x08\x01" // version, sizes of integers and offsets, custom format
	defaultLevel  = -1                         // of zlib
	sectionNone   = 1
	sectionBefore = 2
	sectionRows   = 3
	sectionAfter  = 4
	offsetUnknown = 1
	offsetKnown   = 2
	offsetNone    = 3
	blockRows     = 1
	chunkSize     = 64 << 10
)

// entry is a line of the table of contents.
type entry struct {
	tag, kind    string
	section      int
	define, copy string
	table        *table // whose rows it stands for, nil otherwise
	needs        int    // entry that comes first, 0 if none
	offset       int64
}

// writeArchive writes an archive in pg_dump's custom format. Its table of contents
// comes first and tells where blocks begin, so it is written again at the end.
func writeArchive(c *sqlread.Conn, tables []*table, w io.WriteSeeker) error {
	entries := listEntries(tables)
	contents := writeContents(entries)
	b := bufio.NewWriterSize(w, bufferSize)
	b.Write(contents) // the buffer keeps the first error
	at := &counter{w: b, n: int64(len(contents))}
	for i := range entries {
		e := &entries[i]
		if e.table == nil {
			continue
		}
		e.offset = at.n
		if err := writeBlock(c, e.table, i+1, at); err != nil {
			return err
		}
	}
	if err := b.Flush(); err != nil {
		return err
	}
	if _, err := w.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := w.Write(writeContents(entries))
	return err
}

// listEntries lists settings, tables, rows, keys and indexes; the number of an
// entry is its place, from 1.
func listEntries(tables []*table) []entry {
	entries := []entry{
		{tag: "ENCODING", kind: "ENCODING", section: sectionBefore, define: setEncoding},
		{tag: "STDSTRINGS", kind: "STDSTRINGS", section: sectionBefore, define: "SET standard_conforming_strings = 'on';\n"}, // pg_restore looks for the quotes
		{tag: "SEARCHPATH", kind: "SEARCHPATH", section: sectionBefore, define: setPath},
	}
	created := map[*table]int{}
	for _, t := range tables {
		entries = append(entries, entry{tag: t.name, kind: "TABLE", section: sectionBefore, define: t.create()})
		created[t] = len(entries)
	}
	for _, t := range tables {
		entries = append(entries, entry{tag: t.name, kind: "TABLE DATA", section: sectionRows, copy: t.copy(), table: t, needs: created[t]})
	}
	for _, t := range tables {
		for _, x := range t.extras() {
			entries = append(entries, entry{tag: x.tag, kind: x.kind, section: sectionAfter, define: x.sql, needs: created[t]})
		}
	}
	return entries
}

// element appends the elements of an archive.
type element struct{ bytes.Buffer }

func (e *element) int(n int) {
	sign := byte(0)
	if n < 0 {
		sign, n = 1, -n
	}
	e.WriteByte(sign)
	e.Write(binary.LittleEndian.AppendUint32(nil, uint32(n)))
}

func (e *element) text(s string) {
	e.int(len(s))
	e.WriteString(s)
}

func (e *element) null() { e.int(-1) }

// writeContents writes everything before the blocks.
func writeContents(entries []entry) []byte {
	var e element
	e.WriteString(archiveMagic + archiveHead)
	e.int(defaultLevel)
	for _, n := range []int{0, 0, 0, 1, 0, 125, 0} { // 2025-01-01 00:00:00, no summer time
		e.int(n)
	}
	e.text("demo")
	e.text(release)
	e.text(release)
	e.int(len(entries))
	for i, x := range entries {
		e.entry(i+1, x)
	}
	return e.Bytes()
}

func (e *element) entry(number int, x entry) {
	hasData, state := 0, byte(offsetNone)
	if x.table != nil {
		hasData, state = 1, offsetUnknown
		if x.offset > 0 {
			state = offsetKnown
		}
	}
	e.int(number)
	e.int(hasData)
	e.text("0") // oids, which a demo has none of
	e.text("0")
	e.text(x.tag)
	e.text(x.kind)
	e.int(x.section)
	e.text(x.define)
	e.text("") // DROP
	e.text(x.copy)
	if x.section == sectionBefore && x.kind != "TABLE" {
		e.null()
	} else {
		e.text(schema)
	}
	e.null()        // table space
	e.null()        // access method
	e.text("")      // owner
	e.text("false") // with OIDs
	if x.needs > 0 {
		e.text(strconv.Itoa(x.needs))
	}
	e.null()
	e.WriteByte(state)
	e.Write(binary.LittleEndian.AppendUint64(nil, uint64(x.offset)))
}

// counter counts what it passes on.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

// writeBlock writes the rows of a table, packed, in chunks.
func writeBlock(c *sqlread.Conn, t *table, number int, w io.Writer) error {
	var head element
	head.WriteByte(blockRows)
	head.int(number)
	if _, err := w.Write(head.Bytes()); err != nil {
		return err
	}
	pieces := bufio.NewWriterSize(&chunks{w}, chunkSize)
	packed := zlib.NewWriter(pieces)
	if err := t.copyRows(c, packed); err != nil {
		return err
	}
	if _, err := packed.Write([]byte("\\.\n\n\n")); err != nil {
		return err
	}
	if err := packed.Close(); err != nil {
		return fmt.Errorf("pack table %s: %w", t.name, err)
	}
	if err := pieces.Flush(); err != nil {
		return err
	}
	var end element
	end.int(0)
	_, err := w.Write(end.Bytes())
	return err
}

// chunks writes each piece with its length before it.
type chunks struct{ w io.Writer }

func (c *chunks) Write(p []byte) (int, error) {
	var length element
	length.int(len(p))
	if _, err := c.w.Write(length.Bytes()); err != nil {
		return 0, err
	}
	return c.w.Write(p)
}
