package localexport

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sluice/localexport/confluence"
	"sluice/localexport/jobfiles"
	"sluice/localexport/jobstore"
	"sluice/pipeline"
)

func TestCompletedExport(t *testing.T) {
	o := testOptions(t)
	start := time.Date(2021, 3, 3, 12, 8, 24, 45e6, time.FixedZone("", 11*3600))
	o.Now = func() time.Time { return start }
	o.FullContent = true
	o.Rules = confluence.Options{AllEvents: true, CutMarker: "…"}
	e := openFake(t, newFake(), o)
	job := runToEnd(t, e, pipeline.Request{})

	document, err := json.Marshal(job)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"startTime":"2021-03-03T12:08:24.045+11:00","completedTime":"2021-03-03T12:08:24.045+11:00","nodeId":"node1","jobId":1,` +
		`"status":"COMPLETED","config":{"exportFrom":"2020-03-03T11:00:00.000+11:00","forcedExport":false},` +
		`"statistics":{"exportedEntities":15,"writtenRows":15}}`
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
	for _, name := range confluence.FileNames {
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
	g := &gates{}
	o.BeforePhase = g.beforePhase
	reached, release := g.hold(pipeline.PhaseFinishing)
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

func TestUnusableOptions(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(*Options)
		want   string
	}{
		"no home":          {func(o *Options) { o.Home = "" }, "no home is given"},
		"home is a file":   {func(o *Options) { o.Home = file }, "home " + file + " cannot be written"},
		"home in a file":   {func(o *Options) { o.Home = filepath.Join(file, "home") }, "cannot be written (not a directory): choose another folder"},
		"unknown zone":     {func(o *Options) { o.TimeZone = "Europe/Atlantis" }, `time zone "Europe/Atlantis" is not known`},
		"offset too large": {func(o *Options) { o.TimeZone = "+25:00" }, "out of range"},
		"negative space":   {func(o *Options) { o.MinFreeSpace = -2 }, "minimum free space -2"},
		"negative workers": {func(o *Options) { o.Workers = -1 }, "number of workers -1"},
	} {
		t.Run(name, func(t *testing.T) {
			o := testOptions(t)
			c.change(&o)
			e, err := open(t.Context(), o, newFake().open, plenty)
			if err == nil {
				closeExporter(t, e)
				t.Fatal("no error")
			}
			if !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("error %q does not say %q in one line", err, c.want)
			}
		})
	}
}

func TestParseZone(t *testing.T) {
	at := time.Date(2021, 7, 1, 12, 0, 0, 0, time.UTC)
	for s, want := range map[string]int{"UTC": 0, "Europe/Berlin": 7200, "+10:00": 36000, "-0330": -12600, " +02 ": 7200} {
		zone, err := ParseZone(s)
		if err != nil {
			t.Errorf("%q: %v", s, err)
			continue
		}
		if _, offset := at.In(zone).Zone(); offset != want {
			t.Errorf("%q has offset %d, want %d", s, offset, want)
		}
	}
	if zone, err := ParseZone(""); zone != nil || err != nil {
		t.Errorf("empty zone = %v, %v, want nil", zone, err)
	}
}

func TestLowSpaceBeforeTheStart(t *testing.T) {
	f, free := newFake(), int64(DefaultMinFreeSpace-1)
	e, err := open(t.Context(), testOptions(t), f.open, func(string) (int64, error) { return free, nil })
	if err != nil {
		t.Fatal(err)
	}
	defer closeExporter(t, e)
	job, err := e.Start(t.Context(), pipeline.Request{})
	if err == nil || job.Status != pipeline.Failed || job.ID != 1 {
		t.Fatalf("Start = %+v, %v, want job 1 failed", job, err)
	}
	d, found := job.Diagnostic(KeyLowSpace)
	if !found || !strings.HasPrefix(d.Message, "Only 5.00 GB are free on the disk of ") || !strings.Contains(err.Error(), "are to stay free") {
		t.Errorf("diagnostic = %+v, error %v", d, err)
	}
	if f.validated != 0 {
		t.Error("the snapshot was checked all the same")
	}
	free++
	if job := runToEnd(t, e, pipeline.Request{}); job.Status != pipeline.Completed {
		t.Errorf("with enough space: %s", job.Status)
	}
}

func TestLowSpaceDuringTheExport(t *testing.T) {
	f, o := newFake(), testOptions(t)
	low := make(chan struct{})
	o.MinFreeSpace = 1000
	f.during = func(ctx context.Context, name string, w io.Writer) error {
		if name == "comments" {
			close(low)
			<-ctx.Done()
			return ctx.Err()
		}
		return nil
	}
	e, err := open(t.Context(), o, f.open, func(string) (int64, error) {
		select {
		case <-low:
			return 999, nil
		default:
			return 1000, nil
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	defer closeExporter(t, e)
	job := runToEnd(t, e, pipeline.Request{})
	if _, found := job.Diagnostic(KeyLowSpace); !found || job.Status != pipeline.Failed || !job.CancelledTime.IsZero() {
		t.Errorf("job = %+v", job)
	}
	if job.Statistics.WrittenRows != 12 {
		t.Errorf("statistics = %+v, want 12 rows", *job.Statistics)
	}
	files, err := e.Files(t.Context(), job.ID)
	if err != nil || len(files) != 4 || files[3].Complete || !strings.HasSuffix(files[3].Path, ".partial") {
		t.Errorf("files = %+v, %v, want a partial one at the end", files, err)
	}
}

func TestSpaceCheckCanBeOff(t *testing.T) {
	o := testOptions(t)
	o.MinFreeSpace = -1
	e, err := open(t.Context(), o, newFake().open, func(string) (int64, error) { return 0, nil })
	if err != nil {
		t.Fatal(err)
	}
	defer closeExporter(t, e)
	if job := runToEnd(t, e, pipeline.Request{}); job.Status != pipeline.Completed {
		t.Errorf("status = %s", job.Status)
	}
}

func TestUnmeasurableSpaceIsNoReason(t *testing.T) {
	e, err := open(t.Context(), testOptions(t), newFake().open, func(string) (int64, error) { return 0, errors.New("no such call") })
	if err != nil {
		t.Fatal(err)
	}
	defer closeExporter(t, e)
	if job := runToEnd(t, e, pipeline.Request{}); job.Status != pipeline.Completed {
		t.Errorf("status = %s", job.Status)
	}
}

func TestFreeSpaceOfThisDisk(t *testing.T) {
	if n, err := freeSpace(t.TempDir()); err != nil || n <= 0 {
		t.Errorf("freeSpace = %d, %v", n, err)
	}
	if _, err := freeSpace(filepath.Join(t.TempDir(), "missing")); err == nil {
		t.Error("no error for a folder that does not exist")
	}
}

func TestVerdictIsKept(t *testing.T) {
	f, o := newFake(), testOptions(t)
	e := openFake(t, f, o)
	runToEnd(t, e, pipeline.Request{})
	runToEnd(t, e, pipeline.Request{})
	if f.validated != 1 {
		t.Errorf("checked %d times, want once", f.validated)
	}
	f.set(func() { f.id, f.consistent = "b", false }) // the file changes
	var invalid *pipeline.ValidationError
	for range 2 {
		if _, err := e.Start(t.Context(), pipeline.Request{}); !errors.As(err, &invalid) {
			t.Errorf("Start = %v, want a ValidationError", err)
		}
	}
	want := []pipeline.Diagnostic{preValidation, {Key: "fake.index", Message: "Index i of table t lacks 2 of 10 rows."}}
	if diff := cmp.Diff(want, invalid.Job.Errors); diff != "" {
		t.Errorf("errors from the kept verdict (-want +got):\n%s", diff)
	}
	closeExporter(t, e)
	e = openFake(t, f, o)
	job := runToEnd(t, e, pipeline.Request{Forced: true})
	if diff := cmp.Diff(want, job.Warnings); diff != "" {
		t.Errorf("warnings of the forced job (-want +got):\n%s", diff)
	}
	if f.validated != 2 {
		t.Errorf("checked %d times, want twice", f.validated)
	}
}

func TestStartGivenUpWhileChecking(t *testing.T) {
	g, o := &gates{}, testOptions(t)
	o.BeforePhase = g.beforePhase
	reached, _ := g.hold(pipeline.PhaseChecking)
	e := openFake(t, newFake(), o)
	ctx, giveUp := context.WithCancel(t.Context())
	go func() {
		<-reached
		giveUp()
	}()
	job, err := e.Start(ctx, pipeline.Request{})
	if !errors.Is(err, context.Canceled) || job.Status != pipeline.Cancelled {
		t.Errorf("Start = %+v, %v", job, err)
	}
	if _, found := job.Diagnostic(KeyAbandoned); !found {
		t.Errorf("warnings = %v", job.Warnings)
	}
}

func TestJobOutlivesTheContextOfItsStart(t *testing.T) {
	g, o := &gates{}, testOptions(t)
	o.BeforePhase = g.beforePhase
	reached, release := g.hold(pipeline.PhaseExporting)
	e := openFake(t, newFake(), o)
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := e.Start(ctx, pipeline.Request{}); err != nil {
		t.Fatal(err)
	}
	<-reached
	cancel()
	release()
	if job := wait(t, e); job.Status != pipeline.Completed {
		t.Errorf("status = %s", job.Status)
	}
}

func TestCloseCancels(t *testing.T) {
	for _, phase := range []pipeline.Phase{pipeline.PhaseChecking, pipeline.PhaseExporting, pipeline.PhaseFinishing} {
		t.Run(string(phase), func(t *testing.T) {
			g, o := &gates{}, testOptions(t)
			o.BeforePhase = g.beforePhase
			reached, _ := g.hold(phase)
			e := openFake(t, newFake(), o)
			started := make(chan error, 1)
			go func() {
				_, err := e.Start(t.Context(), pipeline.Request{})
				started <- err
			}()
			<-reached
			began := time.Now()
			closeExporter(t, e)
			if took := time.Since(began); took > 500*time.Millisecond {
				t.Errorf("Close took %v", took)
			}
			if err := <-started; err != nil {
				t.Errorf("Start: %v", err)
			}
			if _, err := e.Status(t.Context()); !errors.Is(err, ErrClosed) {
				t.Errorf("Status after Close: %v", err)
			}
			if _, err := e.Start(t.Context(), pipeline.Request{}); !errors.Is(err, ErrClosed) {
				t.Errorf("Start after Close: %v", err)
			}
			closeExporter(t, e) // again is no mistake
			job, err := openFake(t, newFake(), testOptionsAt(t, o.Home)).Status(t.Context())
			if err != nil || job.Status != pipeline.Cancelled || job.Statistics == nil {
				t.Errorf("job = %+v, %v", job, err)
			}
			if _, found := job.Diagnostic(KeyShutdown); !found {
				t.Errorf("warnings = %v", job.Warnings)
			}
		})
	}
}

func testOptionsAt(t *testing.T, home string) Options {
	o := testOptions(t)
	o.Home = home
	return o
}

func TestPanicFailsTheJob(t *testing.T) {
	f := newFake()
	f.during = func(context.Context, string, io.Writer) error { panic("out of cheese") }
	e := openFake(t, f, testOptions(t))
	job := runToEnd(t, e, pipeline.Request{})
	if job.Status != pipeline.Failed || len(job.Errors) != 1 || job.Errors[0] != internal {
		t.Errorf("job = %+v", job)
	}
	f.set(func() { f.during = nil })
	if job := runToEnd(t, e, pipeline.Request{}); job.Status != pipeline.Completed {
		t.Errorf("next job: %s", job.Status)
	}
	if f.closed != 2 {
		t.Errorf("the snapshot was closed %d times, want twice", f.closed)
	}
}

func TestFailures(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(*fakeEngine)
		want    string
	}{
		"planning":  {func(f *fakeEngine) { f.planErr = errors.New("table content: row 5: the date is no date") }, "Table content: row 5: the date is no date."},
		"exporting": {func(f *fakeEngine) { f.exportErr = errors.New("page 7 of the file is damaged") }, "Page 7 of the file is damaged."},
		"lost bytes": {func(f *fakeEngine) {
			f.during = func(_ context.Context, name string, w io.Writer) error {
				if name == "spaces" {
					_, err := io.WriteString(w, "uncounted")
					return err
				}
				return nil
			}
		}, "File spaces has 43 bytes on disk, but file spaces was counted with 34 bytes."},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake()
			c.prepare(f)
			e := openFake(t, f, testOptions(t))
			_, startErr := e.Start(t.Context(), pipeline.Request{})
			job := wait(t, e)
			if job.Status != pipeline.Failed || len(job.Errors) != 1 || job.Errors[0] != (pipeline.Diagnostic{Key: KeyFailed, Message: c.want}) {
				t.Errorf("job = %+v", job)
			}
			if (startErr != nil) != (f.planErr != nil) {
				t.Errorf("Start: %v", startErr)
			}
			if _, err := jobfiles.ReadManifest(filepath.Join(e.home.exports, "1")); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("manifest: %v, want none", err)
			}
		})
	}
}

func TestSnapshotThatCannotBeOpened(t *testing.T) {
	f := newFake()
	f.openErr = errors.New("file x is no SQLite database")
	e := openFake(t, f, testOptions(t))
	_, err := e.Start(t.Context(), pipeline.Request{})
	if err == nil || err.Error() != "start export: file x is no SQLite database" {
		t.Errorf("Start: %v", err)
	}
	if job, err := e.Status(t.Context()); err != nil || job.Exists() {
		t.Errorf("status = %+v, %v, want no job", job, err)
	}
	f.set(func() { f.openErr = nil })
	if job := runToEnd(t, e, pipeline.Request{}); job.ID != 1 || job.Status != pipeline.Completed {
		t.Errorf("next job %d: %s", job.ID, job.Status)
	}
}

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
			if err != nil || len(files) != 1 || !files[0].Complete || (files[0].SHA256 != "") != c.commit {
				t.Errorf("files = %+v, %v", files, err)
			}
		})
	}
}

// leaveDead leaves a home as a process does that died after its only file was
// complete.
func leaveDead(t *testing.T, path string, commit bool) {
	t.Helper()
	h := homeAt(path)
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
	set, err := jobfiles.Create(t.Context(), jobfiles.Dir(h.exports, job.ID), job.ID, now, []string{"users"})
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
	if err := w.Close(); err != nil {
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

func TestProgressOfAJob(t *testing.T) {
	g, f, o := &gates{}, newFake(), testOptions(t)
	o.BeforePhase = g.beforePhase
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
	want := pipeline.Progress{JobID: 1, Phase: pipeline.PhaseExporting, Started: job.StartTime.Time, Files: []pipeline.FileProgress{
		{Name: "users", State: pipeline.FileDone, Rows: 3, Bytes: bytes("users"), Expected: 3},
		{Name: "spaces", State: pipeline.FileDone, Rows: 3, Bytes: bytes("spaces"), Expected: 3},
		{Name: "pages", State: pipeline.FileWriting, Rows: 3, Bytes: bytes("pages"), Expected: 3},
		{Name: "comments", State: pipeline.FileWaiting, Expected: -1},
		{Name: "analytics_events", State: pipeline.FileWaiting, Expected: -1},
	}}
	if diff := cmp.Diff(want, p); diff != "" {
		t.Errorf("in the midst of the pages (-want +got):\n%s", diff)
	}
	reached, release := g.hold(pipeline.PhaseFinishing)
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

func TestEndThatCannotBeRecorded(t *testing.T) {
	g, o := &gates{}, testOptions(t)
	o.BeforePhase = g.beforePhase
	reached, release := g.hold(pipeline.PhaseFinishing)
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
	// The next program finds the manifest.
	next := openFake(t, newFake(), testOptionsAt(t, o.Home))
	if job, err := next.Status(t.Context()); err != nil || job.Status != pipeline.Completed {
		t.Errorf("next program: %s, %v", job.Status, err)
	}
}

func TestUnknownJobHasNoFiles(t *testing.T) {
	e := openFake(t, newFake(), testOptions(t))
	if _, err := e.Files(t.Context(), 9); err == nil || !strings.Contains(err.Error(), "has no job 9") {
		t.Errorf("Files: %v", err)
	}
}

func TestEveryNotRuleIsAnOption(t *testing.T) {
	options := chosenOptionNames()
	for name := range notRules {
		if !options[name] {
			t.Errorf("%s is not an option of the engine any more", name)
		}
	}
}
