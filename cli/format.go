package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"sluice/figures"
	"sluice/pipeline"
	"sluice/visible"
)

// Clock tells the time; the zero Clock is the computer's.
type Clock func() time.Time

func (c Clock) now() time.Time {
	if c == nil {
		return time.Now()
	}
	return c()
}

// jsonOutput is where a JSON document goes that is meant for w: whatever a terminal
// would obey or would not show is escaped, so that the values stay what they are. It
// must not be made visible as other text is.
func jsonOutput(w io.Writer) io.Writer {
	if shown, ok := w.(*visible.Writer); ok {
		w = shown.Unwrap()
	}
	return visible.JSON(w)
}

// printJSON writes v as one indented document.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(jsonOutput(w))
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}

// number writes n with thousands separated, or "?" if it is not known.
func number(n int64) string {
	if n < 0 {
		return "?"
	}
	return figures.Count(n)
}

// size writes a number of bytes in decimal units, as disks are sold.
func size(n int64) string {
	if n < 0 {
		return "?"
	}
	return figures.Size(n)
}

// describeJob tells people how a job stands, in a few lines.
func describeJob(w io.Writer, j pipeline.Job, now time.Time) {
	if !j.Exists() {
		fmt.Fprintln(w, "Not started: there was no export yet.")
		return
	}
	fmt.Fprintf(w, "Job %s: %s", visible.Cut(j.Label(), longestWord), visible.Cut(strings.ToLower(j.Status.String()), longestWord))
	if !j.StartTime.IsZero() && (!j.Status.Ended() || !j.CompletedTime.IsZero()) {
		preposition := "in"
		if j.Running() {
			preposition = "for"
		}
		fmt.Fprintf(w, " %s %s", preposition, figures.Span(j.Duration(now)))
	}
	if j.Statistics != nil {
		fmt.Fprintf(w, ", %s rows of %s entities", number(j.Statistics.WrittenRows), number(j.Statistics.ExportedEntities))
	}
	fmt.Fprintln(w)
	if about := askedFor(j); about != "" {
		fmt.Fprintf(w, "  %s\n", about)
	}
	if who := starter(j); who != "" {
		visible.Fprintf(w, "  started by %s\n", who)
	}
	if j.Redaction != "" {
		visible.Fprintf(w, "  redacted: %s\n", j.Redaction)
	}
	if j.ResumedFrom != 0 {
		fmt.Fprintf(w, "  resumed from job %d\n", j.ResumedFrom)
	}
	if j.ResumedAs != 0 {
		fmt.Fprintf(w, "  resumed as job %d, which has its files\n", j.ResumedAs)
	}
	describeDiagnostics(w, "error", j.Errors)
	describeDiagnostics(w, "warning", j.Warnings)
	describeDiagnostics(w, "note", j.Notes)
}

// starter is who started a job, in words; "" if that is not known.
func starter(j pipeline.Job) string {
	switch name := pipeline.ScheduleOf(j.StartedBy); {
	case name != "":
		return fmt.Sprintf("the schedule %q", visible.Cut(name, longestWord))
	case j.StartedBy == pipeline.ByPerson:
		return "a person"
	case j.StartedBy == pipeline.ByREST:
		return "a request to the served API"
	}
	return ""
}

// askedFor tells what a job was asked for, and which node runs it, as far as that is
// known.
func askedFor(j pipeline.Job) string {
	var parts []string
	if !j.Config.ExportFrom.IsZero() {
		parts = append(parts, "from "+pipeline.FormatFromDate(j.Config.ExportFrom.Time))
	}
	if j.Config.ForcedExport {
		parts = append(parts, "forced")
	}
	if j.NodeID != "" {
		parts = append(parts, "on "+visible.Cut(j.NodeID, longestWord))
	}
	return strings.Join(parts, ", ")
}

// What is shown to people of the words of a server: how many messages of a kind, and
// how many characters of each. JSON holds all of them.
const (
	mostMessages   = 20
	longestMessage = 1000
	longestKey     = 100
	longestWord    = 60 // a status, the name of a node
)

// describeDiagnostics tells a line for each of the first diagnostics, and how many
// more there are.
func describeDiagnostics(w io.Writer, kind string, list []pipeline.Diagnostic) {
	for _, d := range list[:min(len(list), mostMessages)] {
		key := ""
		if d.Key != "" {
			key = " (" + visible.Cut(d.Key, longestKey) + ")"
		}
		fmt.Fprintf(w, "  %-8s %s%s\n", kind, visible.Cut(d.Message, longestMessage), key)
	}
	if left := len(list) - mostMessages; left > 0 {
		fmt.Fprintf(w, "  %-8s and %d more: --json has all of them\n", kind, figures.N(left))
	}
}

// describeFiles lists files with their rows and sizes in aligned columns.
func describeFiles(w io.Writer, files []pipeline.File) {
	widths := [3]int{}
	for _, f := range files {
		widths[0] = max(widths[0], len(f.Name))
		widths[1] = max(widths[1], len(number(f.Rows)))
		widths[2] = max(widths[2], len(size(f.Bytes)))
	}
	for _, f := range files {
		partial := ""
		if !f.Complete {
			partial = "  (incomplete)"
		}
		visible.Fprintf(w, "  %-*s  %*s rows  %*s  %s%s\n", widths[0], f.Name, widths[1], number(f.Rows),
			widths[2], size(f.Bytes), f.Path, partial)
	}
}

// parseSize reads "5GB", "500 MB" or plain bytes; -1 stands for no limit.
func parseSize(s string) (int64, error) {
	if strings.TrimSpace(s) == "-1" {
		return -1, nil
	}
	n, err := humanize.ParseBytes(s)
	if err != nil || n > math.MaxInt64 {
		return 0, fmt.Errorf("size %q is not in the form 5GB, 500MB or -1", s)
	}
	return int64(n), nil
}
