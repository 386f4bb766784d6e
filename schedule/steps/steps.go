// Package steps is what follows when the run of a schedule has ended.
package steps

import (
	"context"
	"log/slog"

	"github.com/jonboulle/clockwork"

	"sluice/deliver"
	"sluice/hooks"
	"sluice/localexport"
	"sluice/pipeline"
	"sluice/schedule/runner"
	"sluice/source"
)

// Options say what the steps work with.
type Options struct {
	Folder  string // for settings, with the lists of deliveries and hooks
	Version string // of the program
	// Open opens the home of a source.
	Open func(ctx context.Context, home string) (*localexport.Exporter, error)
	// Fetch brings the files of a finished job of a server here; nil: nothing does.
	Fetch func(ctx context.Context, s source.Source, job int64) ([]pipeline.File, error)
	// FetchHome is the home into which that is; nil: none is known.
	FetchHome func(s source.Source) string
	Clock     clockwork.Clock // nil: the real one
	Logger    *slog.Logger
}

// All are the steps in their order: files are delivered, those of a server that was told
// where its shared home is once they were fetched, then the home is kept within its
// bounds, and whoever wants to know is told last.
func All(o Options) []runner.Step {
	if o.Clock == nil {
		o.Clock = clockwork.NewRealClock()
	}
	warn := func(w string) { o.Logger.Warn(w) }
	deliveries := Deliveries{File: deliver.NewFile(o.Folder), Owed: deliver.NewOwedFile(o.Folder), Version: o.Version, Logger: o.Logger, Clock: o.Clock}
	if o.Fetch != nil {
		deliveries.Fetch = func(ctx context.Context, e runner.Ended) ([]pipeline.File, error) {
			return o.Fetch(ctx, e.Source, e.Job.ID)
		}
	}
	return []runner.Step{
		deliveries,
		Prune{Owed: deliver.NewOwedFile(o.Folder), Open: o.Open, FetchHome: o.FetchHome, Logger: o.Logger},
		Hooks{File: hooks.NewFile(o.Folder), Caller: hooks.Caller{Warn: warn, UserAgent: "sluice/" + o.Version, Now: o.Clock.Now}, Logger: o.Logger},
	}
}
