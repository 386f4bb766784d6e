package localexport

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"

	"sluice/diskspace"
	"sluice/localexport/product"
	"sluice/pipeline"
	"sluice/redact"
	"sluice/wording"
)

// Trial is what an export can be expected to do.
type Trial struct {
	From     time.Time // what the export reaches back to
	TimeZone string
	// Files are in their documented order; one of rejected rows is not among them.
	Files []TrialFile
	// Whole is true if everything was read, so that the records and bytes are exact.
	Whole bool
	// Took is how long the reading took, and Expected how long an export may take in
	// all, without the check of the indexes.
	Took, Expected time.Duration
	Notes          []pipeline.Diagnostic // about the choices that the snapshot leaves open
	// Free is how many bytes can be written on the disk of the home, -1 if that is
	// not known, and Minimum how many are to stay free, -1 for no limit.
	Free, Minimum int64
}

// TrialFile is what is expected of one file.
type TrialFile struct {
	Name        string
	Rows, Bytes int64 // data records; bytes of the file
	About       bool  // they are estimated by the part that was read
	AtLeast     bool  // they are those of the part that was read, which does not tell of the rest
}

// Total is all files together.
func (t Trial) Total() TrialFile {
	var all TrialFile
	for _, f := range t.Files {
		all.Rows, all.Bytes, all.About, all.AtLeast = all.Rows+f.Rows, all.Bytes+f.Bytes, all.About || f.About, all.AtLeast || f.AtLeast
	}
	if all.About = all.About && !all.AtLeast; all.About {
		all.Rows, all.Bytes = roughly(all.Rows), roughly(all.Bytes)
	}
	return all
}

// Fits reports whether the disk has room for the files, as far as is known.
func (t Trial) Fits() bool {
	return t.Free < 0 || t.Minimum < 0 || t.Free-t.Total().Bytes >= t.Minimum
}

// Try does an export of the snapshot without writing anything, and without a home or
// a job. It reads for the given time at most; what it has not read by then is
// estimated by the part that it has. The indexes are not checked, and a value that an
// export would fail for is an error only if it is met.
func Try(ctx context.Context, o Options, r pipeline.Request, limit time.Duration) (t Trial, err error) {
	o, zone, err := o.withDefaults()
	if err != nil {
		return Trial{}, err
	}
	if err := homeAt(nil, o.Home).checkFormat(); err != nil {
		return Trial{}, err // an export would not begin
	}
	engine, err := o.Product.Open(ctx, o.Snapshot)
	if err != nil {
		return Trial{}, err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	temp, err := os.MkdirTemp("", "sluice-dry-run-") // for keys that have to be sorted
	if err != nil {
		return Trial{}, wording.Errorf("make a folder for work files: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	rules := o.engine(zone, temp)
	if rules.Redaction, err = rulesOf(o.Redact); err != nil {
		return Trial{}, err
	}
	if rules.Redaction != nil {
		rules.Redaction.Key = redact.NewKey() // pseudonyms are of one length
	}
	rules.From = r.FromDate
	t = Trial{Minimum: o.MinFreeSpace, Free: -1, Whole: true}
	if free, err := diskspace.Free(existing(o.Home)); err == nil {
		t.Free = free
	}
	began := time.Now()
	plan, err := engine.Plan(ctx, rules, nil)
	if err != nil {
		return Trial{}, err
	}
	t.From, t.TimeZone, t.Notes = plan.From, plan.Location, plan.Warnings
	planned := time.Since(began)
	rules.Plan = &plan
	parts := o.Product.Parts()
	for i, names := range parts {
		// What is left of the time is shared by the parts that are left.
		share := max(limit-time.Since(began), time.Second) / time.Duration(len(parts)-i)
		rules.Only = names
		if err := t.read(ctx, engine, o.Product.Files(), rules, share); err != nil {
			return Trial{}, err
		}
	}
	t.Took = time.Since(began)
	t.Expected += planned
	return t, nil
}

// read reads the part of the files that the options name, for the given time at most.
func (t *Trial) read(ctx context.Context, s product.Snapshot, files []string, o product.Options, limit time.Duration) error {
	bounded, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	began := time.Now()
	c := product.NewCounters(len(files))
	_, err := s.Export(bounded, o, func(string) (product.Output, error) { return nowhere{}, nil }, c)
	took := time.Since(began)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil && bounded.Err() == nil {
		return err
	}
	var done, all int64
	for i, name := range files {
		if !slices.Contains(o.Only, name) {
			continue
		}
		counter := &c.Files[i]
		f := TrialFile{Name: name, Rows: counter.Rows.Load(), Bytes: counter.Bytes.Load()}
		if err != nil && counter.State.Load() != product.FileDone {
			t.Whole = false
			f.foresee(counter.Forecast.Load())
		}
		done, all = done+counter.RangesDone.Load(), all+counter.Ranges.Load()
		t.Files = append(t.Files, f)
	}
	if err != nil && done > 0 && all > done { // the ranges of keys take about as long, each
		took = time.Duration(float64(took) * float64(all) / float64(done))
	}
	t.Expected += took
	return nil
}

// foresee takes the records to expect, if there are any, in place of those that were
// read.
func (f *TrialFile) foresee(rows int64) {
	if rows <= 0 || f.Rows == 0 {
		f.AtLeast = true
		return
	}
	f.About = true
	f.Bytes = roughly(int64(float64(f.Bytes) * float64(rows) / float64(f.Rows)))
	f.Rows = roughly(rows)
}

// nowhere is an Output that keeps nothing.
type nowhere struct{}

func (nowhere) Write(p []byte) (int, error) { return len(p), nil }
func (nowhere) Close() error                { return nil }
func (nowhere) Commit() error               { return nil }

// existing is the folder itself, or the nearest above it that exists.
func existing(dir string) string {
	for {
		if _, err := os.Stat(dir); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			return dir
		}
		dir = up
	}
}
