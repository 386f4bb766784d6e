package runner

import (
	"context"

	"sluice/pipeline"
	"sluice/schedule"
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
