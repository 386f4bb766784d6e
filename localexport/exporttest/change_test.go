package exporttest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/localexport/jobfiles"
	"sluice/pipeline"
)

// damage writes some bytes of a file anew, without a change of its size or of its
// modification time.
func damage(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt([]byte("damage"), info.Size()/2)
	return errors.Join(err, f.Close(), os.Chtimes(path, time.Time{}, info.ModTime()))
}

// TestSnapshotChangesInTheRun: a job whose snapshot changes fails, and none of its
// files has its final name.
func TestSnapshotChangesInTheRun(t *testing.T) {
	o := Options(t)
	o.BeforePhase = func(_ context.Context, _ pipeline.Job, phase pipeline.Phase) error {
		if phase == pipeline.PhaseExporting {
			return damage(o.Snapshot)
		}
		return nil
	}
	e := Open(t, o)
	job, err := e.Start(t.Context(), everything)
	if err != nil {
		t.Fatal(err)
	}
	if job, err = e.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	if job.Status != pipeline.Failed || len(job.Errors) == 0 || !strings.Contains(job.Errors[0].Message, "was changed while it was read") {
		t.Errorf("job %+v", job)
	}
	found := 0
	err = filepath.WalkDir(o.Home, func(path string, d os.DirEntry, err error) error {
		if strings.Contains(filepath.Base(path), "_job") || d != nil && d.Name() == jobfiles.ManifestName {
			if found++; !strings.HasSuffix(path, jobfiles.PartialSuffix) {
				t.Errorf("%s has its final name", path)
			}
		}
		return err
	})
	if err != nil || found == 0 {
		t.Errorf("%d files, %v", found, err)
	}
}

// TestVerdictIsOfOneState: a snapshot that was damaged since it was checked, with
// the size, time and change counter that it had, is checked again.
func TestVerdictIsOfOneState(t *testing.T) {
	o := Options(t)
	e := Open(t, o)
	if _, err := e.Start(t.Context(), everything); err != nil {
		t.Fatal(err)
	}
	if job, err := e.Wait(t.Context()); err != nil || job.Status != pipeline.Completed {
		t.Fatalf("before: %+v, %v", job, err)
	}
	info, err := os.Stat(o.Snapshot)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(o.Snapshot)
	if err != nil {
		t.Fatal(err)
	}
	const pageSize, leafOfIndex = 4096, 10
	for at := pageSize; at < len(b); at += pageSize {
		if b[at] == leafOfIndex {
			b[at] = 0xff
		}
	}
	if err := errors.Join(os.WriteFile(o.Snapshot, b, 0o600), os.Chtimes(o.Snapshot, time.Time{}, info.ModTime())); err != nil {
		t.Fatal(err)
	}
	var validation *pipeline.ValidationError
	if _, err := e.Start(t.Context(), everything); !errors.As(err, &validation) {
		t.Errorf("after: %v", err)
	}
}
