package csvfile

import (
	"context"
	"io"

	"sluice/csvfile/internal/record"
	"sluice/leash"
)

// encode appends a record to a part.
func (s *saver) encode(part *saved, r *rec) {
	part.rows += max(1, int64(r.rows))
	if r.rows > 0 {
		part.pieces = append(part.pieces, savedPiece{text: r.raw, lent: true})
		return
	}
	if r.giant != nil {
		g := *r
		g.fields = nil
		part.pieces = append(part.pieces, savedPiece{giant: &g})
		return
	}
	if n := len(part.pieces); n == 0 || part.pieces[n-1].giant != nil {
		part.pieces = append(part.pieces, savedPiece{text: s.buffer()})
	}
	text := &part.pieces[len(part.pieces)-1].text
	if s.copies {
		*text = s.endLine(append(*text, r.raw...))
		return
	}
	*text = s.encodeCells(*text, r)
}

// buffer returns an empty buffer, with room for most of a chunk if it is not new.
func (s *saver) buffer() []byte {
	select {
	case b := <-s.buffers:
		return b
	default:
		return make([]byte, 0, 64<<10)
	}
}

// keptBuffers is how many buffers are kept: more than are ever in use. They grow, and so
// are not left to the garbage collector as those of a pool are.
const keptBuffers = 4 * maxWorkers

// giveBack keeps a buffer for the next who wants one.
func (s *saver) giveBack(b []byte) {
	select {
	case s.buffers <- b[:0]:
	default:
	}
}

// endLine gives the last record of a file the terminator it may lack.
func (s *saver) endLine(text []byte) []byte {
	if text[len(text)-1] == s.f.syn.Terminator {
		return text
	}
	return append(text, s.lineEnd...)
}

func (s *saver) encodeCells(dst []byte, r *rec) []byte {
	columns := s.columns(r.cells())
	var scratch []byte
	for i, col := range columns {
		if i > 0 {
			dst = append(dst, s.syn.Delimiter)
		}
		value, _ := r.cell(col, &scratch)
		dst = s.appendCell(dst, value, len(columns) == 1 && r.cells() > 0)
	}
	return append(dst, s.lineEnd...)
}

// columns returns the columns to write of a record of n cells. A blank line
// stays one.
func (s *saver) columns(n int) []int {
	if s.opts.Columns != nil && n > 0 {
		return s.opts.Columns
	}
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// SpreadsheetSafe returns a cell as SaveView writes it with SaveOptions.SpreadsheetSafe:
// with an apostrophe before it if a spreadsheet would take it for a formula.
func SpreadsheetSafe(cell string) string {
	if formula([]byte(cell)) {
		return "'" + cell
	}
	return cell
}

// formula reports whether a spreadsheet would take a cell for a formula.
func formula(value []byte) bool {
	if len(value) == 0 {
		return false
	}
	switch value[0] {
	case '=', '@', '\t', '\r':
		return true
	case '+', '-':
		_, number := parseNumber(value)
		return !number
	}
	return false
}

// writeGiant writes a record too large to be held, from the file again.
func (s *saver) writeGiant(ctx context.Context, r *rec) error {
	if s.copies {
		tail := &lastByte{}
		src := io.NewSectionReader(s.f.data(), r.offset, r.length)
		if _, err := io.Copy(io.MultiWriter(s.out, tail), leash.Reader(ctx, src)); err != nil {
			return err
		}
		_, err := s.out.Write(s.endLine([]byte{tail.b})[1:])
		return err
	}
	for i, col := range s.columns(r.cells()) {
		if i > 0 {
			if err := s.out.WriteByte(s.syn.Delimiter); err != nil {
				return err
			}
		}
		if err := s.writeGiantCell(ctx, r, col); err != nil {
			return err
		}
	}
	_, err := s.out.WriteString(s.lineEnd)
	return err
}

// writeGiantCell writes a cell, quoted, through its reader.
func (s *saver) writeGiantCell(ctx context.Context, r *rec, col int) error {
	if col >= r.cells() {
		return nil
	}
	cell, err := s.f.Cell(ctx, *r.giant, col)
	if err != nil {
		return err
	}
	quote := s.syn.Quote
	if quote == 0 { // and so there is nothing in it to be quoted
		_, err := io.Copy(s.out, cell)
		return err
	}
	if err := s.out.WriteByte(quote); err != nil {
		return err
	}
	if s.opts.SpreadsheetSafe && formula([]byte(r.giant.Fields[col])) {
		if err := s.out.WriteByte('\''); err != nil {
			return err
		}
	}
	if _, err := io.Copy(&record.QuoteWriter{W: s.out, Quote: quote}, cell); err != nil {
		return err
	}
	return s.out.WriteByte(quote)
}

// lastByte remembers the last byte written to it.
type lastByte struct{ b byte }

func (l *lastByte) Write(p []byte) (int, error) {
	if len(p) > 0 {
		l.b = p[len(p)-1]
	}
	return len(p), nil
}
