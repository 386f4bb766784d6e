package present

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"sluice/pipeline"
	"sluice/schedule"
	"sluice/ui/texts"
	"sluice/ui/tone"
	"sluice/wording"
)

// ScheduleRow is a schedule in the list of a source.
type ScheduleRow struct {
	Name, When string
	Next       string // the next runs
	Last       string // how the last run ended, in a sentence; "" before there was one
	Now        string // of a run whose process has ended; "" if there is none
	Success    string // the last that was completed, if that is another
	Missed     string // what was missed and can be made up for; "" if nothing
	Sign       Sign
	Enabled    bool
	Running    bool
}

// shownRuns is how many of the next runs are shown.
const shownRuns = 3

// ScheduleRows builds the list of the schedules of a source. Times of what was run are
// shown in the zone of now.
func ScheduleRows(list schedule.List, states map[string]schedule.State, sourceID string, now time.Time) []ScheduleRow {
	var rows []ScheduleRow
	for _, s := range list {
		plan, err := s.Plan()
		if s.Source != sourceID || err != nil { // a list that was read is understood
			continue
		}
		state := states[s.Name]
		row := ScheduleRow{Name: s.Name, When: Joined(texts.Say(plan.Times.Text()), plan.Place.String(), windowWords(s.Window)), Enabled: !s.Disabled, Running: state.Runs(), Sign: scheduleSign(s, state)}
		row.Next = nextWords(plan, state, now)
		if state.Last != nil {
			row.Last = resultWords(*state.Last, now)
		}
		if r := state.Interrupted(); r != nil {
			row.Now = fmt.Sprintf(texts.T.Schedule.ProcessGone, r.PID, Minute(r.Began, now.Location()))
		}
		if ok := state.LastSuccess; ok != nil && state.Last.Outcome != schedule.Completed {
			row.Success = resultWords(*ok, now)
		}
		if m := state.Missed; m != nil && !m.Skipped && !state.Runs() {
			row.Missed = texts.T.Schedule.Offered.Of(int64(m.Count), Minute(m.Last, plan.Place))
			if last := state.Last; last != nil && last.Outcome == schedule.WasMissed { // it says the same: what ran before is news
				row.Last = ""
				if failed := state.LastFailure; failed != nil && (state.LastSuccess == nil || failed.Ended.After(state.LastSuccess.Ended)) {
					row.Last = resultWords(*failed, now)
				}
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// nextWords says when a schedule runs next.
func nextWords(p schedule.Plan, s schedule.State, now time.Time) string {
	t := texts.T.Schedule
	if p.Disabled {
		return t.Disabled
	}
	var words []string
	if s.Retry != nil {
		words = append(words, fmt.Sprintf("%s %s", t.RetryAt, Minute(s.Retry.At, p.Place)))
	}
	runs := RunWords(p.NextRuns(now, shownRuns))
	if len(runs) == 0 {
		runs = []string{t.Never}
	}
	return strings.Join(append(words, runs...), ", ")
}

// RunWords are moments with their days, each in its own zone.
func RunWords(runs []time.Time) []string {
	words := make([]string, len(runs))
	for i, r := range runs {
		words[i] = texts.T.New.Weekday(r) + " " + r.Format("2006-01-02 15:04")
	}
	return words
}

// scheduleSign is how a schedule stands, in a word.
func scheduleSign(s schedule.Schedule, state schedule.State) Sign {
	t := texts.T.Schedule
	switch {
	case state.Stuck != nil:
		return Sign{texts.T.Advice.StuckTitle, "warning", tone.Caution}
	case state.Interrupted() != nil:
		return outcomeSign(schedule.Interrupted)
	case state.Running != nil:
		return Sign{t.Running, "started", tone.Active}
	case s.Disabled:
		return Sign{t.Disabled, "not-started", tone.Neutral}
	case state.Last == nil:
		return Sign{t.NotRun, "not-started", tone.Neutral}
	}
	return outcomeSign(state.Last.Outcome)
}

func outcomeSign(o schedule.Outcome) Sign {
	t := texts.T.Schedule
	switch o {
	case schedule.Completed:
		return Sign{t.Completed, "completed", tone.Good}
	case schedule.WasMissed:
		return Sign{t.WasMissed, "warning", tone.Caution}
	case schedule.Refused:
		return Sign{t.Refused, "warning", tone.Caution}
	case schedule.Interrupted:
		return Sign{t.Interrupted, "warning", tone.Caution}
	case schedule.Cancelled:
		return Sign{t.Cancelled, "cancelled", tone.Neutral}
	case schedule.TooLate:
		return Sign{t.TooLate, "failed", tone.Bad}
	}
	return Sign{t.Failed, "failed", tone.Bad}
}

// saysOf is why a run ended as it did, in the language of the window where it ran here, or
// was said without more.
func saysOf(r schedule.Result) string {
	if r.Why != nil && r.Why.Error() == r.Says {
		return texts.InForm(texts.Error(r.Why))
	}
	return texts.InForm(texts.Elsewhere(r.Says))
}

// resultWords says how a run ended.
func resultWords(r schedule.Result, now time.Time) string {
	job, says := "", ""
	if r.Job != 0 {
		job = fmt.Sprintf(texts.T.Schedule.Job, r.Job)
	}
	if r.Says != "" {
		says = wording.Capital(saysOf(r))
	}
	return Joined(outcomeSign(r.Outcome).Word+" "+Minute(r.Ended, now.Location()), job, says)
}

// RunSays is what there is to say of a run that was completed: its job, how long all of it
// took, and what it has written.
func RunSays(r schedule.Result) string {
	job, took, rows := "", "", ""
	if r.Job != 0 {
		job = fmt.Sprintf(texts.T.Status.Job, r.Job)
	}
	if !r.Began.IsZero() {
		took = Span(r.Ended.Sub(r.Began))
	}
	if r.Rows > 0 {
		rows = texts.T.App.NoticeRows.Of(r.Rows)
	}
	return Joined(job, took, rows)
}

// The fields of the form of a schedule.
const (
	FieldScheduleName = "scheduleName"
	FieldWhen         = "when"
	FieldWindow       = "window"
	FieldScheduleZone = "scheduleZone"
	FieldQuiet        = "quietHours"
	FieldRetries      = "retries"
	FieldRetryAfter   = "retryAfter"
	FieldDeadline     = "deadline"
)

// ScheduleInput is a schedule as it stands in the form.
type ScheduleInput struct {
	Name, When, Window, Zone, Quiet, Retries, RetryAfter, Deadline, Format, Redact string
	Missed                                                                         schedule.Policy
}

// NewSchedule is the form of a new schedule.
func NewSchedule(zone string) ScheduleInput {
	return ScheduleInput{When: "weekdays 02:00", Zone: zone, Retries: "2", RetryAfter: "5m"}
}

// ScheduleInputOf is the form of a schedule that there is.
func ScheduleInputOf(s schedule.Schedule) ScheduleInput {
	return ScheduleInput{Name: s.Name, When: s.When, Window: s.Window, Zone: s.Zone, Quiet: s.Quiet, Retries: strconv.Itoa(s.Retries), RetryAfter: s.RetryAfter,
		Deadline: s.Deadline, Format: s.Format, Redact: s.Redact, Missed: s.Missed}
}

// ReadSchedule understands the form: the schedule, its next runs as far as its times can
// be read, and what is wrong with the fields. was is the schedule that is changed, the zero
// Schedule of a source for a new one; others are all that there are.
func ReadSchedule(in ScheduleInput, was schedule.Schedule, others schedule.List, now time.Time) (s schedule.Schedule, next []string, wrong Problems) {
	t := texts.T.Schedule
	s = was
	s.Name, s.When, s.Window, s.Zone = strings.TrimSpace(in.Name), strings.TrimSpace(in.When), strings.TrimSpace(in.Window), strings.TrimSpace(in.Zone)
	s.Quiet, s.RetryAfter, s.Deadline = strings.TrimSpace(in.Quiet), strings.TrimSpace(in.RetryAfter), strings.TrimSpace(in.Deadline)
	s.Format, s.Redact, s.Missed = in.Format, strings.TrimSpace(in.Redact), in.Missed
	if s.When != was.When || s.Zone != was.Zone || s.Quiet != was.Quiet {
		s.From = now.UTC().Truncate(time.Second)
	}
	retries, err := strconv.Atoi(strings.TrimSpace(in.Retries))
	if s.Retries = retries; err != nil || retries < 0 {
		s.Retries = 0
		wrong.add(FieldRetries, t.NeedsNumber)
	}
	if s.Name != was.Name && slices.ContainsFunc(others, func(o schedule.Schedule) bool { return o.Name == s.Name }) {
		wrong.add(FieldScheduleName, t.Taken)
	}
	if s.Name == "" {
		wrong.add(FieldScheduleName, texts.T.Delivery.NeedName)
	}
	// One field at a time stands in a schedule that is right otherwise.
	right := schedule.Schedule{Name: "x", Source: "x", When: "daily 00:00", Zone: "UTC"}
	for _, f := range []struct {
		name string
		put  func(*schedule.Schedule)
	}{
		{FieldScheduleName, func(r *schedule.Schedule) { r.Name = s.Name }}, {FieldWhen, func(r *schedule.Schedule) { r.When = s.When }},
		{FieldWindow, func(r *schedule.Schedule) { r.Window = s.Window }}, {FieldScheduleZone, func(r *schedule.Schedule) { r.Zone = s.Zone }},
		{FieldQuiet, func(r *schedule.Schedule) { r.Quiet = s.Quiet }}, {FieldRetries, func(r *schedule.Schedule) { r.Retries = s.Retries }},
		{FieldRetryAfter, func(r *schedule.Schedule) { r.RetryAfter = s.RetryAfter }}, {FieldDeadline, func(r *schedule.Schedule) { r.Deadline = s.Deadline }},
	} {
		one := right
		f.put(&one)
		if _, err := one.Plan(); err != nil && wrong.Of(f.name) == "" {
			wrong.add(f.name, withoutName(err))
		}
	}
	if wrong.Of(FieldWhen)+wrong.Of(FieldScheduleZone)+wrong.Of(FieldQuiet) == "" {
		right.When, right.Zone, right.Quiet = s.When, s.Zone, s.Quiet
		if p, err := right.Plan(); err == nil {
			next = RunWords(p.NextRuns(now, shownRuns))
		}
	}
	return s, next, wrong
}

// NoRunsWhy is why the times that are typed have no next runs: what is wrong with the fields
// that make them, unless that was said at the field.
func NoRunsWhy(wrong, said Problems) string {
	for _, field := range []string{FieldWhen, FieldScheduleZone, FieldQuiet} {
		if why := wrong.Of(field); why != "" && said.Of(field) == "" {
			return why
		}
	}
	return ""
}

// withoutName leaves out which schedule it is about: the form says so.
func withoutName(err error) string {
	s := texts.Error(err)
	if _, rest, ok := strings.Cut(s, `"x": `); ok {
		return rest
	}
	return s
}

// startedWords say who started a job; "" if that is not known.
func startedWords(job pipeline.Job) string {
	t := texts.T.Schedule
	switch name := pipeline.ScheduleOf(job.StartedBy); {
	case name != "":
		return fmt.Sprintf(t.StartedBy, name)
	case job.StartedBy == pipeline.ByREST:
		return t.StartedByREST
	case job.StartedBy == pipeline.ByPerson:
		return t.StartedByPerson
	}
	return ""
}
