package localexport

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"sluice/localexport/jobfiles"
	"sluice/pipeline"
)

// noLocks are locks as some network file systems have them: everybody gets them.
type noLocks struct{}

func (noLocks) take(string) (io.Closer, bool, error) { return io.NopCloser(nil), true, nil }
func (noLocks) taken(string) (bool, error)           { return false, nil }

// lockless puts an exporter on a computer with a name, whose home lies on a disk
// that others share and where locks do nothing; "" changes nothing.
func lockless(host string) func(*Exporter) {
	return func(e *Exporter) {
		if host != "" {
			e.host, e.home.locks, e.home.own = host, noLocks{}, func(string) bool { return false }
		}
	}
}

// later moves the clock of an exporter.
func later(d time.Duration) func(*Exporter) {
	return func(e *Exporter) { e.options.Now = func() time.Time { return time.Now().Add(d) } }
}

// warns reports whether a job has a diagnostic with a key that says something.
func warns(job pipeline.Job, key, says string) bool {
	d, found := job.Diagnostic(key)
	return found && strings.Contains(d.Message, says)
}

// refusal is the error of a start that another process is in the way of.
func refusal(t *testing.T, e *Exporter) *pipeline.RunningError {
	t.Helper()
	var running *pipeline.RunningError
	if _, err := e.Start(t.Context(), pipeline.Request{}); !errors.As(err, &running) || running.Job.ID != 1 {
		t.Fatalf("Start = %v, want a RunningError of job 1", err)
	}
	return running
}

// TestLockThatDoesNothing runs an export in another process whose lock holds nobody
// off, and looks at it from the same computer and from another one.
func TestLockThatDoesNothing(t *testing.T) {
	for host, changes := range map[string][]func(*Exporter){
		"here":                           {lockless("here")},
		"here, long without a report":    {lockless("here"), later(time.Hour)},
		"there":                          {lockless("there")},
		"here, on a disk of its own":     {lockless("here"), func(e *Exporter) { e.home.own = onOwnDisk }},
		"there, with the clock put back": {lockless("there"), later(-time.Hour)},
	} {
		t.Run(host, func(t *testing.T) {
			o := testOptions(t)
			h := startHelper(t, o.Home, locklessEnv+"=here")
			e := openFake(t, newFake(), o, changes...)
			if job, err := e.Status(t.Context()); err != nil || job.Status != pipeline.Started {
				t.Errorf("Status = %+v, %v, want the job as it runs", job, err)
			}
			if err := refusal(t, e); err.Owner != nil {
				t.Errorf("Start: %v, although the process is known to live", err)
			}
			var running *pipeline.RunningError
			if _, err := e.Unlock(t.Context()); !errors.As(err, &running) {
				t.Errorf("Unlock = %v, want that the process lives", err)
			}
			if _, err := e.Cancel(t.Context()); err != nil {
				t.Errorf("Cancel: %v", err)
			}
			if got := h.expect(t, "ended"); got != "ended CANCELLED" {
				t.Errorf("the other process says %q", got)
			}
			if job := wait(t, e); job.Status != pipeline.Cancelled {
				t.Errorf("job = %+v", job)
			}
		})
	}
}

// TestKilledProcessWithoutLocks kills a process whose lock did nothing. From its own
// computer it is seen to be gone; from another one the home has to be unlocked, once
// it has been silent for a while.
func TestKilledProcessWithoutLocks(t *testing.T) {
	o := testOptions(t)
	startHelper(t, o.Home, locklessEnv+"=there").kill(t)
	e := openFake(t, newFake(), o, lockless("here"))
	if err := refusal(t, e); err.Owner != nil {
		t.Errorf("just after its last report: %v", err)
	}
	e.options.Now = func() time.Time { return time.Now().Add(2 * OwnerTimeout) }
	if job, err := e.Status(t.Context()); err != nil || job.Status != pipeline.Started {
		t.Errorf("Status = %+v, %v, want the job as it is recorded", job, err)
	}
	if job, _ := e.Status(t.Context()); !warns(job, KeyOwner, "on there") {
		t.Errorf("warnings = %+v, want one that names the owner", job.Warnings)
	}
	err := refusal(t, e)
	if err.Owner == nil || err.Owner.Host != "there" || err.Owner.PID == 0 || !strings.Contains(err.Error(), "on there") || !strings.Contains(err.Error(), "unlock") {
		t.Errorf("Start: %v, want the owner and what to do", err)
	}
	job, unlockErr := e.Unlock(t.Context())
	if _, said := job.Diagnostic(KeyUnlocked); unlockErr != nil || job.Status != pipeline.Cancelled || !said {
		t.Errorf("Unlock = %+v, %v", job, unlockErr)
	}
	if _, err := e.Unlock(t.Context()); !errors.Is(err, pipeline.ErrNotRunning) {
		t.Errorf("Unlock again: %v", err)
	}
	if job := runToEnd(t, e, pipeline.Request{}); job.ID != 2 || job.Status != pipeline.Completed {
		t.Errorf("next job = %+v", job)
	}
}

// TestKilledProcessOfThisComputer needs nobody to unlock: the process is gone.
func TestKilledProcessOfThisComputer(t *testing.T) {
	o := testOptions(t)
	startHelper(t, o.Home, locklessEnv+"=here").kill(t)
	e := openFake(t, newFake(), o, lockless("here"))
	if job, err := e.Status(t.Context()); err != nil || job.Status != pipeline.Cancelled {
		t.Errorf("Status = %+v, %v", job, err)
	}
	if job := runToEnd(t, e, pipeline.Request{}); job.ID != 2 || job.Status != pipeline.Completed {
		t.Errorf("next job = %+v", job)
	}
}

// TestAnotherContainer finds the job of a killed process of a computer with another
// name on a disk that only this one has: the lock tells.
func TestAnotherContainer(t *testing.T) {
	o := testOptions(t)
	startHelper(t, o.Home, locklessEnv+"=there").kill(t)
	e := openFake(t, newFake(), o)
	if !e.home.ownDisk() {
		t.Skip("the file system of the test is not known as one of this computer alone")
	}
	if job := runToEnd(t, e, pipeline.Request{}); job.ID != 2 || job.Status != pipeline.Completed {
		t.Errorf("next job = %+v", job)
	}
}

// TestUnlockedJobDoesNotComplete takes the job away from a process that lives.
func TestUnlockedJobDoesNotComplete(t *testing.T) {
	o := testOptions(t)
	h := startHelper(t, o.Home, locklessEnv+"=there")
	e := openFake(t, newFake(), o, lockless("here"), later(2*OwnerTimeout))
	record, _, err := e.store.Running(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	end := e.endOfDead(record)
	if _, err := e.store.Finish(t.Context(), end); err != nil {
		t.Fatal(err)
	}
	if got := h.expect(t, "ended"); got != "ended CANCELLED" {
		t.Errorf("the other process says %q", got)
	}
	if _, err := jobfiles.ReadManifest(jobfiles.Dir(e.home.exports, 1)); err == nil {
		t.Error("the job that was taken away was completed all the same")
	}
}

// TestTwoExportersOfOneProcess finds the job of another exporter of this process.
func TestTwoExportersOfOneProcess(t *testing.T) {
	o := testOptions(t)
	f := newFake()
	hold := make(chan struct{})
	entered := make(chan struct{})
	f.during = holdPages(entered, hold)
	e := openFake(t, f, o, lockless("here"))
	other := openFake(t, newFake(), o, lockless("here"))
	start(t, e, pipeline.Request{})
	<-entered
	if err := refusal(t, other); err.Owner != nil {
		t.Errorf("Start: %v", err)
	}
	close(hold)
	if job := wait(t, e); job.Status != pipeline.Completed {
		t.Errorf("job = %+v", job)
	}
	if job := runToEnd(t, other, pipeline.Request{}); job.ID != 2 || job.Status != pipeline.Completed {
		t.Errorf("next job = %+v", job)
	}
}
