package journal

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sluice/pipeline"
)

var began = time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)

func job(id int64, status pipeline.Status) pipeline.Job {
	j := pipeline.Job{ID: id, Status: status, StartTime: pipeline.At(began.Add(time.Duration(id) * time.Hour)), NodeID: "node-1"}
	if status == pipeline.Completed {
		j.CompletedTime = pipeline.At(j.StartTime.Add(time.Duration(id) * time.Minute))
		j.Statistics = &pipeline.Statistics{ExportedEntities: 10 * id, WrittenRows: 11 * id}
	}
	return j
}

func open(t *testing.T, path string) *Journal {
	t.Helper()
	j, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func note(t *testing.T, j *Journal, jobs ...pipeline.Job) {
	t.Helper()
	for _, x := range jobs {
		if err := j.Note(x); err != nil {
			t.Fatal(err)
		}
	}
}

// ids lists the jobs with their status.
func ids(t *testing.T, j *Journal, limit int) (list []string) {
	t.Helper()
	jobs, err := j.Jobs(t.Context(), limit)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range jobs {
		list = append(list, x.StartTime.UTC().Format("15:04 ")+string(x.Status))
	}
	return list
}

func TestJobsSurvive(t *testing.T) {
	path := filepath.Join(t.TempDir(), "servers", "a.json")
	j := open(t, path)
	extra := job(3, pipeline.Failed)
	extra.Errors = []pipeline.Diagnostic{{Key: "a.key", Message: "why"}}
	extra.Extra = map[string]json.RawMessage{"later": json.RawMessage(`{"x":1}`)}
	note(t, j, pipeline.Job{}, job(1, pipeline.Completed), job(2, pipeline.Started), extra, job(2, pipeline.Completed))

	want := []string{"11:00 FAILED", "10:00 COMPLETED", "09:00 COMPLETED"}
	again := open(t, path)
	if d := cmp.Diff(want, ids(t, again, 0)); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	if d := cmp.Diff(want[:2], ids(t, again, 2)); d != "" {
		t.Errorf("the newest two: -want +got:\n%s", d)
	}
	jobs, err := again.Jobs(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(extra, jobs[0], cmp.Transformer("time", func(t pipeline.Time) string { return t.UTC().String() })); d != "" {
		t.Errorf("-noted +read:\n%s", d)
	}
	if runtime.GOOS != "windows" {
		for name, want := range map[string]os.FileMode{path: 0o600, filepath.Dir(path): 0o700} {
			if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
				t.Errorf("%s has mode %v, %v, want %v", name, info.Mode(), err, want)
			}
		}
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestCountersAreNotWritten checks that the polling of a running job does not
// write a file each time.
func TestCountersAreNotWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.json")
	j := open(t, path)
	running := job(4, pipeline.Started)
	note(t, j, running)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	running.Statistics = &pipeline.Statistics{WrittenRows: 5}
	note(t, j, running, running)
	if _, err := os.Stat(path); err == nil {
		t.Error("a counter was written")
	}
	if jobs, err := j.Jobs(t.Context(), 0); err != nil || jobs[0].Statistics.WrittenRows != 5 {
		t.Errorf("%v, %v: the counter is not known", jobs, err)
	}
	ended := job(4, pipeline.Completed)
	note(t, j, ended)
	if _, err := os.Stat(path); err != nil {
		t.Error("the end was not written")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	note(t, j, ended)
	if _, err := os.Stat(path); err == nil {
		t.Error("the same end was written again")
	}
}

func TestTwoProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.json")
	a, b := open(t, path), open(t, path)
	note(t, a, job(1, pipeline.Completed), job(2, pipeline.Started))
	note(t, b, job(2, pipeline.Completed))
	note(t, a, job(3, pipeline.Started))
	want := []string{"11:00 STARTED", "10:00 COMPLETED", "09:00 COMPLETED"}
	for _, j := range []*Journal{a, open(t, path)} {
		if d := cmp.Diff(want, ids(t, j, 0)); d != "" {
			t.Errorf("-want +got:\n%s", d)
		}
	}
}

// TestIdsBeginAnew is about a server that was set up anew and counts from 1.
func TestIdsBeginAnew(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.json")
	j := open(t, path)
	anew := job(1, pipeline.Completed)
	anew.StartTime = pipeline.At(began.Add(12 * time.Hour))
	note(t, j, job(1, pipeline.Completed), job(2, pipeline.Failed), anew)
	if d := cmp.Diff([]string{"20:00 COMPLETED", "10:00 FAILED", "09:00 COMPLETED"}, ids(t, open(t, path), 0)); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

func TestBrokenFile(t *testing.T) {
	for _, content := range []string{"{", `{"version":1,"jobs":{}}`, "[]"} {
		path := filepath.Join(t.TempDir(), "a.json")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		j, err := Open(path)
		if err == nil || !strings.Contains(err.Error(), path+".broken") {
			t.Errorf("%s: %v", content, err)
		}
		if kept, err := os.ReadFile(path + ".broken"); err != nil || string(kept) != content {
			t.Errorf("%s was not kept: %q, %v", content, kept, err)
		}
		note(t, j, job(1, pipeline.Completed))
		if got := ids(t, open(t, path), 0); len(got) != 1 {
			t.Errorf("%s: then %v", content, got)
		}
	}
}

// TestUnreadable is about a file that cannot be read for now: it stays where it
// is.
func TestUnreadable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.json")
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path); err == nil {
		t.Error("a folder was read")
	}
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		t.Errorf("it was set aside: %v", err)
	}
}

// TestFailedWriteIsTriedAgain: an end that could not be written is not lost,
// although the server says the same ever after.
func TestFailedWriteIsTriedAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.json")
	j := open(t, path)
	if err := os.MkdirAll(filepath.Join(path, "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := j.Note(job(1, pipeline.Completed)); err == nil {
		t.Fatal("a folder was replaced")
	}
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
	note(t, j, job(1, pipeline.Completed))
	if got := ids(t, open(t, path), 0); len(got) != 1 {
		t.Errorf("then %v", got)
	}
}

func TestUnwritable(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	j := &Journal{path: filepath.Join(blocked, "a.json")}
	if err := j.Note(job(1, pipeline.Completed)); err == nil || !strings.Contains(err.Error(), j.path) {
		t.Errorf("got %v", err)
	}
	if got := ids(t, j, 0); len(got) != 1 {
		t.Errorf("what cannot be written is not known either: %v", got)
	}
}

func TestOnlyTheNewestAreKept(t *testing.T) {
	j := &Journal{path: filepath.Join(t.TempDir(), "a.json")}
	for id := int64(1); id <= most+5; id++ {
		j.jobs = with(j.jobs, job(id, pipeline.Completed))
	}
	note(t, j, job(most+6, pipeline.Started))
	if n := len(j.jobs); n != most || j.jobs[0].ID != most+6 || j.jobs[n-1].ID != 7 {
		t.Errorf("%d jobs from %d to %d", n, j.jobs[0].ID, j.jobs[n-1].ID)
	}
}

// TestFailedWriteIsTriedWithACounter: a job that goes on running is written with its
// next counter, which else is not, and then not again.
func TestFailedWriteIsTriedWithACounter(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "servers")
	if err := os.WriteFile(folder, nil, 0o600); err != nil { // where the folder should be
		t.Fatal(err)
	}
	j := &Journal{path: filepath.Join(folder, "a.json")}
	running := job(1, pipeline.Started)
	if err := j.Note(running); err == nil {
		t.Fatal("a file was taken for a folder")
	}
	if err := os.Remove(folder); err != nil {
		t.Fatal(err)
	}
	running.Statistics = &pipeline.Statistics{WrittenRows: 5}
	note(t, j, running)
	if got := ids(t, open(t, j.path), 0); len(got) != 1 {
		t.Errorf("written was %v", got)
	}
	if err := os.Remove(j.path); err != nil {
		t.Fatal(err)
	}
	running.Statistics = &pipeline.Statistics{WrittenRows: 6}
	note(t, j, running)
	if _, err := os.Stat(j.path); err == nil {
		t.Error("a counter was written")
	}
}

// TestEndOfTheNewest: an end that another process saw counts for the newest job, too.
func TestEndOfTheNewest(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.json")
	a, b := open(t, path), open(t, path)
	note(t, a, job(2, pipeline.Started))
	note(t, b, job(2, pipeline.Completed))
	note(t, a, job(1, pipeline.Completed)) // older: that of before stays the newest
	want := []string{"10:00 COMPLETED", "09:00 COMPLETED"}
	for _, j := range []*Journal{a, open(t, path)} {
		if d := cmp.Diff(want, ids(t, j, 0)); d != "" {
			t.Errorf("-want +got:\n%s", d)
		}
	}
}

// TestStartedByIsKept: what a server answers later does not tell it, and other processes
// find it in the file.
func TestStartedByIsKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "wiki.json")
	here, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	job := pipeline.Job{ID: 5, Status: pipeline.Started, StartTime: pipeline.At(time.Date(2026, 11, 1, 2, 0, 0, 0, time.UTC)), StartedBy: pipeline.BySchedule("nightly")}
	if err := here.Note(job); err != nil {
		t.Fatal(err)
	}
	there, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	told := job
	told.StartedBy, told.Status = "", pipeline.Completed
	if got := there.StartedBy(told); got != job.StartedBy {
		t.Errorf("started by %q", got)
	}
	if err := there.Note(told); err != nil {
		t.Fatal(err)
	}
	again, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if jobs, err := again.Jobs(t.Context(), 0); err != nil || len(jobs) != 1 || jobs[0].StartedBy != job.StartedBy || jobs[0].Status != pipeline.Completed {
		t.Errorf("%+v, %v", jobs, err)
	}
}
