package jobstore

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
)

// TestOnlyReadableDocumentsAreStored tries to record a year that cannot be read
// back, by every way into the store.
func TestOnlyReadableDocumentsAreStored(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "jobs.db"))
	absurd := pipeline.At(time.Date(11982, 8, 23, 9, 46, 40, 0, time.UTC))
	bad := started()
	bad.Config.ExportFrom = absurd
	if job, err := s.Create(t.Context(), bad, Process{}); err == nil {
		t.Errorf("Create = %+v", job)
	}
	job := create(t, s)
	if _, err := s.Update(t.Context(), job.ID, func(j *pipeline.Job) { j.Config.ExportFrom = absurd }); err == nil || !strings.Contains(err.Error(), "11982") {
		t.Errorf("Update: %v, want an error that names the year", err)
	}
	bad = job
	bad.Status, bad.CompletedTime = pipeline.Failed, absurd
	if _, err := s.Finish(t.Context(), bad); err == nil {
		t.Error("Finish recorded it")
	}
	if r, found, err := s.Running(t.Context()); err != nil || !found || !r.Job.Config.ExportFrom.IsZero() || len(r.Job.Warnings) > 0 {
		t.Errorf("Running = %+v, %v, %v, want the job as it was before", r, found, err)
	}
	finish(t, s, job, pipeline.Completed)
}

// unreadable are documents as a damaged or bricked home has them.
var unreadable = map[string]struct {
	document string
	said     string // what the warning names
	kept     bool   // the statistics can be read
}{
	"a year beyond the form": {`{"startTime":"2021-03-03T12:08:24.045+11:00","jobId":1,"status":"FAILED","config":{"exportFrom":"11982-08-23T09:46:40.000Z","forcedExport":false},` +
		`"statistics":{"exportedEntities":3,"writtenRows":3}}`, "config", true},
	"two members":    {`{"startTime":"now","jobId":1,"status":7,"statistics":{"exportedEntities":3,"writtenRows":3}}`, "startTime, status", true},
	"cut":            {`{"startTime":"2021-03-`, "cannot be read", false},
	"empty":          {``, "cannot be read", false},
	"another's":      {`{"jobId":2,"status":"COMPLETED","statistics":{"exportedEntities":3,"writtenRows":3}}`, "another job", false},
	"no object":      {`[1]`, "cannot be read", false},
	"an id of a job": {`{"jobId":"x","statistics":{"exportedEntities":3,"writtenRows":3}}`, "jobId", true},
}

// TestUnreadableRowStandsInNobodysWay spoils one of three rows.
func TestUnreadableRowStandsInNobodysWay(t *testing.T) {
	for name, c := range unreadable {
		t.Run(name, func(t *testing.T) {
			s := open(t, filepath.Join(t.TempDir(), "jobs.db"))
			for range 2 {
				finish(t, s, create(t, s), pipeline.Failed)
			}
			if _, err := s.write().Exec("UPDATE job SET document = ? WHERE id = 1", c.document); err != nil {
				t.Fatal(err)
			}
			jobs, err := s.List(t.Context(), 0)
			if err != nil || len(jobs) != 2 || jobs[0].ID != 2 || len(jobs[0].Warnings) > 0 {
				t.Fatalf("List = %+v, %v", jobs, err)
			}
			checkSalvaged(t, jobs[1], pipeline.Failed, c.said, c.kept)
			got, found, err := s.Get(t.Context(), 1)
			if err != nil || !found {
				t.Errorf("Get: %v, %v", found, err)
			}
			checkSalvaged(t, got, pipeline.Failed, c.said, c.kept)
		})
	}
}

// checkSalvaged checks job 1, of which the record cannot be read.
func checkSalvaged(t *testing.T, job pipeline.Job, status pipeline.Status, said string, kept bool) {
	t.Helper()
	if job.ID != 1 || job.Status != status || job.StartTime.UnixMilli() != t0.UnixMilli() || job.NodeID != "here" {
		t.Errorf("job = %+v", job)
	}
	if (job.Statistics != nil) != kept {
		t.Errorf("statistics = %+v", job.Statistics)
	}
	if d, found := job.Diagnostic(KeyUnreadable); !found || !strings.Contains(d.Message, said) {
		t.Errorf("warnings = %+v, want one that says %q", job.Warnings, said)
	}
}

// TestUnreadableRunningJobCanBeEnded spoils the row of the job that runs, and what
// its process has reported.
func TestUnreadableRunningJobCanBeEnded(t *testing.T) {
	for name, c := range unreadable {
		t.Run(name, func(t *testing.T) {
			s := open(t, filepath.Join(t.TempDir(), "jobs.db"))
			create(t, s)
			if _, err := s.write().Exec("UPDATE job SET document = ?, progress = '{'", c.document); err != nil {
				t.Fatal(err)
			}
			r, found, err := s.Running(t.Context())
			if err != nil || !found || r.Process.PID != 7 {
				t.Fatalf("Running = %+v, %v, %v", r, found, err)
			}
			checkSalvaged(t, r.Job, pipeline.Started, c.said, c.kept)
			finish(t, s, r.Job, pipeline.Cancelled)
			if job := create(t, s); job.ID != 2 {
				t.Errorf("next job has id %d", job.ID)
			}
		})
	}
}

// TestUnreadableVerdictIsNone spoils what was kept about a snapshot.
func TestUnreadableVerdictIsNone(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "jobs.db"))
	v := Verdict{Snapshot: "a.db", Identity: "1", Rules: "r", Consistent: true, Checked: t0}
	if err := s.KeepVerdict(t.Context(), v); err != nil {
		t.Fatal(err)
	}
	if _, err := s.write().Exec("UPDATE verdict SET findings = '{'"); err != nil {
		t.Fatal(err)
	}
	if _, found, err := s.Verdict(t.Context(), "a.db", "1", "r"); found || err != nil {
		t.Errorf("Verdict = %v, %v, want none", found, err)
	}
	if err := s.KeepVerdict(t.Context(), v); err != nil {
		t.Error(err)
	}
}
