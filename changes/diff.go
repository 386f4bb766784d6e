package changes

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"sluice/csvfile"
	"sluice/redact"
	"sluice/wording"
)

// Options say what is compared and where it is written.
type Options struct {
	A, B *Set
	Key  []string // the columns of the key; nil: as the header tells
	Dir  string   // where the files of changes go; "": rows are only counted
	Only []string // names of files; nil: all
	// Format is that of the files of changes: "csv", which "" means too, or "parquet".
	Format string

	// Observer, if not nil, is told of what differs.
	Observer Observer

	Workers int // 0: one for each CPU, at most eight
	Part    int64
}

// Report is what a comparison has found.
type Report struct {
	Files []FileReport
	Notes []string // one sentence each: what was left out, guessed or differs otherwise
}

// Same reports whether the two sides have the same rows, wherever that can be told or not.
func (r Report) Same() bool {
	return !slices.ContainsFunc(r.Files, func(f FileReport) bool { return f.Differ() || f.OutOfWindow+f.Unproven > 0 })
}

// FileReport is what was found in one file.
type FileReport struct {
	Name string
	Counts
	Path string // of the rows that differ; "" if they were not written
}

// Progress says how far a comparison is.
type Progress struct {
	File        string
	Done, Total int64 // bytes of the text of both files
	Files       []FileReport
}

// outputPrefix begins the names of files of changes.
const outputPrefix = "changes_"

// sameRedaction refuses files that are redacted in different ways: nearly all rows would seem
// to be removed, and others added. Of files without a manifest nothing is known.
func sameRedaction(a, b *Set) error {
	if a.Options == nil || b.Options == nil {
		return nil
	}
	if how := redact.Differ(a.Redaction, b.Redaction); how != "" {
		return wording.Errorf("%s and %s cannot be compared, since %s: compare exports by the same rules of redaction, with the same key", a.Title, b.Title, how)
	}
	return nil
}

// Compare compares two sets file by file. The files of changes get their names when all
// of them are complete: on an error, also that of ctx, none is left. tell, which may be
// nil, is called often, from one goroutine at a time.
func Compare(ctx context.Context, o Options, tell func(Progress)) (r Report, err error) {
	d := &diff{Options: o, tell: tell}
	if d.tell == nil {
		d.tell = func(Progress) {}
	}
	defer func() { err = errors.Join(err, d.discard()) }()
	if err := sameRedaction(o.A, o.B); err != nil {
		return r, err
	}
	names := d.names()
	if len(names) == 0 {
		return r, wording.Errorf("%s and %s have no file in common to compare: %s on one side, %s on the other", o.A.Title, o.B.Title, namesOf(o.A), namesOf(o.B))
	}
	d.report.Notes = append(d.report.Notes, setNotes(o.A, o.B)...)
	for _, name := range names {
		if err := d.file(ctx, name); err != nil {
			return Report{}, err
		}
	}
	d.report.Notes = append(d.report.Notes, d.breakNotes()...)
	if len(d.report.Files) == 0 {
		return Report{}, errors.New(strings.Join(d.report.Notes, " "))
	}
	if err := d.commit(); err != nil {
		return Report{}, err
	}
	return d.report, nil
}

// diff is a comparison at work.
type diff struct {
	Options
	tell     func(Progress)
	report   Report
	progress Progress
	written  []*output
}

// names are those of the files that both sides have; two single files are compared
// whatever their names.
func (d *diff) names() (names []string) {
	for _, f := range d.A.Files {
		if d.wanted(f.Name) {
			if _, ok := d.B.File(f.Name); ok {
				names = append(names, f.Name)
			}
		}
	}
	if len(names) == 0 && len(d.A.Files) == 1 && len(d.B.Files) == 1 && len(d.Only) == 0 {
		names = []string{d.A.Files[0].Name}
	}
	return names
}

func (d *diff) wanted(name string) bool {
	return len(d.Only) == 0 || slices.Contains(d.Only, name)
}

func namesOf(s *Set) string {
	names := make([]string, len(s.Files))
	for i, f := range s.Files {
		names[i] = f.Name
	}
	return strings.Join(names, ", ")
}

// inputs are the two files of a name.
func (d *diff) inputs(name string) (a, b Input) {
	a, _ = d.A.File(name)
	b, ok := d.B.File(name)
	if !ok {
		b = d.B.Files[0].Input
	}
	return a, b
}

// file compares one file. A file without a key is passed over with a note, unless
// somebody has chosen the key, or it is the only one.
func (d *diff) file(ctx context.Context, name string) (err error) {
	inA, inB := d.inputs(name)
	d.progress.File, d.progress.Done, d.progress.Total = name, 0, 0
	d.tell(d.progress)
	a, err := openTable(ctx, name, inA, d.Key)
	if err == nil {
		defer func() { err = errors.Join(err, a.close()) }()
		var b *table
		if b, err = openTable(ctx, name, inB, d.Key); err == nil {
			defer func() { err = errors.Join(err, b.close()) }()
			return d.tables(ctx, name, a, b)
		}
	}
	if noKey := (*NoKeyError)(nil); errors.As(err, &noKey) && len(d.A.Files) > 1 && len(d.B.Files) > 1 {
		d.report.Notes = append(d.report.Notes, fmt.Sprintf("%s was not compared: %v.", name, err))
		return nil
	}
	return err
}

func (d *diff) tables(ctx context.Context, name string, a, b *table) error {
	if err := settleKinds(ctx, a, b); err != nil {
		return err
	}
	p := newPair(a, b, proofOf(d.B, a.scheme, name))
	p.name, p.observer = name, d.Observer
	c := &comparison{pair: p, workers: d.Workers, part: d.Part, tell: d.step, unseen: a.file.Unseen() && b.file.Unseen()}
	if c.part <= 0 {
		c.part = partSize
	}
	d.progress.Total = a.end - a.first + b.end - b.first
	reset := func() error {
		if p.observer != nil {
			p.observer.Begin(name)
		}
		return nil
	}
	f := FileReport{Name: name}
	if d.Dir != "" {
		f.Path = filepath.Join(d.Dir, fmt.Sprintf("%s%s_%s_%s.%s", outputPrefix, name, d.A.Slug, d.B.Slug, cmp.Or(d.Format, CSV)))
		if err := refuseInput(f.Path, a.input.Path, b.input.Path); err != nil {
			return err
		}
		begin := reset
		reset = func() error { return errors.Join(begin(), d.create(f.Path, p, c)) }
	}
	if err := reset(); err != nil {
		return err
	}
	found, err := c.compare(ctx, func() error {
		if d.Dir != "" {
			if err := d.drop(); err != nil {
				return err
			}
		}
		return reset()
	})
	if err == nil {
		err = errors.Join(intact(a, b), d.end())
	}
	if err != nil {
		return err
	}
	f.Counts = found.counts
	d.report.Notes = append(d.report.Notes, p.notes(name)...)
	d.report.Notes = append(d.report.Notes, tableNotes(name, a, found.aSeen)...)
	d.report.Notes = append(d.report.Notes, tableNotes(name, b, found.bSeen)...)
	d.report.Files = append(d.report.Files, f)
	d.progress.Files = slices.Clone(d.report.Files)
	d.tell(d.progress)
	return nil
}

// intact fails if a file is damaged, or was changed while it was read.
func intact(tables ...*table) error {
	for _, t := range tables {
		if !t.file.Unseen() { // a packed file, which only its end tells to be whole
			if err := t.file.WaitIndexed(context.Background(), t.end); err != nil {
				return err
			}
		}
		if err := t.file.Damage(); err != nil {
			return err
		}
		if t.changed() {
			return wording.Errorf("%s was changed while it was read: compare again when nothing writes to it: %w", t.input.Title, csvfile.ErrChanged)
		}
	}
	return nil
}

// step is told how much more is done; a negative number says that it begins anew.
func (d *diff) step(bytes int64) {
	if d.progress.Done += bytes; bytes < 0 {
		d.progress.Done = 0
	}
	d.tell(d.progress)
}
