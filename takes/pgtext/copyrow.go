package pgtext

import (
	"bytes"

	"sluice/takes/feed"
)

// Splitter cuts the lines of COPY's text format into values (PostgreSQL
// documentation, COPY, "Text Format"). It decodes them in place.
type Splitter struct {
	rows   feed.Rows
	needs  []bool
	values []feed.Value
}

// NewSplitter returns a Splitter that hands rows of so many columns on.
func NewSplitter(rows feed.Rows, columns int) *Splitter {
	s := &Splitter{rows: rows, needs: make([]bool, columns), values: make([]feed.Value, columns)}
	for i := range s.needs {
		s.needs[i] = rows.Needs(i)
	}
	return s
}

// Row hands on a line, without its line feed; the line is changed.
func (s *Splitter) Row(line []byte) error {
	for i := range s.values {
		end := bytes.IndexByte(line, '\t')
		last := i == len(s.values)-1
		switch {
		case end < 0 && !last:
			return feed.Damaged("%d values for %d columns", i+1, len(s.values))
		case end >= 0 && last:
			return feed.Damaged("%d values for %d columns", len(s.values)+bytes.Count(line, []byte{'\t'}), len(s.values))
		case end < 0:
			end = len(line)
		}
		s.values[i] = feed.Value{}
		if s.needs[i] {
			s.values[i] = decode(line[:end])
		}
		if !last {
			line = line[end+1:]
		}
	}
	return s.rows.Row(s.values)
}

// decode undoes the escapes of a value.
func decode(b []byte) feed.Value {
	i := bytes.IndexByte(b, '\\')
	if i < 0 {
		return feed.Value{Text: b, Valid: true}
	}
	if len(b) == 2 && b[1] == 'N' {
		return feed.Value{}
	}
	n := i
	for i < len(b) {
		next, used := escape(b[i+1:])
		b[n] = next
		n++
		i += 1 + used
		plain := bytes.IndexByte(b[i:], '\\')
		if plain < 0 {
			plain = len(b) - i
		}
		n += copy(b[n:], b[i:i+plain])
		i += plain
	}
	return feed.Value{Text: b[:n], Valid: true}
}

// escape is the byte that a backslash and what follows it mean.
func escape(b []byte) (c byte, used int) {
	if len(b) == 0 {
		return '\\', 0
	}
	switch b[0] {
	case 'b':
		return '\b', 1
	case 'f':
		return '\f', 1
	case 'n':
		return '\n', 1
	case 'r':
		return '\r', 1
	case 't':
		return '\t', 1
	case 'v':
		return '\v', 1
	case '0', '1', '2', '3', '4', '5', '6', '7':
		v := 0
		for used < 3 && used < len(b) && b[used] >= '0' && b[used] <= '7' {
			v = v*8 + int(b[used]-'0')
			used++
		}
		return byte(v), used
	case 'x':
		v := 0
		for used = 1; used < 3 && used < len(b); used++ {
			d, ok := hexDigit(b[used])
			if !ok {
				break
			}
			v = v*16 + d
		}
		if used > 1 {
			return byte(v), used
		}
	}
	return b[0], 1
}

func hexDigit(c byte) (int, bool) {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0'), true
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10, true
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10, true
	}
	return 0, false
}
