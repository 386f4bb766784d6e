package runner

import (
	"context"
	"time"

	"sluice/pipeline"
	"sluice/schedule"
	"sluice/source"
)

// Looker is a Work that can look at the job that may never end. One that is not leaves it to
// the next run.
type Looker interface {
	// Still reports whether that job runs still.
	Still(ctx context.Context, of source.Source, was schedule.Stuck) (bool, error)
}

const (
	stuckLook     = 5 * time.Minute // how often that is looked at
	stuckPatience = time.Minute     // how long a look may take
)

// stuck notes that a job may never end, or that this is not thought any more. Of each job
// the steps are called once: before that is noted, so that it is told a second time if the
// process ends within, and never not at all.
func (r *Runner) stuck(ctx context.Context, t Task, job pipeline.Job, why string) {
	states, err := r.states.Load()
	if err != nil {
		r.o.Logger.Error("schedules", "schedule", t.Plan.Name, "error", err)
		return
	}
	was := states[t.Plan.Name].Stuck
	switch {
	case why == "" && was != nil:
		r.change(t.Plan.Name, func(s *schedule.State) bool { s.Stuck = nil; return true })
		return
	case why == "" || was != nil && was.Job == job.ID && was.Began.Equal(job.StartTime.Time):
		return
	}
	r.o.Logger.Warn("may be stuck", "schedule", t.Plan.Name, "source", t.Source.Name, "job", job.ID, "says", why)
	now := r.o.Clock.Now()
	result := schedule.Result{Outcome: schedule.LooksStuck, Due: t.Run.Due, Began: t.Run.Began, Ended: now, Attempt: t.Run.Attempt, Job: job.ID, Says: why}
	_ = r.steps(ctx, Ended{Plan: t.Plan, Source: t.Source, Result: result, Done: Done{Job: job}}) // they are logged
	r.change(t.Plan.Name, func(s *schedule.State) bool {
		s.Stuck = &schedule.Stuck{Job: job.ID, Began: job.StartTime.Time, Since: now, Says: why}
		return true
	})
}

// lookAgain looks in the background whether a job that may never end has ended, since somebody
// has released its lock: the next run, which would see that, may be a day away. Of one whose source
// is gone nobody can tell, and it holds up nothing any more.
func (r *Runner) lookAgain(ctx context.Context, p schedule.Plan, sources source.List, was schedule.Stuck) {
	looker, can := r.o.Work.(Looker)
	i := sources.Find(p.Source)
	switch {
	case i < 0:
		r.notStuck(p.Name, was)
		return
	case !can || !r.lookDue(p.Name, was):
		return
	}
	r.runs.Go(func() {
		looking, cancel := context.WithTimeout(ctx, stuckPatience)
		defer cancel()
		still, err := looker.Still(looking, sources[i], was)
		if err == nil && !still {
			r.notStuck(p.Name, was)
			return
		}
		r.o.Logger.Debug("looked whether it is stuck", "schedule", p.Name, "job", was.Job, "still", still, "error", err)
		r.sinceNow(p.Name, was)
	})
}

// lookDue reports whether it is to be looked at now, and notes that it is. What lies in the future
// was written down by a clock that was wrong.
func (r *Runner) lookDue(name string, was schedule.Stuck) bool {
	now := r.o.Clock.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, last := range []time.Time{was.Since, r.looked[name]} {
		if since := now.Sub(last); since >= 0 && since < stuckLook {
			return false
		}
	}
	r.looked[name] = now
	return true
}

// notStuck notes that a job may end, or has ended.
func (r *Runner) notStuck(name string, was schedule.Stuck) {
	r.o.Logger.Info("is stuck no more", "schedule", name, "job", was.Job)
	r.changeStuck(name, was, nil)
}

// sinceNow mends since when a job is stuck, if that lies in the future.
func (r *Runner) sinceNow(name string, was schedule.Stuck) {
	if now := r.o.Clock.Now(); was.Since.After(now) {
		mended := was
		mended.Since = now
		r.changeStuck(name, was, &mended)
	}
}

func (r *Runner) changeStuck(name string, was schedule.Stuck, to *schedule.Stuck) {
	r.change(name, func(s *schedule.State) bool {
		same := s.Stuck != nil && s.Stuck.Same(was)
		if same {
			s.Stuck = to
		}
		return same
	})
}
