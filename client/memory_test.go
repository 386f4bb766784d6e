package client_test

import (
	"context"
	"errors"
	"sync"
	"time"

	"sluice/pipeline"
	"sluice/pipeline/contracttest"
)

// memory is an exporter that exports nothing, for the contract without a
// snapshot.
type memory struct {
	contracttest.Gates
	mu     sync.Mutex
	job    pipeline.Job
	cancel context.CancelFunc // of the running job
	broken bool
	crash  bool // the running job has no process
}

func (m *memory) Status(ctx context.Context) (pipeline.Job, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.endDead()
	return m.job.Clone(), ctx.Err()
}

// endDead ends a job that a crash has left behind.
func (m *memory) endDead() {
	if m.crash {
		m.crash = false
		m.end(pipeline.Cancelled)
	}
}

func (m *memory) Cancel(ctx context.Context) (pipeline.Cancellation, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case ctx.Err() != nil:
		return pipeline.Cancellation{}, ctx.Err()
	case !m.job.Running():
		return pipeline.Cancellation{}, pipeline.ErrNotRunning
	}
	m.job.Status = pipeline.CancellationRequested
	m.endDead()
	if m.cancel != nil {
		m.cancel()
	}
	return pipeline.CancellationAccepted, nil
}

func (m *memory) Start(ctx context.Context, r pipeline.Request) (pipeline.Job, error) {
	if r.FromDate.After(time.Now()) {
		return pipeline.Job{}, errors.New("from date lies in the future")
	}
	run, id, err := m.begin(ctx, r)
	if err != nil {
		return pipeline.Job{}, err
	}
	first, _ := m.Status(ctx)
	first.Status = pipeline.Started // whoever cancels it meanwhile
	switch err := m.check(run, id); {
	case errors.Is(err, context.Canceled) && ctx.Err() == nil:
		return first, nil
	case err != nil:
		return pipeline.Job{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	started := m.job.Clone()
	go m.export(run, id)
	return started, nil
}

// begin makes the job, or refuses.
func (m *memory) begin(ctx context.Context, r pipeline.Request) (context.Context, int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.endDead()
	switch {
	case ctx.Err() != nil:
		return nil, 0, ctx.Err()
	case m.job.Running():
		return nil, 0, &pipeline.RunningError{Job: m.job.Clone()}
	}
	now := time.Now()
	from := r.FromDate
	if from.IsZero() {
		from = now.AddDate(-1, 0, 0)
	}
	m.job = pipeline.Job{ID: m.job.ID + 1, NodeID: "memory", Status: pipeline.Started, StartTime: pipeline.At(now),
		Config: pipeline.Config{ExportFrom: pipeline.At(from), ForcedExport: r.Forced}}
	run, cancel := context.WithCancel(context.WithoutCancel(ctx))
	m.cancel = cancel
	return run, m.job.ID, nil
}

// check is the pre-validation.
func (m *memory) check(run context.Context, id int64) error {
	m.pause(run, id, pipeline.PhaseChecking)
	m.mu.Lock()
	defer m.mu.Unlock()
	inconsistent := pipeline.Diagnostic{Key: pipeline.KeyPreValidation, Message: pipeline.PreValidationMessage}
	switch {
	case run.Err() != nil:
		m.end(pipeline.Cancelled)
		return run.Err()
	case m.broken && m.job.Config.ForcedExport:
		m.job.Warnings = append(m.job.Warnings, inconsistent)
	case m.broken:
		m.job.Errors = append(m.job.Errors, inconsistent)
		m.end(pipeline.Failed)
		return &pipeline.ValidationError{Job: m.job.Clone()}
	}
	return nil
}

func (m *memory) export(run context.Context, id int64) {
	m.pause(run, id, pipeline.PhaseExporting)
	m.pause(run, id, pipeline.PhaseFinishing)
	m.mu.Lock()
	defer m.mu.Unlock()
	// The cancellation decides, because its acceptance may have been answered.
	if m.job.Status == pipeline.CancellationRequested {
		m.end(pipeline.Cancelled)
		return
	}
	m.end(pipeline.Completed)
}

func (m *memory) pause(run context.Context, id int64, phase pipeline.Phase) {
	// A gate never fails.
	_ = m.BeforePhase(run, pipeline.Job{ID: id}, phase)
}

// end ends the job. It is called with m.mu held.
func (m *memory) end(status pipeline.Status) {
	now := pipeline.At(time.Now())
	m.job.Status, m.job.CompletedTime = status, now
	if status == pipeline.Cancelled {
		m.job.CancelledTime = now
	}
	if status != pipeline.Failed {
		m.job.Statistics = &pipeline.Statistics{ExportedEntities: 1, WrittenRows: 1}
	}
	if m.cancel != nil {
		m.cancel()
	}
}

// die leaves a job behind that seems to run.
func (m *memory) die() int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.job = pipeline.Job{ID: m.job.ID + 1, NodeID: "memory", Status: pipeline.Started, StartTime: pipeline.At(time.Now())}
	m.crash = true
	return m.job.ID
}
