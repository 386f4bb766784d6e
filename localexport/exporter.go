package localexport

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"sluice/diskspace"
	"sluice/localexport/jobstore"
	"sluice/localexport/product"
	"sluice/pipeline"
	"sluice/wording"
)

var (
	_ pipeline.Exporter         = (*Exporter)(nil)
	_ pipeline.ProgressReporter = (*Exporter)(nil)
	_ pipeline.Historian        = (*Exporter)(nil)
	_ pipeline.FileLister       = (*Exporter)(nil)
	_ pipeline.Waiter           = (*Exporter)(nil)
	_ pipeline.Stopper          = (*Exporter)(nil)
	_ pipeline.Unlocker         = (*Exporter)(nil)
)

// BeforePhase is called before a phase of a job begins.
type BeforePhase func(ctx context.Context, job pipeline.Job, phase pipeline.Phase) error

// ErrClosed is wrapped by the errors of an Exporter that was closed.
var ErrClosed = wording.New("the local exporter is closed")

// Exporter exports a snapshot into a home. Its methods may be called from any
// goroutine, also while other processes work on the same home.
type Exporter struct {
	options Options
	zone    *time.Location // of naive times; nil: to be guessed
	home    home
	host    string // name of this computer
	store   *jobstore.Store
	log     *slog.Logger
	once    once

	product   product.Product
	freeSpace func(path string) (int64, error)

	lifetime context.Context // ends with Close
	end      context.CancelFunc
	starting chan struct{} // one slot: held by the Start that prepares a job

	mu      sync.Mutex
	closed  bool
	run     *run          // the job that this process runs, or nil
	unsaved *pipeline.Job // an end that could not be recorded yet
	renewed time.Time     // when a database that could not be written was tried last

	observed observation // of the job of another process
	rested   rested      // of a home in which nothing runs
}

// Open prepares the home and returns an Exporter over it. The snapshot is not
// looked at before the first Start. A job whose process died is ended here. The
// error is one sentence about the home or the options.
func Open(ctx context.Context, o Options) (*Exporter, error) {
	return open(ctx, o, diskspace.Free)
}

// open is Open with a disk of a test's own, and changes before the home is looked
// at.
func open(ctx context.Context, o Options, space func(string) (int64, error), changes ...func(*Exporter)) (*Exporter, error) {
	o, zone, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	h := homeAt(o.Disk, o.Home)
	if err := h.prepare(); err != nil {
		return nil, err
	}
	store, err := h.openStore(ctx)
	if err != nil {
		return nil, err
	}
	e := &Exporter{
		options: o, zone: zone, home: h, host: hostName(), store: store, log: o.Logger,
		product: o.Product, freeSpace: space, starting: make(chan struct{}, 1),
	}
	e.lifetime, e.end = context.WithCancel(context.Background())
	for _, change := range changes {
		change(e)
	}
	for _, d := range e.Warnings() {
		e.log.Warn(d.Message, "key", d.Key)
	}
	if _, err := e.endDead(ctx); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return e, nil
}

// Warnings tells what is wrong with the home at the moment, though it can be used.
func (e *Exporter) Warnings() []pipeline.Diagnostic {
	var list []pipeline.Diagnostic
	if err := e.store.ReadOnly(); err != nil {
		list = append(list, pipeline.Say(KeyHomeFull,
			"The jobs of this home are shown as they were, and nothing can be exported into it: %v.", err))
	}
	if who := writers(e.options.Home); who != "" {
		list = append(list, pipeline.Say(KeyHomeOpen, "The folder %s can be written by %s.", e.options.Home, who))
	}
	return list
}

// now is the time to the millisecond, which is what the documents of jobs hold.
func (e *Exporter) now() time.Time { return e.options.Now().Truncate(time.Millisecond) }

// Status returns the running job, whichever process runs it, else the most
// recent, else the zero Job. A job whose process died is ended first.
func (e *Exporter) Status(ctx context.Context) (pipeline.Job, error) {
	run, err := e.current()
	if err != nil {
		return pipeline.Job{}, wording.Errorf("status: %w", err)
	}
	if run != nil {
		return run.state(), nil
	}
	e.renew(ctx, renewInterval)
	if job, ok := e.saveUnsaved(ctx); ok {
		return job, nil
	}
	if job, ok := e.rested.still(e.store); ok {
		return job, nil
	}
	at, sure := e.store.State()
	doubts, err := e.endDead(ctx)
	if err != nil {
		return pipeline.Job{}, err
	}
	if job, ok := e.notRecorded(); ok {
		return job, nil
	}
	job, err := e.store.Latest(ctx)
	job = e.home.settled(job)
	if job.Running() {
		job.Warnings = addDiagnostics(job.Warnings, doubts)
	}
	job.ReadUpTo = e.readUpTo(job)
	e.rested.keep(job, at, sure && err == nil)
	return job, err
}

// renewInterval is how often a database that could be opened for reading only is
// tried again, if nobody asks for an export.
const renewInterval = 5 * time.Second

// renew opens the database for writing, if it could not be when it was opened, and
// unless that was tried a moment ago.
func (e *Exporter) renew(ctx context.Context, interval time.Duration) {
	if e.store.ReadOnly() == nil {
		return
	}
	e.mu.Lock()
	wait := time.Since(e.renewed) < interval
	if !wait {
		e.renewed = time.Now()
	}
	e.mu.Unlock()
	if wait {
		return
	}
	if e.store.Renew(ctx); e.store.ReadOnly() == nil {
		e.once.warn(e.log, "look for earlier exports", e.home.skipUsedIDs(ctx, e.store))
	}
}

// notRecorded is the job whose end could not be recorded, if there is one.
func (e *Exporter) notRecorded() (pipeline.Job, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.unsaved == nil {
		return pipeline.Job{}, false
	}
	return e.unsaved.Clone(), true
}

// current returns the job that this process runs, nil if it runs none.
func (e *Exporter) current() (*run, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return nil, ErrClosed
	}
	return e.run, nil
}

// history is what is recorded of the jobs, newest first, with the end that could not be.
func (e *Exporter) history(ctx context.Context, limit int) ([]pipeline.Job, error) {
	jobs, err := e.store.List(ctx, limit)
	for i := range jobs {
		jobs[i] = e.home.settled(jobs[i])
	}
	if end, ok := e.notRecorded(); ok {
		for i := range jobs {
			if jobs[i].ID == end.ID {
				jobs[i] = end
			}
		}
	}
	return jobs, err
}

// known is one job of the history.
func (e *Exporter) known(ctx context.Context, id int64) (pipeline.Job, bool, error) {
	if end, ok := e.notRecorded(); ok && end.ID == id {
		return end, true, nil
	}
	job, found, err := e.store.Get(ctx, id)
	return e.home.settled(job), found, err
}

// Stop cancels the job that this process runs, if any, and waits until it is
// recorded as CANCELLED, by a closing program. The Exporter can go on.
func (e *Exporter) Stop(ctx context.Context) error {
	e.mu.Lock()
	run := e.run
	e.mu.Unlock()
	if run == nil {
		return nil
	}
	run.stop(errShutdown)
	select {
	case <-run.done:
		return nil
	case <-ctx.Done():
		return wording.Errorf("job %d has not stopped: %w", run.id, ctx.Err())
	}
}

// Close cancels the job that this process runs, if any, waits until it is
// recorded as CANCELLED, and releases the home. Later calls of any method but
// Close fail with ErrClosed. If ctx ends first the home stays open; Close may be
// called again.
func (e *Exporter) Close(ctx context.Context) error {
	e.mu.Lock()
	e.closed = true
	e.mu.Unlock()
	e.end()
	select {
	case e.starting <- struct{}{}: // no Start prepares a job any more
		defer func() { <-e.starting }()
	case <-ctx.Done():
		return wording.Errorf("close home %s: %w", e.options.Home, ctx.Err())
	}
	if err := e.Stop(ctx); err != nil {
		return wording.Errorf("close home %s: %w", e.options.Home, err)
	}
	e.saveUnsaved(ctx)
	if err := e.store.Close(); err != nil {
		return wording.Errorf("close home %s: %w", e.options.Home, err)
	}
	return nil
}
