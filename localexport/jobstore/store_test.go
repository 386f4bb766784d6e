package jobstore

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sluice/pipeline"
)

var t0 = time.Date(2021, 3, 3, 12, 8, 24, 45e6, time.FixedZone("", 11*3600))

func open(t *testing.T, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func started() pipeline.Job {
	return pipeline.Job{StartTime: pipeline.At(t0), NodeID: "node1", Status: pipeline.Started}
}

func create(t *testing.T, s *Store) pipeline.Job {
	t.Helper()
	job, err := s.Create(t.Context(), started(), Process{PID: 7, Host: "here"})
	if err != nil {
		t.Fatal(err)
	}
	return job
}

func finish(t *testing.T, s *Store, job pipeline.Job, status pipeline.Status) pipeline.Job {
	t.Helper()
	job.Status, job.CompletedTime = status, pipeline.At(t0.Add(time.Second))
	if ok, err := s.Finish(t.Context(), job); err != nil || !ok {
		t.Fatalf("Finish = %v, %v", ok, err)
	}
	return job
}

func TestEmptyStore(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "jobs.db"))
	if job, err := s.Latest(t.Context()); err != nil || job.Exists() {
		t.Errorf("Latest = %v, %v, want the zero job", job, err)
	}
	if _, found, err := s.Running(t.Context()); err != nil || found {
		t.Errorf("Running = %v, %v, want none", found, err)
	}
	if jobs, err := s.List(t.Context(), 0); err != nil || jobs == nil || len(jobs) != 0 {
		t.Errorf("List = %v, %v, want an empty list", jobs, err)
	}
	if _, found, err := s.Get(t.Context(), 1); err != nil || found {
		t.Errorf("Get = %v, %v, want none", found, err)
	}
}

func TestIdsCountFromOneAndSurvive(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a #1?%20 home", "jobs.db")
	if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	for want := int64(1); want <= 3; want++ {
		job := create(t, s)
		if job.ID != want {
			t.Fatalf("id = %d, want %d", job.ID, want)
		}
		finish(t, s, job, pipeline.Failed)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, path)
	if job := create(t, s); job.ID != 4 {
		t.Errorf("id after reopening = %d, want 4", job.ID)
	}
	if _, err := os.Stat(path); err != nil {
		t.Errorf("the database is not where it was asked for: %v", err)
	}
}

func TestOneRunningJob(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jobs.db")
	s, other := open(t, path), open(t, path)
	job := create(t, s)
	if _, err := other.Create(t.Context(), started(), Process{}); !errors.Is(err, ErrRunning) {
		t.Fatalf("second job: %v, want ErrRunning", err)
	}
	r, found, err := other.Running(t.Context())
	if err != nil || !found || r.Job.ID != job.ID || r.Process != (Process{PID: 7, Host: "here"}) || !r.Seen.Equal(t0) {
		t.Errorf("Running = %+v, %v, %v", r, found, err)
	}
	finish(t, s, job, pipeline.Completed)
	if job := create(t, other); job.ID != 2 {
		t.Errorf("next id = %d, want 2: a refused job uses up none", job.ID)
	}
}

func TestDocumentSurvives(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "jobs.db"))
	job := create(t, s)
	job, err := s.Update(t.Context(), job.ID, func(j *pipeline.Job) {
		j.Config = pipeline.Config{ExportFrom: pipeline.At(t0.AddDate(-1, 0, 0)), ForcedExport: true}
		j.Warnings = []pipeline.Diagnostic{{Key: pipeline.KeyPreValidation, Message: pipeline.PreValidationMessage}}
	})
	if err != nil {
		t.Fatal(err)
	}
	job.Statistics = &pipeline.Statistics{ExportedEntities: 23, WrittenRows: 54}
	want := finish(t, s, job, pipeline.Completed)
	got, found, err := s.Get(t.Context(), job.ID)
	if err != nil || !found {
		t.Fatalf("Get = %v, %v", found, err)
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b pipeline.Time) bool { return a.Equal(b.Time) })); diff != "" {
		t.Errorf("job (-want +got):\n%s", diff)
	}
}

func TestCancellationTravels(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jobs.db")
	owner, other := open(t, path), open(t, path)
	job := create(t, owner)
	if status, err := owner.Status(t.Context(), job.ID); err != nil || status != pipeline.Started {
		t.Fatalf("Status = %v, %v before the request", status, err)
	}
	for range 2 { // asking again is no mistake
		if ok, err := other.RequestCancel(t.Context(), job.ID); err != nil || !ok {
			t.Fatalf("RequestCancel = %v, %v", ok, err)
		}
	}
	if status, err := owner.Status(t.Context(), job.ID); err != nil || status != pipeline.CancellationRequested {
		t.Fatalf("Status = %v, %v after the request", status, err)
	}
	r, _, err := owner.Running(t.Context())
	if err != nil || r.Job.Status != pipeline.CancellationRequested {
		t.Errorf("status = %q, %v", r.Job.Status, err)
	}
	finish(t, owner, job, pipeline.Cancelled)
	if ok, err := other.RequestCancel(t.Context(), job.ID); err != nil || ok {
		t.Errorf("RequestCancel = %v, %v after the end, want false", ok, err)
	}
	if latest, err := other.Latest(t.Context()); err != nil || latest.Status != pipeline.Cancelled {
		t.Errorf("status = %q, %v: a late request must not change the end", latest.Status, err)
	}
}

func TestFinishCountsOnce(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "jobs.db"))
	job := finish(t, s, create(t, s), pipeline.Completed)
	job.Status = pipeline.Cancelled
	if ok, err := s.Finish(t.Context(), job); err != nil || ok {
		t.Errorf("second Finish = %v, %v, want false", ok, err)
	}
	if latest, _ := s.Latest(t.Context()); latest.Status != pipeline.Completed {
		t.Errorf("status = %s, want the first end", latest.Status)
	}
	job.Status = pipeline.Started
	if _, err := s.Finish(t.Context(), job); err == nil {
		t.Error("a job that runs was accepted as finished")
	}
}

func TestReportIsSeenByOthers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jobs.db")
	owner, other := open(t, path), open(t, path)
	job := create(t, owner)
	want := pipeline.Progress{JobID: job.ID, Phase: pipeline.PhaseExporting, Done: 5, Total: 10,
		Files: []pipeline.FileProgress{{Name: "users", State: pipeline.FileWriting, Rows: 5, Bytes: 90, Expected: -1}}}
	if err := owner.Report(t.Context(), want, t0.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	r, _, err := other.Running(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, r.Progress); diff != "" {
		t.Errorf("progress (-want +got):\n%s", diff)
	}
	if !r.Seen.Equal(t0.Add(time.Minute)) {
		t.Errorf("seen = %s", r.Seen)
	}
}

func TestListNewestFirst(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "jobs.db"))
	for range 4 {
		finish(t, s, create(t, s), pipeline.Completed)
	}
	for limit, want := range map[int][]int64{0: {4, 3, 2, 1}, 2: {4, 3}, 9: {4, 3, 2, 1}} {
		jobs, err := s.List(t.Context(), limit)
		if err != nil {
			t.Fatal(err)
		}
		var got []int64
		for _, j := range jobs {
			got = append(got, j.ID)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("limit %d (-want +got):\n%s", limit, diff)
		}
	}
}

func TestVerdicts(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "jobs.db"))
	v := Verdict{Snapshot: "/s.db", Identity: "a", Rules: "1", Checked: t0.Local(),
		Findings: []pipeline.Diagnostic{{Key: "k", Message: "m"}}, Warnings: []pipeline.Diagnostic{{Key: "w", Message: "n"}}}
	if err := s.KeepVerdict(t.Context(), v); err != nil {
		t.Fatal(err)
	}
	got, found, err := s.Verdict(t.Context(), "/s.db", "a", "1")
	if err != nil || !found {
		t.Fatalf("Verdict = %v, %v", found, err)
	}
	if diff := cmp.Diff(v, got); diff != "" {
		t.Errorf("verdict (-want +got):\n%s", diff)
	}
	for _, other := range [][3]string{{"/t.db", "a", "1"}, {"/s.db", "b", "1"}, {"/s.db", "a", "2"}} {
		if _, found, err := s.Verdict(t.Context(), other[0], other[1], other[2]); err != nil || found {
			t.Errorf("Verdict%v = %v, %v, want none", other, found, err)
		}
	}
}

func TestFilesArePrivate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jobs.db")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	create(t, s)
	for _, suffix := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); mode != 0o600 {
			t.Errorf("jobs.db%s has mode %o, want 600", suffix, mode)
		}
	}
}

func TestUnusableDatabases(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(t *testing.T, path string)
		want    string
	}{
		"no database": {func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte(strings.Repeat("no database ", 100)), 0o600); err != nil {
				t.Fatal(err)
			}
		}, "is damaged: move it away"},
		"newer": {func(t *testing.T, path string) {
			s := open(t, path)
			if _, err := s.write().Exec("PRAGMA user_version = 99"); err != nil {
				t.Fatal(err)
			}
			s.Close()
		}, "written by a newer Sluice (format 99; this one knows up to 2): use that version, or another home"},
		"a folder": {func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, "create job database"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "jobs.db")
			c.prepare(t, path)
			s, err := Open(t.Context(), path)
			if err == nil {
				s.Close()
				t.Fatal("no error")
			}
			if !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), path) {
				t.Errorf("error %q does not name the file or say %q", err, c.want)
			}
		})
	}
}

func TestConcurrentOpenAndCreate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jobs.db")
	var wg sync.WaitGroup
	ids := make(chan int64, 8)
	for range cap(ids) {
		wg.Go(func() {
			s, err := Open(context.Background(), path)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			for {
				job, err := s.Create(context.Background(), started(), Process{})
				if errors.Is(err, ErrRunning) {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				job.Status = pipeline.Completed
				if ok, err := s.Finish(context.Background(), job); err != nil || !ok {
					t.Errorf("Finish = %v, %v", ok, err)
				}
				ids <- job.ID
				return
			}
		})
	}
	wg.Wait()
	close(ids)
	seen := map[int64]bool{}
	for id := range ids {
		if id < 1 || id > 8 || seen[id] {
			t.Errorf("id %d is out of range or was given out twice", id)
		}
		seen[id] = true
	}
}

func TestSchemaIsMigratedOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jobs.db")
	open(t, path).Close()
	s := open(t, path)
	var version int
	if err := s.read().QueryRow("PRAGMA user_version").Scan(&version); err != nil || version != len(migrations) {
		t.Errorf("user_version = %d, %v", version, err)
	}
	var mode string
	if err := s.write().QueryRow("PRAGMA journal_mode").Scan(&mode); err != nil || mode != "wal" {
		t.Errorf("journal_mode = %q, %v", mode, err)
	}
	if _, err := s.read().Exec("DELETE FROM job"); err == nil {
		t.Error("a reading connection can write")
	}
	if _, err := s.Update(t.Context(), 5, func(*pipeline.Job) {}); !errors.Is(err, sql.ErrNoRows) {
		t.Errorf("Update of no job: %v", err)
	}
}
