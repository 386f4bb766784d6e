package localexport

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/localexport/disk"
	"sluice/localexport/jobfiles"
	"sluice/pipeline"
)

// refusing is a disk that refuses every change of a name once the manifest has
// its own; only the record that is of no use any more can be removed.
type refusing struct {
	disk.Real
	named bool
}

var errRefused = errors.New("input/output error")

func (d *refusing) Rename(from, to string) error {
	if d.named {
		return errRefused
	}
	d.named = filepath.Base(to) == "manifest.json"
	return d.Real.Rename(from, to)
}

func (d *refusing) SyncDir(path string) error {
	if d.named {
		return errRefused
	}
	return d.Real.SyncDir(path)
}

func (d *refusing) Remove(path string) error {
	if d.named && filepath.Base(path) != jobfiles.ResumeName {
		return errRefused
	}
	return d.Real.Remove(path)
}

// TestManifestThatCannotBeTakenBack: where it stands, the history says so, too.
func TestManifestThatCannotBeTakenBack(t *testing.T) {
	o := testOptions(t)
	o.Disk = &refusing{}
	o.Now = func() time.Time { return time.Date(2021, 3, 3, 1, 8, 24, 0, time.UTC) }
	e := openFake(t, newFake(), o)
	job := runToEnd(t, e, pipeline.Request{})
	d, found := job.Diagnostic(KeyUnconfirmed)
	if job.Status != pipeline.Completed || !found || !strings.HasPrefix(d.Message, "The export is complete, but the disk does not confirm") {
		t.Errorf("job = %+v", job)
	}
	checkFiles(t, e, o, job.ID)
}
