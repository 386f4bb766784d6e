package pgtext

import (
	"bytes"
	"errors"
	"io"

	"sluice/takes/feed"
	"sluice/takes/window"
	"sluice/wording"
)

// ErrCut is wrapped by the error about rows that do not come to their end.
var ErrCut = errors.New("the rows do not come to their end")

// end of the rows of a COPY.
var copyEnd = []byte(`\.`)

// Copy reads rows of COPY's text format from w up to the line that ends them.
// rows may be nil: then they are only read over. With crlf, lines end in CR LF.
func Copy(w *window.Window, table feed.Table, rows feed.Rows, crlf bool) error {
	var s *Splitter
	if rows != nil {
		s = NewSplitter(rows, len(table.Columns))
	}
	for n := int64(1); ; n++ {
		line, err := w.Line()
		if err != nil {
			return cut(table, n, w, err)
		}
		if crlf {
			line = bytes.TrimSuffix(line, []byte{'\r'})
		}
		if len(line) == 2 && bytes.Equal(line, copyEnd) {
			if rows == nil {
				return nil
			}
			return rows.End(-1)
		}
		if s == nil {
			continue
		}
		if err := s.Row(line); err != nil {
			return feed.At(err, "table %s, row %d", table, n)
		}
	}
}

func cut(table feed.Table, n int64, w *window.Window, err error) error {
	if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return feed.At(err, "table %s, row %d", table, n)
	}
	return wording.Errorf("%w: %w", feed.Damaged(`the dump ends at byte %d within the rows of table %s, after %d of them: it was cut, or copied in part; no line \. ends them`,
		w.Offset(), table, n-1), ErrCut)
}
