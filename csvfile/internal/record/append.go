package record

import (
	"bytes"
	"io"

	"sluice/csvfile/internal/block"
)

// AppendField appends a value as a field, quoted if it must be. only says that
// it is the only field of its record: an empty one is then quoted, since a
// blank line would be a record of no fields.
func AppendField(dst, value []byte, syn block.Syntax, only bool) []byte {
	if len(value) == 0 {
		if only && syn.Quote != 0 {
			return append(dst, syn.Quote, syn.Quote)
		}
		return dst
	}
	if syn.Quote == 0 || !needsQuotes(value, syn) {
		return append(dst, value...)
	}
	return AppendQuoted(dst, value, syn.Quote)
}

// AppendQuoted appends a value as a field in quotes.
func AppendQuoted(dst, value []byte, quote byte) []byte {
	dst = append(dst, quote)
	for {
		i := bytes.IndexByte(value, quote)
		if i < 0 {
			dst = append(dst, value...)
			return append(dst, quote)
		}
		dst = append(dst, value[:i+1]...)
		dst = append(dst, quote)
		value = value[i+1:]
	}
}

func needsQuotes(value []byte, syn block.Syntax) bool {
	for _, c := range value {
		if c == syn.Delimiter || c == syn.Quote || c == '\n' || c == '\r' {
			return true
		}
	}
	return value[0] == ' ' || value[len(value)-1] == ' '
}

// QuoteWriter doubles the quotes of what is written through it to W.
type QuoteWriter struct {
	W     io.Writer
	Quote byte
}

func (q *QuoteWriter) Write(p []byte) (int, error) {
	done := 0
	for done < len(p) {
		i := bytes.IndexByte(p[done:], q.Quote)
		if i < 0 {
			n, err := q.W.Write(p[done:])
			return done + n, err
		}
		if n, err := q.W.Write(p[done : done+i+1]); err != nil {
			return done + n, err
		}
		if _, err := q.W.Write([]byte{q.Quote}); err != nil {
			return done + i, err
		}
		done += i + 1
	}
	return done, nil
}
