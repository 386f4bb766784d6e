package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
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
	out := bufio.NewWriterSize(file, 1<<20)
	defer func() { err = errors.Join(err, out.Flush(), file.Close()) }()
	lines := bufio.NewReaderSize(in, 1<<20)
	head, err := lines.ReadBytes('\n')
	if err != nil {
		return c, err
	}
	if _, err := out.Write(head); err != nil {
		return c, err
	}
	owed := 0 // rows to add as soon as there is a number between two
	before := int64(0)
	last := []byte(nil)
	for n := 0; ; n++ {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return c, err
		}
		digits, rest, _ := bytes.Cut(line, []byte{','})
		id, err := strconv.ParseInt(string(digits), 10, 64)
		if err != nil {
			return c, err
		}
		for owed > 0 && before > 0 && id > before+1 {
			before++
			if err := put(out, before, rest); err != nil {
				return c, err
			}
			c.Added++
			owed--
		}
		before, last = id, rest
		switch place := (n * 7919) % 1000; {
		case place < 5:
			c.Removed++
			continue
		case place < 15:
			c.Changed++
			rest = append(append([]byte(nil), bytes.TrimRight(rest, "\r\n")...), "edited\r\n"...)
			if bytes.HasSuffix(line, []byte("\"\r\n")) { // into the quotes
				rest = append(append([]byte(nil), bytes.TrimSuffix(line[len(digits)+1:], []byte("\"\r\n"))...), "edited\"\r\n"...)
			}
		default:
			c.Unchanged++
			if place < 25 {
				owed++
			}
		}
		if err := put(out, id, rest); err != nil {
			return c, err
		}
	}
	for ; owed > 0; owed-- {
		before++
		if err := put(out, before, last); err != nil {
			return c, err
		}
		c.Added++
	}
	return c, nil
}

func put(out *bufio.Writer, id int64, rest []byte) error {
	if _, err := out.WriteString(strconv.FormatInt(id, 10) + ","); err != nil {
		return err
	}
	_, err := out.Write(rest)
	return err
}
