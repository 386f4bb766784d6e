package localexport

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sluice/localexport/jobfiles"
	"sluice/localexport/product"
	"sluice/pipeline"
	"sluice/pipeline/contracttest"
	"sluice/rules"
)

func TestCompletedExport(t *testing.T) {
	o := testOptions(t)
	start := time.Date(2021, 3, 3, 12, 8, 24, 45e6, time.FixedZone("", 11*3600))
	o.Now = func() time.Time { return start }
	o.FullContent = true
	o.Rules = rules.Chosen{"all-events": "true", "cut-marker": "…"}
	e := openFake(t, newFake(), o)
	job := runToEnd(t, e, pipeline.Request{})

	document, err := json.Marshal(job)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"startTime":"2021-03-03T12:08:24.045+11:00","completedTime":"2021-03-03T12:08:24.045+11:00","nodeId":"node1","jobId":1,` +
		`"status":"COMPLETED","config":{"exportFrom":"2020-03-03T11:00:00.000+11:00","forcedExport":false},` +
		`"statistics":{"exportedEntities":15,"writtenRows":15},` +
		`"warnings":[{"key":"fake.build","message":"Build 1 is not known."}]}`
	if diff := cmp.Diff(want, string(document)); diff != "" {
		t.Errorf("job (-want +got):\n%s", diff)
	}
	checkFiles(t, e, o, 1)
	m, err := jobfiles.ReadManifest(filepath.Join(o.Home, "data-pipeline", "export", "1"))
	if err != nil {
		t.Fatal(err)
	}
	wantOptions := jobfiles.Options{From: fakeFrom, TimeZone: "UTC", FullContent: true, LineBreakEscape: `\n`,
		Rules: map[string]any{"AllEvents": true, "CutMarker": "…"}}
	if diff := cmp.Diff(wantOptions, m.Options); diff != "" {
		t.Errorf("options of the manifest (-want +got):\n%s", diff)
	}
	if m.Snapshot.Identity != "a" || m.Versions.Sluice != "test" || m.Versions.Go == "" || m.Versions.SQLite == "" {
		t.Errorf("manifest = %+v", m)
	}
}

// checkFiles compares the files of job 1 with what the engine wrote, and the
// manifest with the files.
func checkFiles(t *testing.T, e *Exporter, o Options, id int64) {
	t.Helper()
	files, err := e.Files(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(o.Home, "data-pipeline", "export", fmt.Sprint(id))
	var want []pipeline.File
	for _, name := range fakeNames {
		content := fakeContent(name, 3)
		sum := sha256.Sum256([]byte(content))
		path := filepath.Join(dir, name+"_job1_2021_03_03T01_08_24Z.csv")
		if b, err := os.ReadFile(path); err != nil || string(b) != content {
			t.Errorf("%s: %q, %v, want %q", path, b, err, content)
		}
		want = append(want, pipeline.File{Name: name, Path: path, Rows: 3, Bytes: int64(len(content)),
			SHA256: hex.EncodeToString(sum[:]), Complete: true})
	}
	if diff := cmp.Diff(want, files); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 6 {
		t.Errorf("the folder has %v, %v, want five files and the manifest", entries, err)
	}
}

func TestEverythingIsPrivate(t *testing.T) {
	o := testOptions(t)
	if err := os.MkdirAll(filepath.Join(o.Home, "data-pipeline"), 0o755); err != nil {
		t.Fatal(err)
	}
	g := &contracttest.Gates{}
	o.BeforePhase = g.BeforePhase
	reached, release := g.Hold(pipeline.PhaseFinishing)
	e := openFake(t, newFake(), o)
	start(t, e, pipeline.Request{})
	<-reached
	checkModes(t, o.Home)
	release()
	wait(t, e)
	checkModes(t, o.Home)
}

func checkModes(t *testing.T, home string) {
	t.Helper()
	seen := 0
	err := filepath.WalkDir(filepath.Join(home, "data-pipeline"), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return nil // renamed meanwhile
		}
		seen++
		want := fs.FileMode(0o600)
		if d.IsDir() {
			want = 0o700
		}
		if mode := info.Mode().Perm(); mode != want {
			t.Errorf("%s has mode %o, want %o", path, mode, want)
		}
		return nil
	})
	if err != nil || seen < 10 {
		t.Errorf("looked at %d files: %v", seen, err)
	}
}

func TestUnknownJobHasNoFiles(t *testing.T) {
	e := openFake(t, newFake(), testOptions(t))
	if _, err := e.Files(t.Context(), 9); err == nil || !strings.Contains(err.Error(), "has no job 9") {
		t.Errorf("Files: %v", err)
	}
}

func TestProgressOfAJob(t *testing.T) {
	g, f, o := &contracttest.Gates{}, newFake(), testOptions(t)
	o.BeforePhase = g.BeforePhase
	in, on := make(chan struct{}), make(chan struct{})
	f.during = func(_ context.Context, name string, _ io.Writer) error {
		if name == "pages" {
			in <- struct{}{}
			<-on
		}
		return nil
	}
	e := openFake(t, f, o)
	if p := e.Progress(); p.JobID != 0 || p.Phase != pipeline.PhaseNone || p.Files != nil {
		t.Errorf("before: %+v", p)
	}
	job := start(t, e, pipeline.Request{})
	<-in
	p := e.Progress()
	bytes := func(name string) int64 { return int64(len(fakeContent(name, 3))) }
	want := pipeline.Progress{JobID: 1, Phase: pipeline.PhaseExporting, Started: job.StartTime.Time,
		// The check is a third, and two files of five are written.
		Done: 600_000, Total: 1_000_000, Files: []pipeline.FileProgress{
			{Name: "users", State: pipeline.FileDone, Rows: 3, Bytes: bytes("users"), Expected: 3, Done: 1, Total: 1},
			{Name: "spaces", State: pipeline.FileDone, Rows: 3, Bytes: bytes("spaces"), Expected: 3, Done: 1, Total: 1},
			{Name: "pages", State: pipeline.FileWriting, Rows: 3, Bytes: bytes("pages"), Expected: 3, Total: 1},
			{Name: "comments", State: pipeline.FileWaiting, Expected: -1, Total: 1},
			{Name: "analytics_events", State: pipeline.FileWaiting, Expected: -1, Total: 1},
		}}
	if diff := cmp.Diff(want, p); diff != "" {
		t.Errorf("in the midst of the pages (-want +got):\n%s", diff)
	}
	reached, release := g.Hold(pipeline.PhaseFinishing)
	close(on)
	<-reached
	if p := e.Progress(); p.Total != progressScale || p.Done > p.Total || p.Files[4].State != pipeline.FileDone {
		t.Errorf("after the last file: %+v", p)
	}
	release()
	wait(t, e)
	if p := e.Progress(); p.JobID != 0 || p.Phase != pipeline.PhaseNone {
		t.Errorf("after the end: %+v", p)
	}
}

// TestProgressWithSorting: the parts of a job for whose keys there is no index
// follow each other, and the bar never goes back.
func TestProgressWithSorting(t *testing.T) {
	r := &run{counters: product.NewCounters(5)}
	r.checks.Store(true)
	c := r.counters
	last := -1.0
	look := func(phase pipeline.Phase, want float64) {
		t.Helper()
		got, ok := r.withSorting(r.fraction(pipeline.Progress{Phase: phase}))
		if !ok || math.Abs(got-want) > 1e-9 || got < last {
			t.Errorf("%s: %v, %v behind %v, want %v", phase, got, ok, last, want)
		}
		last = got
	}
	if _, ok := r.withSorting(r.fraction(pipeline.Progress{Phase: pipeline.PhaseChecking})); ok {
		t.Error("before anything is known, something is")
	}
	c.SortTotal.Store(1000)
	look(pipeline.PhaseChecking, 0)
	c.Sorted.Store(500)
	look(pipeline.PhaseChecking, 0.1)
	c.CheckTotal.Store(10)
	c.Checked.Store(10)
	look(pipeline.PhaseChecking, 0.1+0.8/3)
	look(pipeline.PhaseExporting, 0.1+0.8/3)
	c.Sorted.Store(1200) // the estimate was too low
	look(pipeline.PhaseExporting, 0.2+0.8/3)
	c.Files[0].Ranges.Store(4)
	c.Files[0].RangesDone.Store(2)
	look(pipeline.PhaseExporting, 0.2+0.8*2/3)
	look(pipeline.PhaseFinishing, 1)
}
