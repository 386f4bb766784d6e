package backend

import (
	"context"
	"path/filepath"
	"strings"
	"time"

	"sluice/changes"
	"sluice/changes/calibrate"
	"sluice/source"
)

// compareInterval is how often the progress of a comparison is told.
const compareInterval = 100 * time.Millisecond

// CompareJobs compares the files of two jobs of a source, the earlier first, and writes
// the rows that differ to a folder of the source, in a format of changes. The error is one sentence for people.
// tell is called from another goroutine.
func (b *Backend) CompareJobs(ctx context.Context, s source.Source, earlier, later source.ComparedJob, format string, tell func(source.Comparing)) (source.Comparison, error) {
	o := changes.Options{Dir: b.changesOf(s), Format: format}
	var err error
	if o.A, err = changes.OpenJob(earlier.Job, earlier.Folder); err != nil {
		return source.Comparison{}, err
	}
	if o.B, err = changes.OpenJob(later.Job, later.Folder); err != nil {
		return source.Comparison{}, err
	}
	r, err := changes.Compare(ctx, o, told(tell))
	if err != nil {
		return source.Comparison{}, err
	}
	return comparisonOf(r), nil
}

// CalibrateJob compares files of the vendor's exporter in a folder with a job of the same
// site, and names the rules that the vendor's files follow. Nothing is written. The error
// is one sentence for people. tell is called from another goroutine.
func (b *Backend) CalibrateJob(ctx context.Context, vendor string, job source.ComparedJob, tell func(source.Comparing)) (source.Comparison, error) {
	var o changes.Options
	var err error
	if o.A, err = changes.OpenPath(vendor); err != nil {
		return source.Comparison{}, err
	}
	if o.B, err = changes.OpenJob(job.Job, job.Folder); err != nil {
		return source.Comparison{}, err
	}
	r, findings, err := calibrate.Run(ctx, o, told(tell))
	if err != nil {
		return source.Comparison{}, err
	}
	c := comparisonOf(r)
	for _, f := range findings {
		c.Findings = append(c.Findings, f.Sentence())
	}
	return c, nil
}

// told tells of progress, but not too often.
func told(tell func(source.Comparing)) func(changes.Progress) {
	last := time.Time{}
	return func(p changes.Progress) {
		if now := time.Now(); now.Sub(last) >= compareInterval {
			last = now
			tell(source.Comparing{File: p.File, Done: p.Done, Total: p.Total})
		}
	}
}

func comparisonOf(r changes.Report) source.Comparison {
	c := source.Comparison{Notes: r.Notes}
	for _, f := range r.Files {
		c.Files = append(c.Files, source.ComparedFile{Name: f.Name, Added: f.Added, Changed: f.Changed, Removed: f.Removed,
			Unchanged: f.Unchanged, OutOfWindow: f.OutOfWindow, Unproven: f.Unproven, Path: f.Path})
	}
	return c
}

// changesOf is where the changes between jobs of a source go: into its home, or a folder
// of our own for a server, whose files belong to others.
func (b *Backend) changesOf(s source.Source) string {
	if s.Kind.Local() && s.Home != "" {
		return filepath.Join(s.Home, "data-pipeline", "changes")
	}
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '-' {
			return r
		}
		return '-'
	}, s.Server.URL)
	return filepath.Join(b.home, "changes", strings.Trim(name, ".-"))
}
