package cli

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/localexport/demo"
	"sluice/pipeline"
)

// demoSnapshot writes a small demo snapshot.
func demoSnapshot(t *testing.T, o demo.Options) (string, demo.Summary) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "demo.db")
	summary, err := demo.Write(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	return path, summary
}

func jobOf(t *testing.T, out string) pipeline.Job {
	t.Helper()
	var job pipeline.Job
	if err := json.Unmarshal([]byte(out), &job); err != nil {
		t.Fatalf("%v in %q", err, out)
	}
	return job
}

// records counts the data records of the only file that matches.
func records(t *testing.T, pattern string) int64 {
	t.Helper()
	found, err := filepath.Glob(pattern)
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %v, %v", pattern, found, err)
	}
	f, err := os.Open(found[0])
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	reader := csv.NewReader(f)
	reader.ReuseRecord = true
	n := int64(-1)
	for {
		if _, err := reader.Read(); err == io.EOF {
			return n
		} else if err != nil {
			t.Fatal(err)
		}
		n++
	}
}

func TestExport(t *testing.T) {
	isolate(t)
	snapshot, summary := demoSnapshot(t, demo.Options{Pages: 200, Seed: 1})
	home := filepath.Join(t.TempDir(), "home")
	code, out, errs := runProgram(t, "export", "--snapshot", snapshot, "--home", home, "--from-date", "1990-01-01T00:00Z",
		"--json", "--min-free-space", "-1")
	if code != exitDone || errs != "" {
		t.Fatalf("exit code %d, message %q", code, errs)
	}
	job := jobOf(t, out)
	if job.ID != 1 || job.Status != pipeline.Completed || job.Config.ForcedExport {
		t.Errorf("job %s", out)
	}
	folder := filepath.Join(home, "data-pipeline", "export", "1")
	want := map[string]int64{
		"users": summary.Users, "spaces": summary.Spaces, "pages": summary.LivePages + summary.BlogPosts,
		"comments": summary.Comments, "analytics_events": summary.Events,
	}
	var rows int64
	for name, n := range want {
		rows += n
		if got := records(t, filepath.Join(folder, name+"_job1_*.csv")); got != n {
			t.Errorf("%s: %d rows, want %d", name, got, n)
		}
	}
	if job.Statistics == nil || job.Statistics.WrittenRows != rows || job.Statistics.ExportedEntities != rows {
		t.Errorf("statistics %+v, want %d rows", job.Statistics, rows)
	}

	code, out, errs = runProgram(t, "export", "--snapshot", snapshot, "--home", home, "--min-free-space", "-1")
	if code != exitDone || !strings.Contains(out, "Job 2: completed") || !strings.Contains(out, "analytics_events") {
		t.Errorf("for people: exit code %d, %q, %s", code, out, errs)
	}
}

func TestExportInconsistent(t *testing.T) {
	isolate(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 200, Seed: 1, Inconsistent: true})
	home := filepath.Join(t.TempDir(), "home")
	args := []string{"export", "--snapshot", snapshot, "--home", home, "--json", "--min-free-space", "-1"}
	code, out, errs := runProgram(t, args...)
	job := jobOf(t, out)
	if code != exitInconsistent || job.ID != 1 || job.Status != pipeline.Failed {
		t.Fatalf("exit code %d, %s, message %q", code, out, errs)
	}
	if len(job.Errors) == 0 || job.Errors[0].Key != pipeline.KeyPreValidation || !strings.Contains(errs, "force") {
		t.Errorf("errors %+v, message %q", job.Errors, errs)
	}
	left, _ := filepath.Glob(filepath.Join(home, "data-pipeline", "export", "*", "*.csv"))
	if len(left) != 0 {
		t.Errorf("files of a failed job: %v", left)
	}
	code, out, errs = runProgram(t, append(args, "--force")...)
	job = jobOf(t, out)
	if code != exitDone || job.ID != 2 || job.Status != pipeline.Completed || !job.Config.ForcedExport {
		t.Fatalf("forced: exit code %d, %s, message %q", code, out, errs)
	}
	if len(job.Errors) != 0 || len(job.Warnings) == 0 || job.Warnings[0].Key != pipeline.KeyPreValidation {
		t.Errorf("forced: errors %+v, warnings %+v", job.Errors, job.Warnings)
	}
}

func TestExportCancelledBySignal(t *testing.T) {
	isolate(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 200, Seed: 1})
	home := filepath.Join(t.TempDir(), "home")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out, errs strings.Builder
	p := Program{Out: &out, Err: &errs}
	code := p.Run(ctx, []string{"export", "--snapshot", snapshot, "--home", home, "--json", "--min-free-space", "-1"})
	if code != exitSignal {
		t.Errorf("exit code %d, %s, %s", code, out.String(), errs.String())
	}
	if job := jobOf(t, out.String()); problemIn(t, out.String()).Kind != "signal" || job.Exists() && job.Status != pipeline.Cancelled {
		t.Errorf("job %s", out.String())
	}
}

func TestExportErrors(t *testing.T) {
	isolate(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 5, Seed: 1})
	home := filepath.Join(t.TempDir(), "home")
	notSQLite := filepath.Join(t.TempDir(), "notes.db")
	if err := os.WriteFile(notSQLite, []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	future := time.Now().Add(48 * time.Hour).UTC().Format("2006-01-02T15:04Z")
	for _, c := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"no snapshot", []string{"--home", home}, exitUsage, "--snapshot"},
		{"no date", []string{"--snapshot", snapshot, "--home", home, "--from-date", "soon"}, exitUsage, "--from-date"},
		{"no zone", []string{"--snapshot", snapshot, "--home", home, "--from-date", "2025-01-01T00:00"}, exitUsage, "zone"},
		{"future", []string{"--snapshot", snapshot, "--home", home, "--from-date", future}, exitUsage, "future"},
		{"no size", []string{"--snapshot", snapshot, "--home", home, "--min-free-space", "lots"}, exitUsage, "--min-free-space"},
		{"missing file", []string{"--snapshot", snapshot + ".gone", "--home", home, "--min-free-space", "-1"}, exitFailed, "demo.db.gone"},
		{"no database", []string{"--snapshot", notSQLite, "--home", home, "--min-free-space", "-1"}, exitFailed, "notes.db"},
		{"home is a file", []string{"--snapshot", snapshot, "--home", notSQLite}, exitFailed, "notes.db"},
		{"unknown zone", []string{"--snapshot", snapshot, "--home", home, "--time-zone", "Mars/Olympus"}, exitUsage, "Mars/Olympus"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, _, errs := runProgram(t, append([]string{"export"}, c.args...)...)
			if code != c.code || !strings.Contains(errs, c.says) || strings.Contains(errs, "goroutine") {
				t.Errorf("exit code %d (want %d), message %q (want %q in it)", code, c.code, errs, c.says)
			}
		})
	}
}
