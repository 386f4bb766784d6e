package localexport

import (
	"context"
	"errors"
	"io"
	"time"

	"sluice/localexport/jobstore"
	"sluice/localexport/product"
	"sluice/pipeline"
	"sluice/wording"
)

// lockRetry is how long a Start waits before it looks at the lock again, when
// another holds it whose job is not recorded yet, or not any more.
const lockRetry = 10 * time.Millisecond

// Start starts an export and returns its job once the snapshot is checked and
// the files are being written. From then on the job belongs to the Exporter: ctx
// does not end it.
//
// While the snapshot is checked, others see the job as STARTED and can cancel
// it; Start then returns the job as it was started, without an error, and Status
// tells of its end. If ctx ends during the check, the job becomes CANCELLED and
// the error wraps that of ctx. A snapshot that was checked before, and has not
// changed, is not checked again.
//
// The error is a *pipeline.RunningError if a job runs already, here or in
// another process, and a *pipeline.ValidationError if the indexes are
// inconsistent and r is not forced. If a job failed for another reason before it
// wrote anything (too little space, a snapshot that cannot be read), it is
// returned as FAILED together with the error. A snapshot that cannot be opened
// gives an error and no job.
func (e *Exporter) Start(ctx context.Context, r pipeline.Request) (pipeline.Job, error) {
	if now := e.now(); r.FromDate.After(now) {
		return pipeline.Job{}, wording.Errorf("start export: from date %s lies in the future: nothing can have changed since then",
			pipeline.FormatTime(r.FromDate))
	}
	return e.launch(ctx, task{request: r})
}

// launch begins a job and waits until its files are about to be written.
func (e *Exporter) launch(ctx context.Context, t task) (pipeline.Job, error) {
	run, err := e.begin(ctx, t)
	if err != nil {
		return pipeline.Job{}, err
	}
	go run.execute()
	select {
	case <-run.checked:
		return run.started, nil
	case <-run.done:
		return run.outcome(ctx)
	case <-ctx.Done():
		run.stop(errAbandoned)
		<-run.done
		return run.outcome(ctx)
	}
}

// begin locks the home, opens the snapshot and records a job.
func (e *Exporter) begin(ctx context.Context, t task) (*run, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(e.lifetime, cancel)()
	select {
	case e.starting <- struct{}{}:
		defer func() { <-e.starting }()
	case <-ctx.Done():
		return nil, e.beginError(ctx.Err())
	}
	e.renew(ctx, 0)
	if err := e.store.ReadOnly(); err != nil {
		return nil, e.beginError(err)
	}
	lock, err := e.acquire(ctx)
	if err != nil {
		return nil, e.beginError(err)
	}
	run, err := e.prepare(ctx, t, lock)
	if err != nil {
		return nil, e.beginError(errors.Join(err, lock.Close()))
	}
	return run, nil
}

// beginError tells a closed exporter from other reasons.
func (e *Exporter) beginError(err error) error {
	var running *pipeline.RunningError
	if errors.As(err, &running) {
		return running
	}
	var not *pipeline.NotResumableError
	if errors.As(err, &not) {
		return wording.Errorf("resume export: %w", err)
	}
	if e.lifetime.Err() != nil {
		err = ErrClosed
	}
	return wording.Errorf("start export: %w", err)
}

// acquire takes the lock of the home and ends the job of a dead process. The
// error is a *pipeline.RunningError if a job runs.
func (e *Exporter) acquire(ctx context.Context) (io.Closer, error) {
	for {
		run, err := e.current()
		if err != nil {
			return nil, err
		}
		if run != nil {
			job := run.state()
			if !job.Status.Ended() {
				return nil, &pipeline.RunningError{Job: job}
			}
			select { // it tells its end already, and gives the home free in a moment
			case <-run.done:
				continue
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}
		lock, ok, err := e.home.tryLock()
		if err != nil {
			return nil, err
		}
		if ok {
			e.saveUnsaved(ctx)
			err := e.endRecorded(ctx)
			if job, pending := e.notRecorded(); err == nil && pending {
				err = wording.Errorf("the end of job %d cannot be recorded in %s: free some space on its disk", job.ID, e.home.jobs)
			}
			if err != nil {
				return nil, errors.Join(err, lock.Close())
			}
			return lock, nil
		}
		if err := e.lookWhoRuns(ctx); err != nil {
			return nil, err
		}
		select {
		case <-time.After(lockRetry):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// lookWhoRuns returns a *pipeline.RunningError if another process runs a job. A
// lock without a job is that of a process which is about to begin or to end one.
func (e *Exporter) lookWhoRuns(ctx context.Context) error {
	record, found, err := e.store.Running(ctx)
	if err != nil || !found {
		return err
	}
	owner, err := e.owner(record)
	if err != nil || owner == ownerGone {
		return err
	}
	return runningError(record, owner)
}

// prepare opens the snapshot and records the job. The lock is held.
func (e *Exporter) prepare(ctx context.Context, t task, lock io.Closer) (*run, error) {
	if err := e.home.emptyTemp(); err != nil {
		return nil, unwritable(e.options.Home, err)
	}
	root, err := e.home.exportPath()
	if err != nil {
		return nil, err
	}
	left, engine, err := e.openTask(ctx, &t)
	if err != nil {
		return nil, err
	}
	room, err := e.home.reserve()
	if err != nil {
		return nil, errors.Join(unwritable(e.options.Home, err), engine.Close())
	}
	r, now := t.request, e.now()
	job := pipeline.Job{StartTime: pipeline.At(now), NodeID: e.options.Node, Status: pipeline.Started, StartedBy: e.options.StartedBy}
	job.Config.ForcedExport = r.Forced
	if by := t.options.Redaction; by != nil {
		job.Redaction = by.Rules.Name()
	}
	if !r.FromDate.IsZero() {
		job.Config.ExportFrom = pipeline.At(r.FromDate)
	}
	if root != e.home.exports {
		job.RootExportPath = root
	}
	if left != nil { // whose files are moved, which only works on one disk
		job.ResumedFrom, job.RootExportPath = left.job.ID, left.job.RootExportPath
	}
	job, err = e.store.Create(ctx, job, e.me())
	if err != nil {
		return nil, errors.Join(e.outrun(ctx, err), room.release(), engine.Close())
	}
	if err := room.assign(e.home.endPath(job.ID)); err != nil {
		e.log.Warn("the end of the job has no room reserved", "job", job.ID, "error", err)
	}
	run := newRun(ctx, e, job, t, engine, lock)
	run.room = room
	claim(e.home.root, job.ID)
	if left != nil {
		run.left = left
	}
	e.mu.Lock()
	e.run = run
	e.mu.Unlock()
	e.log.Info("export started", "job", job.ID, "snapshot", e.options.Snapshot, "forced", r.Forced, "resumes", job.ResumedFrom)
	return run, nil
}

// openTask opens the snapshot to export and, of a job that is to go on with
// another, finds what that has left.
func (e *Exporter) openTask(ctx context.Context, t *task) (*leftover, product.Snapshot, error) {
	t.options, t.redact = e.engineOptions(), e.options.Redact
	if !t.resume {
		if e.options.Snapshot == "" {
			return nil, nil, wording.New("no snapshot is given: name the file to export")
		}
		var err error
		if t.options.Redaction, err = e.options.redaction(t.redact); err != nil {
			return nil, nil, err
		}
		engine, err := e.product.Open(ctx, e.options.Snapshot)
		return nil, engine, err
	}
	left, err := e.leftover(ctx, t.from)
	if err != nil {
		return nil, nil, err
	}
	if t.options, err = left.resumeOptions(e.product.Rules(), t.options); err != nil {
		return nil, nil, err
	}
	if t.options.Redaction, err = left.redaction(e.options); err != nil {
		return nil, nil, err
	}
	if left.record.Redaction != nil {
		t.redact = left.record.Redaction.By
	}
	t.request = pipeline.Request{FromDate: left.record.Request.FromDate.Time, Forced: left.record.Request.Forced}
	engine, err := left.open(ctx, e)
	return &left, engine, err
}

// outrun makes a *pipeline.RunningError of the store's refusal of a second running
// job, where two processes have got past a lock that does nothing.
func (e *Exporter) outrun(ctx context.Context, err error) error {
	if !errors.Is(err, jobstore.ErrRunning) {
		return err
	}
	if record, found, _ := e.store.Running(ctx); found {
		return runningError(record, ownerAlive)
	}
	return err
}

// outcome is what Start returns about a job that ended before its files were
// begun, or while Start was being given up.
func (r *run) outcome(ctx context.Context) (pipeline.Job, error) {
	job := r.state()
	switch {
	case job.Status == pipeline.Cancelled && ctx.Err() != nil:
		return job, wording.Errorf("export job %d was cancelled while it started: %w", job.ID, ctx.Err())
	case job.Status != pipeline.Failed:
		return r.recorded.Clone(), nil
	case errors.Is(r.err, errInconsistent):
		return job, &pipeline.ValidationError{Job: job}
	}
	return job, wording.Errorf("export job %d failed: %w", job.ID, r.err)
}
