package pgarchive

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
)

// made is an archive to be written for a test.
type made struct {
	major, minor, format, packing int
	intSize, offsetSize           int
	offsets                       bool
	lines                         []line
}

// line is an entry of it, with its rows.
type line struct {
	desc, tag, define, copy, rows string
}

// label is a table with two rows.
var label = []line{
	{desc: "ENCODING", tag: "ENCODING", define: "SET client_encoding = 'UTF8';\n"},
	{desc: "TABLE", tag: "label", define: "CREATE TABLE a.label (labelid bigint, name text);\n"},
	{desc: "TABLE", tag: "other", define: "CREATE TABLE a.other (x int);\n"},
	{desc: "TABLE DATA", tag: "other", copy: "COPY a.other (x) FROM stdin;\n", rows: "7\n\\.\n\n\n"},
	{desc: "TABLE DATA", tag: "label", copy: "COPY a.label (labelid, name) FROM stdin;\n", rows: "1\tx\n2\t\\N\n\\.\n\n\n"},
}

const labelRows = "a.other|7\na.label|1|x\na.label|2|-\n"

// custom is an archive of version 1.x in the custom format.
func custom(minor int) made {
	return made{major: 1, minor: minor, format: formatCustom, intSize: 4, offsetSize: 8, offsets: true, lines: label}
}

func (m made) int(b *bytes.Buffer, n int64) {
	sign := byte(0)
	if n < 0 {
		sign, n = 1, -n
	}
	b.WriteByte(sign)
	m.little(b, n, m.intSize)
}

func (m made) little(b *bytes.Buffer, n int64, size int) {
	for range size {
		b.WriteByte(byte(n))
		n >>= 8
	}
}

func (m made) text(b *bytes.Buffer, s string) {
	m.int(b, int64(len(s)))
	b.WriteString(s)
}

// contents are the head and the table of contents, with offsets of the blocks.
func (m made) contents(offsets []int64) []byte {
	var b bytes.Buffer
	b.WriteString(Magic)
	b.Write([]byte{byte(m.major), byte(m.minor), 0, byte(m.intSize), byte(m.offsetSize), byte(m.format)})
	if m.minor < 15 {
		m.int(&b, int64(m.packing))
	} else {
		b.WriteByte(byte(m.packing))
	}
	for _, n := range []int64{44, 42, 20, 22, 10, 122, 0} { // 2022-11-22 20:42:44
		m.int(&b, n)
	}
	for _, s := range []string{"confluence", "15.3", "16.1"} {
		m.text(&b, s)
	}
	m.int(&b, int64(len(m.lines)))
	for i, l := range m.lines {
		m.entry(&b, i, l, offsets[i])
	}
	return b.Bytes()
}

func (m made) entry(b *bytes.Buffer, i int, l line, offset int64) {
	hasData := int64(0)
	if l.rows != "" {
		hasData = 1
	}
	m.int(b, int64(i+1))
	m.int(b, hasData)
	for _, s := range []string{"1259", "16384", l.tag, l.desc} {
		m.text(b, s)
	}
	m.int(b, 3)
	for _, s := range []string{l.define, "", l.copy, "a", ""} {
		m.text(b, s)
	}
	if m.minor >= 14 {
		m.text(b, "heap")
	}
	if m.minor >= 16 {
		m.int(b, 'r')
	}
	for _, s := range []string{"owner", "false", "4711"} { // the last one is a dependency
		m.text(b, s)
	}
	m.int(b, -1)
	switch {
	case m.format != formatCustom:
		m.text(b, file(i, l))
		return
	case l.rows == "":
		b.WriteByte(offsetNone)
	case m.offsets:
		b.WriteByte(offsetKnown)
	default:
		b.WriteByte(offsetUnknown)
	}
	m.little(b, offset, m.offsetSize)
}

// file is the name of the file with the rows of an entry in a folder.
func file(i int, l line) string {
	if l.rows == "" {
		return ""
	}
	return fmt.Sprintf("%d.dat", i+1)
}

// pack packs rows as the archive says.
func (m made) pack(t testing.TB, rows string) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	switch {
	case m.packing == 0:
		return []byte(rows)
	case m.minor < 15 || m.packing == 1:
		w = zlib.NewWriter(&b)
	case m.packing == 2:
		w = lz4.NewWriter(&b)
	default:
		z, err := zstd.NewWriter(&b)
		if err != nil {
			t.Fatal(err)
		}
		w = z
	}
	if _, err := io.WriteString(w, rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bytes are the archive in the custom format; each block comes in pieces of 9 bytes.
func (m made) bytes(t testing.TB) []byte {
	t.Helper()
	offsets := make([]int64, len(m.lines))
	at := int64(len(m.contents(offsets)))
	var blocks bytes.Buffer
	for i, l := range m.lines {
		if l.rows == "" {
			continue
		}
		offsets[i] = at + int64(blocks.Len())
		blocks.WriteByte(blockRows)
		m.int(&blocks, int64(i+1))
		for rest := m.pack(t, l.rows); len(rest) > 0; rest = rest[min(9, len(rest)):] {
			piece := rest[:min(9, len(rest))]
			m.int(&blocks, int64(len(piece)))
			blocks.Write(piece)
		}
		m.int(&blocks, 0)
	}
	return append(m.contents(offsets), blocks.Bytes()...)
}
