package localexport

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sluice/localexport/disk"
	"sluice/localexport/jobfiles"
	"sluice/localexport/product"
	"sluice/pipeline"
	"sluice/pipeline/contracttest"
	"sluice/rules"
)

// interruptedJob leaves a job that failed in the midst of its comments; the fake
// keeps a state of each file that it has written.
func interruptedJob(t *testing.T, f *fakeEngine, o Options, r pipeline.Request) pipeline.Job {
	t.Helper()
	return interruptedIn(t, f, o, r, 1)
}

// interruptedBelow is interruptedIn for a job below another export path.
func interruptedBelow(t *testing.T, f *fakeEngine, o Options, path string, id int64) pipeline.Job {
	t.Helper()
	return interruptedAt(t, f, o, pipeline.Request{}, jobfiles.Dir(path, id))
}

// interruptedIn is interruptedJob for the job with the id.
func interruptedIn(t *testing.T, f *fakeEngine, o Options, r pipeline.Request, id int64) pipeline.Job {
	t.Helper()
	return interruptedAt(t, f, o, r, JobFolder(o.Home, id))
}

// interruptedAt is interruptedJob for the job with the folder.
func interruptedAt(t *testing.T, f *fakeEngine, o Options, r pipeline.Request, folder string) pipeline.Job {
	t.Helper()
	e := openFake(t, f, o)
	f.set(func() {
		f.during = func(_ context.Context, name string, _ io.Writer) error {
			if name != "comments" {
				return nil
			}
			for {
				if r, err := jobfiles.ReadResume(folder); err == nil && len(r.Files) == 3 {
					return errors.New("the disk was pulled out")
				}
				runtime.Gosched()
			}
		}
	})
	job := runToEnd(t, e, r)
	f.set(func() { f.during = nil })
	if job.Status != pipeline.Failed {
		t.Fatalf("job = %+v", job)
	}
	closeExporter(t, e)
	return job
}

// TestResume goes on with a failed job: with its time range and options, whatever
// those of the exporter are, from the files that were whole.
func TestResume(t *testing.T) {
	f, o := newFake(), testOptions(t)
	o.FullContent, o.LineBreakEscape = true, "<br>"
	o.Rules = rules.Chosen{"all-events": "true", "labels": "commas"}
	from := time.Date(2019, 5, 1, 0, 0, 0, 0, time.UTC)
	old := interruptedJob(t, f, o, pipeline.Request{FromDate: from, Forced: true})
	e := openFake(t, f, testOptionsAt(t, o.Home))
	left, err := e.Resumable(t.Context(), 0)
	want := pipeline.Resumable{Kept: []pipeline.KeptFile{{Name: "users", Bytes: 34, Whole: true}, {Name: "spaces", Bytes: 34, Whole: true}, {Name: "pages", Bytes: 31, Whole: true}}}
	for i, name := range []string{"users", "spaces", "pages"} {
		want.Kept[i].Bytes = int64(len(fakeContent(name, f.rows)))
	}
	want.Job = old
	if diff := cmp.Diff(want, left); diff != "" || err != nil {
		t.Errorf("left (-want +got):\n%s%v", diff, err)
	}
	job, err := e.Resume(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	if job = wait(t, e); job.Status != pipeline.Completed || job.ResumedFrom != old.ID || !job.Config.ExportFrom.Equal(from) || !job.Config.ForcedExport {
		t.Errorf("job = %+v", job)
	}
	for _, name := range fakeNames {
		if got := f.written[name]; got != (name == "comments" || name == "analytics_events") {
			t.Errorf("%s was written anew: %v", name, got)
		}
	}
	m, err := jobfiles.ReadManifest(jobfiles.Dir(e.home.exports, job.ID))
	if err != nil || !m.Request.FromDate.Equal(from) || !m.Request.Forced || !m.Options.FullContent || m.Options.LineBreakEscape != "<br>" || m.Options.Rules["AllEvents"] != true || m.Job.ResumedFrom != old.ID {
		t.Errorf("manifest = %+v, %v", m, err)
	}
	for _, file := range m.Files {
		b, err := os.ReadFile(filepath.Join(jobfiles.Dir(e.home.exports, job.ID), file.File))
		if err != nil || string(b) != fakeContent(file.Name, f.rows) {
			t.Errorf("%s = %q, %v", file.Name, b, err)
		}
	}
	jobs, err := e.Jobs(t.Context(), 0)
	if err != nil || jobs[1].ResumedAs != job.ID || jobs[1].Status != pipeline.Failed {
		t.Errorf("jobs = %+v, %v", jobs, err)
	}
	if n, _ := filesOf(t, e, old.ID); n > 0 {
		t.Errorf("%d files of no use are left of the job that was gone on with", n)
	}
}

// TestNotResumable: one sentence says why nothing can be gone on with, and no job
// is begun.
func TestNotResumable(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*testing.T, *fakeEngine, *Options, string)
		id     int64
		want   string
	}{
		"no such job": {nil, 7, "has no job 7"},
		"snapshot changed": {func(_ *testing.T, f *fakeEngine, _ *Options, _ string) { f.id = "b" }, 0,
			"fake.db is not the snapshot that it exported, or was changed since"},
		"snapshot gone": {func(_ *testing.T, f *fakeEngine, _ *Options, _ string) { f.openErr = errors.New("no such file") }, 0, "job 1 cannot be resumed: no such file"},
		"another version": {func(_ *testing.T, _ *fakeEngine, o *Options, _ string) { o.Version = "next" }, 0,
			"was exported by Sluice test, and this is next, which may write its files differently"},
		"record damaged": {func(t *testing.T, _ *fakeEngine, _ *Options, dir string) {
			if err := os.WriteFile(filepath.Join(dir, jobfiles.ResumeName), []byte(`{"format"`), 0o600); err != nil {
				t.Fatal(err)
			}
		}, 0, "job 1 cannot be resumed: read "},
		"removed": {func(t *testing.T, _ *fakeEngine, _ *Options, dir string) {
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		}, 1, "job 1 has left nothing to go on with"},
		"removed, the newest": {func(t *testing.T, _ *fakeEngine, _ *Options, dir string) {
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		}, 0, "has no job that ended early and left files: there is nothing to resume (the newest job, 1, is"},
	} {
		t.Run(name, func(t *testing.T) {
			f, o := newFake(), testOptions(t)
			old := interruptedJob(t, f, o, pipeline.Request{})
			if c.change != nil {
				c.change(t, f, &o, jobfiles.Dir(filepath.Join(o.Home, "data-pipeline", "export"), old.ID))
			}
			e := openFake(t, f, o)
			var not *pipeline.NotResumableError
			if _, err := e.Resumable(t.Context(), c.id); !errors.As(err, &not) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Resumable: %v, want %q", err, c.want)
			}
			if _, err := e.Resume(t.Context(), c.id); !errors.As(err, &not) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Resume: %v, want %q", err, c.want)
			}
			if jobs, err := e.Jobs(t.Context(), 0); err != nil || len(jobs) != 1 {
				t.Errorf("jobs = %+v, %v", jobs, err)
			}
		})
	}
}

func TestNothingToResume(t *testing.T) {
	e := openFake(t, newFake(), testOptions(t))
	var not *pipeline.NotResumableError
	if _, err := e.Resume(t.Context(), 0); !errors.As(err, &not) || !strings.Contains(err.Error(), "has no job yet") {
		t.Errorf("Resume: %v", err)
	}
	job := runToEnd(t, e, pipeline.Request{})
	if _, err := e.Resume(t.Context(), job.ID); !errors.As(err, &not) || !strings.Contains(err.Error(), "job 1 is complete") {
		t.Errorf("Resume: %v", err)
	}
}

// TestResumeWhileAJobRuns: what may be left to go on with shows at the end of it.
func TestResumeWhileAJobRuns(t *testing.T) {
	g, o := &contracttest.Gates{}, testOptions(t)
	o.BeforePhase = g.BeforePhase
	reached, release := g.Hold(pipeline.PhaseExporting)
	e := openFake(t, newFake(), o)
	job, err := e.Start(t.Context(), pipeline.Request{})
	if err != nil {
		t.Fatal(err)
	}
	<-reached
	var running *pipeline.RunningError
	if _, err := e.Resumable(t.Context(), 0); !errors.As(err, &running) || running.Job.ID != job.ID {
		t.Errorf("Resumable: %v, want that job %d runs", err, job.ID)
	}
	release()
	wait(t, e)
}

// TestResumedTwice: what a job has taken over is not taken again.
func TestResumedTwice(t *testing.T) {
	f, o := newFake(), testOptions(t)
	old := interruptedJob(t, f, o, pipeline.Request{})
	e := openFake(t, f, o)
	if _, err := e.Resume(t.Context(), old.ID); err != nil {
		t.Fatal(err)
	}
	wait(t, e)
	var not *pipeline.NotResumableError
	if _, err := e.Resume(t.Context(), old.ID); !errors.As(err, &not) || !strings.Contains(err.Error(), "job 1 was resumed as job 2 already") {
		t.Errorf("Resume: %v", err)
	}
}

// TestDamagedLeftovers: a file that is not as it was recorded is written anew, and
// those behind it; if nothing is left, the job fails and says why.
func TestDamagedLeftovers(t *testing.T) {
	for damaged, wantJob := range map[string]pipeline.Status{"users": pipeline.Failed, "spaces": pipeline.Completed, "pages": pipeline.Completed} {
		f, o := newFake(), testOptions(t)
		old := interruptedJob(t, f, o, pipeline.Request{})
		dir := jobfiles.Dir(filepath.Join(o.Home, "data-pipeline", "export"), old.ID)
		matches, err := filepath.Glob(filepath.Join(dir, damaged+"_*"))
		if err != nil || len(matches) != 1 {
			t.Fatal(matches, err)
		}
		if err := os.WriteFile(matches[0], []byte(strings.Repeat("x", 40)), 0o600); err != nil {
			t.Fatal(err)
		}
		e := openFake(t, f, o)
		_, err = e.Resume(t.Context(), 0)
		job := wait(t, e)
		if job.Status != wantJob || (err != nil) != (wantJob == pipeline.Failed) {
			t.Errorf("%s damaged: %+v, %v", damaged, job, err)
		}
		if wantJob == pipeline.Failed {
			if _, err := jobfiles.ReadResume(dir); err != nil || len(job.Errors) != 1 || !strings.Contains(job.Errors[0].Message, "is damaged") {
				t.Errorf("%s damaged: %+v, %v", damaged, job.Errors, err)
			}
			continue
		}
		if d, ok := job.Diagnostic(KeyRewritten); !ok || !strings.Contains(d.Message, "only what comes before "+damaged) {
			t.Errorf("%s damaged: %+v", damaged, job.Warnings)
		}
		for _, name := range fakeNames {
			matches, _ := filepath.Glob(filepath.Join(jobfiles.Dir(e.home.exports, job.ID), name+"_*"))
			if b, err := os.ReadFile(matches[0]); err != nil || string(b) != fakeContent(name, f.rows) {
				t.Errorf("%s damaged: %s = %q, %v", damaged, name, b, err)
			}
		}
	}
}

// TestOptionsAreKept: a resumed job has every option of the old one that shapes the
// files, and of those of the new one only what leaves no trace in them.
func TestOptionsAreKept(t *testing.T) {
	old := product.Options{FullContent: true, PreserveLineBreaks: true, Formats: product.Formats, ByteOrderMark: true,
		Rules: rules.Chosen{"all-events": "true", "labels": "commas", "cut-marker": "x"}}
	left := leftover{record: jobfiles.Resume{Plan: []byte("{}"), Options: manifestOptions(fakeRules, old, product.Result{})}}
	got, err := left.resumeOptions(fakeRules, product.Options{Rules: rules.Chosen{"cut-marker": "y"}, Formats: []product.Format{product.CSV}, Workers: 2, MapFile: true})
	old.Plan, old.Workers, old.MapFile = &product.Plan{}, 2, true
	if diff := cmp.Diff(old, got); err != nil || diff != "" {
		t.Errorf("%v, (-want +got):\n%s", err, diff)
	}
	escaped := leftover{record: jobfiles.Resume{Plan: []byte("{}"), Options: manifestOptions(fakeRules, product.Options{LineBreakEscape: "<br>"}, product.Result{})}}
	if got, err := escaped.resumeOptions(fakeRules, product.Options{}); err != nil || got.LineBreakEscape != "<br>" || got.ByteOrderMark || product.FormatWord(got.Formats) != "csv" {
		t.Errorf("%+v, %v: the escape or the format is another", got, err)
	}
	unknown := leftover{record: jobfiles.Resume{Plan: []byte("{}"), Options: jobfiles.Options{Rules: map[string]any{"OfTomorrow": true}}}}
	if _, err := unknown.resumeOptions(fakeRules, product.Options{}); err == nil || !strings.Contains(err.Error(), "the rule OfTomorrow, which this version does not know") {
		t.Errorf("a rule that is not known: %v", err)
	}
}

// TestResumeOfNothing: a job that had written nothing yet is gone on with, too, and
// then is not any more.
func TestResumeOfNothing(t *testing.T) {
	f, o := newFake(), testOptions(t)
	f.during = func(context.Context, string, io.Writer) error { return errors.New("the disk was pulled out") }
	e := openFake(t, f, o)
	runToEnd(t, e, pipeline.Request{})
	f.set(func() { f.during = nil })
	if _, err := e.Resume(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	if job := wait(t, e); job.Status != pipeline.Completed || job.ResumedFrom != 1 {
		t.Errorf("job = %+v", job)
	}
	if _, err := jobfiles.ReadResume(jobfiles.Dir(e.home.exports, 1)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the record of the old job: %v", err)
	}
}

// stuckRecord is a disk that does not remove the record of a job.
type stuckRecord struct{ disk.Real }

func (stuckRecord) Remove(path string) error {
	if filepath.Base(path) == jobfiles.ResumeName {
		return errRefused
	}
	return disk.Real{}.Remove(path)
}

// TestTakeOverThatFails ends a job in the moment in which it takes the files of
// another over, so that both have a record of them. The newer one is gone on with,
// and then neither has anything left.
func TestTakeOverThatFails(t *testing.T) {
	f, o := newFake(), testOptions(t)
	interruptedJob(t, f, o, pipeline.Request{})
	bad := o
	bad.Disk = stuckRecord{}
	e := openFake(t, f, bad)
	if _, err := e.Resume(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	if job := wait(t, e); job.Status != pipeline.Failed || job.ID != 2 {
		t.Fatalf("job = %+v", job)
	}
	closeExporter(t, e)
	e = openFake(t, f, o)
	if _, err := e.Resume(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	if job := wait(t, e); job.Status != pipeline.Completed || job.ResumedFrom != 2 {
		t.Fatalf("job = %+v", job)
	}
	jobs, err := e.Jobs(t.Context(), 0)
	if err != nil || len(jobs) != 3 || jobs[1].ResumedAs != 3 || jobs[2].ResumedAs != 2 {
		t.Errorf("jobs = %+v, %v", jobs, err)
	}
	var not *pipeline.NotResumableError
	if left, err := e.Resumable(t.Context(), 0); !errors.As(err, &not) {
		t.Errorf("left: %+v, %v", left, err)
	}
}
