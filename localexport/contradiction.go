package localexport

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"sluice/localexport/snapshot"
	"sluice/pipeline"
)

// ContradictionError says that an option which was given is not that of the job to
// go on with.
type ContradictionError struct {
	JobID       int64
	Option      string // field of Options, of confluence.Options or of pipeline.Request
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
	base := snapshot.CleanBase(given.BaseURL)
	asked := left.record.Request
	for _, err := range []error{
		differ("FromDate", !r.FromDate.IsZero(), r.FromDate.Equal(asked.FromDate.Time) || r.FromDate.Equal(kept.From),
			pipeline.FormatTime(r.FromDate), pipeline.FormatTime(kept.From)),
		differ("Force", r.Forced, asked.Forced, true, false),
		differ("TimeZone", zone != "", zone == kept.TimeZone, zone, kept.TimeZone),
		differ("BaseURL", base != "", base == kept.BaseURL, base, kept.BaseURL),
		differ("FullContent", given.FullContent, kept.FullContent, true, false),
		differ("PreserveLineBreaks", given.PreserveLineBreaks, kept.PreserveLineBreaks, true, false),
		differ("LineBreakEscape", given.LineBreakEscape != "" && given.LineBreakEscape != defaultEscape,
			given.LineBreakEscape == kept.LineBreakEscape, given.LineBreakEscape, kept.LineBreakEscape),
	} {
		if err != nil {
			return err
		}
	}
	rules := chosenRules(e.engineOptions())
	for _, name := range slices.Sorted(maps.Keys(rules)) {
		if err := differ(name, true, sameValue(rules[name], kept.Rules[name]), rules[name], orDefault(kept.Rules[name])); err != nil {
			return err
		}
	}
	return nil
}

// sameValue compares the value of a rule with one that was read from JSON.
func sameValue(given, kept any) bool {
	a, errA := json.Marshal(given)
	b, errB := json.Marshal(kept)
	return errA == nil && errB == nil && string(a) == string(b)
}

func orDefault(v any) any {
	if v == nil {
		return "its default"
	}
	return v
}
