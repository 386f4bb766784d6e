package watch

import (
	"fmt"
	"slices"
	"time"

	"sluice/figures"
	"sluice/pipeline"
)

const (
	// farBeyond is how many times longer than its longest predecessor a run
	// must last before it is called possibly stuck.
	farBeyond = 3
	// shortestStuck keeps short exports from being called stuck.
	shortestStuck = time.Hour
	// longestKnown serves when no predecessor is known: the longest export
	// that the vendor has measured took 35 hours (spec/behaviour.md §8).
	longestKnown = 48 * time.Hour
	// longestCancel is how long a requested cancellation may take.
	longestCancel = 10 * time.Minute
)

const release = "If its node has crashed, cancelling the export releases the lock, so that another can start"

// StuckReason says why a job may never end; empty if there is no reason to
// think so. age is how long it has been in its status, and predecessors are what
// [Durations] gives of the jobs before it.
func StuckReason(job pipeline.Job, age time.Duration, predecessors []time.Duration) string {
	switch {
	case !job.Exists():
		return ""
	case job.Status == pipeline.CancellationRequested && age > longestCancel:
		return fmt.Sprintf("The cancellation of job %d was requested %s ago and the job has not stopped. %s.", job.ID, figures.Span(age), release)
	case job.Status != pipeline.Started:
		return ""
	}
	if len(predecessors) == 0 {
		if age <= longestKnown {
			return ""
		}
		return fmt.Sprintf("Job %d has been running for %s, longer than any export that the vendor has measured. %s.", job.ID, figures.Span(age), release)
	}
	longest := slices.Max(predecessors)
	if age <= max(farBeyond*longest, shortestStuck) {
		return ""
	}
	return fmt.Sprintf("Job %d has been running for %s; the longest known export before it took %s. %s.", job.ID, figures.Span(age), figures.Span(longest), release)
}

const rememberedRuns = 50

// remember keeps the duration of a completed job to judge later ones by. It is
// called with w.mu held.
func (w *Watcher) remember(job pipeline.Job) {
	known := Durations([]pipeline.Job{job})
	if len(known) == 0 || job.ID == w.lastEnded {
		return
	}
	w.lastEnded = job.ID
	w.durations = append(w.durations, known...)
	if len(w.durations) > rememberedRuns {
		w.durations = slices.Delete(w.durations, 0, 1)
	}
}

// Durations are how long the completed ones of jobs took, for
// Options.Predecessors.
func Durations(jobs []pipeline.Job) (all []time.Duration) {
	for _, job := range jobs {
		if job.Status == pipeline.Completed && !job.StartTime.IsZero() && !job.CompletedTime.IsZero() {
			all = append(all, job.Duration(job.CompletedTime.Time))
		}
	}
	return all
}
