// Package schedule keeps the schedules: which source is exported when, over which time,
// and what is done when it fails. They stand in one file beside that of the sources,
// which windows and command lines share; what became of each stands in a second one.
//
// Nothing here runs anything: that does the package runner below.
package schedule

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"sluice/pipeline"
	"sluice/retention"
	"sluice/schedule/when"
	"sluice/source"
	"sluice/spelling"
	"sluice/wording"
)

// Schedule is a source that is exported again and again. Texts stand as they were typed;
// Plan understands them.
type Schedule struct {
	Name   string `json:"name"`
	Source string `json:"source"` // its id in the list of sources
	When   string `json:"when"`   // see when.Parse
	Zone   string `json:"zone,omitempty"`
	// Window is the from date of each export (pipeline.ReadFromDate); "" is the default of
	// the source, the last 365 days.
	Window string `json:"window,omitempty"`
	Quiet  string `json:"quiet,omitempty"` // hours in which nothing begins; see when.ParseQuiet
	// Retries is how often an export that failed is tried again; RetryAfter is the time
	// before the first, which doubles with each.
	Retries    int    `json:"retries,omitempty"`
	RetryAfter string `json:"retryAfter,omitempty"`
	Deadline   string `json:"deadline,omitempty"` // "6h": when it has to be over, counted from its moment; "": never
	Missed     Policy `json:"missed,omitempty"`
	Format     string `json:"format,omitempty"` // of the files of a snapshot; "": as its settings say
	// Redact is a profile or a file of rules by which the files of a snapshot are redacted;
	// "": as its settings say.
	Redact string `json:"redact,omitempty"`
	// Keep, MaxAge and MaxSize bound what is kept of the exports of a snapshot after each
	// run that was completed; see retention.Parse.
	Keep     int    `json:"keep,omitempty"`
	MaxAge   string `json:"maxAge,omitempty"`
	MaxSize  string `json:"maxSize,omitempty"`
	Disabled bool   `json:"disabled,omitempty"`
	// From is when it was set up, changed or enabled: moments before count for nothing.
	From time.Time `json:"from,omitzero"`
}

// Policy says what becomes of moments that were missed, since nothing ran that looks for
// them.
type Policy string

// The policies.
const (
	Ask  Policy = ""     // they are told, and one run is offered
	Run  Policy = "run"  // one run makes up for all of them, at once
	Skip Policy = "skip" // they are told
)

// Policies are the words for them.
var Policies = []string{"ask", string(Run), string(Skip)}

// ParsePolicy reads the word for a policy.
func ParsePolicy(s string) (Policy, error) {
	switch s {
	case "", "ask":
		return Ask, nil
	case string(Run), string(Skip):
		return Policy(s), nil
	}
	return "", wording.Errorf("%q is nothing that is done about missed runs: write ask, run or skip", s)
}

const (
	// DefaultRetryAfter is the time before the first retry where none is said.
	DefaultRetryAfter = 5 * time.Minute
	longestPause      = 2 * time.Hour // between two retries
	mostRetries       = 100
	partialAge        = 24 * time.Hour // after which partial files go, where a bound is set
	longestName       = 60
)

// checkName refuses names that could not be written in a command.
func checkName(name string) error {
	bad := func(r rune) bool { return !unicode.IsPrint(r) }
	switch {
	case strings.TrimSpace(name) != name || name == "" || len(name) > longestName || strings.ContainsFunc(name, bad):
		return wording.Errorf("%q is no name for a schedule: write 1 to %d characters, such as nightly", name, longestName)
	case strings.HasPrefix(name, "-"):
		return wording.Errorf("%q is no name for a schedule: on a command line it would be taken for a flag", name)
	}
	return nil
}

// Plan is a schedule that was understood.
type Plan struct {
	Schedule
	Times      when.When
	Hours      when.Quiet // in which nothing begins
	Place      *time.Location
	Since      pipeline.FromDate // if Window is not ""
	RetryPause time.Duration
	Limit      time.Duration    // the deadline; 0: none
	Kept       retention.Policy // bounds nothing where none is said
}

// Plan understands a schedule. The error names the setting that is wrong.
func (s Schedule) Plan() (Plan, error) {
	p := Plan{Schedule: s}
	if err := checkName(s.Name); err != nil {
		return p, err
	}
	var err error
	wrong := func(what string) error { return wording.Errorf("%s of the schedule %q: %w", what, s.Name, err) }
	if p.Times, err = when.Parse(s.When); err != nil {
		return p, wrong("the times")
	}
	if p.Place, err = ParseZone(s.Zone); err != nil {
		return p, wrong("the zone")
	}
	if p.Hours, err = when.ParseQuiet(s.Quiet); err != nil {
		return p, wrong("the quiet hours")
	}
	if s.Window != "" {
		if p.Since, err = pipeline.ReadFromDate(s.Window); err != nil {
			return p, wrong("the window")
		}
	}
	if p.Missed, err = ParsePolicy(string(s.Missed)); err != nil {
		return p, wrong("what is done about missed runs")
	}
	if p.RetryPause, err = span(s.RetryAfter, DefaultRetryAfter); err != nil {
		return p, wrong("the time before a retry")
	}
	if p.Limit, err = span(s.Deadline, 0); err != nil {
		return p, wrong("the deadline")
	}
	if p.Kept, err = retention.Parse(s.Keep, s.MaxAge, s.MaxSize, ""); err != nil {
		return p, wrong("what is kept")
	}
	if p.Kept.Bounds() {
		p.Kept.PartialAge = partialAge
	}
	switch {
	case s.Source == "":
		return p, wording.Errorf("the schedule %q names no source", s.Name)
	case s.Retries < 0 || s.Retries > mostRetries:
		return p, wording.Errorf("the retries of the schedule %q are %d: write 0 to %d", s.Name, s.Retries, mostRetries)
	case !slices.Contains([]string{"", "csv", "parquet", "both"}, s.Format):
		return p, wording.Errorf("the format of the schedule %q is %q: write csv, parquet or both", s.Name, s.Format)
	}
	return p, nil
}

// span reads a duration such as 5m or 1h30m; "" is the default.
func span(s string, preset time.Duration) (time.Duration, error) {
	if s == "" {
		return preset, nil
	}
	d, err := time.ParseDuration(strings.ReplaceAll(s, " ", ""))
	if err != nil || d <= 0 {
		return 0, wording.Errorf("%q is no length of time: write it as 5m, 6h or 1h30m", s)
	}
	return d, nil
}

// ParseZone reads the zone of a schedule: a name such as Europe/Berlin, or an offset such
// as +02:00; "" is that of this computer.
func ParseZone(s string) (*time.Location, error) {
	if s == "" {
		s = pipeline.LocalZone()
	}
	if t, err := time.Parse("-07:00", s); err == nil {
		_, offset := t.Zone()
		return time.FixedZone(s, offset), nil
	}
	zone, err := time.LoadLocation(s)
	if err != nil || s == "Local" {
		return nil, wording.Errorf("time zone %q is not known: write a name such as Europe/Berlin", s)
	}
	return zone, nil
}

// Next is the first moment after another at which a run is to begin: one that lies in
// quiet hours is put off until they end. It is the zero time if there is none any more.
func (p Plan) Next(after time.Time) time.Time {
	at := after
	if end := p.Hours.PutOff(after, p.Place); end.After(after) {
		if next := p.Times.Next(after, p.Place); !next.IsZero() && !next.After(end) {
			return end.In(p.Place)
		}
		at = at.Add(-8 * 24 * time.Hour) // one that is put off beyond that moment may lie before it
	}
	for {
		at = p.Times.Next(at, p.Place)
		if at.IsZero() {
			return at
		}
		if begins := p.Hours.PutOff(at, p.Place); begins.After(after) {
			return begins.In(p.Place)
		}
	}
}

// NextRuns are the next moments after another, at most n.
func (p Plan) NextRuns(after time.Time, n int) []time.Time {
	var runs []time.Time
	for next := p.Next(after); !next.IsZero() && len(runs) < n; next = p.Next(next) {
		runs = append(runs, next)
	}
	return runs
}

// RetryAt is when an attempt that ended at a moment is tried again; attempts count from
// 1. ok is false if it is not.
func (p Plan) RetryAt(attempt int, ended time.Time) (at time.Time, ok bool) {
	if attempt > p.Retries {
		return time.Time{}, false
	}
	pause := p.RetryPause
	for range attempt - 1 {
		pause = min(2*pause, max(longestPause, p.RetryPause))
	}
	return p.Hours.PutOff(ended.Add(pause), p.Place), true
}

// ErrUnknown is matched by the error for a name that no schedule has.
var ErrUnknown = wording.New("there is no such schedule")

// unknownError says which name is near.
type unknownError struct{ says string }

func (e unknownError) Error() string        { return e.says }
func (e unknownError) Is(target error) bool { return target == ErrUnknown }

// List is an ordered list of schedules.
type List []Schedule

// Find is the index of the schedule with a name, or -1.
func (l List) Find(name string) int {
	return slices.IndexFunc(l, func(s Schedule) bool { return s.Name == name })
}

// Named is the schedule with a name. The error says which name is near, and matches
// ErrUnknown.
func (l List) Named(name string) (Schedule, error) {
	if i := l.Find(name); i >= 0 {
		return l[i], nil
	}
	if len(l) == 0 {
		return Schedule{}, unknownError{fmt.Sprintf("there is no schedule %q: there is none at all yet", name)}
	}
	names := make([]string, len(l))
	for i, s := range l {
		names[i] = s.Name
	}
	return Schedule{}, unknownError{fmt.Sprintf("there is no schedule %q%s", name, spelling.Hint(name, names))}
}

// Of is the name of the source of a schedule, as the list of sources has it.
func (s Schedule) Of(sources source.List) string {
	if i := sources.Find(s.Source); i >= 0 {
		return sources[i].Name
	}
	return s.Source + " (gone)"
}

// Validate says what is wrong with a list that was read.
func (l List) Validate() error {
	for i, s := range l {
		if err := s.Validate(); err != nil {
			return err
		}
		if l.Find(s.Name) != i {
			return wording.Errorf("two schedules are called %q", s.Name)
		}
	}
	return nil
}
