package folder

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"

	"sluice/columns"
	"sluice/csvfile"
	"sluice/figures"
	"sluice/localexport/jobfiles"
	"sluice/localexport/record/csv"
	"sluice/redact"
	"sluice/wholefile"
)

// work is one redaction.
type work struct {
	o      Options
	dir    string
	tell   func(Progress)
	spaces *redact.Spaces

	at Progress
}

// files redacts the files, one after the other, and tells the manifest of them.
func (w *work) files(ctx context.Context, sources []source, m *jobfiles.Manifest) error {
	for _, s := range sources {
		w.at.Total += s.bytes
	}
	unread := 0
	for _, s := range inOrder(sources) {
		before := w.at.Done
		w.at.File = s.name
		w.tell(w.at)
		if s.why == "" {
			if err := w.file(ctx, s, m); err != nil {
				return fmt.Errorf("redact %s: %w", s.path, err)
			}
		} else {
			unread++
		}
		w.at.Done = before + s.bytes
	}
	if unread > 0 {
		m.Redaction.Notes = append(m.Redaction.Notes, fmt.Sprintf("%s files of the folder were left out: they are no CSV files, or have rows as they stand in the database", figures.Count(int64(unread))))
	}
	w.tell(w.at)
	// They are told in the order in which the folder has them.
	place := func(name string) int { return slices.IndexFunc(sources, func(s source) bool { return s.name == name }) }
	slices.SortStableFunc(m.Files, func(a, b jobfiles.ManifestFile) int { return place(a.Name) - place(b.Name) })
	slices.SortStableFunc(m.Redaction.Files, func(a, b redact.FileRecord) int { return place(a.Name) - place(b.Name) })
	return nil
}

// exact is how the files of a data pipeline are written.
var exact = csvfile.Reading{Encoding: "utf-8", Delimiter: ",", Quote: `"`, Escape: "doubled", Comment: csvfile.None, Header: "yes", HeaderRow: 1}

// file redacts a file.
func (w *work) file(ctx context.Context, s source, m *jobfiles.Manifest) (err error) {
	in, err := csvfile.Open(ctx, s.path, csvfile.WithReading(exact))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	plan, err := w.o.Rules.Plan(s.name, in.Header(), w.o.Key, w.spaces)
	if err != nil {
		return err
	}
	plan.Break = m.Options.LineBreakEscape
	if err := plan.Whole(s.name); err != nil || len(plan.Header()) == 0 {
		why := "no column of it may stay"
		if err != nil {
			why = err.Error()
		}
		m.Redaction.Files = append(m.Redaction.Files, redact.FileRecord{Name: s.name, LeftOut: why})
		return nil
	}
	out, err := wholefile.Create(filepath.Join(w.dir, filepath.Base(s.path)))
	if err != nil {
		return err
	}
	sum := sha256.New()
	rows := &rows{work: w, plan: plan, out: bufio.NewWriterSize(io.MultiWriter(out, sum), 1<<18), format: csv.New(csv.Options{PreserveLineBreaks: true}), width: len(in.Header())}
	if err := rows.copy(ctx, in); err != nil {
		return errors.Join(err, out.Discard())
	}
	bytes := out.Written()
	if err := out.Commit(); err != nil {
		return err
	}
	if rows.wide > 0 {
		m.Redaction.Notes = append(m.Redaction.Notes, fmt.Sprintf("%s rows of %s have more cells than its header: those cells were left out", figures.Count(rows.wide), s.name))
	}
	m.Redaction.Files = append(m.Redaction.Files, named(s.name, plan.Done()))
	m.Files = append(m.Files, jobfiles.ManifestFile{Name: s.name, File: filepath.Base(s.path), Rows: rows.kept, Bytes: bytes, SHA256: hex.EncodeToString(sum.Sum(nil)),
		Columns: columnsOf(s, plan)})
	return nil
}

// columnsOf are the columns that are left, as the manifest of the job tells them. What
// was changed is a text.
func columnsOf(s source, plan *redact.Plan) (left []jobfiles.ManifestColumn) {
	names, done := plan.Header(), plan.Done()
	for _, c := range s.columns {
		if !slices.Contains(names, c.Name) {
			continue
		}
		if slices.Contains(slices.Concat(done.Masked, done.Pseudonymised, done.Cut), c.Name) {
			c.Type = columns.TypeText
		}
		left = append(left, c)
	}
	return left
}

func named(name string, f redact.FileRecord) redact.FileRecord {
	f.Name = name
	return f
}

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
