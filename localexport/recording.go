package localexport

import (
	"context"
	"errors"
	"fmt"

	"sluice/pipeline"
)

// record writes the end of a job down. The context of the job has ended, and so
// may have that of its program: neither counts here.
func (e *Exporter) record(job pipeline.Job) bool {
	var err error
	for range recordTries {
		ctx, cancel := context.WithTimeout(context.Background(), recordTimeout)
		_, err = e.store.Finish(ctx, job)
		cancel()
		if err == nil {
			return true
		}
	}
	e.once.warn(e.log, recordEnd, err, "job", job.ID, "status", string(job.Status))
	return false
}

// saveUnsaved records an end that could not be recorded before. It returns the
// job if that fails again.
func (e *Exporter) saveUnsaved(ctx context.Context) (pipeline.Job, bool) {
	e.mu.Lock()
	job := e.unsaved
	e.mu.Unlock()
	if job == nil {
		return pipeline.Job{}, false
	}
	_, err := e.store.Finish(ctx, *job)
	e.once.warn(e.log, recordEnd, err, "job", job.ID, "status", string(job.Status))
	if err != nil {
		return job.Clone(), true
	}
	e.forgetEnd(job.ID)
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.unsaved == job {
		e.unsaved = nil
	}
	return pipeline.Job{}, false
}

// keepEnd gives the room for the end of the job back, or writes the end there if
// the database did not take it.
func (r *run) keepEnd(job pipeline.Job, recorded bool) {
	what, keep := "give back the room for the end of the job", r.room.release
	if !recorded {
		what, keep = "keep the end of the job beside the database", func() error { return r.room.put(job) }
	}
	if err := keep(); err != nil {
		r.exporter.log.Warn("cannot "+what, "job", job.ID, "error", err)
	}
}

// asRecorded is the job as somebody else has ended it, else as it is.
func (r *run) asRecorded(job pipeline.Job) pipeline.Job {
	ctx, cancel := context.WithTimeout(context.Background(), recordTimeout)
	defer cancel()
	recorded, found, err := r.exporter.store.Get(ctx, r.id)
	if err != nil || !found || recorded.Running() {
		return job
	}
	return recorded
}

func (r *run) logEnd(job pipeline.Job, err error) {
	log := r.exporter.log.With("job", job.ID, "status", string(job.Status), "duration", job.Duration(r.exporter.now()))
	var panicked *panicError
	switch {
	case errors.As(err, &panicked):
		log.Error("export ended by a defect", "panic", fmt.Sprint(panicked.value), "stack", string(panicked.stack))
	case job.Status == pipeline.Failed:
		log.Info("export ended", "error", err) // the job says why to people
	default:
		rows := int64(0)
		if job.Statistics != nil {
			rows = job.Statistics.WrittenRows
		}
		log.Info("export ended", "rows", rows)
	}
}
