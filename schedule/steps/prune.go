package steps

import (
	"context"
	"errors"
	"log/slog"

	"sluice/deliver"
	"sluice/localexport"
	"sluice/schedule"
	"sluice/schedule/runner"
	"sluice/source"
)

// Prune keeps the home of a snapshot within the bounds of its schedule or, where that has none,
// of the home, after each run that was completed. What a delivery owes stays.
type Prune struct {
	Owed *deliver.OwedFile // nil: nothing is owed
	// Open opens the home of a source.
	Open   func(ctx context.Context, home string) (*localexport.Exporter, error)
	Logger *slog.Logger
}

// Name implements runner.Step.
func (Prune) Name() string { return "prune" }

// After implements runner.Step.
func (p Prune) After(ctx context.Context, e runner.Ended) (err error) {
	if e.Result.Outcome != schedule.Completed || e.Source.Kind == source.KindServer {
		return nil
	}
	policy := e.Plan.Kept
	if !policy.Bounds() {
		kept, err := localexport.KeptIn(e.Source.Home)
		if err != nil {
			return err
		}
		if policy, err = kept.Policy(); err != nil || !policy.Bounds() {
			return err
		}
	}
	owed, err := p.Owed.Folders()
	if err != nil {
		return err
	}
	home, err := p.Open(ctx, e.Source.Home)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, home.Close(context.WithoutCancel(ctx))) }()
	choices, err := home.Prune(ctx, policy, false, owed...)
	for _, c := range choices {
		if c.Reason.Goes() {
			p.Logger.Info("files removed", "schedule", e.Plan.Name, "job", c.Job.ID, "reason", string(c.Reason), "bytes", c.Bytes)
		}
	}
	return err
}
