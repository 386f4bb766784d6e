package record

import (
	"bytes"

	"sluice/csvfile/internal/block"
)

// Column finds field number col of the record at the start of b, without cutting
// the rest of it into fields, and returns the record's length. has is false when
// the record has no such field. It gives up (ok is false) on records with
// quotes, on blank lines, and on records that end behind b: Split reads those.
func Column(b []byte, syn block.Syntax, col int) (f Field, has bool, n int, ok bool) {
	end := bytes.IndexByte(b, syn.Terminator)
	if end <= 0 || syn.Quote != 0 && bytes.IndexByte(b[:end], syn.Quote) >= 0 {
		return f, false, 0, false
	}
	line := b[:end]
	if syn.Terminator == '\n' && line[end-1] == '\r' {
		if line = line[:end-1]; len(line) == 0 {
			return f, false, 0, false
		}
	}
	for i, c := range line {
		if c != syn.Delimiter {
			continue
		}
		if col == 0 {
			return Field{Start: f.Start, End: i}, true, end + 1, true
		}
		col--
		f.Start = i + 1
	}
	return Field{Start: f.Start, End: len(line)}, col == 0, end + 1, true
}
