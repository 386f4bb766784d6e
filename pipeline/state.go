package pipeline

import "time"

// State is what is known of an exporter at a moment: what its watcher tells, and what
// people are shown.
type State struct {
	Job              Job       // as it was read last
	At               time.Time // when Job was read; zero if it never was
	Err              error     // why the last read failed; nil if it did not
	UnreachableSince time.Time // when reads began to fail; zero while they succeed
	Next             time.Time // when the status is read again
	Doubt            error     // why the last answer was not taken for how Job stands; nil if it was
	BadSince         time.Time // since when there was no answer that could be taken; zero while they can
	Stuck            bool      // the job may never end: see StuckReason
	StuckReason      string    // one sentence for people
}

// Known reports whether the status was ever read.
func (s State) Known() bool { return !s.At.IsZero() }

// Unreachable reports whether Job may be out of date, because reads fail.
func (s State) Unreachable() bool { return !s.UnreachableSince.IsZero() }

// Good reports whether Job is what the last read has given.
func (s State) Good() bool { return s.Known() && s.Err == nil && s.Doubt == nil }

// Age is the time since Job was read; 0 if it never was.
func (s State) Age(now time.Time) time.Duration {
	if !s.Known() {
		return 0
	}
	return max(0, now.Sub(s.At))
}

// Clone returns a copy that shares nothing with s.
func (s State) Clone() State {
	s.Job = s.Job.Clone()
	return s
}
