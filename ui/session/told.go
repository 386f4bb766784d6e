package session

import (
	"errors"
	"time"

	"sluice/pipeline"
	"sluice/ui/present"
)

// told is the job that an answer to a request has named: the one that was started,
// that runs already, or that failed before it began. It is shown until the status
// names it or a later one. The status of a server may do so late, as behind a
// cluster, or never.
type told struct {
	job  pipeline.Job
	at   time.Time
	deny bool // a status that was read since does not name it
}

// read takes in what the watcher tells. A status that says nothing yet of the job
// that an answer has named does not take it back.
func (s *Session) read(next pipeline.State) {
	s.last = next
	switch {
	case !s.told.job.Exists():
	case next.Job.Follows(s.told.job), s.forgotten():
		s.told = told{}
	default:
		s.told.deny = s.told.deny || next.Err == nil && next.At.After(s.told.at)
		next.Job = s.told.job
	}
	s.observe(next)
}

// forgotten reports whether a job of which the status says nothing, and whose
// cancellation was taken, is to count as over: else it would be shown for ever.
func (s *Session) forgotten() bool {
	return s.told.deny && s.told.job.Status == pipeline.CancellationRequested && s.o.Now().Sub(s.since) >= present.ReleaseAfter
}

// tell takes in the job that an answer names, unless the status knows it, or a
// later one, already.
func (s *Session) tell(job pipeline.Job) {
	if !job.Exists() || s.state.Job.Follows(job) {
		return
	}
	s.told = told{job: job, at: s.o.Now()}
	s.observe(pipeline.State{Job: job, At: s.told.at})
}

// cancelAccepted marks a job that the status does not name: nothing else would say
// that it is to end.
func (s *Session) cancelAccepted() {
	if s.told.job.Exists() && s.told.job.Running() {
		s.told.job.Status = pipeline.CancellationRequested
		next := s.state
		next.Job = s.told.job
		s.observe(next)
	}
}

// nothingRuns drops a job that an answer had named: the server has said since that
// there is nothing to cancel.
func (s *Session) nothingRuns() {
	if s.told.job.Exists() {
		s.told = told{}
		s.observe(s.last)
	}
}

// settled reports whether the job in sight shows that what the last request failed
// for is over.
func (s *Session) settled() bool {
	var running *pipeline.RunningError
	now := s.state.Job
	switch {
	case errors.As(s.problem, &running):
		return now.Follows(running.Job) && !now.Running()
	case s.blamed.Exists():
		return now.Follows(s.blamed) && !now.Same(s.blamed)
	}
	return false
}
