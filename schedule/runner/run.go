package runner

import (
	"context"
	"errors"
	"time"

	"sluice/pipeline"
	"sluice/schedule"
	"sluice/source"
	"sluice/wording"
)

// Errors that a Work wraps, and one that is the cause of its context.
var (
	// ErrInterrupted says that a run has ended with the process that had begun it.
	ErrInterrupted = wording.New("the process that ran it has ended")
	// ErrGoesOn says that the job runs on a server and was left.
	ErrGoesOn = wording.New("the job goes on")
	// ErrDeadline is the cause of a context that ended since the run was not over in time.
	ErrDeadline = wording.New("it was not over in time")
	// ErrJobFailed says that a job on a server, which was followed, ended as FAILED.
	ErrJobFailed = wording.New("the job failed on its server")
	// ErrCancelled says that somebody cancelled the job.
	ErrCancelled = wording.New("the job was cancelled by someone else")
)

// begin claims a run, and runs it in the background. A source that is busy refuses it.
func (r *Runner) begin(ctx context.Context, p schedule.Plan, sources source.List, run schedule.Running, claim func(*schedule.State) bool) {
	t, release, err := r.claim(p, sources, run, claim)
	if _, is := errors.AsType[unwrittenError](err); is {
		r.cannotBegin(ctx, t, err)
		return
	}
	if err != nil {
		r.refuse(ctx, t, claim, err)
		return
	}
	if release == nil {
		return
	}
	r.runs.Go(func() {
		defer release()
		r.finish(ctx, t)
	})
}

// claim locks the source and claims a run. release is nil if another process has it; the
// error says why the source cannot be worked on.
func (r *Runner) claim(p schedule.Plan, sources source.List, run schedule.Running, claim func(*schedule.State) bool) (t Task, release func(), err error) {
	run.Began, run.Source = r.o.Clock.Now(), p.Source
	run.By()
	t = Task{Plan: p, Run: run}
	i := sources.Find(p.Source)
	if i < 0 {
		return t, nil, wording.Errorf("its source %s is not in the list of sources any more", p.Source)
	}
	t.Source = sources[i]
	unlock, err := r.lockSource(t.Source)
	if err != nil {
		return t, nil, err
	}
	mine, err := r.write(p.Name, func(s *schedule.State) bool {
		if s.Running != nil || !claim(s) {
			return false
		}
		s.Running = &run
		return true
	})
	if !mine {
		unlock()
		return t, nil, err
	}
	r.setBusy(p.Name, true)
	return t, func() { r.setBusy(p.Name, false); unlock(); r.Reload() }, nil
}

// refuse settles a run that cannot begin.
func (r *Runner) refuse(ctx context.Context, t Task, claim func(*schedule.State) bool, why error) {
	now := r.o.Clock.Now()
	result := schedule.Result{Outcome: schedule.Refused, Due: t.Run.Due, Began: now, Ended: now, Attempt: t.Run.Attempt, Says: why.Error()}
	mine := r.change(t.Plan.Name, func(s *schedule.State) bool {
		if !claim(s) {
			return false
		}
		if s.Running == nil { // of the schedule itself: its end is there soon enough
			s.Retry = r.retry(t, result)
		}
		*s = s.With(result)
		return true
	})
	if mine {
		r.tell(t, result)
		_ = r.steps(ctx, Ended{Plan: t.Plan, Source: t.Source, Result: result}) // they are logged
	}
}

// takeOver goes on with a run whose process has ended, if it has.
func (r *Runner) takeOver(ctx context.Context, p schedule.Plan, sources source.List, was schedule.Running) {
	t, release, err := r.adopt(p, sources, was)
	_, unwritten := errors.AsType[unwrittenError](err)
	switch {
	case errors.Is(err, ErrBusy): // it runs
	case unwritten: // that is said
	case err != nil && sources.Find(p.Source) >= 0: // whether it runs cannot be told: it is looked at again
		r.o.Logger.Error("cannot tell whether a run goes on", "schedule", p.Name, "error", err)
	case err != nil:
		now := r.o.Clock.Now()
		result := schedule.Result{Outcome: schedule.Interrupted, Due: was.Due, Began: was.Began, Ended: now, Attempt: was.Attempt, Job: was.Job, Says: err.Error()}
		r.change(p.Name, func(s *schedule.State) bool { s.Running = nil; *s = s.With(result); return true })
		r.tell(t, result)
		_ = r.steps(ctx, Ended{Plan: p, Result: result}) // they are logged
	case release != nil:
		r.o.Logger.Info("goes on with what a process that has ended began", "schedule", p.Name, "job", was.Job, "began", was.Began)
		r.runs.Go(func() {
			defer release()
			r.finish(ctx, t)
		})
	}
}

// adopt makes a run that a process had begun one of this process.
func (r *Runner) adopt(p schedule.Plan, sources source.List, was schedule.Running) (Task, func(), error) {
	t := Task{Plan: p, Run: was, Before: true}
	i := sources.Find(p.Source)
	if i < 0 {
		return t, nil, wording.Errorf("its source %s is not in the list of sources any more", p.Source)
	}
	t.Source = sources[i]
	unlock, err := r.lockSource(t.Source)
	if err != nil {
		return t, nil, err
	}
	t.Run.Source = p.Source
	t.Run.By()
	mine, err := r.write(p.Name, func(s *schedule.State) bool {
		if s.Running == nil || !s.Running.Began.Equal(was.Began) {
			return false // it has ended by now
		}
		s.Running.Source = p.Source
		s.Running.By()
		return true
	})
	if !mine {
		unlock()
		return t, nil, err
	}
	r.setBusy(p.Name, true)
	return t, func() { r.setBusy(p.Name, false); unlock(); r.Reload() }, nil
}

// finish does a run, and writes down what became of it.
func (r *Runner) finish(ctx context.Context, t Task) schedule.Result {
	r.o.Logger.Info("begins", "schedule", t.Plan.Name, "source", t.Source.Name, "attempt", t.Run.Attempt)
	limited, cancel := r.limited(ctx, t)
	defer cancel()
	r.listen(ctx, &t)
	done, err := r.o.Work.Do(limited, t, func(job pipeline.Job) {
		t.Run.Job = job.ID
		r.change(t.Plan.Name, func(s *schedule.State) bool {
			if s.Running == nil {
				return false
			}
			s.Running.Job = job.ID
			return true
		})
	})
	if errors.Is(err, ErrGoesOn) && limited.Err() != nil {
		r.o.Logger.Info("left: the job goes on at the server, and is followed again by the next start", "schedule", t.Plan.Name, "job", t.Run.Job)
		return schedule.Result{Outcome: schedule.Interrupted, Due: t.Run.Due, Began: t.Run.Began, Ended: r.o.Clock.Now(), Attempt: t.Run.Attempt, Job: t.Run.Job, Says: ErrGoesOn.Error()}
	}
	if done.Job.ID != 0 {
		t.Run.Job = done.Job.ID
	}
	result, again := r.resultOf(limited, t, done.Job, err)
	result.Rows, result.Bytes = done.written()
	ended := Ended{Plan: t.Plan, Source: t.Source, Result: result, Done: done}
	if err := r.steps(ctx, ended); err != nil && result.Outcome == schedule.Completed {
		if ctx.Err() != nil { // the steps are called again by the next start
			stopped := wording.Errorf("job %d is complete; what follows it was stopped with the process, and is done by the next start", result.Job)
			result.Outcome, result.Says = schedule.Interrupted, stopped.Error()
			return result
		}
		again = false // a whole export more would not mend them
		result.Why = wording.Errorf("job %d is complete; what follows is not: %w", result.Job, err)
		result.Outcome, result.Says = schedule.Failed, result.Why.Error()
	}
	result.Ended = r.o.Clock.Now()
	_, err = r.write(t.Plan.Name, func(s *schedule.State) bool {
		*s = s.With(result)
		s.Running = nil
		if result.Outcome != schedule.Refused { // else it may be that of another job
			s.Stuck = nil
		}
		switch {
		case result.Outcome == schedule.Interrupted && ctx.Err() != nil: // no failure of the source
			s.Retry = &schedule.Retry{Due: t.Run.Due, At: result.Ended, Attempt: t.Run.Attempt}
		case again:
			if retry := r.retry(t, result); retry != nil { // else what waits for the end stays
				s.Retry = retry
			}
		}
		return true
	})
	if err != nil && result.Outcome == schedule.Completed { // the next start looks at it again
		result.Why = wording.Errorf("job %d is complete; that it is cannot be written down: %w", result.Job, errors.Unwrap(errors.Unwrap(err)))
		result.Outcome, result.Says = schedule.Failed, result.Why.Error()
	}
	r.tell(t, result)
	return result
}

// listen takes in what a Work tells while it does a run.
func (r *Runner) listen(ctx context.Context, t *Task) {
	t.Asks = func(from time.Time) {
		asked := r.o.Clock.Now()
		r.change(t.Plan.Name, func(s *schedule.State) bool {
			if s.Running == nil {
				return false
			}
			s.Running.Asked, s.Running.From = asked, from
			return true
		})
	}
	t.Stuck = func(job pipeline.Job, why string) { r.stuck(ctx, *t, job, why) }
}

// limited is the context of a run, which ends at its deadline.
func (r *Runner) limited(ctx context.Context, t Task) (context.Context, context.CancelFunc) {
	if t.Plan.Limit == 0 {
		return context.WithCancel(ctx)
	}
	limited, cancel := context.WithCancelCause(ctx)
	timer := r.o.Clock.AfterFunc(max(0, r.deadline(t).Sub(r.o.Clock.Now())), func() { cancel(ErrDeadline) })
	return limited, func() { timer.Stop(); cancel(context.Canceled) }
}

func (r *Runner) deadline(t Task) time.Time { return t.Run.Due.Add(t.Plan.Limit) }

// resultOf is how a run ended, and whether it is worth another attempt.
func (r *Runner) resultOf(ctx context.Context, t Task, job pipeline.Job, err error) (result schedule.Result, again bool) {
	result = schedule.Result{Outcome: schedule.Completed, Due: t.Run.Due, Began: t.Run.Began, Ended: r.o.Clock.Now(), Attempt: t.Run.Attempt, Job: t.Run.Job}
	var running *pipeline.RunningError
	switch {
	case err == nil:
		return result, false
	case errors.Is(context.Cause(ctx), ErrDeadline):
		result.Outcome = schedule.TooLate
		err = wording.Errorf("%w: it had to be within %s", ErrDeadline, t.Plan.Deadline)
	case errors.As(err, &running):
		result.Outcome = schedule.Refused
	case ctx.Err() != nil || errors.Is(err, ErrInterrupted):
		result.Outcome = schedule.Interrupted
		if ctx.Err() != nil {
			err = stopped(job)
		}
	case errors.Is(err, ErrCancelled):
		result.Outcome = schedule.Cancelled
	default:
		result.Outcome = schedule.Failed
	}
	result.Says, result.Why = err.Error(), err
	if errors.Is(err, pipeline.ErrNotAuthorised) {
		err = wording.Errorf("%w (not tried again: refused logins can lock an account)", err)
		result.Says, result.Why = err.Error(), err
		return result, false
	}
	return result, result.Outcome != schedule.TooLate && result.Outcome != schedule.Cancelled
}

// stopped says what became of a run that was stopped with its process.
func stopped(job pipeline.Job) error {
	if job.ID == 0 {
		return wording.New("stopped with the process that ran it, before there was a job: the next start begins it again")
	}
	return wording.Errorf("stopped with the process that ran it: job %d was cancelled, and is gone on with by the next start", job.ID)
}

// steps calls what follows. All are called; the errors are logged and joined.
func (r *Runner) steps(ctx context.Context, e Ended) error {
	var all []error
	for _, step := range r.o.Steps {
		if err := step.After(ctx, e); err != nil {
			r.o.Logger.Error("what follows a run", "schedule", e.Plan.Name, "step", step.Name(), "error", err)
			all = append(all, wording.Errorf("%s: %w", step.Name(), err))
			if e.Result.Outcome == schedule.Completed { // what comes behind hears of it
				e.Result.Outcome, e.Result.Says = schedule.Failed, all[len(all)-1].Error()
			}
		}
	}
	return errors.Join(all...)
}

// retry is when a run is tried again; nil if it is not.
func (r *Runner) retry(t Task, result schedule.Result) *schedule.Retry {
	at, ok := t.Plan.RetryAt(t.Run.Attempt, result.Ended)
	if !ok && result.Outcome == schedule.Interrupted && t.Run.Attempt <= 1 { // it was not the fault of the source
		at, ok = t.Plan.Hours.PutOff(result.Ended.Add(t.Plan.RetryPause), t.Plan.Place), true
	}
	if !ok || t.Plan.Limit > 0 && !at.Before(r.deadline(t)) {
		return nil
	}
	return &schedule.Retry{Due: t.Run.Due, At: at, Attempt: t.Run.Attempt + 1}
}

// tell logs how a run ended.
func (r *Runner) tell(t Task, result schedule.Result) {
	log := r.o.Logger.Info
	if result.Outcome != schedule.Completed {
		log = r.o.Logger.Error
	}
	attrs := []any{"schedule", t.Plan.Name, "source", t.Source.Name, "outcome", string(result.Outcome), "job", result.Job, "attempt", result.Attempt,
		"took", result.Ended.Sub(result.Began).Round(time.Second)}
	if result.Says != "" {
		attrs = append(attrs, "says", result.Says)
	}
	log("ended", attrs...)
}
