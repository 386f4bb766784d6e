package localexport

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/localexport/disk"
	"sluice/localexport/jobfiles"
	"sluice/pipeline"
	"sluice/pipeline/contracttest"
)

// TestCleanSparesWhatRuns: neither the job that runs, nor the one that it is about
// to go on with, is touched; others are.
func TestCleanSparesWhatRuns(t *testing.T) {
	f, o := newFake(), testOptions(t)
	first := interruptedJob(t, f, o, pipeline.Request{})
	second := interruptedIn(t, f, o, pipeline.Request{}, first.ID+1)
	g := &contracttest.Gates{}
	o.BeforePhase = g.BeforePhase
	reached, release := g.Hold(pipeline.PhaseChecking)
	e := openFake(t, f, o)
	resumed := make(chan error, 1)
	go func() {
		_, err := e.Resume(t.Context(), second.ID)
		resumed <- err
	}()
	<-reached
	remains, err := e.Clean(t.Context(), 0)
	if err != nil || len(remains) != 1 || remains[0].Job.ID != first.ID || !remains[0].Resumable() {
		t.Errorf("removed %+v, %v, want what job %d has left", remains, err, first.ID)
	}
	release()
	if err := <-resumed; err != nil {
		t.Fatal(err)
	}
	if job := wait(t, e); job.Status != pipeline.Completed || job.ResumedFrom != second.ID {
		t.Errorf("job = %+v", job)
	}
	var not *pipeline.NotResumableError
	if _, err := e.Resumable(t.Context(), first.ID); !errors.As(err, &not) || !strings.Contains(err.Error(), "has left nothing to go on with") {
		t.Errorf("Resumable: %v", err)
	}
	if _, err := os.Stat(jobfiles.Dir(e.home.exports, first.ID)); !os.IsNotExist(err) {
		t.Errorf("the folder: %v", err)
	}
}

// TestRemainsOfAnUnknownJob: partial files without a job in the history can be
// removed, too.
func TestRemainsOfAnUnknownJob(t *testing.T) {
	e := openFake(t, newFake(), testOptions(t))
	dir := jobfiles.Dir(e.home.exports, 7)
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"pages_job7_2020.csv.partial": "1234", "users_job7_2020.csv": "12"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	remains, err := e.Clean(t.Context(), 7)
	if err != nil || len(remains) != 1 || remains[0].Job.ID != 7 || remains[0].Bytes != 4 || remains[0].Resumable() || remains[0].Job.Status != "" {
		t.Errorf("removed %+v, %v", remains, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 || left[0].Name() != "users_job7_2020.csv" {
		t.Errorf("left: %v, %v, want the complete file", left, err)
	}
}

// undeletable is a disk on which files of pages cannot be removed.
type undeletable struct{ disk.Real }

func (undeletable) Remove(path string) error {
	if strings.Contains(path, "pages_") {
		return errRefused
	}
	return disk.Real{}.Remove(path)
}

// TestCleanThatFails says so, and leaves nothing that could be resumed by half.
func TestCleanThatFails(t *testing.T) {
	f, o := newFake(), testOptions(t)
	job := interruptedJob(t, f, o, pipeline.Request{})
	o.Disk = undeletable{}
	e := openFake(t, f, o)
	if removed, err := e.Clean(t.Context(), 0); !errors.Is(err, errRefused) || len(removed) != 0 || !strings.Contains(err.Error(), "remove the partial files of job 1") {
		t.Errorf("removed %+v, %v", removed, err)
	}
	if _, err := e.Resumable(t.Context(), job.ID); err == nil {
		t.Error("it can be resumed")
	}
}
