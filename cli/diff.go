package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"sluice/changes"
	"sluice/changes/calibrate"
	"sluice/localexport"
	"sluice/localexport/jobfiles"
	"sluice/pipeline"
	"sluice/visible"
)

// diffCommand tells how two exports differ.
type diffCommand struct {
	A         string   `arg:"" type:"raw" name:"job-a" help:"The earlier side: the number of a job of the home, or a folder or file."`
	B         string   `arg:"" type:"raw" name:"job-b" help:"The later side."`
	Home      string   `env:"SLUICE_HOME" default:"${home}" type:"path" placeholder:"DIR" help:"Where jobs and files are kept (${default})."`
	Out       string   `type:"path" placeholder:"DIR" default:"." help:"Where the files changes_<file>_<a>_<b>.csv or .parquet go (the current folder)."`
	Format    string   `enum:"csv,parquet" default:"csv" help:"The format of these files: csv or parquet (${default})."`
	Summary   bool     `help:"Only count, and write no files."`
	Files     []string `name:"file" placeholder:"NAME" help:"Compare only this file, such as pages; may be given several times."`
	Key       []string `placeholder:"COLUMN" help:"Tell rows apart by this column, or by several with commas between them. Default: as the header tells."`
	FromDate  string   `placeholder:"TIME" help:"The from date of the later side, where nothing tells it: rows that changed after it and are missing were removed. For example 2025-01-31T00:00Z, or everything."`
	Calibrate bool     `help:"Take the first side for files of the vendor's exporter and the second for an export of the same site by Sluice, name for each systematic difference the option that would mend it, and write no files."`
	JSON      bool     `name:"json" help:"Print JSON."`
}

// difference is what diff prints as JSON.
type difference struct {
	Files map[string]changes.Counts `json:"files"`
	// Written are the files of changes, by the name of what was compared.
	Written map[string]string `json:"written,omitempty"`
	Notes   []string          `json:"notes,omitempty"`
	// Findings are those of --calibrate.
	Findings []calibrate.Finding `json:"findings,omitempty"`
}

func (x *diffCommand) Run(c *call) error {
	o := changes.Options{Key: x.Key, Only: x.Files, Dir: x.Out, Format: x.Format}
	if x.Summary || x.Calibrate {
		o.Dir = ""
	}
	var err error
	if o.A, o.B, err = x.sets(c); err != nil {
		return err
	}
	line := newLiveLine(c.program.Err)
	last := time.Time{}
	report, findings, err := x.compare(c.ctx, o, func(p changes.Progress) {
		if now := time.Now(); line.live() && now.Sub(last) >= sampleInterval {
			last = now
			line.draw(fmt.Sprintf("comparing %s%s  %s of %s", p.File, percent(p.Done, p.Total), size(p.Done), size(p.Total)))
		}
	})
	line.wipe()
	if errors.Is(err, context.Canceled) {
		err = errSignal
	}
	if err != nil {
		return err
	}
	if x.JSON {
		d := differenceOf(report)
		d.Findings = findings
		return c.document(d, nil)
	}
	describeChanges(c.program.Out, report, o)
	if x.Calibrate {
		describeFindings(c.program.Out, report, findings)
	}
	return nil
}

// compare compares, and calibrates if that is asked for.
func (x *diffCommand) compare(ctx context.Context, o changes.Options, tell func(changes.Progress)) (changes.Report, []calibrate.Finding, error) {
	if x.Calibrate {
		return calibrate.Run(ctx, o, tell)
	}
	report, err := changes.Compare(ctx, o, tell)
	return report, nil, err
}

// sets are the two sides.
func (x *diffCommand) sets(c *call) (a, b *changes.Set, err error) {
	if a, err = x.set(c, x.A); err == nil {
		b, err = x.set(c, x.B)
	}
	if err != nil || x.FromDate == "" {
		return a, b, err
	}
	flag := fromFlag{FromDate: x.FromDate}
	from, _, err := flag.read("", c.program.Now.now())
	switch {
	case err != nil:
		return nil, nil, err
	case b.FromKnown:
		return nil, nil, usageError{fmt.Errorf("--from-date: %s says itself that it was exported from %s on: leave the flag out", b.Title, pipeline.FormatFromDate(b.From))}
	case !from.Exact() && !from.Everything():
		return nil, nil, usageError{fmt.Errorf("--from-date %s: give the time with its zone, such as 2025-01-31T00:00Z, or everything", x.FromDate)}
	}
	b.From, err = from.Instant(pipeline.Anchor{}, time.UTC, c.program.Now.now())
	b.FromKnown = err == nil
	return a, b, err
}

// set is one side: a job of the home, or a folder or file.
func (x *diffCommand) set(c *call, word string) (*changes.Set, error) {
	id, err := strconv.ParseInt(word, 10, 64)
	if err != nil || id <= 0 {
		path, err := filepath.Abs(word)
		if err != nil {
			return nil, err
		}
		return changes.OpenPath(path)
	}
	if folder, err := localexport.FindJobFolder(c.ctx, x.Home, id); err == nil && checkExports(x.Home) != nil {
		if _, err := jobfiles.ReadManifest(folder); err == nil { // a job that was fetched
			return changes.OpenPath(folder)
		}
	}
	exporter, err := openHome(c, x.Home)
	if err != nil {
		return nil, err
	}
	jobs, err := exporter.Jobs(c.ctx, 0)
	if err := errors.Join(err, exporter.Close(context.WithoutCancel(c.ctx))); err != nil {
		return nil, err
	}
	at := slices.IndexFunc(jobs, func(j pipeline.Job) bool { return j.ID == id })
	if at < 0 {
		return nil, fmt.Errorf("the home %s has no job %d: \"sluice jobs\" lists those that it has", x.Home, id)
	}
	dir, err := localexport.FindJobFolder(c.ctx, x.Home, id)
	if err != nil {
		return nil, err
	}
	return changes.OpenJob(jobs[at], dir)
}

func differenceOf(r changes.Report) difference {
	d := difference{Files: map[string]changes.Counts{}, Notes: r.Notes}
	for _, f := range r.Files {
		d.Files[f.Name] = f.Counts
		if f.Path != "" {
			if d.Written == nil {
				d.Written = map[string]string{}
			}
			d.Written[f.Name] = f.Path
		}
	}
	return d
}

// describeChanges tells people what differs.
func describeChanges(w io.Writer, r changes.Report, o changes.Options) {
	lines := [][]string{{"file", "added", "changed", "removed", "unchanged", "out of window", "unproven"}}
	for _, f := range r.Files {
		lines = append(lines, []string{visible.Line(f.Name), number(f.Added), number(f.Changed), number(f.Removed), number(f.Unchanged), number(f.OutOfWindow), number(f.Unproven)})
	}
	aligned(w, "", lines, 1, 2, 3, 4, 5, 6)
	visible.Fprintf(w, "From %s to %s. Removed means: removed, or no longer selected. Out of window: the later side did not ask for them.\n", o.A.Title, o.B.Title)
	for _, n := range r.Notes {
		visible.Fprintf(w, "note: %s\n", n)
	}
	for _, f := range r.Files {
		if f.Path != "" {
			visible.Fprintf(w, "  %s\n", f.Path)
		}
	}
}

// describeFindings tells people which rules the vendor's files follow.
func describeFindings(w io.Writer, r changes.Report, findings []calibrate.Finding) {
	if len(findings) == 0 && !r.Same() {
		fmt.Fprintln(w, "Calibration: no difference was found that tells a rule; the notes say which rows tell nothing.")
		return
	}
	if len(findings) == 0 {
		fmt.Fprintln(w, "Calibration: the files are the same, so the options of the later side are those of the vendor's exporter, as far as these files show.")
		return
	}
	fmt.Fprintln(w, "Calibration: what the files of the first side do, and what would make the second do the same:")
	for _, f := range findings {
		visible.Fprintf(w, "  %s\n", f.Sentence())
	}
}
