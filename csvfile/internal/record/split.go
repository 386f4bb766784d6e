// Package record cuts CSV records into fields.
//
// The grammar is that of RFC 4180 read leniently, as Python's csv module does:
// a field is quoted only if a quote is its first byte; inside, two quotes stand
// for one; text behind the closing quote belongs to the field; any other quote
// is data. A record ends with LF or CRLF (or CR, in files that have no LF), or
// with the end of the file. A line with nothing in it is a record of no fields.
//
// [Split] works on a record that lies in memory whole; [Stream] on one that
// arrives in pieces and may be larger than memory.
package record

import (
	"bytes"

	"sluice/csvfile/internal/block"
)

// Field is one field of a record: the bytes [Start, End) of the buffer, with
// the outer quotes taken off when the field is simply quoted.
type Field struct {
	Start, End int
	// Raw says that the bytes are not yet the value: they include quotes,
	// which [Field.Append] resolves.
	Raw bool
	// quote is the quote of the file, if Raw.
	quote byte
}

// Append appends the value of f, whose bytes are in b, to dst.
func (f Field) Append(dst, b []byte) []byte {
	if !f.Raw {
		return append(dst, b[f.Start:f.End]...)
	}
	raw := b[f.Start+1 : f.End] // behind the opening quote
	for {
		j := bytes.IndexByte(raw, f.quote)
		if j < 0 {
			return append(dst, raw...) // never closed
		}
		dst = append(dst, raw[:j]...)
		raw = raw[j+1:]
		if len(raw) == 0 || raw[0] != f.quote {
			return append(dst, raw...) // closed; what follows is data as it is
		}
		dst = append(dst, f.quote)
		raw = raw[1:]
	}
}

// Value returns the value of f: a part of b, or appended to *scratch when
// quotes have to be resolved.
func (f Field) Value(b []byte, scratch *[]byte) []byte {
	if !f.Raw {
		return b[f.Start:f.End]
	}
	n := len(*scratch)
	*scratch = f.Append(*scratch, b)
	return (*scratch)[n:]
}

// Split cuts the record at the start of b into fields, appended to fields, and
// returns the record's length with its terminator. When b ends before the
// record does, ok is false, unless atEOF says that the file ends there too.
func Split(b []byte, atEOF bool, syn block.Syntax, fields []Field) (out []Field, n int, ok bool) {
	if n, ok := blank(b, atEOF, syn); ok {
		return fields, n, true
	}
	i := 0
	for {
		start, closed, doubled := i, -1, false
		if i < len(b) && syn.IsQuote(b[i]) {
			closed, doubled = closing(b, i, syn.Quote)
			i = closed + 1
			if closed < 0 {
				if !atEOF {
					return fields, 0, false
				}
				return append(fields, Field{Start: start, End: len(b), Raw: true, quote: syn.Quote}), len(b), true
			}
		}
		plain := i
		for i < len(b) && b[i] != syn.Delimiter && b[i] != syn.Terminator {
			i++
		}
		if i == len(b) && !atEOF {
			return fields, 0, false
		}
		end, more := i, i < len(b) && b[i] == syn.Delimiter
		if !more && syn.Terminator == '\n' && end > plain && b[end-1] == '\r' {
			end--
		}
		switch {
		case closed < 0:
			fields = append(fields, Field{Start: start, End: end})
		case doubled || end > closed+1:
			fields = append(fields, Field{Start: start, End: end, Raw: true, quote: syn.Quote})
		default:
			fields = append(fields, Field{Start: start + 1, End: closed})
		}
		if !more {
			return fields, min(i+1, len(b)), true
		}
		i++
	}
}

// blank reports whether b starts with a record of no fields, and its length.
func blank(b []byte, atEOF bool, syn block.Syntax) (int, bool) {
	switch {
	case len(b) == 0:
		return 0, atEOF
	case b[0] == syn.Terminator:
		return 1, true
	case b[0] != '\r' || syn.Terminator == '\r':
		return 0, false
	case len(b) == 1:
		return 1, atEOF
	}
	return 2, b[1] == syn.Terminator
}

// closing returns the position of the quote that closes the field which opens
// at b[i], or -1, and whether doubled quotes were met on the way.
func closing(b []byte, i int, quote byte) (at int, doubled bool) {
	for i++; ; i += 2 {
		j := bytes.IndexByte(b[i:], quote)
		if j < 0 {
			return -1, doubled
		}
		i += j
		if i+1 >= len(b) || b[i+1] != quote {
			return i, doubled
		}
		doubled = true
	}
}
