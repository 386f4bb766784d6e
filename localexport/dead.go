package localexport

import (
	"context"
	"time"

	"sluice/localexport/jobfiles"
	"sluice/localexport/jobstore"
	"sluice/pipeline"
)

// endDead ends the recorded job if its process is gone. It returns what to warn of
// about a job of which nobody can tell.
func (e *Exporter) endDead(ctx context.Context) (doubts []pipeline.Diagnostic, err error) {
	record, found, err := e.store.Running(ctx)
	if err != nil || !found {
		return nil, err
	}
	owner, err := e.owner(record)
	switch {
	case err != nil:
		return nil, err
	case owner == ownerGone:
		_, err = e.finishDead(ctx, record)
	case owner == ownerDoubtful:
		doubts = []pipeline.Diagnostic{doubtful(record)}
	}
	return doubts, err
}

// endRecorded ends the recorded job. The caller holds the lock, which does not mean
// everywhere that the process is gone: the error is a *pipeline.RunningError if it
// lives, or may live.
func (e *Exporter) endRecorded(ctx context.Context) error {
	record, found, err := e.store.Running(ctx)
	if err != nil || !found {
		return err
	}
	if owner := e.unlockedOwner(record); owner != ownerGone {
		return runningError(record, owner)
	}
	_, err = e.finishDead(ctx, record)
	return err
}

// finishDead reports false if somebody else was quicker. An end that the database
// does not take is kept in mind, and shown.
func (e *Exporter) finishDead(ctx context.Context, record jobstore.Record) (bool, error) {
	job := e.endOfDead(record)
	if job.Status == pipeline.Completed {
		if err := jobfiles.Forget(e.home.disk, e.home.folder(job)); err != nil {
			e.log.Warn("cannot remove the record of a complete export", "job", job.ID, "error", err)
		}
	}
	finished, err := e.store.Finish(ctx, job)
	if err != nil && ctx.Err() == nil {
		e.once.warn(e.log, recordEnd, err, "job", job.ID, "status", string(job.Status))
		e.mu.Lock()
		e.unsaved = &job
		e.mu.Unlock()
		return true, nil
	}
	if err == nil {
		e.forgetEnd(job.ID)
	}
	if finished {
		e.log.Warn("the process of this job is gone", "job", job.ID, "pid", record.Process.PID,
			"host", record.Process.Host, "status", string(job.Status))
	}
	return finished, err
}

// forgetEnd removes what was written about the end of a job beside the database.
func (e *Exporter) forgetEnd(id int64) {
	e.once.warn(e.log, "remove the reserve of a job", e.home.forgetEnd(id), "job", id)
}

// endOfDead is the last state of a job whose process is gone: COMPLETED if its
// manifest is in place, what the process wrote into its reserve if it came to its
// end, else CANCELLED at the time of its last sign of life, with the counts of then.
func (e *Exporter) endOfDead(record jobstore.Record) pipeline.Job {
	job := record.Job
	if end, ok := e.manifestEnd(job); ok {
		return end
	}
	if end, ok := e.home.reservedEnd(job); ok {
		return end
	}
	last := pipeline.At(latest(record.Seen, job.StartTime.Time).In(job.StartTime.Location()))
	job.Status, job.CancelledTime, job.CompletedTime = pipeline.Cancelled, last, last
	var rows int64
	for _, f := range record.Progress.Files {
		rows += f.Rows
	}
	job.Statistics = &pipeline.Statistics{ExportedEntities: rows, WrittenRows: rows}
	job.Warnings = addDiagnostics(job.Warnings, []pipeline.Diagnostic{interrupted})
	return job
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
