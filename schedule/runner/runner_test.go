package runner

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
	_ "time/tzdata" // the zones of the tests, on every machine

	"github.com/jonboulle/clockwork"

	"sluice/pipeline"
	"sluice/schedule"
	"sluice/source"
)

// bench is a runner with a clock, a work and steps of the test.
type bench struct {
	*Runner
	t     *testing.T
	clock *clockwork.FakeClock
	zone  *time.Location

	mu    sync.Mutex
	tasks []Task
	ended []Ended
	do    func(ctx context.Context, t Task, began func(pipeline.Job)) (Done, error)
	step  error // of the step

	looks    int  // at what may be stuck
	released bool // it is not any more
}

func (b *bench) Do(ctx context.Context, t Task, began func(pipeline.Job)) (Done, error) {
	b.mu.Lock()
	b.tasks = append(b.tasks, t)
	b.mu.Unlock()
	return b.do(ctx, t, began)
}

// Still is of a job that nobody has released, unless the test says otherwise.
func (b *bench) Still(context.Context, source.Source, schedule.Stuck) (bool, error) {
	b.looks++
	return !b.released, nil
}

func (b *bench) Name() string { return "deliver" }

func (b *bench) After(_ context.Context, e Ended) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ended = append(b.ended, e)
	return b.step
}

// completes is a work that is done at once.
func completes(_ context.Context, _ Task, began func(pipeline.Job)) (Done, error) {
	job := pipeline.Job{ID: 7, Status: pipeline.Completed}
	began(job)
	return Done{Job: job}, nil
}

// newBench starts on a day in a zone with schedules of two sources, whose ids are a and b.
func newBench(t *testing.T, zone, start string, schedules ...schedule.Schedule) *bench {
	t.Helper()
	place, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", start, place)
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, zone: place, clock: clockwork.NewFakeClockAt(at), do: completes}
	return b.in(t.TempDir(), schedules...)
}

// in makes the runner over the files in a folder.
func (b *bench) in(dir string, schedules ...schedule.Schedule) *bench {
	b.t.Helper()
	sources := source.NewFile(filepath.Join(dir, "sources.json"))
	err := sources.Update(func(source.List) (source.List, error) {
		return source.List{{ID: "a", Kind: source.KindSnapshot, Name: "wiki", Snapshot: "/wiki.db"}, {ID: "b", Kind: source.KindServer, Name: "prod", Server: source.Server{URL: "https://b"}}}, nil
	})
	if err != nil {
		b.t.Fatal(err)
	}
	b.Runner = New(Options{Folder: dir, Sources: sources, Work: b, Steps: []Step{b}, Clock: b.clock})
	if len(schedules) == 0 {
		return b
	}
	for i := range schedules {
		if s := &schedules[i]; s.Zone == "" {
			s.Zone = b.zone.String()
		}
		if schedules[i].From.IsZero() {
			schedules[i].From = b.clock.Now()
		}
	}
	if err := b.files.Update(func(schedule.List) (schedule.List, error) { return schedules, nil }); err != nil {
		b.t.Fatal(err)
	}
	return b
}

// pass lets time pass, from one moment at which there is something to do to the next.
func (b *bench) pass(total time.Duration) {
	b.t.Helper()
	end := b.clock.Now().Add(total)
	for {
		b.look(b.t.Context())
		b.runs.Wait()
		next := b.look(b.t.Context()) // what has ended may be tried again
		b.runs.Wait()
		now := b.clock.Now()
		if next.IsZero() || next.After(end) {
			b.clock.Advance(end.Sub(now))
			return
		}
		b.clock.Advance(max(next.Sub(now), time.Second))
	}
}

func (b *bench) state(name string) schedule.State {
	b.t.Helper()
	states, err := b.states.Load()
	if err != nil {
		b.t.Fatal(err)
	}
	return states[name]
}

// due are the moments of the runs.
func (b *bench) due() string {
	var list []string
	for _, t := range b.tasks {
		list = append(list, t.Run.Due.In(b.zone).Format("02 15:04"))
	}
	return strings.Join(list, ", ")
}

func nightly(when string) schedule.Schedule {
	return schedule.Schedule{Name: "nightly", Source: "a", When: when}
}

// TestRunsOverAChangeOfTheClock: what is to run at 02:30 runs once a day, whatever the
// clock on the wall does.
func TestRunsOverAChangeOfTheClock(t *testing.T) {
	for name, test := range map[string]struct{ zone, start, want string }{
		"Berlin, forward":    {"Europe/Berlin", "2026-03-28 00:00", "28 02:30, 29 03:00, 30 02:30"},
		"Berlin, back":       {"Europe/Berlin", "2026-10-24 00:00", "24 02:30, 25 02:30, 26 02:30"},
		"New York, forward":  {"America/New_York", "2026-03-07 00:00", "07 02:30, 08 03:00, 09 02:30"},
		"Lord Howe, forward": {"Australia/Lord_Howe", "2026-10-03 00:00", "03 02:30, 04 02:30, 05 02:30"},
		"Lord Howe, back":    {"Australia/Lord_Howe", "2026-04-04 00:00", "04 02:30, 05 02:30, 06 02:30"},
	} {
		b := newBench(t, test.zone, test.start, nightly("daily 02:30"))
		b.pass(71 * time.Hour)
		if got := b.due(); got != test.want {
			t.Errorf("%s: it ran at %s, want %s", name, got, test.want)
		}
		if s := b.state("nightly"); s.LastSuccess == nil || s.LastFailure != nil || s.Running != nil || s.LastSuccess.Job != 7 {
			t.Errorf("%s: the state is %+v", name, s)
		}
	}
}

// TestMissed: the computer was off for three days.
func TestMissed(t *testing.T) {
	for policy, want := range map[schedule.Policy]string{schedule.Ask: "", schedule.Skip: "", schedule.Run: "04 12:00"} {
		s := nightly("daily 02:00")
		s.Missed = policy
		b := newBench(t, "Europe/Berlin", "2026-03-01 12:00", s)
		b.clock.Advance(3 * 24 * time.Hour)
		b.look(t.Context())
		b.runs.Wait()
		b.look(t.Context())
		b.runs.Wait()
		if got := b.due(); got != want {
			t.Errorf("%q: it ran for %q, want %q", policy, got, want)
		}
		state := b.state("nightly")
		offered := state.Missed != nil && !state.Missed.Skipped && state.Missed.Count == 3 && state.Missed.First.Day() == 2
		if offered != (policy == schedule.Ask) || b.ended[0].Result.Outcome != schedule.WasMissed && policy != schedule.Run || !strings.Contains(b.ended[0].Result.Says+b.ended[len(b.ended)-1].Result.Says, "3 runs were missed") {
			t.Errorf("%q: the state is %+v, told was %+v", policy, state, b.ended)
		}
		b.tasks = nil
		b.pass(24 * time.Hour)
		if got := b.due(); got != "05 02:00" {
			t.Errorf("%q: the next ran for %q", policy, got)
		}
	}
}

// TestMissedIsSettled by one run, or by passing.
func TestMissedIsSettled(t *testing.T) {
	b := newBench(t, "UTC", "2026-03-01 12:00", nightly("daily 02:00"))
	off := func() {
		b.clock.Advance(48 * time.Hour)
		b.look(t.Context())
		b.runs.Wait()
		if s := b.state("nightly"); s.Missed == nil || s.Missed.Count < 1 {
			t.Fatalf("nothing is offered: %+v", s)
		}
	}
	off()
	if result, err := b.Now(t.Context(), "nightly"); err != nil || result.Outcome != schedule.Completed || b.state("nightly").Missed != nil || len(b.tasks) != 1 {
		t.Errorf("%+v, %v, %+v", result, err, b.state("nightly"))
	}
	off()
	if err := b.Pass("nightly"); err != nil || b.state("nightly").Missed != nil || len(b.tasks) != 1 {
		t.Errorf("%v, %+v", err, b.state("nightly"))
	}
	if err := b.Pass("nightl"); err == nil || !strings.Contains(err.Error(), `"nightly"`) {
		t.Error(err)
	}
}

// TestOverlap: a source is worked on by one run at a time, and who is refused is told.
func TestOverlap(t *testing.T) {
	other := schedule.Schedule{Name: "other", Source: "a", When: "daily 02:10", Retries: 1, RetryAfter: "63m"}
	elsewhere := schedule.Schedule{Name: "elsewhere", Source: "b", When: "daily 02:10"}
	b := newBench(t, "UTC", "2026-03-01 01:59", nightly("every 5 minutes"), other, elsewhere)
	hold := make(chan struct{})
	b.do = func(ctx context.Context, task Task, began func(pipeline.Job)) (Done, error) {
		if task.Run.Due.Minute() == 0 {
			<-hold
		}
		return completes(ctx, task, began)
	}
	for range 12 {
		b.clock.Advance(time.Minute)
		b.look(t.Context())
	}
	states, err := b.states.Load()
	if err != nil {
		t.Fatal(err)
	}
	if s := states["nightly"]; s.Running == nil || s.Last == nil || s.Last.Outcome != schedule.Refused || s.Retry != nil || s.Handled.Minute() != 10 {
		t.Errorf("the one that overlaps itself: %+v", s)
	}
	if s := states["other"]; s.Last == nil || s.Last.Outcome != schedule.Refused || s.Retry == nil || !strings.Contains(s.Last.Says, "busy") {
		t.Errorf("the other one: %+v", s)
	}
	if _, err := b.Now(t.Context(), "other"); !errors.Is(err, ErrBusy) {
		t.Errorf("at once: %v", err)
	}
	close(hold)
	b.runs.Wait()
	if s := b.state("elsewhere"); s.LastSuccess == nil {
		t.Errorf("another source was held up: %+v", s)
	}
	if s := b.state("nightly"); s.Last.Outcome != schedule.Completed || s.Running != nil {
		t.Errorf("in the end: %+v", s)
	}
	b.pass(2 * time.Hour)
	if s := b.state("other"); s.LastSuccess == nil || s.LastSuccess.Attempt != 2 {
		t.Errorf("the other one was not tried again: %+v", s)
	}
}

// TestRetries back off, wait for the end of quiet hours, and end.
func TestRetries(t *testing.T) {
	s := nightly("daily 02:00")
	s.Retries, s.RetryAfter, s.Quiet = 3, "10m", "02:15-06:00"
	b := newBench(t, "UTC", "2026-03-01 00:00", s)
	var at []string
	b.do = func(context.Context, Task, func(pipeline.Job)) (Done, error) {
		at = append(at, b.clock.Now().Format("15:04"))
		return Done{}, errors.New("the disk is full")
	}
	b.pass(20 * time.Hour)
	if got := strings.Join(at, " "); got != "02:00 02:10 06:00 06:40" {
		t.Errorf("tried at %s", got)
	}
	if s := b.state("nightly"); s.Retry != nil || s.LastFailure.Says != "the disk is full" || s.LastFailure.Attempt != 4 {
		t.Errorf("in the end: %+v", s)
	}
	at = nil
	b.do = func(context.Context, Task, func(pipeline.Job)) (Done, error) {
		at = append(at, b.clock.Now().Format("15:04"))
		return Done{}, fmt.Errorf("the server says: %w", pipeline.ErrNotAuthorised)
	}
	b.pass(24 * time.Hour)
	if got := strings.Join(at, " "); got != "02:00" {
		t.Errorf("with a login that was refused tried at %s", got)
	}
}

// TestDeadline cancels what is not over in time, and lets no retry begin behind it.
func TestDeadline(t *testing.T) {
	s := nightly("daily 02:00")
	s.Deadline, s.Retries, s.RetryAfter = "90m", 5, "1h"
	b := newBench(t, "UTC", "2026-03-01 01:59", s)
	fails := true
	b.do = func(ctx context.Context, _ Task, _ func(pipeline.Job)) (Done, error) {
		if fails {
			return Done{}, errors.New("no")
		}
		<-ctx.Done()
		return Done{}, ctx.Err()
	}
	b.pass(2 * time.Minute)
	fails = false
	for range 100 {
		b.clock.Advance(time.Minute)
		b.look(t.Context())
	}
	b.runs.Wait()
	if s := b.state("nightly"); s.Last.Outcome != schedule.TooLate || s.Last.Attempt != 2 || s.Retry != nil || !strings.Contains(s.Last.Says, "90m") {
		t.Errorf("%+v, %+v", s, s.Last)
	}
	fails = true
	b.pass(24 * time.Hour)
	if s := b.state("nightly"); s.Last.Attempt != 2 || s.Last.Ended.Sub(s.Last.Due) > 90*time.Minute {
		t.Errorf("a retry began behind the deadline: %+v", s.Last)
	}
}

// TestQuietOverMidnight puts off until the morning what is due in the night, once.
func TestQuietOverMidnight(t *testing.T) {
	s := nightly("every 2 hours")
	s.Quiet = "21:00-06:30"
	b := newBench(t, "UTC", "2026-03-01 19:00", s)
	b.pass(14 * time.Hour)
	if got := b.due(); got != "01 20:00, 02 06:30, 02 08:00" {
		t.Errorf("it ran at %s", got)
	}
}

// TestDisabled runs nothing, and what passed meanwhile was not missed.
func TestDisabled(t *testing.T) {
	s := nightly("daily 02:00")
	s.Disabled = true
	b := newBench(t, "UTC", "2026-03-01 00:00", s)
	b.pass(48 * time.Hour)
	s.Disabled, s.From = false, b.clock.Now()
	b.in(b.o.Folder, s)
	b.pass(3 * time.Hour)
	if got := b.due(); got != "03 02:00" || b.state("nightly").Missed != nil {
		t.Errorf("it ran at %s, %+v", got, b.state("nightly"))
	}
}

// TestStep that fails makes a failure of the run, which is not exported anew.
func TestStep(t *testing.T) {
	s := nightly("daily 02:00")
	s.Retries = 3
	b := newBench(t, "UTC", "2026-03-01 01:59", s)
	b.step = errors.New("the share is not mounted")
	b.pass(5 * time.Hour)
	state := b.state("nightly")
	if state.Last.Outcome != schedule.Failed || !strings.Contains(state.Last.Says, "deliver: the share is not mounted") || len(b.tasks) != 1 || state.LastSuccess != nil {
		t.Errorf("%+v after %d runs", state.Last, len(b.tasks))
	}
	if e := b.ended[0]; e.Result.Outcome != schedule.Completed || e.Job.ID != 7 || e.Source.Name != "wiki" {
		t.Errorf("the step was told %+v", e)
	}
}

// TestSourceIsGone: a schedule whose source was removed says so.
func TestSourceIsGone(t *testing.T) {
	s := nightly("daily 02:00")
	s.Source = "z"
	b := newBench(t, "UTC", "2026-03-01 01:59", s)
	b.pass(2 * time.Minute)
	if got := b.state("nightly").Last; got == nil || got.Outcome != schedule.Refused || !strings.Contains(got.Says, "not in the list of sources") {
		t.Errorf("%+v", got)
	}
}

// TestClockIsPutRight: one that ran ahead by years does not stop a schedule for good.
func TestClockIsPutRight(t *testing.T) {
	b := newBench(t, "UTC", "2026-03-01 01:59", nightly("daily 02:00"))
	if err := b.states.Change("nightly", func(s *schedule.State) bool { s.Handled = b.clock.Now().AddDate(4, 0, 0); return true }); err != nil {
		t.Fatal(err)
	}
	b.pass(5 * time.Minute)
	b.pass(24 * time.Hour)
	if got := b.due(); got != "01 02:00, 02 02:00" && got != "02 02:00" {
		t.Errorf("it ran at %s", got)
	}
}

// TestLettingGo: what is due as the last run has ended and lets go of its source is no refusal.
func TestLettingGo(t *testing.T) {
	b := newBench(t, "UTC", "2026-03-01 12:00", nightly("daily 02:00"))
	if err := b.states.Change("nightly", func(s *schedule.State) bool {
		s.Handled, s.Retry = b.clock.Now(), &schedule.Retry{Due: b.clock.Now(), At: b.clock.Now(), Attempt: 2}
		return true
	}); err != nil {
		t.Fatal(err)
	}
	unlock, err := b.lockSource(source.Source{ID: "a"})
	if err != nil {
		t.Fatal(err)
	}
	b.setBusy("nightly", true)
	b.look(t.Context())
	b.runs.Wait()
	if s := b.state("nightly"); len(b.tasks) > 0 || s.Last != nil || s.Retry == nil {
		t.Errorf("meanwhile: %+v, %+v", b.tasks, s.Last)
	}
	b.setBusy("nightly", false)
	unlock()
	b.look(t.Context())
	b.runs.Wait()
	if len(b.tasks) != 1 || b.tasks[0].Run.Attempt != 2 || b.state("nightly").LastSuccess == nil {
		t.Errorf("then: %+v", b.tasks)
	}
}

// TestStuck: of a job that may never end the steps are called once, however often it is met,
// and the state tells of it until it has ended.
func TestStuck(t *testing.T) {
	s := nightly("daily 02:00")
	s.Retries = 3
	b := newBench(t, "UTC", "2026-03-01 01:59", s)
	other := pipeline.Job{ID: 9, Status: pipeline.Started, StartTime: pipeline.At(b.clock.Now().Add(-50 * time.Hour))}
	b.do = func(_ context.Context, task Task, _ func(pipeline.Job)) (Done, error) {
		task.Stuck(other, "it runs for 50 h")
		return Done{}, &pipeline.RunningError{Job: other}
	}
	b.pass(20 * time.Minute)
	told := 0
	for _, e := range b.ended {
		if e.Result.Outcome == schedule.LooksStuck {
			told++
			if e.Job.ID != 9 || e.Result.Says != "it runs for 50 h" || e.Source.Name != "wiki" {
				t.Errorf("told %+v", e)
			}
		}
	}
	if state := b.state("nightly"); len(b.tasks) < 2 || told != 1 || state.Stuck == nil || state.Stuck.Job != 9 || state.Last.Outcome != schedule.Refused {
		t.Errorf("%d attempts, told %d times, %+v", len(b.tasks), told, state)
	}
	stay := func(d time.Duration) {
		b.clock.Advance(d)
		b.look(t.Context())
		b.runs.Wait()
	}
	looked := b.looks
	stay(stuckLook)
	stay(Look)
	if b.looks != looked+1 || b.state("nightly").Stuck == nil {
		t.Errorf("looked %d times at what is stuck still: %+v", b.looks-looked, b.state("nightly").Stuck)
	}
	b.released = true
	stay(stuckLook)
	if state := b.state("nightly"); state.Stuck != nil || len(b.tasks) > 9 {
		t.Errorf("somebody has released it, and it waits for the next run: %+v", state)
	}
	b.do = completes
	b.pass(24 * time.Hour)
	if state := b.state("nightly"); state.Stuck != nil || state.LastSuccess == nil {
		t.Errorf("when it has ended: %+v", state)
	}
}
