package runner

import (
	"context"
	"errors"

	"sluice/schedule"
	"sluice/wording"
)

// unwrittenError is that of a state that could not be written: what is due stays due.
type unwrittenError struct{ error }

func (e unwrittenError) Unwrap() error { return e.error }

// change changes the state of a schedule, and reports whether that was done.
func (r *Runner) change(name string, change func(*schedule.State) bool) bool {
	done, err := r.write(name, change)
	return err == nil && done
}

// write is change with what went wrong, an unwrittenError, which is logged already.
func (r *Runner) write(name string, change func(*schedule.State) bool) (done bool, err error) {
	err = r.states.Change(name, func(s *schedule.State) bool {
		done = change(s)
		return done
	})
	if err != nil {
		r.o.Logger.Error("schedules", "schedule", name, "error", err)
		done, err = false, unwrittenError{wording.Errorf("what is due cannot begin, since its state cannot be written: %w", err)}
	}
	if (done || err != nil) && r.kept(err) || done {
		r.o.Changed(name)
	}
	return done, err
}

// kept notes whether states can be written, and reports whether that is news.
func (r *Runner) kept(err error) (news bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	news = (err == nil) != (r.unkept == nil)
	if r.unkept = errors.Unwrap(err); err == nil {
		clear(r.notBegun)
	}
	return news
}

// Trouble is what keeps this process from running anything that is due; nil if nothing does.
func (r *Runner) Trouble() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.unkept
}

// cannotBegin tells the steps, once until states can be written again, that a run which is due does
// not begin.
func (r *Runner) cannotBegin(ctx context.Context, t Task, why error) {
	r.mu.Lock()
	told := r.notBegun[t.Plan.Name]
	r.notBegun[t.Plan.Name] = true
	r.mu.Unlock()
	if told {
		return
	}
	now := r.o.Clock.Now()
	result := schedule.Result{Outcome: schedule.Failed, Due: t.Run.Due, Began: now, Ended: now, Attempt: t.Run.Attempt, Says: why.Error(), Why: why}
	r.tell(t, result)
	_ = r.steps(ctx, Ended{Plan: t.Plan, Source: t.Source, Result: result}) // they are logged
}
