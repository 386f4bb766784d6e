package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"math"
	"os"
	"slices"
	"strconv"

	"sluice/changes"
)

// edit writes a later export of pages: of 1000 rows 10 are changed, 5 removed and 10
// added. Rows must have no line breaks in their cells.
func edit(from, to string) (c changes.Counts, err error) {
	in, err := os.Open(from)
	if err != nil {
		return c, err
	}
	defer in.Close()
	file, err := os.Create(to)
	if err != nil {
		return c, err
	}
	e := editor{out: bufio.NewWriterSize(file, 1<<20)}
	defer func() { err = errors.Join(err, e.out.Flush(), file.Close()) }()
	err = e.all(bufio.NewReaderSize(in, 1<<20))
	return e.counts, err
}

// editor writes rows anew, and counts what it did to them.
type editor struct {
	out    *bufio.Writer
	counts changes.Counts
	owed   int    // rows to add as soon as there is a number between two
	before int64  // the number of the last row
	last   []byte // what stands behind it
}

// all edits a header and the rows behind it.
func (e *editor) all(lines *bufio.Reader) error {
	head, err := lines.ReadBytes('\n')
	if err != nil {
		return err
	}
	if _, err := e.out.Write(head); err != nil {
		return err
	}
	for n := 0; ; n++ {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return e.add(math.MaxInt64)
		}
		if err != nil {
			return err
		}
		if err := e.row(n, line); err != nil {
			return err
		}
	}
}

// row edits row n: its place among 1000 says what becomes of it.
func (e *editor) row(n int, line []byte) error {
	digits, rest, _ := bytes.Cut(line, []byte{','})
	id, err := strconv.ParseInt(string(digits), 10, 64)
	if err != nil {
		return err
	}
	e.last = rest
	if e.before > 0 {
		if err := e.add(id); err != nil {
			return err
		}
	}
	e.before = id
	switch place := (n * 7919) % 1000; {
	case place < 5:
		e.counts.Removed++
		return nil
	case place < 15:
		e.counts.Changed++
		rest = edited(rest)
	default:
		e.counts.Unchanged++
		if place < 25 {
			e.owed++
		}
	}
	return put(e.out, id, rest)
}

// add writes the rows that are owed, with the numbers up to one.
func (e *editor) add(limit int64) error {
	for e.owed > 0 && e.before+1 < limit {
		e.before++
		if err := put(e.out, e.before, e.last); err != nil {
			return err
		}
		e.counts.Added++
		e.owed--
	}
	return nil
}

// edited is a row with a longer last cell.
func edited(row []byte) []byte {
	row = bytes.TrimRight(row, "\r\n")
	if inner, quoted := bytes.CutSuffix(row, []byte{'"'}); quoted {
		return slices.Concat(inner, []byte("edited\"\r\n"))
	}
	return slices.Concat(row, []byte("edited\r\n"))
}

func put(out *bufio.Writer, id int64, rest []byte) error {
	if _, err := out.WriteString(strconv.FormatInt(id, 10) + ","); err != nil {
		return err
	}
	_, err := out.Write(rest)
	return err
}
