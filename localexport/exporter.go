package localexport

import (
	"context"
	"errors"

	"sluice/pipeline"
)

var (
	_ pipeline.Exporter         = (*Exporter)(nil)
	_ pipeline.ProgressReporter = (*Exporter)(nil)
	_ pipeline.Historian        = (*Exporter)(nil)
	_ pipeline.FileLister       = (*Exporter)(nil)
	_ pipeline.Waiter           = (*Exporter)(nil)
)

// BeforePhase is called before a phase of a job begins.
type BeforePhase func(ctx context.Context, job pipeline.Job, phase pipeline.Phase) error

// Exporter exports a snapshot into a home. Its methods may be called from any
// goroutine.
type Exporter struct {
	options Options
}

var errNotBuilt = errors.New("the local exporter is not built yet")

// Open prepares the home and returns an Exporter over it.
func Open(ctx context.Context, o Options) (*Exporter, error) { return nil, errNotBuilt }

// Start starts an export.
func (e *Exporter) Start(ctx context.Context, r pipeline.Request) (pipeline.Job, error) {
	return pipeline.Job{}, errNotBuilt
}

// Status returns the running job, else the most recent, else the zero Job.
func (e *Exporter) Status(ctx context.Context) (pipeline.Job, error) {
	return pipeline.Job{}, errNotBuilt
}

// Cancel asks the running job to stop.
func (e *Exporter) Cancel(ctx context.Context) (pipeline.Cancellation, error) {
	return pipeline.Cancellation{}, errNotBuilt
}

// Progress samples the running job.
func (e *Exporter) Progress() pipeline.Progress { return pipeline.Progress{} }

// Jobs lists the jobs of the home, newest first.
func (e *Exporter) Jobs(ctx context.Context, limit int) ([]pipeline.Job, error) {
	return nil, errNotBuilt
}

// Files lists the files of a job.
func (e *Exporter) Files(ctx context.Context, jobID int64) ([]pipeline.File, error) {
	return nil, errNotBuilt
}

// Wait waits for the end of the running job.
func (e *Exporter) Wait(ctx context.Context) (pipeline.Job, error) {
	return pipeline.Job{}, errNotBuilt
}

// Close cancels a running job of this process, waits for its end and releases
// the home.
func (e *Exporter) Close(ctx context.Context) error { return nil }
