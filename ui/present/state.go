package present

import (
	"time"

	"sluice/pipeline"
)

// State is what is known of an exporter at a moment.
type State struct {
	Job              pipeline.Job // as it was read last
	At               time.Time    // when Job was read; zero if it never was
	Err              error        // why the last read failed; nil if it did not
	UnreachableSince time.Time    // when reads began to fail; zero while they succeed
	Next             time.Time    // when the status is read again
	Doubt            error        // why the last answer was not taken for how Job stands; nil if it was
	BadSince         time.Time    // since when there was no answer that could be taken; zero while they can
	Stuck            bool         // the job may never end: see StuckReason
	StuckReason      string       // one sentence for people
}

// Known reports whether the status was ever read.
func (s State) Known() bool { return !s.At.IsZero() }

// Unreachable reports whether Job may be out of date, because reads fail.
func (s State) Unreachable() bool { return !s.UnreachableSince.IsZero() }

// Busy says which request is on its way.
type Busy int

// The requests.
const (
	Idle Busy = iota
	Starting
	Cancelling
)

// Kind is the kind of a source.
type Kind string

// The kinds.
const (
	Server   Kind = "server"
	Snapshot Kind = "snapshot"
	Demo     Kind = "demo"
)

// Local reports whether exports of the source run on this computer.
func (k Kind) Local() bool { return k != Server }

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
func ControlsFor(s State, busy Busy, since time.Duration) Controls {
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
