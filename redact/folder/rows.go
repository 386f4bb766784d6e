package folder

import (
	"bufio"
	"context"
	"math"

	"sluice/csvfile"
	"sluice/localexport/record/csv"
	"sluice/redact"
)

// rows redacts the rows of a file as they come.
type rows struct {
	*work
	plan   *redact.Plan
	out    *bufio.Writer
	format *csv.Format
	width  int // of the header

	text  []byte // of the cells of the row
	ends  []int
	cells [][]byte
	line  []byte
	seen  int64
	kept  int64
	wide  int64
}

var _ csvfile.RowSink = (*rows)(nil)

func (r *rows) copy(ctx context.Context, in *csvfile.File) error {
	var header [][]byte
	for _, name := range r.plan.Header() {
		header = append(header, []byte(name))
	}
	if err := r.write(header); err != nil {
		return err
	}
	if _, err := in.ReadRows(ctx, 0, math.MaxInt64, r); err != nil {
		return err
	}
	if err := in.Damage(); err != nil {
		return err
	}
	return r.out.Flush()
}

// Data implements csvfile.RowSink.
func (r *rows) Data(p []byte) {
	r.at.Done += int64(len(p))
	if r.plan.Wants(len(r.ends)) {
		r.text = append(r.text, p...)
	}
}

// EndField implements csvfile.RowSink.
func (r *rows) EndField() { r.ends = append(r.ends, len(r.text)) }

// EndRow implements csvfile.RowSink.
func (r *rows) EndRow() error {
	if r.seen++; r.seen%(1<<14) == 0 {
		r.tell(r.at)
	}
	r.cells = r.cells[:0]
	from := 0
	for _, end := range r.ends {
		r.cells = append(r.cells, r.text[from:end])
		from = end
	}
	blank := len(r.ends) == 0
	if len(r.ends) > r.width {
		r.wide++
	}
	r.text, r.ends = r.text[:0], r.ends[:0]
	if blank {
		return nil
	}
	out, kept := r.plan.Row(r.cells)
	if !kept {
		return nil
	}
	r.kept++
	return r.write(out)
}

// write writes a row.
func (r *rows) write(cells [][]byte) error {
	r.line = r.line[:0]
	for i, cell := range cells {
		if i > 0 {
			r.line = append(r.line, ',')
		}
		r.line = r.format.AppendField(r.line, cell)
	}
	_, err := r.out.Write(append(r.line, '\r', '\n'))
	return err
}
