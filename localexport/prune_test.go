package localexport

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"sluice/localexport/disk"
	"sluice/localexport/jobfiles"
	"sluice/pipeline"
	"sluice/retention"
)

// filesOf is how many files a job has, its manifest not counted, and whether that is there.
func filesOf(t *testing.T, e *Exporter, job int64) (files int, manifest bool) {
	t.Helper()
	entries, err := os.ReadDir(jobfiles.Dir(e.home.exports, job))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.Name() == pipeline.ManifestName {
			manifest = true
		} else {
			files++
		}
	}
	return files, manifest
}

func TestPrune(t *testing.T) {
	e := openFake(t, newFake(), testOptions(t))
	for range 3 {
		runToEnd(t, e, pipeline.Request{})
	}
	before, err := e.LastOf(t.Context(), Site{})
	if err != nil || before.Job != 3 {
		t.Fatalf("%+v, %v", before, err)
	}
	policy := retention.Policy{Keep: 1}
	planned, err := e.Prune(t.Context(), policy, true)
	if n, _ := filesOf(t, e, 1); err != nil || n == 0 || len(planned) != 3 {
		t.Fatalf("a dry run removed files, or: %v, %+v", err, planned)
	}
	done, err := e.Prune(t.Context(), policy, false)
	if err != nil || len(done) != 3 || done[0].Reason != retention.ReasonNewest || done[2].Reason != retention.ReasonKeep || done[2].Bytes == 0 {
		t.Fatalf("%+v, %v", done, err)
	}
	for id, kept := range map[int64]bool{1: false, 2: false, 3: true} {
		if n, manifest := filesOf(t, e, id); n > 0 != kept || !manifest {
			t.Errorf("job %d: %d files, manifest %t", id, n, manifest)
		}
		job, _, err := e.known(t.Context(), id)
		if noted := len(job.Notes) > 0 && job.Notes[len(job.Notes)-1].Key == KeyPruned; err != nil || noted == kept || job.Status != pipeline.Completed {
			t.Errorf("job %d: %+v, %v", id, job, err)
		}
	}
	if after, err := e.LastOf(t.Context(), Site{}); err != nil || after != before {
		t.Errorf("the last export was %+v and is %+v, %v", before, after, err)
	}
	if again, err := e.Holdings(t.Context()); err != nil || len(again) != 1 || again[0].Job.ID != 3 {
		t.Errorf("what is left: %+v, %v", again, err)
	}
}

// TestPruneSparesWhatRuns: the files of a job that runs are not among those that a bound is
// held against, and partial files go by the time since their job ended.
func TestPruneSparesWhatRuns(t *testing.T) {
	f, o := newFake(), testOptions(t)
	first := interruptedJob(t, f, o, pipeline.Request{})
	entered, hold := make(chan struct{}), make(chan struct{})
	f.during = holdPages(entered, hold)
	e := openFake(t, f, o)
	running := start(t, e, pipeline.Request{})
	<-entered
	for age, want := range map[time.Duration]retention.Reason{time.Hour: retention.ReasonRecent, 1: retention.ReasonPartial} {
		got, err := e.Prune(t.Context(), retention.Policy{PartialAge: age}, true)
		if err != nil || len(got) != 1 || got[0].Job.ID != first.ID || got[0].Reason != want {
			t.Errorf("%s: %+v, %v", age, got, err)
		}
	}
	if _, err := e.Prune(t.Context(), retention.Policy{PartialAge: 1}, false); err != nil {
		t.Error(err)
	}
	if n, _ := filesOf(t, e, first.ID); n > 0 {
		t.Errorf("%d partial files are left", n)
	}
	close(hold)
	if job := wait(t, e); job.ID != running.ID || job.Status != pipeline.Completed {
		t.Errorf("%+v", job)
	}
}

// TestPruneSparesOthers: the files of what another process runs in the home, and of what a
// delivery has to bring yet.
func TestPruneSparesOthers(t *testing.T) {
	f, o := newFake(), testOptions(t)
	e := openFake(t, f, o)
	for range 3 {
		runToEnd(t, e, pipeline.Request{})
	}
	entered, hold := make(chan struct{}), make(chan struct{})
	f.set(func() { f.during = holdPages(entered, hold) })
	running := start(t, e, pipeline.Request{})
	<-entered
	other := openFake(t, newFake(), o)
	got, err := other.Prune(t.Context(), retention.Policy{Keep: 1, PartialAge: 1}, false, jobfiles.Dir(e.home.exports, 1))
	if err != nil || len(got) != 3 || got[0].Reason != retention.ReasonNewest || got[1].Reason != retention.ReasonKeep || got[2].Reason != retention.ReasonOwed {
		t.Errorf("%+v, %v", got, err)
	}
	for id, want := range map[int64]bool{1: true, 2: false, 3: true, running.ID: true} {
		if n, _ := filesOf(t, e, id); n > 0 != want {
			t.Errorf("job %d has %d files", id, n)
		}
	}
	close(hold)
	if job := wait(t, e); job.Status != pipeline.Completed {
		t.Errorf("%+v", job)
	}
}

// TestPruneThatFails tells what it did before, and goes on the next time.
func TestPruneThatFails(t *testing.T) {
	o := testOptions(t)
	e := openFake(t, newFake(), o)
	for range 3 {
		runToEnd(t, e, pipeline.Request{})
	}
	e.home.disk = undeletable{disk.Real{}}
	done, err := e.Prune(t.Context(), retention.Policy{Keep: 1}, false)
	if !errors.Is(err, errRefused) || len(done) != 1 {
		t.Fatalf("%+v, %v", done, err)
	}
	e.home.disk = disk.Real{}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := e.Prune(stopped, retention.Policy{Keep: 1}, false); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := e.Prune(t.Context(), retention.Policy{Keep: 1}, false); err != nil {
		t.Error(err)
	}
	for id := int64(1); id < 3; id++ {
		if n, _ := filesOf(t, e, id); n > 0 {
			t.Errorf("job %d: %d files", id, n)
		}
	}
}

// TestPruneAfterAMove finds the files where the home is now, and leaves alone what cannot
// be read.
func TestPruneAfterAMove(t *testing.T) {
	o := testOptions(t)
	e := openFake(t, newFake(), o)
	for range 3 {
		runToEnd(t, e, pipeline.Request{})
	}
	if err := e.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	moved := filepath.Join(t.TempDir(), "moved")
	if err := os.Rename(o.Home, moved); err != nil {
		t.Fatal(err)
	}
	o.Home = moved
	e = openFake(t, newFake(), o)
	if err := os.WriteFile(filepath.Join(jobfiles.Dir(e.home.exports, 2), pipeline.ManifestName), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	done, err := e.Prune(t.Context(), retention.Policy{Keep: 1}, false)
	if err != nil || len(done) != 3 || done[1].Reason != retention.ReasonUnread || done[2].Reason != retention.ReasonKeep {
		t.Fatalf("%+v, %v", done, err)
	}
	if n, _ := filesOf(t, e, 1); n > 0 {
		t.Errorf("%d files of the oldest are left", n)
	}
	if n, _ := filesOf(t, e, 2); n == 0 {
		t.Error("files were removed of which nobody can tell what they are")
	}
}
