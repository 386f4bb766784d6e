package saveas

import (
	"bufio"

	"sluice/csvfile"
)

// lines writes JSON Lines: an object for each row, whose keys are the columns, in their
// order. A row that lacks a cell lacks its key. Without types all values are strings.
type lines struct {
	s    *saving
	w    *bufio.Writer
	keys [][]byte // of the columns, as they stand in an object
	buf  []byte
}

func newLines(s *saving) *lines { return &lines{s: s, w: bufio.NewWriterSize(s.file, 256<<10)} }

func (l *lines) row(number int64, cells [][]byte) error {
	if l.s.all && !l.s.reads() && len(cells) > len(l.s.src.Header()) {
		l.s.notes.add(WiderRows, number)
	}
	b := append(l.buf[:0], '{')
	for i, cell := range cells {
		if cell == nil {
			continue
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(b, l.key(i)...)
		b = appendJSON(b, l.s.notes.valid(cell, number), l.s.column(i).Type)
	}
	l.buf = append(b, '}', '\n')
	_, err := l.w.Write(l.buf)
	return err
}

// key is the name of a column and what stands behind it.
func (l *lines) key(i int) []byte {
	for len(l.keys) <= i {
		name := l.s.notes.valid([]byte(l.s.column(len(l.keys)).Name), -1)
		l.keys = append(l.keys, append(appendString(nil, name), ':'))
	}
	return l.keys[i]
}

func (l *lines) close() error { return l.w.Flush() }

// appendJSON appends a value of a column of a type.
func appendJSON(b, cell []byte, t csvfile.ValueType) []byte {
	switch t {
	case csvfile.TypeInteger, csvfile.TypeDecimal, csvfile.TypeBoolean:
		if len(cell) == 0 {
			return append(b, "null"...)
		}
		return append(b, cell...) // written as JSON writes them
	}
	return appendString(b, cell)
}

// appendString appends UTF-8 as a string of JSON.
func appendString(b, text []byte) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	plain := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c >= ' ' && c != '"' && c != '\\' && c != 0x7f {
			continue
		}
		b = append(b, text[plain:i]...)
		plain = i + 1
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, '\\', 'n')
		case '\r':
			b = append(b, '\\', 'r')
		case '\t':
			b = append(b, '\\', 't')
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	return append(append(b, text[plain:]...), '"')
}
