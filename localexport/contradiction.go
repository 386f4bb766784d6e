package localexport

import (
	"context"
	"fmt"

	"sluice/pipeline"
)

// ContradictionError says that an option which was given is not that of the job to
// go on with.
type ContradictionError struct {
	JobID       int64
	Option      string // as it is called on the command line, such as "time-zone"
	Given, Kept string
}

func (e *ContradictionError) Error() string {
	return fmt.Sprintf("%s is %s, and job %d was exported with %s", e.Option, e.Given, e.JobID, e.Kept)
}

// Contradiction returns a *ContradictionError if an option of this Exporter or of
// the request that is not at its default, and that shapes the files, is another one
// than that of the job. Resume itself takes those of the job in any case.
func (e *Exporter) Contradiction(ctx context.Context, jobID int64, r pipeline.Request) error {
	left, err := e.leftover(ctx, jobID)
	if err != nil {
		return err
	}
	given, kept := e.options, left.record.Options
	differ := func(option string, isGiven, same bool, g, k any) error {
		if !isGiven || same {
			return nil
		}
		return &ContradictionError{JobID: jobID, Option: option, Given: fmt.Sprint(g), Kept: fmt.Sprint(k)}
	}
	zone := ""
	if e.zone != nil {
		zone = e.zone.String()
	}
	base := given.BaseURL
	asked := left.record.Request
	for _, err := range []error{
		differ("from-date", !r.FromDate.IsZero(), r.FromDate.Equal(asked.FromDate.Time) || r.FromDate.Equal(kept.From),
			pipeline.FormatTime(r.FromDate), pipeline.FormatTime(kept.From)),
		differ("force", r.Forced, asked.Forced, true, false),
		differ("time-zone", zone != "", zone == kept.TimeZone, zone, kept.TimeZone),
		differ("base-url", base != "", base == kept.BaseURL, base, kept.BaseURL),
		differ("full-content", given.FullContent, kept.FullContent, true, false),
		differ("preserve-line-breaks", given.PreserveLineBreaks, kept.PreserveLineBreaks, true, false),
		differ("line-break-escape", given.LineBreakEscape != "" && given.LineBreakEscape != defaultEscape,
			given.LineBreakEscape == kept.LineBreakEscape, given.LineBreakEscape, kept.LineBreakEscape),
	} {
		if err != nil {
			return err
		}
	}
	table := e.product.Rules()
	rules, err := table.FromRecord(kept.Rules)
	if err != nil {
		return notResumable(jobID, err, "job %d cannot be resumed: its record is damaged (%v); start a new export", jobID, err)
	}
	for _, r := range table {
		g, isGiven := given.Rules[r.Name]
		k, isKept := rules[r.Name]
		if !isKept {
			k = "its default"
		}
		if err := differ(r.Name, isGiven, g == k, g, k); err != nil {
			return err
		}
	}
	return nil
}
