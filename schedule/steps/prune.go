package steps

import (
	"context"
	"errors"
	"log/slog"

	"sluice/localexport"
	"sluice/schedule"
	"sluice/schedule/runner"
	"sluice/source"
)

// Prune keeps the home of a snapshot within the bounds of its schedule, after each run that
// was completed.
type Prune struct {
	// Open opens the home of a source.
	Open   func(ctx context.Context, home string) (*localexport.Exporter, error)
	Logger *slog.Logger
}

// Name implements runner.Step.
func (Prune) Name() string { return "prune" }

// After implements runner.Step.
func (p Prune) After(ctx context.Context, e runner.Ended) (err error) {
	if e.Result.Outcome != schedule.Completed || !e.Plan.Kept.Bounds() || e.Source.Kind == source.KindServer {
		return nil
	}
	home, err := p.Open(ctx, e.Source.Home)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, home.Close(context.WithoutCancel(ctx))) }()
	choices, err := home.Prune(ctx, e.Plan.Kept, false)
	for _, c := range choices {
		if c.Reason.Goes() {
			p.Logger.Info("files removed", "schedule", e.Plan.Name, "job", c.Job.ID, "reason", string(c.Reason), "bytes", c.Bytes)
		}
	}
	return err
}
