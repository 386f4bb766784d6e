package steps

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"time"

	"sluice/hooks"
	"sluice/pipeline"
	"sluice/schedule"
	"sluice/schedule/runner"
)

// Hooks calls the hooks of the list that want to be told. One that fails is logged and
// makes no failure of a run that was completed: the files are there.
type Hooks struct {
	File   *hooks.File
	Caller hooks.Caller
	Logger *slog.Logger
}

// Name implements runner.Step.
func (Hooks) Name() string { return "hooks" }

// After implements runner.Step.
func (h Hooks) After(ctx context.Context, e runner.Ended) error {
	list, err := h.File.Load()
	if err != nil {
		h.Logger.Error("hooks", "schedule", e.Plan.Name, "error", err)
		return nil
	}
	event := EventOf(e)
	for _, hook := range list {
		if !hook.Wants(event) {
			continue
		}
		if err := h.Caller.Call(ctx, hook, event); err != nil {
			h.Logger.Error("hooks", "schedule", e.Plan.Name, "error", err)
			continue
		}
		h.Logger.Info("hook called", "schedule", e.Plan.Name, "hook", hook.Name, "event", event.Event)
	}
	return ctx.Err()
}

// idOf names the end of an attempt, however often it is told.
func idOf(e runner.Ended) string {
	if e.Result.Outcome == schedule.LooksStuck { // of a job, whichever attempt has met it
		e.Result.Due, e.Result.Attempt = e.Job.StartTime.Time, int(e.Job.ID)
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%d\n%s", e.Plan.Name, e.Result.Due.UTC().Format(time.RFC3339Nano), e.Result.Attempt, e.Result.Outcome))
	return hex.EncodeToString(sum[:16])
}

// EventOf is what hooks are told of a run.
func EventOf(e runner.Ended) hooks.Event {
	event := hooks.Event{ID: idOf(e), Event: string(e.Result.Outcome), At: e.Result.Ended.UTC(), Due: e.Result.Due.UTC(), Schedule: e.Plan.Name, Source: e.Source.Name, Says: e.Result.Says}
	if e.Job.Exists() {
		job := pipeline.Kept(e.Job)
		event.Job = &job
	}
	for _, f := range e.Files {
		event.Files = append(event.Files, hooks.EventFile{Name: f.Name, Path: f.Path, Rows: f.Rows, Bytes: f.Bytes})
	}
	return event
}
