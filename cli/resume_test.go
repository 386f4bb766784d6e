package cli

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/localexport"
	"sluice/localexport/confluence"
	"sluice/localexport/demo"
	"sluice/pipeline"
)

// interrupted is a home whose only job failed when all its files were written, and
// the snapshot.
func interrupted(t *testing.T) (home, snapshot string) {
	t.Helper()
	isolate(t)
	snapshot, _ = demoSnapshot(t, demo.Options{Pages: 30, Seed: 1})
	home = filepath.Join(t.TempDir(), "home")
	e, err := localexport.Open(t.Context(), localexport.Options{Product: confluence.Product{}, Home: home, Snapshot: snapshot, Version: "test", MinFreeSpace: -1,
		FullContent: true, Logger: slog.New(slog.DiscardHandler),
		BeforePhase: func(_ context.Context, _ pipeline.Job, phase pipeline.Phase) error {
			if phase == pipeline.PhaseFinishing {
				return errors.New("the disk was pulled out")
			}
			return nil
		}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Start(t.Context(), pipeline.Request{}); err != nil {
		t.Fatal(err)
	}
	if job, err := e.Wait(t.Context()); err != nil || job.Status != pipeline.Failed {
		t.Fatal(job, err)
	}
	if err := e.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	return home, snapshot
}

// TestExportResume: flags that say something else than the job are wrong usage,
// those that say the same or nothing are not, and neither is the snapshot needed.
func TestExportResume(t *testing.T) {
	home, snapshot := interrupted(t)
	for _, c := range []struct {
		flags []string
		code  int
		says  string
	}{
		{[]string{"--preserve-line-breaks"}, exitUsage, "--preserve-line-breaks true contradicts job 1, which was exported with false and is resumed as it was"},
		{[]string{"--from-date", "2020-01-01T00:00Z"}, exitUsage, "--from-date 2020-01-01T00:00"},
		{[]string{"--force"}, exitUsage, "--force true contradicts job 1"},
		{[]string{"--line-break-escape", " "}, exitUsage, "--line-break-escape"},
		{[]string{"--base-url", "https://other.example.com"}, exitUsage, "--base-url https://other.example.com contradicts job 1"},
		{[]string{"--time-zone", "Asia/Tokyo"}, exitUsage, "--time-zone Asia/Tokyo contradicts job 1"},
		{[]string{"--include-archived"}, exitUsage, "--include-archived true contradicts job 1, which was exported with its default"},
		{[]string{"--labels", "commas"}, exitUsage, "--labels commas contradicts job 1"},
		{[]string{"--job", "7"}, exitFailed, "has no job 7"},
		{[]string{"--job", "-1"}, exitUsage, "--job -1"},
		{[]string{"--snapshot", filepath.Join(home, "data-pipeline", "jobs.db")}, exitFailed, "job 1 cannot be resumed"},
	} {
		code, out, errs := runProgram(t, append([]string{"export", "--resume", "--home", home, "--min-free-space", "-1"}, c.flags...)...)
		if code != c.code || !strings.Contains(errs, c.says) || out != "" {
			t.Errorf("%v: exit %d, %q, %q, want %d and %q", c.flags, code, out, errs, c.code, c.says)
		}
	}
	if code, _, errs := runProgram(t, "export", "--home", home, "--snapshot", snapshot, "--job", "1"); code != exitUsage || !strings.Contains(errs, "--resume") {
		t.Errorf("--job without --resume: exit %d, %q", code, errs)
	}
	none := filepath.Join(t.TempDir(), "none")
	if code, _, errs := runProgram(t, "export", "--resume", "--home", none); code != exitFailed || !strings.Contains(errs, "is no home of exports") {
		t.Errorf("in no home: exit %d, %q", code, errs)
	}
	if _, err := os.Stat(none); !os.IsNotExist(err) {
		t.Errorf("a home was made: %v", err)
	}
	if code, _, errs := runProgram(t, "export", "--home", home); code != exitUsage || !strings.Contains(errs, "--snapshot") {
		t.Errorf("without a snapshot: exit %d, %q", code, errs)
	}
	code, out, errs := runProgram(t, "export", "--resume", "--home", home, "--min-free-space", "-1", "--full-content", "--workers", "1", "--sqlite-only")
	if code != exitDone || !strings.Contains(errs, "Going on with job 1 (failed); on disk already: ") || !strings.Contains(out, "resumed from job 1") {
		t.Errorf("exit %d, %q, %q", code, out, errs)
	}
	if code, _, errs := runProgram(t, "verify", "2", "--home", home); code != exitDone {
		t.Errorf("verify: exit %d, %s", code, errs)
	}
	if code, _, errs := runProgram(t, "export", "--resume", "--home", home); code != exitFailed || !strings.Contains(errs, "there is nothing to resume") {
		t.Errorf("once more: exit %d, %q", code, errs)
	}
}

func TestExportResumeJSON(t *testing.T) {
	home, snapshot := interrupted(t)
	code, out, errs := runProgram(t, "export", "--resume", "--job", "1", "--home", home, "--snapshot", snapshot, "--min-free-space", "-1", "--json")
	var job pipeline.Kept
	if err := json.Unmarshal([]byte(out), &job); err != nil || code != exitDone || job.ID != 2 || job.ResumedFrom != 1 || errs != "" {
		t.Errorf("exit %d, %s, %q, %v", code, out, errs, err)
	}
}

func TestClean(t *testing.T) {
	home, _ := interrupted(t)
	dir := filepath.Join(home, "data-pipeline", "export", "1")
	code, out, _ := runProgram(t, "clean", "--home", home, "--dry-run")
	if code != exitDone || !strings.Contains(out, "Incomplete export of job 1, which ended as FAILED; it can be resumed") ||
		!strings.Contains(out, ".csv.partial") || !strings.Contains(out, "Nothing was.") {
		t.Errorf("--dry-run: exit %d, %s", code, out)
	}
	one(t, dir, "users_*.partial")
	if code, out, _ := runProgram(t, "clean", "--home", home, "--job", "9"); code != exitDone || !strings.Contains(out, "Job 9 has left no partial files") {
		t.Errorf("another job: exit %d, %s", code, out)
	}
	code, out, _ = runProgram(t, "clean", "--home", home, "--json")
	var done cleaned
	if err := json.Unmarshal([]byte(out), &done); err != nil || code != exitDone || !done.Removed || len(done.Jobs) != 1 ||
		len(done.Jobs[0].Files) != len(confluence.FileNames)+1 || !done.Jobs[0].Resumable || done.Bytes < 1000 {
		t.Errorf("exit %d, %s, %v", code, out, err)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("the folder: %v", err)
	}
	if code, out, _ := runProgram(t, "clean", "--home", home); code != exitDone || !strings.Contains(out, "No ended job has left partial files.") {
		t.Errorf("again: exit %d, %s", code, out)
	}
	if code, _, errs := runProgram(t, "clean", "--home", filepath.Join(home, "none")); code != exitFailed || !strings.Contains(errs, "is no home of exports") {
		t.Errorf("no home: exit %d, %s", code, errs)
	}
}

// TestCleanLeavesCompleteExports: nothing of a complete job is partial.
func TestCleanLeavesCompleteExports(t *testing.T) {
	home, dir := exported(t)
	if code, out, _ := runProgram(t, "clean", "--home", home); code != exitDone || !strings.Contains(out, "No ended job") {
		t.Errorf("exit %d, %s", code, out)
	}
	one(t, dir, "users_*.csv")
}
