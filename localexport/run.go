package localexport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"sluice/localexport/jobfiles"
	"sluice/localexport/jobstore"
	"sluice/localexport/product"
	"sluice/pipeline"
	"sluice/wording"
)

// Why a job ends before its time; the causes of its context.
var (
	errCancelled    = wording.Errorf("a cancellation was requested: %w", context.Canceled)
	errShutdown     = wording.Errorf("the program is being closed: %w", context.Canceled)
	errAbandoned    = wording.Errorf("the start was given up: %w", context.Canceled)
	errDisowned     = wording.Errorf("somebody else has ended the job: %w", context.Canceled)
	errOver         = errors.New("the job is over")
	errInconsistent = wording.New("the indexes of the snapshot are inconsistent")
)

// panicError is a panic of the export, with its stack for the log.
type panicError struct {
	value any
	stack []byte
}

func (e *panicError) Error() string { return fmt.Sprintf("panic: %v", e.value) }

// run is a job that this process runs, from its id to its end.
type run struct {
	exporter *Exporter
	id       int64
	recorded pipeline.Job // as it was started
	began    time.Time
	request  pipeline.Request
	redact   string // names the rules of redaction
	engine   product.Snapshot
	options  product.Options
	plan     product.Plan
	left     *leftover // of the job that is gone on with, or nil
	lock     io.Closer
	room     *reserve // for the end of the job

	ctx  context.Context // ends when the job is to stop, with one of the causes above
	stop context.CancelCauseFunc

	counters *product.Counters
	phase    atomic.Value // pipeline.Phase
	checks   atomic.Bool  // the indexes are compared, no verdict was kept
	files    *jobfiles.Set

	checked chan struct{} // closed when the snapshot is checked and started is set
	started pipeline.Job
	done    chan struct{} // closed when the end is recorded and err is set
	err     error

	mu  sync.Mutex
	job pipeline.Job

	completed pipeline.Job // the last state, once the manifest is written
}

func newRun(ctx context.Context, e *Exporter, job pipeline.Job, t task, engine product.Snapshot, lock io.Closer) *run {
	run := &run{
		exporter: e, id: job.ID, recorded: job, began: job.StartTime.Time, request: t.request, redact: t.redact, engine: engine, options: t.options, lock: lock,
		counters: product.NewCounters(len(e.product.Files())), checked: make(chan struct{}), done: make(chan struct{}), job: job,
	}
	run.options.From = t.request.FromDate
	run.ctx, run.stop = context.WithCancelCause(context.WithoutCancel(ctx))
	run.phase.Store(pipeline.PhaseChecking)
	return run
}

// state is a copy of the job as it is.
func (r *run) state() pipeline.Job {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.job.Clone()
}

// update changes the job here and in the store. A change that could not be stored
// is not made: it would take the record of the end with it.
func (r *run) update(change func(*pipeline.Job)) error {
	r.mu.Lock()
	next := r.job.Clone()
	change(&next)
	err := jobstore.Storable(next)
	if err == nil {
		r.job = next
	}
	r.mu.Unlock()
	if err != nil {
		return err
	}
	_, err = r.exporter.store.Update(r.ctx, r.id, change)
	return err
}

// requestCancel stops the job at once and lets other processes know.
func (r *run) requestCancel(ctx context.Context) (pipeline.Cancellation, error) {
	if !r.cancelRequested() {
		return pipeline.Cancellation{}, pipeline.ErrNotRunning
	}
	if _, err := r.exporter.store.RequestCancel(ctx, r.id); err != nil {
		r.exporter.log.Warn("cannot record the cancellation, the job stops all the same", "job", r.id, "error", err)
	}
	return pipeline.CancellationAccepted, nil
}

// cancelRequested stops the job. It reports false if the job has ended.
func (r *run) cancelRequested() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.job.Running() {
		return false
	}
	r.job.Status = pipeline.CancellationRequested
	r.stop(errCancelled)
	return true
}

// execute is the goroutine of the job.
func (r *run) execute() {
	watch, endWatch := context.WithCancel(r.ctx)
	watching := make(chan struct{})
	go func() {
		defer close(watching)
		r.watch(watch)
	}()
	err := r.protected()
	endWatch()
	<-watching
	r.finish(err)
}

// protected is work, with a panic as its error.
func (r *run) protected() (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &panicError{value: v, stack: debug.Stack()}
		}
	}()
	return r.work()
}

// work is the job from its first check to its manifest.
func (r *run) work() error {
	if err := r.exporter.checkSpace(); err != nil {
		return err
	}
	if err := r.enter(pipeline.PhaseChecking); err != nil {
		return err
	}
	if err := r.check(); err != nil {
		return err
	}
	r.started = r.state()
	close(r.checked)
	if err := r.enter(pipeline.PhaseExporting); err != nil {
		return err
	}
	result, err := r.export()
	if err != nil {
		return err
	}
	if err := r.enter(pipeline.PhaseFinishing); err != nil {
		return err
	}
	return r.complete(result)
}

// enter begins a phase.
func (r *run) enter(phase pipeline.Phase) error {
	if hook := r.exporter.options.BeforePhase; hook != nil {
		if err := hook(r.ctx, r.state(), phase); err != nil {
			return err
		}
	}
	if r.ctx.Err() != nil {
		return context.Cause(r.ctx)
	}
	r.phase.Store(phase)
	return nil
}

// check resolves what the job will do and judges the snapshot.
func (r *run) check() error {
	plan, err := r.engine.Plan(r.ctx, r.options, r.counters)
	if err != nil {
		return err
	}
	r.plan, r.options.From = plan, plan.From
	err = r.update(func(j *pipeline.Job) {
		j.Config.ExportFrom = pipeline.At(plan.From.In(j.StartTime.Location()))
		r.addFindings(j, plan.Warnings)
		j.Notes = addDiagnostics(j.Notes, r.exporter.Warnings()) // of the home, not of the files
		if by := r.options.Redaction; by != nil && by.Made {
			j.Notes = append(j.Notes, keyMade)
		}
	})
	if err != nil {
		return err
	}
	verdict, err := r.verdict()
	if err != nil {
		return err
	}
	refused := !verdict.Consistent && !r.request.Forced
	err = r.update(func(j *pipeline.Job) {
		if !verdict.Consistent && !refused {
			j.Warnings = slices.Insert(j.Warnings, 0, preValidation)
			j.Warnings = addDiagnostics(j.Warnings, verdict.Findings)
		}
		r.addFindings(j, verdict.Warnings)
	})
	if refused {
		return &inconsistentError{findings: verdict.Findings}
	}
	if err != nil {
		return err
	}
	return r.verifyKept()
}

// export writes the files. They keep their partial names until the job completes.
func (r *run) export() (product.Result, error) {
	e := r.exporter
	record, err := r.resumeRecord()
	if err != nil {
		return product.Result{}, err
	}
	r.files, err = jobfiles.Create(r.ctx, jobfiles.Spec{
		Disk: e.options.Disk, Dir: e.home.folder(r.started), JobID: r.id, Started: r.started.StartTime.Time,
		Names: product.FileNames(e.product.Files(), r.options.Formats), Optional: e.product.Optional(),
		Resume: record, Every: e.options.KeepEvery,
		Warn: func(message string, err error) { e.once.say(e.log, message, err, "job", r.id) },
	})
	if err != nil {
		return product.Result{}, err
	}
	r.taken()
	r.options.Metadata = r.metadata()
	return r.engine.Export(r.ctx, r.options, r.open, r.counters)
}

// metadata is what files tell of the job where their format has a place for it.
func (r *run) metadata() map[string]string {
	return map[string]string{
		product.MetadataJob: fmt.Sprint(r.id), product.MetadataVersion: r.versions().Sluice, product.MetadataSchema: product.SchemaVersion,
		product.MetadataFrom: r.plan.From.UTC().Format(time.RFC3339),
	}
}

// open is the sink of the engine.
func (r *run) open(name string) (product.Output, error) {
	w, err := r.files.Open(name)
	if err != nil {
		return nil, err // not a nil *Writer, which would be an Output
	}
	return r.keep(w)
}

// addFindings adds to a job what the product found: warnings, and notes that are none.
func (r *run) addFindings(j *pipeline.Job, found []pipeline.Diagnostic) {
	for _, d := range found {
		list := &j.Warnings
		if r.exporter.product.IsNote(d) {
			list = &j.Notes
		}
		*list = addDiagnostics(*list, []pipeline.Diagnostic{d})
	}
}

// addDiagnostics appends those that are not in the list yet.
func addDiagnostics(list, more []pipeline.Diagnostic) []pipeline.Diagnostic {
	for _, d := range more {
		if !slices.Contains(list, d) {
			list = append(list, d)
		}
	}
	return list
}
