package localexport

import (
	"context"
	"errors"
	"syscall"
	"time"

	"sluice/columns"
	"sluice/localexport/jobfiles"
	"sluice/localexport/product"
	"sluice/pipeline"
	"sluice/wording"
)

const (
	// settleTime is how long the end of a job waits for the disk to finish what
	// it is busy with. A disk that takes longer does not hold up the end.
	settleTime = 100 * time.Millisecond
	// recordTries and recordTimeout bound how stubbornly the end of a job is
	// recorded.
	recordTries   = 3
	recordTimeout = 2 * time.Second
)

// complete waits for the files to be on disk and writes the manifest. The job is
// COMPLETED when it returns nil, and not otherwise.
func (r *run) complete(result product.Result) error {
	written, err := r.files.Wait(r.ctx)
	if err != nil {
		return err
	}
	files, err := manifestFiles(written, result.Files)
	if err != nil {
		return err
	}
	job := r.state()
	job.Status = pipeline.Completed
	job.CompletedTime = pipeline.At(r.exporter.now())
	job.Statistics = &pipeline.Statistics{ExportedEntities: result.Entities, WrittenRows: result.Rows}
	r.addFindings(&job, result.Warnings)
	if len(result.OptedOut) > 0 {
		job.OptedOutEntities = []pipeline.OptedOut{{Type: "SPACE", Identifiers: result.OptedOut}}
	}
	if status, err := r.exporter.store.Status(r.ctx, r.id); err == nil && status.Ended() {
		r.stop(errDisowned)
		return errDisowned
	}
	read := r.engine.Identity()
	read.Newest = result.Newest
	options := manifestOptions(r.exporter.product.Rules(), r.options, result)
	manifest := jobfiles.Manifest{
		Job:      job,
		Request:  jobfiles.Request{FromDate: pipeline.At(r.request.FromDate), Forced: r.request.Forced},
		Snapshot: read,
		Options:  options,
		CSV:      csvForm(options),
		Versions: r.versions(),
		Files:    files,
	}
	hide(&manifest, result.Redaction)
	err = r.files.Commit(r.ctx, manifest)
	if standing := (*jobfiles.StandingError)(nil); errors.As(err, &standing) {
		job.Warnings = addDiagnostics(job.Warnings, []pipeline.Diagnostic{pipeline.SayError(KeyUnconfirmed, standing,
			wording.Format("Look at the disk, and check the files before you rely on them."))})
		err = nil
	}
	r.completed = job
	return err
}

// manifestFiles joins what is on disk with what the engine counted. They must
// agree: a difference means that bytes were lost on the way.
func manifestFiles(written []jobfiles.Written, counted []product.FileResult) ([]jobfiles.ManifestFile, error) {
	if len(written) != len(counted) {
		return nil, wording.Errorf("%d files were written, but %d were counted", len(written), len(counted))
	}
	files := make([]jobfiles.ManifestFile, len(written))
	for i, w := range written {
		c := counted[i]
		if w.Name != c.Name || w.Bytes != c.Bytes {
			return nil, wording.Errorf("file %s has %d bytes on disk, but file %s was counted with %d bytes", w.Name, w.Bytes, c.Name, c.Bytes)
		}
		files[i] = jobfiles.ManifestFile{Name: w.Name, File: w.File, Rows: c.Rows, Bytes: w.Bytes, SHA256: w.SHA256, Columns: manifestColumns(c.Columns)}
	}
	return files, nil
}

func manifestColumns(list []columns.Column) (told []jobfiles.ManifestColumn) {
	for _, c := range list {
		told = append(told, jobfiles.ManifestColumn{Name: c.Name, Type: c.Type, Key: c.Key, Nullable: c.Nullable})
	}
	return told
}

// finish ends the job: nil is COMPLETED. Afterwards the home is free for the
// next one.
func (r *run) finish(err error) {
	e := r.exporter
	job := r.ended(err)
	if errors.Is(context.Cause(r.ctx), errDisowned) {
		job = r.asRecorded(job)
	}
	r.stop(errOver) // ends the goroutines that write
	quiet := r.settle()
	if err := r.engine.Close(); err != nil {
		e.log.Warn("cannot close the snapshot", "job", r.id, "error", err)
	}
	recorded := e.record(job)
	r.keepEnd(job, recorded)
	r.logEnd(job, err)

	r.mu.Lock()
	r.job, r.err = job, err
	r.mu.Unlock()
	claim(e.home.root, 0)
	e.mu.Lock()
	e.run = nil
	if !recorded {
		e.unsaved = &job
	}
	e.mu.Unlock()
	if quiet {
		r.release()
	} else { // no other job may go on with files that are still written to
		go func() {
			r.files.Settle(context.Background())
			r.release()
		}()
	}
	close(r.done)
}

// settle gives the disk some time for what it is busy with.
func (r *run) settle() bool {
	if r.files == nil {
		return true
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.ctx), settleTime)
	defer cancel()
	quiet := r.files.Settle(ctx)
	if !quiet {
		r.exporter.log.Warn("the disk is still busy with partial files", "job", r.id)
	}
	return quiet
}

// release frees the home for the next job.
func (r *run) release() {
	if err := r.lock.Close(); err != nil {
		r.exporter.log.Warn("cannot release the lock", "job", r.id, "error", err)
	}
}

// ended is the job in its last state.
func (r *run) ended(err error) pipeline.Job {
	if err == nil {
		return r.completed
	}
	job := r.state()
	now := pipeline.At(r.exporter.now())
	job.CompletedTime = now
	if r.files != nil {
		job.Statistics = r.statistics()
	}
	cause := context.Cause(r.ctx)
	if errors.Is(cause, context.Canceled) {
		job.Status, job.CancelledTime = pipeline.Cancelled, now
		if job.Statistics == nil {
			job.Statistics = &pipeline.Statistics{}
		}
		switch {
		case errors.Is(cause, errShutdown):
			job.Warnings = addDiagnostics(job.Warnings, []pipeline.Diagnostic{shutDown})
		case errors.Is(cause, errAbandoned):
			job.Warnings = addDiagnostics(job.Warnings, []pipeline.Diagnostic{abandoned})
		}
		return job
	}
	if cause != nil { // what stopped the job says more than how the engine took it
		err = cause
	}
	job.Status = pipeline.Failed
	job.Errors = addDiagnostics(job.Errors, failure(err))
	return job
}

// failure is what a failed job says about its error.
func failure(err error) []pipeline.Diagnostic {
	var inconsistent *inconsistentError
	var lowSpace *lowSpaceError
	var panicked *panicError
	switch {
	case errors.As(err, &inconsistent):
		return append([]pipeline.Diagnostic{preValidation}, inconsistent.findings...)
	case errors.As(err, &lowSpace):
		return []pipeline.Diagnostic{lowSpace.diagnostic()}
	case errors.As(err, &panicked):
		return []pipeline.Diagnostic{internal}
	case errors.Is(err, syscall.ENOSPC):
		return []pipeline.Diagnostic{pipeline.SayError(KeyLowSpace, err,
			wording.Format("Free some space or choose another home, and start the export again."))}
	}
	return []pipeline.Diagnostic{pipeline.SayError(KeyFailed, err)}
}

// statistics counts what a job that is not complete has done so far.
func (r *run) statistics() *pipeline.Statistics {
	var rows int64
	for i := range r.counters.Files {
		rows += r.counters.Files[i].Rows.Load()
	}
	// Each record of a documented file is one entity.
	return &pipeline.Statistics{ExportedEntities: rows, WrittenRows: rows}
}

// recordEnd is what fails when the end of a job cannot be recorded.
const recordEnd = "record the end of the job in the database, it is shown all the same"
