package localexport

import (
	"context"
	"os"
	"sync"
	"time"

	"sluice/localexport/jobfiles"
	"sluice/localexport/jobstore"
	"sluice/localexport/process"
	"sluice/pipeline"
	"sluice/wording"
)

// OwnerTimeout is how old the last report of a process on another computer may be
// for the process to count as alive. A process reports twice a second
// (DefaultReportInterval); clocks of computers may differ.
const OwnerTimeout = time.Minute

// standing is what is known of the process of a recorded job.
type standing int

const (
	ownerGone     standing = iota
	ownerAlive             // it runs the job
	ownerDoubtful          // nobody can tell from here
)

// ourJobs are the jobs that this process runs, by the folder of their home: with
// two exporters over one home the process id does not tell whose a job is.
var ourJobs struct {
	sync.Mutex
	ids map[string]int64
}

// claim notes that this process runs a job of a home; 0 that it runs none.
func claim(root string, id int64) {
	ourJobs.Lock()
	defer ourJobs.Unlock()
	if ourJobs.ids == nil {
		ourJobs.ids = map[string]int64{}
	}
	ourJobs.ids[root] = id
}

func claimed(root string, id int64) bool {
	ourJobs.Lock()
	defer ourJobs.Unlock()
	return ourJobs.ids[root] == id
}

// me is how this process signs its jobs.
func (e *Exporter) me() jobstore.Process {
	return jobstore.Process{PID: os.Getpid(), Host: e.host, Mark: process.Self()}
}

// owner tells how the process of a recorded job stands. A lock that is held says
// that it lives. A free one says that it does not, but not everywhere: on some
// network file systems locks do nothing, or nothing between computers.
func (e *Exporter) owner(r jobstore.Record) (standing, error) {
	held, err := e.home.locked()
	if err != nil || held {
		return ownerAlive, err
	}
	return e.unlockedOwner(r), nil
}

// unlockedOwner tells how the process of a job stands although it holds no lock: the
// process itself is looked at, and its last report where it is out of sight.
func (e *Exporter) unlockedOwner(r jobstore.Record) standing {
	silent, here := e.now().Sub(r.Seen) >= OwnerTimeout, r.Process.Host == e.host
	look := process.Unknown
	if here {
		look = process.Of(r.Process.PID, r.Process.Mark)
	}
	switch {
	case e.saidItsEnd(r), look == process.Gone:
		return ownerGone
	case look == process.Alive && r.Process.PID == os.Getpid():
		if !claimed(e.home.root, r.Job.ID) {
			return ownerGone
		}
		return ownerAlive
	case look == process.Alive && !(silent && e.home.ownDisk()):
		return ownerAlive
	case e.home.ownDisk(), here && r.Process.Mark == "": // the lock decides
		return ownerGone
	case !silent:
		return ownerAlive
	case here && process.Restarted(r.Process.Mark):
		return ownerGone
	}
	return ownerDoubtful
}

// saidItsEnd reports whether the process of a job has come to its end, though that
// is not recorded.
func (e *Exporter) saidItsEnd(r jobstore.Record) bool {
	if _, ok := e.home.reservedEnd(r.Job); ok {
		return true
	}
	_, ok := e.manifestEnd(r.Job)
	return ok
}

// manifestEnd is the job as its manifest has it, if it is complete.
func (e *Exporter) manifestEnd(job pipeline.Job) (pipeline.Job, bool) {
	dir := e.home.folder(job)
	m, err := jobfiles.ReadManifest(dir)
	if err != nil || m.Job.ID != job.ID || m.Job.StartTime.UnixMilli() != job.StartTime.UnixMilli() || !m.Intact(dir) {
		return pipeline.Job{}, false
	}
	end := m.Job
	end.NodeID, end.RootExportPath, end.Redaction = job.NodeID, job.RootExportPath, job.Redaction // which no manifest needs to tell
	return end, true
}

// runningError refuses because of a recorded job. It names the process where it is
// not known whether that lives.
func runningError(r jobstore.Record, s standing) error {
	err := &pipeline.RunningError{Job: r.Job}
	if s == ownerDoubtful {
		err.Owner = &pipeline.Owner{Host: r.Process.Host, PID: r.Process.PID, Seen: r.Seen}
	}
	return err
}

// Unlock ends a job whose process cannot be seen from here and has not reported for
// OwnerTimeout: it becomes CANCELLED with a warning, and the next export can start.
// The caller answers for it that the process is gone. A process that has lost its
// job so, and lives, ends it without giving files their names.
//
// The error is pipeline.ErrNotRunning if no job runs, and a *pipeline.RunningError
// if its process lives after all: such a job can be cancelled.
func (e *Exporter) Unlock(ctx context.Context) (pipeline.Job, error) {
	if _, err := e.Status(ctx); err != nil { // ends a dead job
		return pipeline.Job{}, err
	}
	record, found, err := e.store.Running(ctx)
	if err == nil && !found {
		err = pipeline.ErrNotRunning
	}
	if err != nil {
		return pipeline.Job{}, err
	}
	state, err := e.owner(record)
	if err != nil {
		return pipeline.Job{}, err
	}
	if state == ownerDoubtful {
		if state, err = e.watchOwner(ctx, record); err != nil {
			return record.Job, err
		}
	}
	if state == ownerAlive {
		return record.Job, runningError(record, state)
	}
	job := e.endOfDead(record)
	job.Warnings = addDiagnostics(job.Warnings, []pipeline.Diagnostic{unlocked(record.Process)})
	if _, err := e.store.Finish(ctx, job); err != nil {
		return record.Job, err
	}
	e.log.Warn("the job was released by hand", "job", job.ID, "pid", record.Process.PID, "host", record.Process.Host)
	return job, nil
}

// watchOwner waits for a report of a process whose last one is old: clocks of two
// computers need not agree.
func (e *Exporter) watchOwner(ctx context.Context, before jobstore.Record) (standing, error) {
	select {
	case <-time.After(4 * e.options.ReportInterval):
	case <-ctx.Done():
		return ownerDoubtful, wording.Errorf("unlock home %s: %w", e.options.Home, ctx.Err())
	}
	now, found, err := e.store.Running(ctx)
	switch {
	case err != nil:
		return ownerDoubtful, err
	case !found, now.Job.ID != before.Job.ID:
		return ownerGone, pipeline.ErrNotRunning
	case !now.Seen.Equal(before.Seen):
		return ownerAlive, nil
	}
	return ownerDoubtful, nil
}
