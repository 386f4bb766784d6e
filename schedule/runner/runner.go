// Package runner runs the exports of schedules when they are due: in a window, in a
// process of its own, or one of them once. Several processes may do so beside each other:
// each moment is claimed by one of them, in the file with the states, and a source is
// locked while it is worked on.
package runner

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"

	"sluice/pipeline"
	"sluice/schedule"
	"sluice/source"
)

// Work does what a schedule is for.
type Work interface {
	// Do takes the snapshot again if the source has one to take, exports, and waits for
	// the end. began is called once the job is there. If t.Before is set a process had
	// begun the run and has ended: Do finds what became of it, waits for that, and begins
	// nothing; the error wraps ErrInterrupted if the run has ended with the process.
	// When ctx ends, what runs in this process is cancelled, and what runs on a server goes
	// on: then the error wraps ErrGoesOn, unless the cause of ctx is ErrDeadline.
	Do(ctx context.Context, t Task, began func(pipeline.Job)) (Done, error)
}

// Task is one run.
type Task struct {
	Plan   schedule.Plan
	Source source.Source
	Run    schedule.Running
	Before bool // see Work
	// Asks is to be called before a server is asked for a job, with the from date; see
	// schedule.Running.
	Asks func(from time.Time)
	// Stuck is to be called when a job may never end, with why that is thought: that of the
	// run, or one that keeps it from beginning; and with "" when it is not thought any more.
	// The zero job is the run itself, before there is one.
	Stuck func(job pipeline.Job, why string)
}

// Done is what a run has made.
type Done struct {
	Job   pipeline.Job
	Files []pipeline.File // on this computer
}

// written are the rows and bytes of a run; 0 if they are not known.
func (d Done) written() (rows, bytes int64) {
	if s := d.Job.Statistics; s != nil {
		rows = max(0, s.WrittenRows)
	}
	for _, f := range d.Files {
		bytes += max(0, f.Bytes)
	}
	return rows, bytes
}

// Step is what follows when a run has ended, was missed, or may be stuck. Steps are called one after
// another in their order, while the source is locked.
type Step interface {
	Name() string // for messages: "deliver"
	// After does it. It is called for every outcome, and decides itself what it is for. It
	// is called again if the process ended within. An error makes a failure of a run that
	// was completed.
	After(ctx context.Context, e Ended) error
}

// Ended is a run that has ended.
type Ended struct {
	Plan   schedule.Plan
	Source source.Source
	Result schedule.Result
	Done
}

// Options say what a Runner works with.
type Options struct {
	Folder  string       // for settings, with the schedules and their states
	Sources *source.File // the list of sources
	Work    Work
	Steps   []Step
	Clock   clockwork.Clock // nil: the real one
	Logger  *slog.Logger    // nil: none
	// Yield reports whether another process runs what is due; nil: none does.
	Yield func() bool
	// Changed is called from any goroutine after the state of a schedule has changed; nil:
	// nobody is told.
	Changed func(name string)
}

// Look is the longest time between two looks at the files: others change them, and the
// computer may have slept.
const Look = 30 * time.Second

// Runner runs schedules.
type Runner struct {
	o      Options
	files  *schedule.File
	states *schedule.StateFile
	wake   chan struct{} // of capacity 1

	mu       sync.Mutex
	runs     sync.WaitGroup
	busy     map[string]bool      // schedules that this process works on
	looked   map[string]time.Time // when it was looked whether what seemed stuck still is
	wrong    string               // what was wrong with the files when it was said last
	unkept   error                // the states could not be written
	notBegun map[string]bool      // schedules of which the steps were told that
}

// New returns a runner, which does nothing yet.
func New(o Options) *Runner {
	if o.Clock == nil {
		o.Clock = clockwork.NewRealClock()
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Yield == nil {
		o.Yield = func() bool { return false }
	}
	if o.Changed == nil {
		o.Changed = func(string) {}
	}
	return &Runner{o: o, files: schedule.NewFile(o.Folder), states: schedule.NewStateFile(o.Folder), wake: make(chan struct{}, 1), busy: map[string]bool{}, looked: map[string]time.Time{}, notBegun: map[string]bool{}}
}

// Run runs what is due until ctx ends, and returns when what it has begun has ended or
// was left.
func (r *Runner) Run(ctx context.Context) {
	defer r.runs.Wait()
	for ctx.Err() == nil {
		wait := Look
		if next := r.look(ctx); !next.IsZero() {
			wait = min(wait, max(0, next.Sub(r.o.Clock.Now())))
		}
		timer := r.o.Clock.NewTimer(wait)
		select {
		case <-timer.Chan():
		case <-r.wake:
		case <-ctx.Done():
		}
		timer.Stop()
	}
}

// Reload looks at the files at once.
func (r *Runner) Reload() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// Busy reports whether runs of this process have not ended.
func (r *Runner) Busy() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.busy) > 0
}

// look begins what is due, and returns when the next is; the zero time if that is not
// known.
func (r *Runner) look(ctx context.Context) (next time.Time) {
	if r.o.Yield() {
		return time.Time{}
	}
	list, err := r.files.Load()
	var states map[string]schedule.State
	if err == nil {
		states, err = r.states.Load()
	}
	var sources source.List
	if err == nil {
		sources, err = r.o.Sources.Load()
	}
	if r.said(err) {
		return time.Time{}
	}
	now := r.o.Clock.Now()
	for _, s := range list {
		plan, err := s.Plan()
		if err != nil {
			continue // the list would not have been read
		}
		if at := r.one(ctx, plan, sources, states[s.Name], now); !at.IsZero() && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next
}

// said says what is wrong with the files, once, and reports whether anything is.
func (r *Runner) said(err error) bool {
	text := ""
	if err != nil {
		text = err.Error()
	}
	r.mu.Lock()
	news := text != r.wrong
	r.wrong = text
	r.mu.Unlock()
	switch {
	case news && err != nil:
		r.o.Logger.Error("schedules", "error", err)
	case news:
		r.o.Logger.Info("the schedules can be read again")
	}
	return err != nil
}

// one begins what is due of one schedule, and returns when there is more to do.
func (r *Runner) one(ctx context.Context, p schedule.Plan, sources source.List, s schedule.State, now time.Time) time.Time {
	if s.Running != nil && !r.isBusy(p.Name) {
		r.takeOver(ctx, p, sources, *s.Running)
	}
	if s.Stuck != nil && s.Running == nil && !r.isBusy(p.Name) {
		r.lookAgain(ctx, p, sources, *s.Stuck)
	}
	if p.Disabled || s.Running == nil && r.isBusy(p.Name) { // it lets go of what has ended just now, and looks again then
		return time.Time{}
	}
	next := time.Time{}
	if retry := s.Retry; retry != nil && s.Running == nil {
		if next = p.Hours.PutOff(retry.At, p.Place); !next.After(now) {
			r.begin(ctx, p, sources, schedule.Running{Due: retry.Due, Attempt: retry.Attempt}, func(s *schedule.State) bool {
				taken := s.Retry != nil && s.Retry.At.Equal(retry.At) && s.Running == nil
				if taken {
					s.Retry = nil
				}
				return taken
			})
		}
	}
	due := p.Due(s, now)
	if !due.Settled.IsZero() {
		r.settle(ctx, p, sources, due, s)
	}
	if next.IsZero() || !due.Next.IsZero() && due.Next.Before(next) {
		next = due.Next
	}
	return next
}

// settle tells what was missed, and begins what is due.
func (r *Runner) settle(ctx context.Context, p schedule.Plan, sources source.List, due schedule.Due, was schedule.State) {
	mine := false
	claim := func(s *schedule.State) bool {
		if mine = s.Handled.Equal(was.Handled); !mine {
			return false // another process was faster
		}
		s.Handled = due.Settled
		if due.Missed != nil {
			s.Missed = due.Missed
			*s = s.With(schedule.Result{Outcome: schedule.WasMissed, Due: due.Missed.Last, Ended: r.o.Clock.Now(), Says: missedWords(*due.Missed)})
		}
		return true
	}
	defer func() {
		if mine && due.Missed != nil && r.Trouble() == nil { // else each look would tell it
			r.tellMissed(ctx, p, sources, *due.Missed)
		}
	}()
	if due.Run.IsZero() {
		r.change(p.Name, claim)
		return
	}
	makesUp := due.Missed != nil && !due.Missed.Skipped
	if due.Run.After(r.o.Clock.Now()) || makesUp && was.Running != nil { // it waits for the end of quiet hours, or of the run
		r.change(p.Name, func(s *schedule.State) bool {
			ok := claim(s)
			if ok {
				s.Retry = &schedule.Retry{Due: due.Run, At: due.Run, Attempt: 1}
			}
			return ok
		})
		return
	}
	r.begin(ctx, p, sources, schedule.Running{Due: due.Run, Attempt: 1}, func(s *schedule.State) bool {
		ok := claim(s)
		if ok {
			s.Retry = nil // the new run takes the place of what is left of the last one
		}
		return ok
	})
}

// tellMissed calls the steps about missed runs.
func (r *Runner) tellMissed(ctx context.Context, p schedule.Plan, sources source.List, m schedule.Missed) {
	r.o.Logger.Warn("missed", "schedule", p.Name, "says", missedWords(m))
	e := Ended{Plan: p, Result: schedule.Result{Outcome: schedule.WasMissed, Due: m.Last, Ended: r.o.Clock.Now(), Says: missedWords(m)}}
	if i := sources.Find(p.Source); i >= 0 {
		e.Source = sources[i]
	}
	_ = r.steps(ctx, e) // they are logged
}

func (r *Runner) isBusy(name string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.busy[name]
}

func (r *Runner) setBusy(name string, on bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if on {
		r.busy[name] = true
	} else {
		delete(r.busy, name)
	}
}
