package steps

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"

	"sluice/deliver"
	"sluice/localexport"
	"sluice/schedule"
	"sluice/schedule/runner"
	"sluice/source"
)

// Prune keeps the home of a snapshot, or that into which the jobs of a server are fetched, within
// the bounds of its schedule or, where that has none, of the home, after each run that was
// completed. What a delivery owes stays.
type Prune struct {
	Owed *deliver.OwedFile // nil: nothing is owed
	// Open opens the home of a source.
	Open func(ctx context.Context, home string) (*localexport.Exporter, error)
	// FetchHome is the home into which jobs of a server are fetched; nil: none is known.
	FetchHome func(s source.Source) string
	Logger    *slog.Logger
}

// Name implements runner.Step.
func (Prune) Name() string { return "prune" }

// After implements runner.Step.
func (p Prune) After(ctx context.Context, e runner.Ended) (err error) {
	path := p.homeOf(e.Source)
	if e.Result.Outcome != schedule.Completed || path == "" {
		return nil
	}
	policy := e.Plan.Kept
	if !policy.Bounds() {
		kept, err := localexport.KeptIn(path)
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
	home, err := p.Open(ctx, path)
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

// homeOf is the home that is kept within bounds; "" if there is none: nothing of a server was
// fetched yet, or nothing ever is.
func (p Prune) homeOf(s source.Source) string {
	if s.Kind != source.KindServer {
		return s.Home
	}
	if p.FetchHome == nil {
		return ""
	}
	home := p.FetchHome(s)
	if _, err := os.Stat(filepath.Dir(localexport.JobFolder(home, 1))); err != nil {
		return ""
	}
	return home
}
