package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"sluice/schedule"
	"sluice/schedule/runner"
	"sluice/schedule/units"
	"sluice/source"
	"sluice/visible"
)

// scheduleDocument is a schedule as JSON.
type scheduleDocument struct {
	schedule.Schedule
	SourceName string         `json:"sourceName"`
	Words      string         `json:"words"` // when, for people
	Enabled    bool           `json:"enabled"`
	Next       []time.Time    `json:"next"`                // the next runs; none while it is disabled
	Waits      time.Time      `json:"waitsSince,omitzero"` // for whoever begins what is due
	State      schedule.State `json:"state"`
}

// shownRuns is how many of the next runs are shown.
const shownRuns = 3

func scheduled(s schedule.Schedule, sources source.List, state schedule.State, now time.Time) scheduleDocument {
	if sources.Find(s.Source) < 0 {
		state.Stuck = nil // nothing is, of a source that is gone
	}
	d := scheduleDocument{Schedule: s, SourceName: s.Of(sources), Enabled: !s.Disabled, Next: []time.Time{}, State: state}
	state.Name = s.Name
	if p, err := s.Plan(); err == nil { // a list that was read is understood
		d.Words, d.Waits = p.Times.Words(), p.Waits(state, now)
		if !s.Disabled {
			d.Next = p.NextRuns(now, shownRuns)
		}
	}
	return d
}

// all reads what is known of all schedules.
func (x *scheduleCommand) all(c *call) (documents []scheduleDocument, folder string, err error) {
	files, err := openSchedules()
	if err != nil {
		return nil, "", err
	}
	list, err := files.list.Load()
	if err != nil {
		return nil, "", err
	}
	sources, err := sourceList()
	if err != nil {
		return nil, "", err
	}
	states, err := files.states.Load()
	if err != nil {
		return nil, "", err
	}
	documents = []scheduleDocument{}
	for _, s := range list {
		documents = append(documents, scheduled(s, sources, states[s.Name], c.program.Now.now()))
	}
	return documents, files.folder, nil
}

// list shows the schedules.
func (x *scheduleCommand) list(c *call) error {
	all, folder, err := x.all(c)
	if err != nil {
		return err
	}
	by := runner.Guarded(folder)
	var stopped error // nothing is run
	if len(all) > 0 {
		stopped = schedule.NewStateFile(folder).Writable()
	}
	if x.JSON {
		return c.document(struct {
			Schedules []scheduleDocument `json:"schedules"`
			RunBy     string             `json:"runBy"` // "" if nobody runs what is due
		}{all, by}, stopped)
	}
	if len(all) == 0 {
		fmt.Fprintln(c.program.Out, "Nothing is scheduled yet: add something by \"sluice schedule add NAME --source NAME --every 'weekdays 02:00'\", or in the window.")
		return nil
	}
	for _, d := range all {
		describeSchedule(c, d)
	}
	if stopped != nil {
		return stopped
	}
	if by == "" {
		by = "the window while it is open, and no \"sluice run\" runs: start that, or give the schedules to the system by \"sluice schedule print\""
	}
	visible.Fprintf(c.program.Out, "What is due is run by %s.\n", by)
	return nil
}

// describeSchedule tells people of a schedule in a few lines.
func describeSchedule(c *call, d scheduleDocument) {
	out := c.program.Out
	visible.Fprintf(out, "%s: %s, %s (%s)\n", d.Name, visible.Cut(d.SourceName, longestWord), d.Words, d.Zone)
	line := func(what, format string, args ...any) {
		fmt.Fprintf(out, "  %-7s %s\n", what, visible.Cut(fmt.Sprintf(format, args...), longestMessage))
	}
	switch {
	case d.Disabled:
		line("next", "never: it is disabled")
	case len(d.Next) == 0:
		line("next", "never any more")
	default:
		line("next", "%s", runWords(d.Next))
	}
	if !d.Waits.IsZero() {
		line("late", "due since %s, and not begun: nothing runs schedules, or their states cannot be written", d.Waits.Local().Format("2006-01-02 15:04"))
	}
	if r := d.State.Running; r != nil && !r.Gone {
		line("now", "runs since %s, attempt %d", r.Began.Local().Format("2006-01-02 15:04"), r.Attempt)
	} else if r != nil {
		line("now", "%s", interruptedWords(d.Name, *r))
	}
	if s := d.State.Stuck; s != nil {
		line("stuck", "perhaps: %s", s.Says)
	}
	if r := d.State.Retry; r != nil {
		line("retry", "%s, attempt %d", r.At.Local().Format("Mon 2006-01-02 15:04 MST"), r.Attempt)
	}
	if r := d.State.Last; r != nil {
		line("last", "%s", resultWords(*r))
	}
	if s := d.State.LastSuccess; s != nil && d.State.Last != nil && d.State.Last.Outcome != schedule.Completed {
		line("success", "%s", resultWords(*s))
	}
	if m := d.State.Missed; m != nil && !m.Skipped {
		line("missed", "%d, the last %s: \"sluice schedule run %[3]s\" makes up for them, \"sluice schedule skip %[3]s\" lets them be", m.Count, m.Last.Local().Format("2006-01-02 15:04"), units.QuotedShell(d.Name))
	}
}

// interruptedWords says that the process of a run has ended, and what comes of it.
func interruptedWords(name string, r schedule.Running) string {
	job := ""
	if r.Job != 0 {
		job = fmt.Sprintf(", job %d", r.Job)
	}
	return fmt.Sprintf("interrupted: process %d, which ran it since %s (attempt %d%s), has ended. It is taken up by \"sluice run\" and the window, or by \"sluice schedule run %s\"",
		r.PID, r.Began.Local().Format("2006-01-02 15:04"), r.Attempt, job, units.QuotedShell(name))
}

// runWords lists moments, each with the zone that it is in.
func runWords(runs []time.Time) string {
	list := make([]string, len(runs))
	for i, r := range runs {
		list[i] = r.Format("Mon 2006-01-02 15:04 MST")
	}
	return strings.Join(list, ", ")
}

// resultWords says how a run ended.
func resultWords(r schedule.Result) string {
	s := fmt.Sprintf("%s %s", r.Outcome, r.Ended.Local().Format("2006-01-02 15:04"))
	if r.Job != 0 {
		s += fmt.Sprintf(", job %d", r.Job)
	}
	if r.Says != "" {
		s += ": " + r.Says
	}
	return s
}

// tell tells of a schedule that was changed, with its next runs.
func (x *scheduleCommand) tell(c *call, s schedule.Schedule, done string) error {
	sources, err := sourceList()
	if err != nil {
		return err
	}
	d := scheduled(s, sources, schedule.State{Name: s.Name}, c.program.Now.now())
	if x.JSON {
		return c.document(d, nil)
	}
	visible.Fprintf(c.program.Out, "%s %s: %s, %s (%s).\n", done, s.Name, d.SourceName, d.Words, s.Zone)
	for _, r := range d.Next {
		fmt.Fprintf(c.program.Out, "  %s\n", r.Format("Mon 2006-01-02 15:04 MST"))
	}
	return nil
}

// next shows the next runs of one.
func (x *scheduleCommand) next(c *call) error {
	all, _, err := x.all(c)
	if err != nil {
		return err
	}
	var list schedule.List
	for _, d := range all {
		list = append(list, d.Schedule)
	}
	if _, err := list.Named(x.Name); err != nil {
		return usageError{err}
	}
	d := all[list.Find(x.Name)]
	if x.JSON {
		return c.document(d, nil)
	}
	describeSchedule(c, d)
	return nil
}

// print writes units for a system.
func (x *scheduleCommand) print(c *call) error {
	files, err := openSchedules()
	if err != nil {
		return err
	}
	list, err := files.list.Load()
	if err != nil {
		return err
	}
	if x.Of != "" {
		one, err := list.Named(x.Of)
		if err != nil {
			return usageError{err}
		}
		list = schedule.List{one}
	}
	var plans []schedule.Plan
	for _, s := range list {
		if p, err := s.Plan(); err == nil && (!s.Disabled || x.Of != "") {
			plans = append(plans, p)
		}
	}
	if len(plans) == 0 {
		return usageError{fmt.Errorf("nothing is scheduled and enabled: there is nothing to print")}
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	o := units.Options{Program: program, Config: files.folder, Image: x.Image}
	if c.homeNamed {
		o.Home = x.Home
	}
	text, err := units.Print(x.Name, plans, o)
	if err != nil {
		return usageError{err}
	}
	if x.JSON {
		return c.document(map[string]string{"system": x.Name, "text": text}, nil)
	}
	_, err = io.WriteString(c.program.Out, visible.Text(text)) // with its lines
	return err
}
