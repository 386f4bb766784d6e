package exporttest

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/localexport/demo"
	"sluice/localexport/jobfiles"
	"sluice/localexport/pace"
	"sluice/pipeline"
)

// everything is earlier than anything in a demo snapshot.
var everything = pipeline.Request{FromDate: time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)}

func TestWholeExport(t *testing.T) {
	o := Options(t)
	summary, err := demo.Write(t.Context(), o.Snapshot, demo.Options{Pages: 3000, Seed: 1, Overwrite: true})
	if err != nil {
		t.Fatal(err)
	}
	o.CPUShare = 50 // so that who looks comes to see something in between on a busy machine
	e := Open(t, o)
	job, err := e.Start(t.Context(), everything)
	if err != nil {
		t.Fatal(err)
	}
	watchProgress(t, e)
	if job, err = e.Wait(t.Context()); err != nil || job.Status != pipeline.Completed {
		t.Fatalf("job = %+v, %v", job, err)
	}
	files, err := e.Files(t.Context(), job.ID)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int64{
		"users": summary.Users, "spaces": summary.Spaces, "pages": summary.LivePages + summary.BlogPosts,
		"comments": summary.Comments, "analytics_events": summary.Events,
	}
	var rows int64
	for _, f := range files {
		checkFile(t, f)
		if f.Rows != want[f.Name] {
			t.Errorf("%s has %d rows, the snapshot holds %d", f.Name, f.Rows, want[f.Name])
		}
		rows += f.Rows
	}
	if len(files) != 5 || job.Statistics.WrittenRows != rows || job.Statistics.ExportedEntities != rows {
		t.Errorf("%d files with %d rows, statistics %+v", len(files), rows, *job.Statistics)
	}
	checkManifest(t, filepath.Dir(files[0].Path), o.Snapshot, files)
}

// watchProgress samples the progress until the end of the job. It must never go
// back, and show more than the beginning and the end.
func watchProgress(t *testing.T, e pipeline.ProgressReporter) {
	t.Helper()
	look := time.NewTicker(time.Millisecond)
	defer look.Stop()
	var last pipeline.Progress
	between := 0
	for p := e.Progress(); p.JobID != 0; p = e.Progress() {
		if p.Total > 0 && p.Done < last.Done || p.Done > p.Total {
			t.Errorf("progress went from %d to %d of %d", last.Done, p.Done, p.Total)
		}
		for i, f := range p.Files {
			if last.Files != nil && (f.Rows < last.Files[i].Rows || f.Bytes < last.Files[i].Bytes) {
				t.Errorf("progress of a file went from %+v to %+v", last.Files[i], f)
			}
		}
		if p.Phase == pipeline.PhaseExporting && p.Done != last.Done && p.Done < p.Total {
			between++
		}
		last = p
		<-look.C
	}
	if between < 3 {
		t.Errorf("the progress of the export was seen to change %d times", between)
	}
}

// checkFile reads the file again and compares it with what is said of it.
func checkFile(t *testing.T, f pipeline.File) {
	t.Helper()
	file, err := os.Open(f.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	hash := sha256.New()
	reader := csv.NewReader(io.TeeReader(file, hash))
	reader.ReuseRecord = true
	records := int64(-1) // the header is none
	for {
		if _, err := reader.Read(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("%s: %v", f.Path, err)
		}
		records++
	}
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	if sum := hex.EncodeToString(hash.Sum(nil)); sum != f.SHA256 || records != f.Rows || info.Size() != f.Bytes || !f.Complete {
		t.Errorf("%+v, but it has %d records, %d bytes and the hash %s", f, records, info.Size(), sum)
	}
}

func checkManifest(t *testing.T, dir, snapshot string, files []pipeline.File) {
	t.Helper()
	m, err := jobfiles.ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(snapshot)
	if err != nil {
		t.Fatal(err)
	}
	if m.Snapshot.Path != snapshot || m.Snapshot.Bytes != info.Size() || m.Snapshot.Identity == "" ||
		!m.Snapshot.Modified.Equal(info.ModTime()) {
		t.Errorf("snapshot of the manifest = %+v", m.Snapshot)
	}
	if m.Options.BaseURL != demo.BaseURL || m.Options.TimeZone != demo.TimeZone ||
		!m.Options.From.Equal(everything.FromDate) || !m.Request.FromDate.Equal(everything.FromDate) {
		t.Errorf("options %+v, request %+v", m.Options, m.Request)
	}
	if len(m.Files) != len(files) {
		t.Fatalf("the manifest has %d files", len(m.Files))
	}
	for i, f := range m.Files {
		if f.SHA256 != files[i].SHA256 || f.Rows != files[i].Rows || f.Bytes != files[i].Bytes || f.File != filepath.Base(files[i].Path) {
			t.Errorf("manifest says %+v of %+v", f, files[i])
		}
	}
}

// TestSnapshotStaysUntouched compares the folder of the snapshot before and
// after an export: the file, and that nothing lies beside it.
func TestSnapshotStaysUntouched(t *testing.T) {
	o := Options(t)
	before, err := os.ReadFile(o.Snapshot)
	if err != nil {
		t.Fatal(err)
	}
	e := Open(t, o)
	if _, err := e.Start(t.Context(), everything); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(o.Snapshot)
	if err != nil || string(before) != string(after) {
		t.Errorf("the snapshot was changed: %v", err)
	}
	entries, err := os.ReadDir(filepath.Dir(o.Snapshot))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if name := entry.Name(); name != "home" && name != "snapshot.db" {
			t.Errorf("%s lies beside the snapshot", name)
		}
	}
	leftovers, err := os.ReadDir(filepath.Join(o.Home, "data-pipeline", "temp"))
	if err != nil || len(leftovers) > 0 {
		t.Errorf("work files were left behind: %v, %v", leftovers, err)
	}
}

func TestInconsistentSnapshotSaysWhatIsWrong(t *testing.T) {
	o := Options(t)
	Snapshot(t, o.Snapshot, true)
	e := Open(t, o)
	_, err := e.Start(t.Context(), everything)
	var invalid *pipeline.ValidationError
	if !errors.As(err, &invalid) {
		t.Fatalf("Start: %v, want a ValidationError", err)
	}
	if len(invalid.Job.Errors) < 2 || !strings.Contains(strings.ToLower(invalid.Job.Errors[1].Message), "bodycontent") {
		t.Errorf("errors = %v, want the table named", invalid.Job.Errors)
	}
}

func TestFilesThatAreNoSnapshot(t *testing.T) {
	for name, content := range map[string]string{"text": strings.Repeat("no database ", 1000), "empty": ""} {
		t.Run(name, func(t *testing.T) {
			o := Options(t)
			if err := os.WriteFile(o.Snapshot, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			e := Open(t, o)
			_, err := e.Start(t.Context(), everything)
			if err == nil || !strings.Contains(err.Error(), o.Snapshot) || strings.Contains(err.Error(), "\n") {
				t.Errorf("Start: %v, want one sentence that names the file", err)
			}
			if job, err := e.Status(t.Context()); err != nil || job.Exists() {
				t.Errorf("status = %+v, %v, want no job", job, err)
			}
			entries, err := os.ReadDir(filepath.Join(o.Home, "data-pipeline", "export"))
			if err != nil || len(entries) > 0 {
				t.Errorf("files were written: %v, %v", entries, err)
			}
		})
	}
}

// TestCancelInTheMidst cancels real exports after more and more of their work.
func TestCancelInTheMidst(t *testing.T) {
	o := Options(t)
	if _, err := demo.Write(t.Context(), o.Snapshot, demo.Options{Pages: 1000, Seed: 2, Overwrite: true}); err != nil {
		t.Fatal(err)
	}
	e := Open(t, o)
	for _, name := range []string{"users", "pages", "comments", "analytics_events"} {
		job, err := e.Start(t.Context(), everything)
		if err != nil {
			t.Fatal(err)
		}
		for !begun(e.Progress(), name) {
			if p := e.Progress(); p.JobID == 0 {
				break // it was quicker
			}
		}
		asked := pace.CPUTime() // a busy machine takes longer, and works no more
		if _, err := e.Cancel(t.Context()); err != nil && !errors.Is(err, pipeline.ErrNotRunning) {
			t.Fatal(err)
		}
		job, err = e.Wait(context.WithoutCancel(t.Context()))
		if err != nil || !job.Status.Ended() || job.Status == pipeline.Failed {
			t.Fatalf("job = %+v, %v", job, err)
		}
		if took := pace.CPUTime() - asked; took > 500*time.Millisecond {
			t.Errorf("the cancellation during %s took %v of work", name, took)
		}
		_, missing := jobfiles.ReadManifest(filepath.Join(o.Home, "data-pipeline", "export", jobDir(job)))
		if (job.Status == pipeline.Completed) != (missing == nil) {
			t.Errorf("job %d is %s, manifest: %v", job.ID, job.Status, missing)
		}
	}
}

func begun(p pipeline.Progress, name string) bool {
	for _, f := range p.Files {
		if f.Name == name {
			return f.State != pipeline.FileWaiting
		}
	}
	return false
}

func jobDir(job pipeline.Job) string { return filepath.Base(jobfiles.Dir("", job.ID)) }
