package present

import (
	"time"

	"sluice/pipeline"
)

// Busy says which request is on its way.
type Busy int

// The requests.
const (
	Idle Busy = iota
	Starting
	Cancelling
)

// ReleaseAfter is how long a requested cancellation may last before the window
// offers to release the lock.
const ReleaseAfter = 2 * time.Minute

// Controls says what can be clicked.
type Controls struct {
	Start   bool
	Force   bool // the choice to force the next export
	Cancel  bool
	Release bool // "Release lock", the cancellation of a job whose node is gone
	Inputs  bool // the from date can be changed
}

// ControlsFor is the state table of the window: what can be done in which
// status. since is how long the job has had its status as far as the window
// has seen.
func ControlsFor(s pipeline.State, busy Busy, since time.Duration) Controls {
	c := Controls{Inputs: true}
	if !s.Known() || s.Unreachable() {
		return c
	}
	status := s.Job.Status
	ready := !s.Job.Running() && busy == Idle
	c.Start, c.Force = ready, ready
	switch {
	case busy == Cancelling:
	case status == pipeline.Started:
		c.Cancel = true
		c.Release = s.Stuck
	case status == pipeline.CancellationRequested:
		c.Release = s.Stuck || since >= ReleaseAfter
	case !status.Known():
		c.Cancel = true
	}
	return c
}

// controlsOf is ControlsFor with what the answers to requests have told. Of a job
// that the status does not name nobody can tell how long it runs: starting another
// is safe to try. And a job that an answer did not name can be cancelled, too.
func controlsOf(in Inputs) Controls {
	c := ControlsFor(in.State, in.Busy, in.Since)
	if !in.State.Known() || in.State.Unreachable() || in.Busy != Idle {
		return c
	}
	if !in.Told.IsZero() {
		c.Start, c.Force = true, true
	}
	if running, ok := conflict(in); ok && !running.Job.Exists() {
		c.Cancel = true
	}
	return c
}
