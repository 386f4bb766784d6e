package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/changes"
)

// twice is a home with two complete jobs of one snapshot; the second has other rows:
// one page less, one changed, one more.
func twice(t *testing.T, flags ...string) (home string, dirs [3]string) {
	t.Helper()
	home, dirs[1] = exported(t)
	dirs[2] = filepath.Join(filepath.Dir(dirs[1]), "2")
	snapshot := filepath.Join(t.TempDir(), "demo.db")
	if code, _, errs := runProgram(t, "demo", snapshot, "--pages", "20", "--seed", "1"); code != exitDone {
		t.Fatal(errs)
	}
	args := append([]string{"export", snapshot, "--home", home, "--min-free-space", "-1"}, flags...)
	if code, _, errs := runProgram(t, args...); code != exitDone {
		t.Fatal(errs)
	}
	return home, dirs
}

// edit changes the lines of the only file that matches.
func edit(t *testing.T, pattern string, change func(lines []string) []string) {
	t.Helper()
	found, err := filepath.Glob(pattern)
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	b, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	lines := change(strings.SplitAfter(strings.TrimSuffix(string(b), "\r\n"), "\r\n"))
	if err := os.WriteFile(found[0], []byte(strings.Join(lines, "")+"\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestDiff(t *testing.T) {
	home, dirs := twice(t)
	edit(t, filepath.Join(dirs[2], "pages_*"), func(lines []string) []string {
		lines[2] = strings.Replace(lines[2], "current", "odd\u202e", 1)
		more := "9" + lines[3]
		return append(append(lines[:3:3], lines[4:]...), "\r\n"+more[:len(more)-2])
	})
	out := t.TempDir()
	code, text, errs := runProgram(t, "diff", "1", "2", "--home", home, "--out", out, "--json")
	if code != exitDone {
		t.Fatal(code, errs)
	}
	var got struct {
		Files   map[string]map[string]int64
		Written map[string]string
	}
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err, text)
	}
	pages := got.Files["pages"]
	if pages["added"] != 1 || pages["changed"] != 1 || pages["removed"] != 1 || pages["outOfWindow"] != 0 || pages["unchanged"] == 0 || len(got.Files) != 5 {
		t.Errorf("%v", got)
	}
	path := filepath.Join(out, "changes_pages_1_2.csv")
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 || got.Written["pages"] != path {
		t.Errorf("%v, %v, %v", info, err, got.Written)
	}
	if n := records(t, path); n != 3 {
		t.Errorf("%d rows", n)
	}
	code, text, _ = runProgram(t, "diff", dirs[1], dirs[2], "--summary", "--file", "pages")
	if code != exitDone || !strings.Contains(text, "pages      1        1        1") {
		t.Errorf("%d, %s", code, text)
	}
	pagesOf := func(job int) string { return one(t, dirs[job], "pages_*") }
	code, text, _ = runProgram(t, "diff", pagesOf(1), pagesOf(2), "--out", out, "--key", "page_title")
	if code != exitDone || !strings.Contains(text, "brought in order") {
		t.Errorf("%d, %s", code, text)
	}
}

func TestDiffFails(t *testing.T) {
	home, dirs := twice(t, "--preserve-line-breaks")
	out := filepath.Join(t.TempDir(), "out")
	if code, text, errs := runProgram(t, "diff", "1", "2", "--home", home, "--out", out); code != exitDone || !strings.Contains(text, "Line breaks stand in the cells of job 1 and job 2 in different ways") {
		t.Errorf("%d, %s%s", code, text, errs)
	}
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"no such job":    {[]string{"1", "7"}, exitFailed, "has no job 7"},
		"no such folder": {[]string{"1", "./nowhere"}, exitFailed, "there is no job, folder or file"},
		"no such file":   {[]string{"1", "2", "--file", "cats"}, exitFailed, "no file in common"},
		"no such column": {[]string{"1", "2", "--file", "pages", "--key", "cat"}, exitFailed, "has no column cat"},
		"from date":      {[]string{"1", "2", "--from-date", "everything"}, exitUsage, "job 2 says itself that it was exported from"},
		"one side":       {[]string{"1"}, exitUsage, "job-b"},
	} {
		code, _, errs := runProgram(t, append(append([]string{"diff"}, c.args...), "--home", home, "--out", out)...)
		if code != c.code || !strings.Contains(errs, c.says) {
			t.Errorf("%s: %d, %s", name, code, errs)
		}
	}
	if err := os.Remove(filepath.Join(dirs[2], "manifest.json")); err != nil {
		t.Fatal(err)
	}
	code, text, _ := runProgram(t, "diff", dirs[1], dirs[2], "--summary", "--json", "--from-date", "2020-01-01T00:00Z")
	var got struct{ Files map[string]changes.Counts }
	if err := json.Unmarshal([]byte(text), &got); err != nil || code != exitDone || len(got.Files) != 5 {
		t.Errorf("%d, %v, %s", code, err, text)
	}
}

func TestDiffCalibrates(t *testing.T) {
	home, dirs := twice(t, "--labels", "commas", "--milliseconds")
	code, text, errs := runProgram(t, "diff", dirs[2], "1", "--home", home, "--calibrate")
	if code != exitDone || !strings.Contains(text, "export with --labels=commas") || !strings.Contains(text, "export with --milliseconds") || strings.Contains(text, "not known") {
		t.Errorf("%d, %s%s", code, text, errs)
	}
	code, text, _ = runProgram(t, "diff", "1", "1", "--home", home, "--calibrate")
	if code != exitDone || !strings.Contains(text, "Calibration: the files are the same") {
		t.Errorf("%d, %s", code, text)
	}
	snapshot := filepath.Join(t.TempDir(), "demo.db")
	for _, args := range [][]string{{"demo", snapshot, "--pages", "20", "--seed", "1"},
		{"export", snapshot, "--home", home, "--min-free-space", "-1", "--from-date", "everything"},
		{"export", snapshot, "--home", home, "--min-free-space", "-1", "--from-date", "2026-02-01T00:00Z"}} {
		if code, _, errs := runProgram(t, args...); code != exitDone {
			t.Fatal(errs)
		}
	}
	code, text, _ = runProgram(t, "diff", "3", "4", "--home", home, "--calibrate")
	if code != exitDone || strings.Contains(text, "export with") || strings.Contains(text, "the same") || !strings.Contains(text, "no difference was found that tells a rule") {
		t.Errorf("what was not asked for is told as a rule, or as the same: %d, %s", code, text)
	}
	code, text, _ = runProgram(t, "diff", dirs[2], "1", "--home", home, "--calibrate", "--json")
	var got struct {
		Findings []struct{ File, Column, Option string }
	}
	if err := json.Unmarshal([]byte(text), &got); err != nil || code != exitDone || len(got.Findings) == 0 {
		t.Errorf("%d, %v, %s", code, err, text)
	}
	if left, err := filepath.Glob("changes_*"); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}

// TestDiffOfParquet: a job of Parquet is compared with one of CSV and with another of
// Parquet, cell by cell, and nothing is left of what that took.
func TestDiffOfParquet(t *testing.T) {
	room := t.TempDir()
	t.Setenv("TMPDIR", room)
	home, dirs := twice(t, "--format", "parquet", "--preserve-line-breaks")
	snapshot := filepath.Join(t.TempDir(), "later.db")
	if code, _, errs := runProgram(t, "demo", snapshot, "--pages", "30", "--seed", "1"); code != exitDone {
		t.Fatal(errs)
	}
	if code, _, errs := runProgram(t, "export", snapshot, "--home", home, "--min-free-space", "-1", "--format", "parquet"); code != exitDone {
		t.Fatal(errs)
	}
	out := t.TempDir()
	counts := func(a, b string, flags ...string) map[string]changes.Counts {
		t.Helper()
		code, text, errs := runProgram(t, append([]string{"diff", a, b, "--home", home, "--out", out, "--json"}, flags...)...)
		var got struct{ Files map[string]changes.Counts }
		if err := json.Unmarshal([]byte(text), &got); err != nil || code != exitDone {
			t.Fatal(code, err, errs)
		}
		return got.Files
	}
	same := counts("1", "2")
	for name, c := range same {
		if c.Differ() || c.Unchanged == 0 {
			t.Errorf("%s of CSV and Parquet: %+v", name, c)
		}
	}
	if len(same) != 5 {
		t.Errorf("%+v", same)
	}
	before := counts("2", "3", "--format", "parquet")
	if c := before["pages"]; c.Added == 0 {
		t.Errorf("pages of two Parquet jobs: %+v", c)
	}
	for name, c := range counts("1", "3") {
		if c != before[name] {
			t.Errorf("%s of CSV: %+v, of Parquet: %+v", name, c, before[name])
		}
	}
	if code, text, errs := runProgram(t, "diff", one(t, dirs[2], "pages_*"), one(t, dirs[1], "pages_*"), "--out", out); code != exitDone || !strings.Contains(text, "pages") {
		t.Errorf("%d, %s%s", code, text, errs)
	}
	if left, err := filepath.Glob(filepath.Join(room, "sluice-diff-*")); err != nil || len(left) > 0 {
		t.Errorf("%q is left, %v", left, err)
	}
}
