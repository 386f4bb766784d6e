package localexport

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"sluice/localexport/confluence"
	"sluice/localexport/demo"
	"sluice/pipeline"
)

// TestTry: what is expected is what an export then writes, and nothing is made.
func TestTry(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	path := filepath.Join(dir, "demo.db")
	summary, err := demo.Write(t.Context(), path, demo.Options{Pages: 200, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Product: confluence.Product{}, Home: filepath.Join(dir, "home"), Snapshot: path, MinFreeSpace: -1}
	everything := pipeline.Request{FromDate: pipeline.Beginning()}
	for _, r := range []pipeline.Request{everything, {}} {
		trial, err := Try(t.Context(), o, r, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		if entries, err := os.ReadDir(dir); err != nil || len(entries) > 2 { // the home of the export below
			t.Errorf("it leaves %v, %v", entries, err)
		}
		e, err := Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		job, err := e.Start(t.Context(), r)
		if err == nil {
			job, err = e.WaitFor(t.Context(), job.ID)
		}
		files, filesErr := e.Files(t.Context(), job.ID)
		if err := errors.Join(err, filesErr, e.Close(t.Context())); err != nil {
			t.Fatal(err)
		}
		if !trial.Whole || !trial.From.Equal(job.Config.ExportFrom.Time) || len(trial.Files) != len(files) || trial.Total().Rows != job.Statistics.WrittenRows {
			t.Errorf("%+v, and the job is %+v", trial, job)
		}
		for i, f := range files {
			if got := trial.Files[i]; got.Name != f.Name || got.Rows != f.Rows || got.Bytes != f.Bytes || got.About || got.AtLeast {
				t.Errorf("%+v is expected, and written are %d rows, %d bytes", got, f.Rows, f.Bytes)
			}
		}
		if r == everything && trial.Files[3].Rows != summary.Comments {
			t.Errorf("%d comments, of %d", trial.Files[3].Rows, summary.Comments)
		}
	}
}

// TestTryTooLittleTime: what was not read is not told as if it had been.
func TestTryTooLittleTime(t *testing.T) {
	f := TrialFile{Name: "pages", Rows: 100, Bytes: 10_000}
	f.foresee(-1)
	if !f.AtLeast || f.About || f.Rows != 100 {
		t.Errorf("%+v", f)
	}
	f = TrialFile{Name: "pages", Rows: 100, Bytes: 10_000}
	f.foresee(12_345)
	if f.AtLeast || !f.About || f.Rows != 12_300 || f.Bytes != 1_230_000 {
		t.Errorf("%+v", f)
	}
	all := Trial{Free: 5_000_000, Minimum: 4_000_000, Files: []TrialFile{f, {Rows: 1, Bytes: 1, AtLeast: true}}}
	if total := all.Total(); !total.AtLeast || total.About || total.Rows != 12_301 || all.Fits() {
		t.Errorf("%+v", total)
	}
	if all.Minimum = -1; !all.Fits() {
		t.Error("a check that is switched off")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Try(ctx, Options{Product: confluence.Product{}, Home: t.TempDir(), Snapshot: filepath.Join(t.TempDir(), "gone.db")}, pipeline.Request{}, time.Second); err == nil {
		t.Error("a snapshot that is gone")
	}
}
