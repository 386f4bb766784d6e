package localexport

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"sluice/localexport/jobfiles"
	"sluice/localexport/product"
	"sluice/pipeline"
)

var _ pipeline.Resumer = (*Exporter)(nil)

// Resumable tells what is left of a job that ended before it was complete: of the
// given one or, for 0, of the newest that left anything. The error is a
// *pipeline.NotResumableError if there is nothing to go on with.
func (e *Exporter) Resumable(ctx context.Context, jobID int64) (pipeline.Resumable, error) {
	if _, err := e.Status(ctx); err != nil { // ends a dead job
		return pipeline.Resumable{}, err
	}
	left, err := e.leftover(ctx, jobID)
	if err != nil {
		return pipeline.Resumable{}, err
	}
	engine, err := left.open(ctx, e)
	if err != nil {
		return pipeline.Resumable{}, err
	}
	if err := engine.Close(); err != nil {
		e.log.Warn("cannot close the snapshot", "job", left.job.ID, "error", err)
	}
	r := pipeline.Resumable{Job: left.job}
	for _, k := range left.record.Files {
		r.Kept = append(r.Kept, pipeline.KeptFile{Name: k.Name, Bytes: k.Bytes, Whole: k.Whole})
	}
	return r, nil
}

// Resume goes on with a job that ended before it was complete, as a new job: with
// the time range and the options of the old one, from what is on disk of its files,
// which move into the folder of the new job. The files become those that an export
// without an interruption gives. Everything else is as with Start; the error may
// also be a *pipeline.NotResumableError.
//
// What is on disk is read once more before it is trusted. A file that is damaged
// or gone is written anew, as are those behind it, which a warning tells.
func (e *Exporter) Resume(ctx context.Context, jobID int64) (pipeline.Job, error) {
	return e.launch(ctx, task{resume: true, from: jobID})
}

// task is what a job is started for.
type task struct {
	request pipeline.Request
	resume  bool
	from    int64           // the job to go on with, if resume; 0: the newest
	options product.Options // of the new job, which go on with those of that job
	redact  string          // names the rules of redaction
}

// leftover is what a job that is not complete has left.
type leftover struct {
	job    pipeline.Job
	dir    string
	record jobfiles.Resume
	before []pipeline.Job // which the job has gone on with itself, the last one first
}

func notResumable(id int64, err error, format string, args ...any) error {
	return &pipeline.NotResumableError{JobID: id, Why: fmt.Sprintf(format, args...), Err: err}
}

// leftover finds what a job has left, and checks what can be checked at once.
func (e *Exporter) leftover(ctx context.Context, id int64) (leftover, error) {
	if id == 0 {
		var err error
		if id, err = e.newestLeftover(ctx); err != nil {
			return leftover{}, err
		}
	}
	job, found, err := e.known(ctx, id)
	if err != nil {
		return leftover{}, err
	}
	left := leftover{job: job, dir: e.home.folder(job)}
	switch {
	case !found:
		return left, notResumable(id, nil, "home %s has no job %d", e.options.Home, id)
	case job.Running():
		return left, &pipeline.RunningError{Job: job}
	case job.Status == pipeline.Completed:
		return left, notResumable(id, nil, "job %d is complete: there is nothing left to do for it", id)
	case job.ResumedAs != 0:
		return left, notResumable(id, nil, "job %d was resumed as job %d already, which has its files", id, job.ResumedAs)
	}
	left.record, err = jobfiles.ReadResume(left.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return left, notResumable(id, err, "job %d has left nothing to go on with: it ended before its files were begun, or they were removed; start a new export", id)
	case err != nil:
		return left, notResumable(id, err, "job %d cannot be resumed: %v; start a new export", id, err)
	case left.record.Versions.Sluice != e.options.Version:
		return left, notResumable(id, nil, "job %d was exported by Sluice %s, and this is %s, which may write its files differently: start a new export",
			id, left.record.Versions.Sluice, e.options.Version)
	}
	left.before, err = e.predecessors(ctx, job)
	return left, err
}

// predecessors are the jobs that a job has gone on with, the last one first.
func (e *Exporter) predecessors(ctx context.Context, job pipeline.Job) ([]pipeline.Job, error) {
	var before []pipeline.Job
	for job.ResumedFrom > 0 && job.ResumedFrom < job.ID {
		next, found, err := e.known(ctx, job.ResumedFrom)
		if err != nil || !found {
			return before, err
		}
		before = append(before, next)
		job = next
	}
	return before, nil
}

// newestLeftover is the newest job that has left anything.
func (e *Exporter) newestLeftover(ctx context.Context) (int64, error) {
	jobs, err := e.history(ctx, 0)
	if err != nil {
		return 0, err
	}
	for _, job := range jobs {
		if job.Running() || job.Status == pipeline.Completed || job.ResumedAs != 0 {
			continue
		}
		if _, err := jobfiles.ReadResume(e.home.folder(job)); !errors.Is(err, fs.ErrNotExist) {
			return job.ID, nil
		}
	}
	if len(jobs) == 0 {
		return 0, notResumable(0, nil, "home %s has no job yet: there is nothing to resume", e.options.Home)
	}
	if jobs[0].Running() {
		return 0, &pipeline.RunningError{Job: jobs[0]}
	}
	return 0, notResumable(0, nil, "home %s has no job that ended early and left files: there is nothing to resume (the newest job, %d, is %s)",
		e.options.Home, jobs[0].ID, strings.ToLower(jobs[0].Status.String()))
}

// open opens the snapshot of the job: the one of the options or, if they name none,
// the one that the job read. It must have the same content.
func (l leftover) open(ctx context.Context, e *Exporter) (product.Snapshot, error) {
	path := e.options.Snapshot
	if path == "" {
		path = l.record.Snapshot.Path
	}
	engine, err := e.product.Open(ctx, path)
	if err != nil {
		return nil, notResumable(l.job.ID, err, "job %d cannot be resumed: %v", l.job.ID, err)
	}
	if now := engine.Identity(); now.Content != l.record.Snapshot.Content {
		return nil, errors.Join(engine.Close(), notResumable(l.job.ID, nil,
			"job %d cannot be resumed: %s is not the snapshot that it exported, or was changed since (size, change counter or content differ); start a new export",
			l.job.ID, path))
	}
	return engine, nil
}
