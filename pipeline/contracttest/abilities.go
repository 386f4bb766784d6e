package contracttest

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"sluice/pipeline"
)

// abilities tests the optional interfaces that the exporter has.
func (s *suite) abilities() {
	s.Run("Idle", func(*testing.T) { s.idle() })
	reached, release := s.Hold(pipeline.PhaseExporting)
	id := s.start(pipeline.Request{}).ID
	s.await(reached)
	s.Run("Progress", func(t *testing.T) { s.progress(t, id) })
	release()
	job := s.end(id)
	s.Run("Wait", func(t *testing.T) { s.wait(t, job) })
	s.Run("History", func(t *testing.T) { s.history(t, job) })
	s.Run("Files", func(t *testing.T) { s.files(t, job) })
	s.Run("ExportPath", s.exportPath)
}

// exportPath lets one job write elsewhere, and the next one where it did before. The
// exporter must be on this computer.
func (s *suite) exportPath(t *testing.T) {
	e, ok := s.Exporter.(pipeline.ExportPather)
	if !ok {
		t.Skip("not an ExportPather")
	}
	first, err := e.ExportPath(s.ctx)
	if errors.Is(err, errors.ErrUnsupported) {
		t.Skip("not behind this server")
	}
	if err != nil || !filepath.IsAbs(first) {
		t.Fatalf("ExportPath = %q, %v", first, err)
	}
	elsewhere, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"", "relative/path", filepath.Join(elsewhere, "missing")} {
		if got, err := e.SetExportPath(s.ctx, bad); err == nil {
			t.Errorf("SetExportPath(%q) = %q", bad, got)
		}
	}
	if got, err := e.SetExportPath(s.ctx, elsewhere); err != nil || got != elsewhere {
		t.Fatalf("SetExportPath = %q, %v", got, err)
	}
	job := s.end(s.start(pipeline.Request{}).ID)
	folder := filepath.Join(elsewhere, strconv.FormatInt(job.ID, 10))
	if _, err := os.Stat(filepath.Join(folder, pipeline.ManifestName)); err != nil || job.RootExportPath != elsewhere {
		t.Errorf("a job under another path (%q): %v", job.RootExportPath, err)
	}
	if err := e.ResetExportPath(s.ctx); err != nil {
		t.Fatal(err)
	}
	if again, err := e.ExportPath(s.ctx); err != nil || again != first {
		t.Errorf("after a reset ExportPath = %q, %v; want %q", again, err, first)
	}
	if l, ok := s.Exporter.(pipeline.FileLister); ok {
		if files, err := l.Files(s.ctx, job.ID); err != nil || len(files) == 0 || filepath.Dir(files[0].Path) != folder {
			t.Errorf("after a reset the files of job %d are %v, %v", job.ID, files, err)
		}
	}
	next := s.end(s.start(pipeline.Request{}).ID)
	if _, err := os.Stat(filepath.Join(first, strconv.FormatInt(next.ID, 10), pipeline.ManifestName)); err != nil || next.RootExportPath != "" {
		t.Errorf("a job after a reset (%q): %v", next.RootExportPath, err)
	}
}

func (s *suite) idle() {
	if p, ok := s.Exporter.(pipeline.ProgressReporter); ok {
		if got := p.Progress(); got.Phase != pipeline.PhaseNone || got.JobID != 0 {
			s.Errorf("progress without a job = %+v", got)
		}
	}
	if h, ok := s.Exporter.(pipeline.Historian); ok {
		if jobs, err := h.Jobs(s.ctx, 0); err != nil || len(jobs) != 0 {
			s.Errorf("history without a job = %v, %v", jobs, err)
		}
	}
	if w, ok := s.Exporter.(pipeline.Waiter); ok {
		if job, err := w.Wait(s.ctx); err != nil || job.Exists() {
			s.Errorf("Wait without a job = %+v, %v", job, err)
		}
	}
}

func (s *suite) progress(t *testing.T, id int64) {
	p, ok := s.Exporter.(pipeline.ProgressReporter)
	if !ok {
		t.Skip("not a ProgressReporter")
	}
	got := p.Progress()
	if got.JobID != id || got.Phase == pipeline.PhaseNone || got.Started.IsZero() || len(got.Files) == 0 {
		t.Errorf("progress of job %d = %+v", id, got)
	}
	if got.Done < 0 || got.Total < 0 || got.Total > 0 && got.Done > got.Total {
		t.Errorf("progress %d of %d", got.Done, got.Total)
	}
	for _, f := range got.Files {
		if f.Name == "" || f.State == "" || f.Rows < 0 || f.Expected < -1 {
			t.Errorf("progress of a file = %+v", f)
		}
	}
}

func (s *suite) wait(t *testing.T, job pipeline.Job) {
	w, ok := s.Exporter.(pipeline.Waiter)
	if !ok {
		t.Skip("not a Waiter")
	}
	got, err := w.Wait(s.ctx)
	if err != nil || got.ID != job.ID || got.Status != job.Status {
		t.Errorf("Wait = job %d %s, %v, want job %d %s", got.ID, got.Status, err, job.ID, job.Status)
	}
}

func (s *suite) history(t *testing.T, job pipeline.Job) {
	h, ok := s.Exporter.(pipeline.Historian)
	if !ok {
		t.Skip("not a Historian")
	}
	next := s.end(s.start(pipeline.Request{}).ID)
	jobs, err := h.Jobs(s.ctx, 0)
	if err != nil || len(jobs) != 2 || jobs[0].ID != next.ID || jobs[1].ID != job.ID {
		t.Fatalf("Jobs = %v, %v, want jobs %d and %d", jobs, err, next.ID, job.ID)
	}
	if jobs, err := h.Jobs(s.ctx, 1); err != nil || len(jobs) != 1 || jobs[0].ID != next.ID {
		t.Errorf("Jobs(1) = %v, %v, want job %d", jobs, err, next.ID)
	}
}

func (s *suite) files(t *testing.T, job pipeline.Job) {
	l, ok := s.Exporter.(pipeline.FileLister)
	if !ok {
		t.Skip("not a FileLister")
	}
	files, err := l.Files(s.ctx, job.ID)
	if err != nil || len(files) == 0 {
		t.Fatalf("Files = %v, %v", files, err)
	}
	var rows int64
	for _, f := range files {
		if !f.Complete || f.Rows < 0 || f.Bytes < 1 || f.SHA256 == "" || f.Path == "" {
			t.Errorf("file of a completed job: %+v", f)
		}
		rows += f.Rows
	}
	if rows != job.Statistics.WrittenRows {
		t.Errorf("the files have %d rows, the job has written %d", rows, job.Statistics.WrittenRows)
	}
}
