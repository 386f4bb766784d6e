package folder

import (
	"context"
	"errors"
	"os"

	"sluice/columns"
	"sluice/localexport/jobfiles"
	recordcsv "sluice/localexport/record/csv"
	"sluice/localexport/record/parquet"
	"sluice/localexport/record/redacted"
	"sluice/redact"
)

// parquet redacts a Parquet file of an export of ours: its cells go through the same
// format as those of an export that is redacted while it is written.
func (w *work) parquet(ctx context.Context, s source, m *jobfiles.Manifest) (_ done, err error) {
	in, err := os.Open(s.path)
	if err != nil {
		return done{}, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	r, err := parquet.Open(in, s.bytes)
	if err != nil {
		return done{}, err
	}
	table := tableOf(s, r)
	plan, left, err := w.plan(s, table.Names(), m)
	if err != nil || left.record.LeftOut != "" {
		return left, err
	}
	out, err := w.create(s)
	if err != nil {
		return done{}, err
	}
	x := &given{work: w, r: r, plan: plan, cells: make([][]byte, len(table.Columns)), bytes: s.bytes}
	if err := x.copy(ctx, out, table, textsOf(m.Options)); err != nil {
		return done{}, errors.Join(err, out.Discard())
	}
	told := done{record: plan.Done(), header: plan.Header()}
	told.file, err = out.commit(x.kept)
	return told, err
}

// tableOf is the file as an export has written it, with what its columns hold.
func tableOf(s source, r *parquet.Reader) columns.File {
	known, _ := columns.Find(columns.Confluence, s.table)
	table := columns.File{Name: s.table}
	for _, c := range r.Columns() {
		if k := known.Column(c.Name); k.Name != "" {
			k.Type, k.Nullable = c.Type, c.Nullable
			c = k
		}
		table.Columns = append(table.Columns, c)
	}
	return table
}

// textsOf is how the CSV files of a job are written, or would be.
func textsOf(o jobfiles.Options) recordcsv.Options {
	const commas = 1 // among the forms of labels
	form, _ := o.Rules["Labels"].(float64)
	millis, _ := o.Rules["Milliseconds"].(bool)
	return recordcsv.Options{PreserveLineBreaks: o.PreserveLineBreaks, Escape: o.LineBreakEscape, KeepNUL: true, Milliseconds: millis, Commas: form == commas}
}

// given gives the records of a file to the format.
type given struct {
	*work
	r     *parquet.Reader
	plan  *redact.Plan // which rows stay
	cells [][]byte
	bytes int64
	seen  int64
	kept  int64
}

func (x *given) copy(ctx context.Context, out output, table columns.File, texts recordcsv.Options) error {
	version := x.o.Version
	inner := parquet.New(parquet.Options{KeepNUL: true, Milliseconds: true, Application: "sluice", Version: version, Metadata: x.r.Metadata()})
	f, err := redacted.New(inner, x.o.Rules, x.o.Key, []columns.File{table}, texts)
	if err != nil {
		return err
	}
	words := f.Words(columns.HoldsLabel, x.r.Items())
	to, err := f.Writer(out, table, nil)
	if err != nil {
		return err
	}
	e := f.Encoder(table)
	e.Reuse(nil)
	before := x.at.Done
	err = x.r.Each(ctx, func() error {
		x.seen++
		if x.seen%(1<<12) == 0 {
			x.at.Done = before + int64(float64(x.bytes)*float64(x.seen)/float64(x.r.Rows()))
			x.tell(x.at)
		}
		if !x.keeps() {
			return nil
		}
		x.kept++
		if err := x.r.Give(e, words); err != nil || !e.Full() {
			return err
		}
		again, err := to.Append(e.Take())
		e.Reuse(again)
		return err
	})
	if err != nil {
		return err
	}
	if c := e.Take(); c != nil {
		if _, err := to.Append(c); err != nil {
			return err
		}
	}
	return to.End()
}

// keeps reports whether the record at hand stays.
func (x *given) keeps() bool {
	for i := range x.cells {
		if x.plan.Places(i) {
			x.cells[i] = x.r.AppendText(x.cells[i][:0], i)
		}
	}
	return x.plan.Keeps(x.cells)
}
