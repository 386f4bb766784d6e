package csvfile

import (
	"context"
	"io"
	"math"
	"unicode/utf8"

	"sluice/csvfile/internal/record"
	"sluice/wording"
)

// makeRow builds a row from a split record. All its cells share one string.
func makeRow(b []byte, fields []record.Field, limit int) Row {
	var c cellCollector
	c.limit = limit
	if len(fields) > MaxCells {
		fields, c.wide = fields[:MaxCells], true
	}
	c.ends = make([]int, 0, len(fields))
	total := 0
	for _, f := range fields {
		total += min(f.End-f.Start, limit)
	}
	c.buf = make([]byte, 0, total)
	var scratch []byte
	for _, f := range fields {
		c.Data(f.Value(b, &scratch))
		c.EndField()
		scratch = scratch[:0]
	}
	return c.row()
}

// nullsOf tells which fields of a record are nothing at all, not even an empty text in
// quotes; nil if all are something.
func nullsOf(b []byte, fields []record.Field) *[]bool {
	var nulls []bool
	for i, f := range fields {
		if f.Start == f.End && (f.Start == 0 || b[f.Start-1] != '"') {
			if nulls == nil {
				nulls = make([]bool, len(fields))
			}
			nulls[i] = true
		}
	}
	if nulls == nil {
		return nil
	}
	return &nulls
}

// cellCollector is a record.Sink that keeps the first limit bytes of each cell.
type cellCollector struct {
	limit int
	buf   []byte
	ends  []int   // of the cells in buf
	size  int64   // of the current cell
	sizes []int64 // of all cells, once one is cut
	wide  bool    // there are more than MaxCells cells, which are not kept
}

func (c *cellCollector) Data(p []byte) {
	if c.wide {
		return
	}
	c.size += int64(len(p))
	if room := c.limit - (len(c.buf) - c.start()); room < len(p) {
		p = p[:max(room, 0)]
	}
	c.buf = append(c.buf, p...)
}

func (c *cellCollector) start() int {
	if len(c.ends) == 0 {
		return 0
	}
	return c.ends[len(c.ends)-1]
}

func (c *cellCollector) EndField() {
	if len(c.ends) == MaxCells {
		c.wide = true
		return
	}
	kept := len(c.buf) - c.start()
	if int64(kept) < c.size {
		c.buf = c.buf[:c.start()+wholeRunes(c.buf[c.start():])]
		if c.sizes == nil {
			c.sizes = make([]int64, 0, cap(c.ends))
			at := 0
			for _, end := range c.ends {
				c.sizes = append(c.sizes, int64(end-at))
				at = end
			}
		}
	}
	c.ends = append(c.ends, len(c.buf))
	if c.sizes != nil {
		c.sizes = append(c.sizes, c.size)
	}
	c.size = 0
}

// wholeRunes returns the length of b without a rune that was cut at its end.
func wholeRunes(b []byte) int {
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		if c := b[len(b)-i]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(b[len(b)-i:]) {
				return len(b) - i
			}
			break
		}
	}
	return len(b)
}

func (c *cellCollector) row() Row {
	all := string(c.buf)
	r := Row{Fields: make([]string, len(c.ends)), sizes: c.sizes, wide: c.wide}
	at := 0
	for i, end := range c.ends {
		r.Fields[i] = all[at:end]
		at = end
	}
	return r
}

// streamRow reads a record too large to be held whole; only the start of each
// cell is kept. It returns the record's length too.
func (f *File) streamRow(ctx context.Context, w *window, off int64) (Row, int64, error) {
	c := cellCollector{limit: f.cfg.cellLimit}
	end, known, err := f.recordEnd(ctx, off)
	if err != nil {
		return Row{}, 0, err
	}
	if !known || end-off <= f.cfg.maxStream {
		n, err := f.stream(ctx, w, off, math.MaxInt64, &c)
		return c.row(), n, err
	}
	if _, err := f.stream(ctx, w, off, off+f.cfg.maxStream, &c); err != nil {
		return Row{}, 0, err
	}
	if c.size > 0 || len(c.ends) == 0 {
		c.EndField()
	}
	row := c.row()
	row.Open = true
	return row, end - off, nil
}

// recordEnd returns where the record that starts at off ends, if the index knows.
func (f *File) recordEnd(ctx context.Context, off int64) (end int64, known bool, err error) {
	w := f.window()
	defer f.release(w)
	n, ok, err := f.recordAt(w, off)
	if err != nil || !ok {
		return 0, false, err
	}
	_, _, found, complete := f.idx.find(n + 1)
	if !found && !complete {
		return 0, false, nil
	}
	end, ok, err = f.locate(ctx, w, n+1)
	if err == nil && !ok {
		end = w.src.Size()
	}
	return end, err == nil, err
}

// stream feeds the record at off to sink, until about limit, and returns how long
// it is.
func (f *File) stream(ctx context.Context, w *window, off, limit int64, sink record.Sink) (int64, error) {
	s := record.Stream{Syntax: f.syn}
	at := off
	for {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		b, err := w.at(at, 1)
		if err != nil {
			return 0, err
		}
		if len(b) == 0 {
			s.Finish(sink)
			return at - off, nil
		}
		n, done := s.Feed(b, sink)
		at += int64(n)
		if done || at >= limit {
			return at - off, nil
		}
	}
}

// Cell returns a reader of the full, decoded value of cell col of a row, which
// must have come from this file. Nothing is read before the first Read; the
// reader works in 64 KB steps and ends with an error when ctx does.
func (f *File) Cell(ctx context.Context, row Row, col int) (io.Reader, error) {
	if col < 0 || col >= len(row.Fields) {
		return nil, wording.Errorf("row %d has %d cells, none with number %d", row.Number, len(row.Fields), col)
	}
	return &cellReader{ctx: ctx, w: window{src: f.data()}, at: row.Offset, s: record.Stream{Syntax: f.syn}, col: col}, nil
}

// CellString returns at most limit bytes of a cell's value and its full size.
func (f *File) CellString(ctx context.Context, row Row, col int, limit int64) (string, int64, error) {
	r, err := f.Cell(ctx, row, col)
	if err != nil {
		return "", 0, err
	}
	b, err := io.ReadAll(io.LimitReader(r, limit))
	if err != nil {
		return "", 0, err
	}
	size := row.Size(col)
	if int64(len(b)) < size {
		b = b[:wholeRunes(b)]
	}
	return string(b), size, nil
}

// cellReader reads one cell of the record at offset at.
type cellReader struct {
	ctx  context.Context
	w    window
	at   int64
	s    record.Stream
	col  int // how many fields are still before the cell
	buf  []byte
	rest []byte // of buf, not yet read
	done bool
}

func (r *cellReader) Data(p []byte) {
	if r.col == 0 {
		r.buf = append(r.buf, p...)
	}
}

func (r *cellReader) EndField() {
	r.done = r.done || r.col == 0
	r.col--
}

func (r *cellReader) Read(p []byte) (int, error) {
	for len(r.rest) == 0 && !r.done {
		if err := r.ctx.Err(); err != nil {
			return 0, err
		}
		b, err := r.w.at(r.at, 1)
		if err != nil {
			return 0, err
		}
		r.buf = r.buf[:0]
		ended := len(b) == 0
		if ended {
			r.s.Finish(r)
		} else {
			var n int
			n, ended = r.s.Feed(b, r)
			r.at += int64(n)
		}
		r.done = r.done || ended
		r.rest = r.buf
	}
	if len(r.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}
