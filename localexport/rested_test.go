package localexport

import (
	"os"
	"runtime"
	"testing"
	"time"

	"sluice/pipeline"
)

// TestRestedHome: a home at rest is not asked again, and what another process writes
// is seen at once.
func TestRestedHome(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the times of files do not tell of writes here")
	}
	o := testOptions(t)
	watching, working := openFake(t, newFake(), o), openFake(t, newFake(), o)
	status := func() pipeline.Job {
		t.Helper()
		job, err := watching.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return job
	}
	kept := func() bool { status(); return watching.rested.known }
	written := func(ago time.Duration) {
		at := time.Now().Add(-ago)
		for _, suffix := range []string{"", "-wal"} {
			if err := os.Chtimes(Database(o.Home)+suffix, at, at); err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
		}
	}
	if written(time.Minute); !kept() {
		t.Fatal("the answer of a home without jobs is not kept")
	}
	for range 3 {
		first := runToEnd(t, working, pipeline.Request{})
		written(-time.Minute) // however long it is until it is looked at
		if job := status(); job.ID != first.ID || job.Status != pipeline.Completed {
			t.Fatalf("after job %d of another: %+v", first.ID, job)
		}
		if watching.rested.known {
			t.Error("an answer is kept of a database that was written a moment ago: the next write may have the same time")
		}
		if written(time.Minute); !kept() {
			t.Fatal("the answer of a home at rest is not kept")
		}
		watching.rested.job.NodeID = "kept"
		if job := status(); job.ID != first.ID || job.NodeID != "kept" {
			t.Errorf("a home at rest was asked again: %+v", job)
		}
	}
	running := start(t, working, pipeline.Request{})
	if job := status(); job.ID != running.ID {
		t.Errorf("after a start: %+v", job)
	}
	wait(t, working)
}
