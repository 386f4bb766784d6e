// Package backend opens sources: of a server it makes the client with its certificates,
// headers and token, of a snapshot the exporter over it, and of both what watches their
// jobs. It finds their secrets, and takes snapshots. The window and the command line
// share it; it knows neither.
//
//	b := backend.New(backend.Options{Home: home, Version: "1.0"})
//	engine, info, err := b.OpenLocal(ctx, source.NewSnapshot(source.KindSnapshot, "wiki", "/data/wiki.db", home))
package backend

import (
	"cmp"
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"sluice/client/watch"
	"sluice/pipeline"
	"sluice/secret"
)

// Options say what a Backend works with.
type Options struct {
	// Home is the folder below which the demo, and the journals of servers, are kept.
	Home    string
	Version string        // of Sluice
	Logger  *slog.Logger  // none if nil
	Secrets *secret.Store // where tokens and passwords are kept; the keyring if nil
	// StartedBy is who starts jobs with it; pipeline.ByPerson if "".
	StartedBy string
	// Every is how often a server is asked for its status while nothing calls for more; the
	// usual if 0.
	Every time.Duration
	// Now is the clock of jobs and snapshots; time.Now if nil.
	Now func() time.Time
}

// Backend opens sources. It is safe for use by several goroutines.
type Backend struct {
	home    string
	version string
	logger  *slog.Logger
	secrets *secret.Store
	by      string
	every   *atomic.Int64    // a time.Duration; 0: the usual
	now     func() time.Time // nil: time.Now
}

// New returns a backend. It touches nothing yet.
func New(o Options) *Backend {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Secrets == nil {
		o.Secrets = secret.New(secret.Service, 0)
	}
	every := &atomic.Int64{}
	every.Store(int64(o.Every))
	return &Backend{every: every, home: o.Home, version: o.Version, logger: o.Logger, secrets: o.Secrets, by: cmp.Or(o.StartedBy, pipeline.ByPerson), now: o.Now}
}

// SetEvery changes how often servers that are opened from now on are asked for their status.
func (b *Backend) SetEvery(d time.Duration) { b.every.Store(int64(d)) }

// As is the same backend with somebody else who starts the jobs; see
// pipeline.Job.StartedBy.
func (b *Backend) As(startedBy string) *Backend {
	as := *b
	as.by = startedBy
	return &as
}

// predecessors are the durations by which a watcher judges whether a job takes too
// long. It adds those that it sees itself.
func (b *Backend) predecessors(ctx context.Context, h pipeline.Historian) func() []time.Duration {
	const runs = 50
	jobs, err := h.Jobs(ctx, runs)
	if err != nil {
		b.logger.Warn("read earlier jobs", "error", err)
	}
	known := watch.Durations(jobs)
	return func() []time.Duration { return known }
}
