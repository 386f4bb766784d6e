package cli

import (
	"errors"
	"fmt"
	"io"
	"time"

	"sluice/figures"
	"sluice/localexport"
	"sluice/pipeline"
	"sluice/takes"
	"sluice/visible"
)

// trialLimit is how long a dry run reads.
const trialLimit = 20 * time.Second

// dryRun is what an export is expected to do, in JSON.
type dryRun struct {
	DryRun       bool                  `json:"dryRun"` // true
	From         pipeline.Time         `json:"exportFrom"`
	TimeZone     string                `json:"timeZone"`
	Files        []dryFile             `json:"files"`
	Rows         int64                 `json:"rows"`
	Bytes        int64                 `json:"bytes"`
	Exact        bool                  `json:"exact"`   // everything was read
	Seconds      float64               `json:"seconds"` // about, without the check of the indexes
	Free         int64                 `json:"freeBytes"`
	MinFreeSpace int64                 `json:"minFreeSpace"` // bytes; -1: no limit
	Fits         bool                  `json:"fits"`
	Notes        []pipeline.Diagnostic `json:"notes,omitempty"`
}

type dryFile struct {
	Name    string `json:"name"`
	Rows    int64  `json:"rows"`
	Bytes   int64  `json:"bytes"`
	About   bool   `json:"about,omitempty"`   // estimated by the part that was read
	AtLeast bool   `json:"atLeast,omitempty"` // of the part that was read
}

// try tells what the export would do, and does nothing.
func (x *exportCommand) try(c *call, from pipeline.FromDate, limited bool) error {
	switch {
	case x.Resume:
		return usageError{errors.New("--dry-run tells of a new export: leave --resume out")}
	case takes.IsDump(x.Snapshot):
		return usageError{fmt.Errorf("--dry-run needs a snapshot, and %s is a dump: \"sluice snapshot %s\" makes one", x.Snapshot, x.Snapshot)}
	}
	o, err := x.options(c)
	if err != nil {
		return err
	}
	request := pipeline.Request{Forced: x.Force}
	if limited {
		if request.FromDate, err = x.fromOfSnapshot(c, nil, from); err != nil {
			return err
		}
	}
	line := newLiveLine(c.program.Err)
	line.draw(fmt.Sprintf("reading the snapshot, for %s at most", figures.Span(trialLimit)))
	t, err := localexport.Try(c.ctx, o, request, trialLimit)
	line.wipe()
	if err != nil {
		return err
	}
	if !t.Fits() {
		err = fmt.Errorf("the files would not fit: %s are free on the disk of %s, and %s are to stay free: free some space, choose another --home or lower --min-free-space",
			size(t.Free), o.Home, size(t.Minimum))
	}
	if x.JSON {
		return c.document(documentOf(t), err)
	}
	describeTrial(c.program.Out, t, o.Home)
	return err
}

func documentOf(t localexport.Trial) dryRun {
	all := t.Total()
	d := dryRun{DryRun: true, From: pipeline.At(t.From), TimeZone: t.TimeZone, Files: []dryFile{}, Rows: all.Rows, Bytes: all.Bytes, Exact: t.Whole,
		Seconds: t.Expected.Round(10 * time.Millisecond).Seconds(), Free: t.Free, MinFreeSpace: t.Minimum, Fits: t.Fits(), Notes: t.Notes}
	for _, f := range t.Files {
		d.Files = append(d.Files, dryFile{f.Name, f.Rows, f.Bytes, f.About, f.AtLeast})
	}
	return d
}

// describeTrial tells people what an export would do.
func describeTrial(w io.Writer, t localexport.Trial, home string) {
	visible.Fprintf(w, "An export from %s (times in %s) would write, and nothing was written:\n", pipeline.FormatFromDate(t.From), t.TimeZone)
	lines := append(t.Files, t.Total())
	lines[len(lines)-1].Name = "together"
	for _, f := range lines {
		how := ""
		switch {
		case f.AtLeast:
			how = "  at least: as far as it was read"
		case f.About:
			how = "  about"
		}
		fmt.Fprintf(w, "  %-16s  %12s rows  %9s%s\n", f.Name, number(f.Rows), size(f.Bytes), how)
	}
	fmt.Fprintf(w, "  time              about %s, and the check of the indexes if this snapshot was not checked before\n", figures.Span(t.Expected))
	stay := "no minimum is to stay free"
	if t.Minimum >= 0 {
		stay = fmt.Sprintf("%s are to stay free", size(t.Minimum))
	}
	visible.Fprintf(w, "  space             %s are free for %s, and %s\n", size(t.Free), home, stay)
	for _, d := range t.Notes {
		fmt.Fprintf(w, "  note              %s (%s)\n", visible.Cut(d.Message, longestMessage), visible.Cut(d.Key, longestKey))
	}
	if !t.Whole {
		fmt.Fprintf(w, "The snapshot was read for %s and not to its end: what is marked is not exact, and the time goes by what was read.\n", figures.Span(t.Took))
	}
}
