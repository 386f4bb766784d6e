package runner

import (
	"cmp"
	"context"
	"time"

	"sluice/schedule"
	"sluice/source"
	"sluice/wording"
)

// errElsewhere says that another process has begun a run of the schedule.
var errElsewhere = wording.New("another process runs the schedule at the moment")

// Now runs a schedule at once, whether it is enabled or not, and waits for the end. It
// makes up for runs that were missed. The error says why nothing was run; it wraps ErrBusy
// if the source is worked on.
func (r *Runner) Now(ctx context.Context, name string) (schedule.Result, error) {
	began := r.o.Clock.Now()
	switch result, done, err := r.before(ctx, name); {
	case err != nil, done && result.Outcome == schedule.Completed && result.Ended.After(began), done && ctx.Err() != nil:
		return result, err
	}
	return r.attempt(ctx, name, schedule.Running{Due: began, Attempt: 1}, func(s *schedule.State) bool {
		if s.Handled.Before(began) {
			s.Handled = began
		}
		s.Missed, s.Retry = nil, nil
		return true
	})
}

// before goes on with a run of the schedule whose process has ended, if there is one that
// has begun a job. done is false if there was none, or it makes up for nothing that was missed.
func (r *Runner) before(ctx context.Context, name string) (result schedule.Result, done bool, err error) {
	p, sources, s, err := r.known(name)
	if err != nil || s.Running == nil {
		return result, false, err
	}
	t, release, err := r.adopt(p, sources, *s.Running)
	if err != nil || release == nil {
		return result, false, err
	}
	defer release()
	result = r.finish(ctx, t)
	if _, _, s, err = r.known(name); err == nil && s.Missed != nil && !s.Missed.Skipped {
		return result, false, nil // it had begun before what was missed
	}
	return result, true, err
}

// attempt runs a schedule once.
func (r *Runner) attempt(ctx context.Context, name string, run schedule.Running, claim func(*schedule.State) bool) (schedule.Result, error) {
	p, sources, _, err := r.known(name)
	if err != nil {
		return schedule.Result{}, err
	}
	t, release, err := r.claim(p, sources, run, claim)
	if err != nil {
		return schedule.Result{}, err
	}
	if release == nil {
		return schedule.Result{}, cmp.Or(r.Trouble(), errElsewhere)
	}
	defer release()
	return r.finish(ctx, t), nil
}

// ToEnd is Now with the retries of the schedule, for which it waits. told is called before
// each wait.
func (r *Runner) ToEnd(ctx context.Context, name string, told func(schedule.Result, time.Time)) (schedule.Result, error) {
	result, err := r.Now(ctx, name)
	for err == nil && ctx.Err() == nil {
		_, _, s, stateErr := r.known(name)
		if stateErr != nil || s.Retry == nil {
			break
		}
		retry := *s.Retry
		told(result, retry.At)
		timer := r.o.Clock.NewTimer(max(0, retry.At.Sub(r.o.Clock.Now())))
		select {
		case <-timer.Chan():
		case <-ctx.Done():
			timer.Stop()
			return result, nil
		}
		next, again := r.attempt(ctx, name, schedule.Running{Due: retry.Due, Attempt: retry.Attempt}, func(s *schedule.State) bool {
			mine := s.Retry != nil && s.Retry.At.Equal(retry.At)
			if mine {
				s.Retry = nil
			}
			return mine
		})
		if again != nil {
			return result, again
		}
		result = next
	}
	return result, err
}

// Pass settles what was missed of a schedule, so that it is offered no more.
func (r *Runner) Pass(name string) error {
	if _, _, _, err := r.known(name); err != nil {
		return err
	}
	err := r.states.Change(name, func(s *schedule.State) bool {
		had := s.Missed != nil
		s.Missed = nil
		return had
	})
	if err == nil {
		r.o.Changed(name)
	}
	return err
}

// IsDue reports whether a schedule that a timer of the system calls has anything to do:
// it is due, or was missed, and was not run yet. It waits for the end of quiet hours.
func (r *Runner) IsDue(ctx context.Context, name string) (bool, error) {
	p, sources, s, err := r.known(name)
	if err != nil || p.Disabled {
		return false, err
	}
	if wait := p.Hours.PutOff(r.o.Clock.Now(), p.Place).Sub(r.o.Clock.Now()); wait > 0 {
		r.o.Logger.Info("waits for the end of the quiet hours", "schedule", name, "for", wait.Round(time.Second))
		timer := r.o.Clock.NewTimer(wait)
		defer timer.Stop()
		select {
		case <-timer.Chan():
		case <-ctx.Done():
			return false, ctx.Err()
		}
		if p, sources, s, err = r.known(name); err != nil {
			return false, err
		}
	}
	due := p.Due(s, r.o.Clock.Now())
	r.noteMissed(ctx, p, sources, due, s.Handled)
	return !due.Run.IsZero() || due.Missed != nil || s.Running != nil || s.Retry != nil, nil
}

// noteMissed tells what was missed where nothing but a timer of the system looks. The run that it
// begins is that of the last moment, however late the timer was.
func (r *Runner) noteMissed(ctx context.Context, p schedule.Plan, sources source.List, due schedule.Due, handled time.Time) {
	if due.Missed == nil || due.Run.IsZero() && due.Missed.Count == 1 {
		return
	}
	missed := *due.Missed
	if due.Run.IsZero() {
		missed.Count--
		missed.Last = missed.First
		for range missed.Count - 1 {
			missed.Last = p.Next(missed.Last)
		}
	}
	mine := r.change(p.Name, func(s *schedule.State) bool {
		mine := s.Handled.Equal(handled) // else another process was faster
		if mine {
			s.Handled, s.Missed = missed.Last, &missed
			*s = s.With(schedule.Result{Outcome: schedule.WasMissed, Due: missed.Last, Ended: r.o.Clock.Now(), Says: missedWords(missed)})
		}
		return mine
	})
	if mine {
		r.tellMissed(ctx, p, sources, missed)
	}
}
