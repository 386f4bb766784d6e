package work

import (
	"context"
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"sluice/backend"
	"sluice/client/watch"
	"sluice/localexport/demo"
	"sluice/localexport/exporttest"
	"sluice/pipeline"
	"sluice/pipeline/contracttest"
	"sluice/schedule"
	"sluice/schedule/runner"
	"sluice/secret"
	"sluice/server"
	"sluice/source"
)

const token = "token-of-a-schedule-0123456789"

// newWork is a Work whose backend has a home and a keyring of its own.
func newWork(t *testing.T) *Work {
	t.Helper()
	keyring.MockInit()
	pace := time.Millisecond
	return New(Options{Backend: backend.New(backend.Options{Home: t.TempDir(), Version: "test"}),
		Watch: watch.Options{Fast: pace, Slow: pace, Idle: pace, Backoff: pace}})
}

// task is a run of a schedule that is due now.
func task(t *testing.T, of source.Source, change func(*schedule.Schedule)) runner.Task {
	t.Helper()
	s := schedule.Schedule{Name: "nightly", Source: of.ID, When: "daily 02:00", Zone: "UTC"}
	if change != nil {
		change(&s)
	}
	p, err := s.Plan()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	return runner.Task{Plan: p, Source: of, Run: schedule.Running{Due: now, Began: now, Attempt: 1}}
}

func unheard(pipeline.Job) {}

// aSnapshot is a demo snapshot as a source.
func aSnapshot(t *testing.T) source.Source {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "wiki.db")
	exporttest.Snapshot(t, path, false)
	s := source.NewSnapshot(source.KindSnapshot, "wiki.db", path, filepath.Join(dir, "homes"))
	s.Local.MinFreeSpace, s.Local.TimeZone = "-1", demo.TimeZone
	return s
}

func sinceLast(s *schedule.Schedule) { s.Window = "since-last-success" }

// TestHere exports a snapshot: at first everything, then what is newer than the last
// export, in the format of the schedule.
func TestHere(t *testing.T) {
	w, s := newWork(t), aSnapshot(t)
	first, err := w.Do(t.Context(), task(t, s, sinceLast), unheard)
	if err != nil || first.Job.Status != pipeline.Completed || first.Job.StartedBy != "schedule nightly" || !first.Job.Config.ExportFrom.Equal(pipeline.Beginning()) || len(first.Files) < 5 {
		t.Fatalf("the first: %+v, %v", first, err)
	}
	next, err := w.Do(t.Context(), task(t, s, func(s *schedule.Schedule) { sinceLast(s); s.Format, s.Redact = "parquet", "no-people" }), unheard)
	if err != nil || next.Job.ID != first.Job.ID+1 || !next.Job.Config.ExportFrom.Equal(pipeline.Anchor{Last: first.Job.ReadUpTo}.SinceLast()) && !next.Job.Config.ExportFrom.After(pipeline.Beginning()) {
		t.Fatalf("the next: %+v, %v", next.Job, err)
	}
	for _, f := range next.Files {
		if filepath.Ext(f.Path) != ".parquet" {
			t.Errorf("it has written %s", f.Path)
		}
	}
	manifest, err := os.ReadFile(filepath.Join(filepath.Dir(next.Files[0].Path), pipeline.ManifestName))
	if err != nil || !strings.Contains(string(manifest), `"startedBy": "schedule nightly"`) || !strings.Contains(string(manifest), `"profile": "no-people"`) {
		t.Errorf("the manifest does not tell who started it, or how it was redacted: %v", err)
	}
}

// TestTakesAgain takes the snapshot of a dump again, and exports that.
func TestTakesAgain(t *testing.T) {
	w, s := newWork(t), aSnapshot(t)
	dump := filepath.Join(t.TempDir(), "site.db")
	exporttest.Snapshot(t, dump, false)
	s.Taken.From = dump
	if err := os.Remove(s.Snapshot); err != nil {
		t.Fatal(err)
	}
	done, err := w.Do(t.Context(), task(t, s, nil), unheard)
	if err != nil || done.Job.Status != pipeline.Completed {
		t.Fatalf("%+v, %v", done, err)
	}
	s.Taken.From = filepath.Join(t.TempDir(), "gone.sql")
	if _, err := w.Do(t.Context(), task(t, s, nil), unheard); err == nil || !strings.Contains(err.Error(), "take the snapshot again") {
		t.Errorf("of a dump that is gone: %v", err)
	}
}

// TestStoppedHere: a job that was stopped is cancelled, and gone on with by the next
// attempt of the same run, but not by another run.
func TestStoppedHere(t *testing.T) {
	w, s := newWork(t), aSnapshot(t)
	slow := s
	slow.Local.CPUShare = "1"
	ctx, stop := context.WithCancel(t.Context())
	first := task(t, slow, nil)
	done, err := w.Do(ctx, first, func(pipeline.Job) { stop() })
	if !errors.Is(err, context.Canceled) || done.Job.Status != pipeline.Cancelled {
		t.Fatalf("%+v, %v", done.Job, err)
	}
	again := first
	again.Source = s
	resumed, err := w.Do(t.Context(), again, unheard)
	if err != nil || resumed.Job.Status != pipeline.Completed || resumed.Job.StartedBy != "schedule nightly" {
		t.Fatalf("the next attempt: %+v, %v", resumed.Job, err)
	}
	if resumed.Job.ResumedFrom != done.Job.ID && len(done.Files) > 0 {
		t.Errorf("it was not gone on with: %+v", resumed.Job)
	}
	again.Before = true
	found, err := w.Do(t.Context(), again, unheard)
	if err != nil || found.Job.ID != resumed.Job.ID || len(found.Files) < 5 {
		t.Errorf("a job that was complete when its process ended: %+v, %v", found.Job, err)
	}
	again.Run.Began = time.Now().Add(time.Second)
	if _, err := w.Do(t.Context(), again, unheard); !errors.Is(err, runner.ErrInterrupted) {
		t.Errorf("a process that ended before there was a job: %v", err)
	}
}

// aServer serves a demo snapshot, whose exports can be held.
func aServer(t *testing.T) (source.Source, contracttest.Fixture) {
	t.Helper()
	f := exporttest.Fixture(t)
	s := httptest.NewServer(server.Handler(f.Exporter, server.Options{Token: secret.Of(token)}))
	t.Cleanup(s.Close)
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte(token), 0o600); err != nil {
		t.Fatal(err)
	}
	return source.NewServer("prod", source.Server{URL: s.URL, TokenFile: file}), f
}

// TestOnServer exports on a server, and keeps in its journal who started the job.
func TestOnServer(t *testing.T) {
	w := newWork(t)
	s, _ := aServer(t)
	began := int64(0)
	done, err := w.Do(t.Context(), task(t, s, sinceLast), func(job pipeline.Job) { began = job.ID })
	if err != nil || done.Job.Status != pipeline.Completed || began != done.Job.ID || !done.Job.Config.ExportFrom.Equal(pipeline.Beginning()) {
		t.Fatalf("%+v, %v", done.Job, err)
	}
	next, err := w.Do(t.Context(), task(t, s, sinceLast), unheard)
	if err != nil || !next.Job.Config.ExportFrom.After(pipeline.Beginning()) {
		t.Fatalf("the next: %+v, %v", next.Job, err)
	}
	e, err := w.o.Backend.OpenServer(t.Context(), s, token)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close(t.Context())
	jobs, err := e.(pipeline.Historian).Jobs(t.Context(), 0)
	if err != nil || len(jobs) != 2 || jobs[0].StartedBy != "schedule nightly" || jobs[1].Status != pipeline.Completed {
		t.Errorf("the journal has %+v, %v", jobs, err)
	}
}

// TestStoppedOnServer: the job goes on, and is followed by the next start.
func TestStoppedOnServer(t *testing.T) {
	w := newWork(t)
	s, f := aServer(t)
	_, release := f.Hold(pipeline.PhaseExporting)
	ctx, stop := context.WithCancel(t.Context())
	first := task(t, s, sinceLast)
	began := int64(0)
	first.Asks = func(from time.Time) { first.Run.Asked, first.Run.From = time.Now(), from }
	if _, err := w.Do(ctx, first, func(job pipeline.Job) { began = job.ID; stop() }); !errors.Is(err, runner.ErrGoesOn) {
		t.Fatal(err)
	}
	release()
	for name, known := range map[string]int64{"its id was written down": began, "it was not": 0} {
		first.Before, first.Run.Job = true, known
		done, err := w.Do(t.Context(), first, unheard)
		if err != nil || done.Job.ID != began || done.Job.Status != pipeline.Completed {
			t.Errorf("%s: %+v, %v", name, done.Job, err)
		}
	}
	first.Run.Job = 0
	asked := first.Run.Asked
	for name, not := range map[string]schedule.Running{
		"it had not asked yet":                          {},
		"somebody has begun the job before":             {Asked: asked.Add(time.Hour)},
		"somebody has begun the job since":              {Asked: asked.Add(-time.Hour)},
		"somebody has begun the job with another range": {Asked: asked, From: asked.Add(-24 * time.Hour)},
	} {
		first.Run.Asked, first.Run.From = not.Asked, not.From
		if _, err := w.Do(t.Context(), first, unheard); !errors.Is(err, runner.ErrInterrupted) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestDeadlineOnServer cancels the job.
func TestDeadlineOnServer(t *testing.T) {
	w := newWork(t)
	s, f := aServer(t)
	_, release := f.Hold(pipeline.PhaseExporting)
	defer release()
	ctx, cancel := context.WithCancelCause(t.Context())
	if _, err := w.Do(ctx, task(t, s, nil), func(pipeline.Job) { cancel(runner.ErrDeadline) }); !errors.Is(err, runner.ErrDeadline) {
		t.Fatal(err)
	}
	if job, err := f.Exporter.Status(t.Context()); err != nil || job.Status == pipeline.Started || job.Status == pipeline.Completed {
		t.Errorf("the job is %s, %v", job.Status, err)
	}
}

// TestNotAuthorised: a token that is not accepted is told as that.
func TestNotAuthorised(t *testing.T) {
	w := newWork(t)
	s, _ := aServer(t)
	if err := os.WriteFile(s.Server.TokenFile, []byte("another-token-0123456789"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Do(t.Context(), task(t, s, nil), unheard); !errors.Is(err, pipeline.ErrNotAuthorised) {
		t.Error(err)
	}
}
