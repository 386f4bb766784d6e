package localexport

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sluice/localexport/jobfiles"
	"sluice/pipeline"
	"sluice/pipeline/contracttest"
)

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
	want := []pipeline.Diagnostic{preValidation, fakeFinding}
	if diff := cmp.Diff(want, invalid.Job.Errors); diff != "" {
		t.Errorf("errors from the kept verdict (-want +got):\n%s", diff)
	}
	closeExporter(t, e)
	e = openFake(t, f, o)
	job := runToEnd(t, e, pipeline.Request{Forced: true})
	if diff := cmp.Diff(append(want, fakeWarning), job.Warnings); diff != "" {
		t.Errorf("warnings of the forced job (-want +got):\n%s", diff)
	}
	if f.validated != 2 {
		t.Errorf("checked %d times, want twice", f.validated)
	}
}

func TestStartGivenUpWhileChecking(t *testing.T) {
	g, o := &contracttest.Gates{}, testOptions(t)
	o.BeforePhase = g.BeforePhase
	reached, _ := g.Hold(pipeline.PhaseChecking)
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
	g, o := &contracttest.Gates{}, testOptions(t)
	o.BeforePhase = g.BeforePhase
	reached, release := g.Hold(pipeline.PhaseExporting)
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
			g, o := &contracttest.Gates{}, testOptions(t)
			o.BeforePhase = g.BeforePhase
			reached, _ := g.Hold(phase)
			e := openFake(t, newFake(), o)
			started := make(chan error, 1)
			go func() {
				_, err := e.Start(t.Context(), pipeline.Request{})
				started <- err
			}()
			<-reached
			closeExporter(t, e)
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
		key     string // KeyFailed if empty
	}{
		"planning":  {func(f *fakeEngine) { f.planErr = errors.New("table content: row 5: the date is no date") }, "Table content: row 5: the date is no date.", ""},
		"exporting": {func(f *fakeEngine) { f.exportErr = errors.New("page 7 of the file is damaged") }, "Page 7 of the file is damaged.", ""},
		"full disk": {func(f *fakeEngine) {
			f.exportErr = &fs.PathError{Op: "write", Path: "users.csv.partial", Err: syscall.ENOSPC}
		}, "Write users.csv.partial: no space left on device. Free some space or choose another home, and start the export again.", KeyLowSpace},
		"lost bytes": {func(f *fakeEngine) {
			f.during = func(_ context.Context, name string, w io.Writer) error {
				if name == "spaces" {
					_, err := io.WriteString(w, "uncounted")
					return err
				}
				return nil
			}
		}, "File spaces has 43 bytes on disk, but file spaces was counted with 34 bytes.", ""},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake()
			c.prepare(f)
			e := openFake(t, f, testOptions(t))
			want := pipeline.Diagnostic{Key: orFailed(c.key), Message: c.want}
			_, startErr := e.Start(t.Context(), pipeline.Request{})
			job := wait(t, e)
			if job.Status != pipeline.Failed || len(job.Errors) != 1 || said(job.Errors[0]) != want {
				t.Errorf("job = %+v, want the error %+v", job, want)
			}
			if (startErr != nil) != (f.planErr != nil) {
				t.Errorf("Start: %v", startErr)
			}
			if _, err := jobfiles.ReadManifest(filepath.Join(e.home.exports, "1")); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("manifest: %v, want none", err)
			}
			files, err := e.Files(t.Context(), job.ID)
			if err != nil || slices.ContainsFunc(files, func(f pipeline.File) bool { return f.Complete }) {
				t.Errorf("files = %+v, %v, want none that is complete by its name", files, err)
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

func orFailed(key string) string {
	if key == "" {
		return KeyFailed
	}
	return key
}

func TestWaitGivesUp(t *testing.T) {
	g, o := &contracttest.Gates{}, testOptions(t)
	o.BeforePhase = g.BeforePhase
	reached, _ := g.Hold(pipeline.PhaseExporting)
	e := openFake(t, newFake(), o)
	start(t, e, pipeline.Request{})
	<-reached
	ctx, giveUp := context.WithCancel(t.Context())
	giveUp()
	if job, err := e.Wait(ctx); !errors.Is(err, context.Canceled) || !job.Running() {
		t.Errorf("Wait = %+v, %v, want the job as it runs", job, err)
	}
}

func TestHookCanRefuse(t *testing.T) {
	o := testOptions(t)
	o.BeforePhase = func(_ context.Context, job pipeline.Job, phase pipeline.Phase) error {
		if phase == pipeline.PhaseExporting {
			return errors.New("not during office hours")
		}
		return nil
	}
	e := openFake(t, newFake(), o)
	job := runToEnd(t, e, pipeline.Request{})
	if job.Status != pipeline.Failed || job.Errors[0] != (pipeline.Diagnostic{Key: KeyFailed, Message: "Not during office hours."}) {
		t.Errorf("job = %+v", job)
	}
}

// said is a diagnostic without what it was made of.
func said(d pipeline.Diagnostic) pipeline.Diagnostic {
	return pipeline.Diagnostic{Key: d.Key, Message: d.Message}
}
