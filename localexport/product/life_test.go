package product_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sluice/localexport"
	"sluice/localexport/jobfiles"
	"sluice/pipeline"
	"sluice/rules"
	"sluice/verify"
)

// catalogue writes a snapshot of a library with three records for each file, and more
// lines.
func catalogue(t *testing.T, more ...string) string {
	t.Helper()
	var b strings.Builder
	for _, name := range libraryFiles {
		for i := range 3 {
			fmt.Fprintf(&b, "%s no %d of %s\n", name, i, name)
		}
	}
	path := filepath.Join(t.TempDir(), "catalogue.txt")
	if err := os.WriteFile(path, []byte(b.String()+strings.Join(more, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func options(t *testing.T, p *library, path string) localexport.Options {
	return localexport.Options{Product: p, Home: filepath.Join(t.TempDir(), "home"), Snapshot: path, MinFreeSpace: -1, Version: "test",
		Rules: rules.Chosen{"in-capitals": rules.On}, Logger: slog.New(slog.DiscardHandler),
		PollInterval: time.Millisecond, ReportInterval: time.Millisecond}
}

func open(t *testing.T, o localexport.Options) *localexport.Exporter {
	t.Helper()
	e, err := localexport.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := e.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	return e
}

// cancelled starts an export and cancels it in the midst of the loans, once what was
// written before is recorded. It returns the job, and its progress at that moment.
func cancelled(t *testing.T, p *library, e *localexport.Exporter, home string) (pipeline.Job, pipeline.Progress) {
	t.Helper()
	reached, written := make(chan struct{}), 0
	p.during = func(ctx context.Context, name string) error {
		if name != "loans" {
			written++
			return nil
		}
		for {
			if r, err := jobfiles.ReadResume(localexport.JobFolder(home, 1)); err == nil && len(r.Files) == written || ctx.Err() != nil {
				break
			}
			runtime.Gosched()
		}
		close(reached)
		<-ctx.Done()
		return context.Cause(ctx)
	}
	if _, err := e.Start(t.Context(), pipeline.Request{}); err != nil {
		t.Fatal(err)
	}
	<-reached
	progress := e.Progress()
	if _, err := e.Cancel(t.Context()); err != nil {
		t.Fatal(err)
	}
	job, err := e.Wait(t.Context())
	if err != nil || job.Status != pipeline.Cancelled || job.Statistics.WrittenRows != 24 {
		t.Fatalf("job = %+v, %v", job, err)
	}
	p.during = nil
	return job, progress
}

// TestAnotherProduct goes through the life of a job with eleven files that nothing but
// the product has heard of.
func TestAnotherProduct(t *testing.T) {
	p := &library{}
	o := options(t, p, catalogue(t, "lost an umbrella"))
	e := open(t, o)
	job, progress := cancelled(t, p, e, o.Home)
	var names []string
	for _, f := range progress.Files {
		names = append(names, f.Name)
	}
	if !cmp.Equal(names, libraryFiles) || progress.Files[6].State != pipeline.FileDone || progress.Files[7].State != pipeline.FileWriting ||
		progress.Files[8].State != pipeline.FileWaiting || progress.Files[8].Expected != -1 || progress.Total == 0 {
		t.Errorf("in the midst of the loans: %+v", progress)
	}
	checkResumed(t, e, o, job)
	checkManifest(t, o)
	checkListed(t, e)
}

func checkResumed(t *testing.T, e *localexport.Exporter, o localexport.Options, old pipeline.Job) {
	t.Helper()
	left, err := e.Resumable(t.Context(), 0)
	if err != nil || len(left.Kept) != 7 || left.Kept[6].Name != "cards" {
		t.Fatalf("left: %+v, %v", left, err)
	}
	if _, err := e.Resume(t.Context(), old.ID); err != nil {
		t.Fatal(err)
	}
	job, err := e.Wait(t.Context())
	if err != nil || job.Status != pipeline.Completed || job.ResumedFrom != old.ID || job.Statistics.WrittenRows != 33 || len(job.Notes) != 1 {
		t.Fatalf("job = %+v, %v", job, err)
	}
}

func checkManifest(t *testing.T, o localexport.Options) {
	t.Helper()
	m, err := jobfiles.ReadManifest(localexport.JobFolder(o.Home, 2))
	if err != nil || len(m.Files) != 12 || !cmp.Equal(m.Options.Rules, map[string]any{"InCapitals": true}) {
		t.Fatalf("%+v, %v", m, err)
	}
	for i, name := range append(libraryFiles[:11:11], "lost") {
		if m.Files[i].Name != name || i < 11 && m.Files[i].Rows != 3 {
			t.Errorf("file %d is %+v", i, m.Files[i])
		}
	}
}

// checkListed holds the files of the resumed job against what they should be, lists
// them in their order, and verifies them before and after one is changed.
func checkListed(t *testing.T, e *localexport.Exporter) {
	t.Helper()
	files, err := e.Files(t.Context(), 2)
	if err != nil || len(files) != 12 {
		t.Fatalf("%+v, %v", files, err)
	}
	for i, name := range libraryFiles {
		want := "record\r\n"
		for n := range 3 {
			want += strings.ToUpper(fmt.Sprintf("no %d of %s\r\n", n, name))
		}
		if b, err := os.ReadFile(files[i].Path); err != nil || string(b) != want || files[i].Name != name {
			t.Errorf("%s: %q, %v", files[i].Path, b, err)
		}
	}
	verified := func() (failed []string) {
		outcomes, err := verify.Files(t.Context(), files, func(verify.Progress) {})
		if err != nil {
			t.Fatal(err)
		}
		for i, outcome := range outcomes {
			if outcome.State.Failed() {
				failed = append(failed, files[i].Name)
			}
		}
		return failed
	}
	if failed := verified(); failed != nil {
		t.Errorf("not as they were written: %v", failed)
	}
	if err := os.WriteFile(files[4].Path, []byte("a book"), 0o600); err != nil {
		t.Fatal(err)
	}
	if failed := verified(); !cmp.Equal(failed, []string{"books"}) {
		t.Errorf("after the books were changed: %v", failed)
	}
}

// TestFilesOfAnotherProductThatAreNotComplete are listed in their order.
func TestFilesOfAnotherProductThatAreNotComplete(t *testing.T) {
	p := &library{}
	o := options(t, p, catalogue(t))
	e := open(t, o)
	cancelled(t, p, e, o.Home)
	files, err := e.Files(t.Context(), 1)
	var names []string
	for _, f := range files {
		names = append(names, f.Name)
		if f.Complete {
			t.Errorf("%+v", f)
		}
	}
	if err != nil || !cmp.Equal(names, libraryFiles[:8]) {
		t.Errorf("%v, %v", names, err)
	}
}

// TestInconsistentSnapshotOfAnotherProduct is refused, and forced.
func TestInconsistentSnapshotOfAnotherProduct(t *testing.T) {
	p := &library{}
	o := options(t, p, catalogue(t, "\n"))
	e := open(t, o)
	var invalid *pipeline.ValidationError
	if _, err := e.Start(t.Context(), pipeline.Request{}); !errors.As(err, &invalid) {
		t.Fatalf("unforced: %v", err)
	}
	if _, err := e.Start(t.Context(), pipeline.Request{Forced: true}); err != nil {
		t.Fatal(err)
	}
	job, err := e.Wait(t.Context())
	if _, said := job.Diagnostic("library.gap"); err != nil || job.Status != pipeline.Completed || !said {
		t.Errorf("forced: %+v, %v", job, err)
	}
}

// TestTryAnotherProduct tells what to expect of each file.
func TestTryAnotherProduct(t *testing.T) {
	trial, err := localexport.Try(t.Context(), options(t, &library{}, catalogue(t)), pipeline.Request{}, time.Minute)
	if err != nil || !trial.Whole || len(trial.Files) != 11 || trial.Total().Rows != 33 || trial.Files[10].Name != "letters" {
		t.Errorf("%+v, %v", trial, err)
	}
}

// TestContradictionOfAnotherProduct names the rule as the command line does.
func TestContradictionOfAnotherProduct(t *testing.T) {
	p := &library{}
	o := options(t, p, catalogue(t))
	o.Rules = nil
	e := open(t, o)
	cancelled(t, p, e, o.Home)
	o.Rules = rules.Chosen{"in-capitals": rules.On}
	var c *localexport.ContradictionError
	if err := open(t, o).Contradiction(t.Context(), 1, pipeline.Request{}); !errors.As(err, &c) || c.Option != "in-capitals" {
		t.Errorf("%v", err)
	}
}
