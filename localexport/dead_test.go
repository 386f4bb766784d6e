package localexport

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/localexport/disk"
	"sluice/localexport/jobfiles"
	"sluice/localexport/jobstore"
	"sluice/pipeline"
	"sluice/pipeline/contracttest"
)

func TestDeadJobs(t *testing.T) {
	for name, c := range map[string]struct {
		commit bool
		want   pipeline.Status
	}{
		"between the last file and the manifest":         {false, pipeline.Cancelled},
		"between the manifest and the record of the end": {true, pipeline.Completed},
	} {
		t.Run(name, func(t *testing.T) {
			o := testOptions(t)
			leaveDead(t, o.Home, c.commit)
			e := openFake(t, newFake(), o)
			job, err := e.Status(t.Context())
			if err != nil || job.ID != 1 || job.Status != c.want {
				t.Fatalf("job = %+v, %v, want %s", job, err, c.want)
			}
			files, err := e.Files(t.Context(), 1)
			if err != nil || len(files) != 1 || files[0].Complete != c.commit || (files[0].SHA256 != "") != c.commit {
				t.Errorf("files = %+v, %v", files, err)
			}
			if _, err := os.Stat(filepath.Join(JobFolder(o.Home, 1), jobfiles.ResumeName)); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("the record to go on with: %v", err)
			}
		})
	}
}

// leaveDead leaves a home as a process does that died after its only file was
// complete.
func leaveDead(t *testing.T, path string, commit bool) {
	t.Helper()
	h := homeAt(disk.Real{}, path)
	if err := h.prepare(); err != nil {
		t.Fatal(err)
	}
	store, err := jobstore.Open(t.Context(), h.jobs)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	now := time.Now()
	job, err := store.Create(t.Context(), pipeline.Job{StartTime: pipeline.At(now), Status: pipeline.Started}, jobstore.Process{})
	if err != nil {
		t.Fatal(err)
	}
	set, err := jobfiles.Create(t.Context(), jobfiles.Spec{Dir: jobfiles.Dir(h.exports, job.ID), JobID: job.ID, Started: now, Names: []string{"users"}})
	if err != nil {
		t.Fatal(err)
	}
	w, err := set.Open("users")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, "id\r\n1\r\n"); err != nil {
		t.Fatal(err)
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	written, err := set.Wait(t.Context())
	if err != nil || !commit {
		return
	}
	job.Status, job.CompletedTime = pipeline.Completed, pipeline.At(now)
	job.Statistics = &pipeline.Statistics{ExportedEntities: 1, WrittenRows: 1}
	err = set.Commit(t.Context(), jobfiles.Manifest{Job: job, Files: []jobfiles.ManifestFile{
		{Name: "users", File: written[0].File, Rows: 1, Bytes: written[0].Bytes, SHA256: written[0].SHA256}}})
	if err != nil {
		t.Fatal(err)
	}
	// The process was killed before it had removed this.
	if err := os.WriteFile(filepath.Join(set.Dir, jobfiles.ResumeName), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestLostHistoryKeepsExports(t *testing.T) {
	o := testOptions(t)
	e := openFake(t, newFake(), o)
	runToEnd(t, e, pipeline.Request{})
	runToEnd(t, e, pipeline.Request{})
	closeExporter(t, e)
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(filepath.Join(o.Home, "data-pipeline", "jobs.db"+suffix)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	e = openFake(t, newFake(), o)
	if job := runToEnd(t, e, pipeline.Request{}); job.ID != 3 || job.Status != pipeline.Completed {
		t.Errorf("job %d is %s, want job 3 completed", job.ID, job.Status)
	}
}

func TestEndThatCannotBeRecorded(t *testing.T) {
	g, o := &contracttest.Gates{}, testOptions(t)
	o.BeforePhase = g.BeforePhase
	reached, release := g.Hold(pipeline.PhaseFinishing)
	e := openFake(t, newFake(), o)
	start(t, e, pipeline.Request{})
	<-reached
	store := e.store
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	release()
	if job := wait(t, e); job.Status != pipeline.Completed {
		t.Errorf("Wait: %s", job.Status)
	}
	if job, err := e.Status(t.Context()); err != nil || job.Status != pipeline.Completed {
		t.Errorf("Status = %s, %v: the end is known although it is not recorded", job.Status, err)
	}
	// The next program finds the manifest, whatever this one gets recorded.
	next := openFake(t, newFake(), testOptionsAt(t, o.Home))
	if job, err := next.Status(t.Context()); err != nil || job.Status != pipeline.Completed {
		t.Errorf("next program: %s, %v", job.Status, err)
	}
}

func TestEndIsRecordedLater(t *testing.T) {
	f, o := newFake(), testOptions(t)
	e := openFake(t, f, o)
	f.during = func(context.Context, string, io.Writer) error {
		f.set(func() { f.during = nil })
		return errors.Join(errors.New("page 7 is damaged"), e.store.Close())
	}
	if job := runToEnd(t, e, pipeline.Request{}); job.Status != pipeline.Failed {
		t.Fatalf("job = %+v", job)
	}
	store, err := jobstore.Open(t.Context(), e.home.jobs)
	if err != nil {
		t.Fatal(err)
	}
	if record, found, err := store.Running(t.Context()); err != nil || !found {
		t.Fatalf("the end was recorded: %+v, %v", record, err)
	}
	e.store = store // the database can be used again
	job, err := e.Status(t.Context())
	if err != nil || job.Status != pipeline.Failed || len(job.Errors) != 1 {
		t.Errorf("Status = %+v, %v, want the failure and not an interruption", job, err)
	}
	if job := runToEnd(t, e, pipeline.Request{}); job.ID != 2 || job.Status != pipeline.Completed {
		t.Errorf("next job %d: %s", job.ID, job.Status)
	}
}

// TestBrickedHomeLives opens a home whose only job has a from date that cannot be
// read, as it was once recorded.
func TestBrickedHomeLives(t *testing.T) {
	o := testOptions(t)
	e := openFake(t, newFake(), o)
	runToEnd(t, e, pipeline.Request{})
	closeExporter(t, e)
	db, err := sql.Open("sqlite", e.home.jobs)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec(`UPDATE job SET document = replace(document, '"exportFrom":"2020', '"exportFrom":"11982')`)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	e = openFake(t, newFake(), o)
	job, err := e.Status(t.Context())
	if _, said := job.Diagnostic(jobstore.KeyUnreadable); err != nil || job.ID != 1 || job.Status != pipeline.Completed || !said {
		t.Errorf("Status = %+v, %v", job, err)
	}
	if job := runToEnd(t, e, pipeline.Request{}); job.ID != 2 || job.Status != pipeline.Completed {
		t.Errorf("next job = %+v", job)
	}
	if jobs, err := e.Jobs(t.Context(), 0); err != nil || len(jobs) != 2 {
		t.Errorf("Jobs = %+v, %v", jobs, err)
	}
	if files, err := e.Files(t.Context(), 1); err != nil || len(files) != 5 {
		t.Errorf("Files = %+v, %v", files, err)
	}
}

// TestAbsurdWindowFailsTheJobOnly plans from a year that cannot be recorded.
func TestAbsurdWindowFailsTheJobOnly(t *testing.T) {
	f := newFake()
	f.from = time.Date(11982, 8, 23, 0, 0, 0, 0, time.UTC)
	e := openFake(t, f, testOptions(t))
	if _, err := e.Start(t.Context(), pipeline.Request{}); err == nil || !strings.Contains(err.Error(), "11982") {
		t.Errorf("Start: %v, want an error that names the year", err)
	}
	job, err := e.Status(t.Context())
	if err != nil || job.Status != pipeline.Failed || len(job.Errors) != 1 || len(job.Warnings) > 0 {
		t.Errorf("Status = %+v, %v", job, err)
	}
	f.set(func() { f.from = fakeFrom })
	if job := runToEnd(t, e, pipeline.Request{}); job.ID != 2 || job.Status != pipeline.Completed {
		t.Errorf("next job = %+v", job)
	}
}
