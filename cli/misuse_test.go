package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/localexport/demo"
)

// TestWhatCannotBeMeantIsRefused: numbers that are none, flags that mean nothing beside
// others, and settings where none are taken. Nothing is done then.
func TestWhatCannotBeMeantIsRefused(t *testing.T) {
	s := named(t, "Wiki")
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 5, Seed: 1})
	home := filepath.Join(t.TempDir(), "home")
	rows := csvOf(t, 3)
	export := []string{"export", snapshot, "--home", home}
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"preview", rows, "--row", "0"}, "--row 0: rows are counted from 1"},
		{[]string{"preview", rows, "--row", "-2"}, "--row -2: rows are counted from 1"},
		{[]string{"preview", rows, "--header-row", "0"}, "lines are counted from 1"},
		{[]string{"preview", rows, "--header-row", "-1"}, "lines are counted from 1"},
		{[]string{"preview", rows, "--skip", "-1"}, "-1 lines cannot be skipped"},
		{[]string{"preview", rows, "--delimiter", `"`}, "cannot be both the quote and the delimiter"},
		{append(export, "--workers", "-1"), "--workers -1 is negative"},
		{append(export, "--cpu-share", "-1"), "--cpu-share -1 is no percentage"},
		{append(export, "--cpu-share", "0.5"), "--cpu-share 0.5 is no percentage"},
		{append(export, "--cpu-share", "101"), "--cpu-share 101 is no percentage"},
		{append(export, "--cpu-share", "NaN"), "--cpu-share NaN is no percentage"},
		{append(export, "--bom", "--format", "parquet"), "--bom begins CSV files"},
		{append(export, "--line-break-escape", "x", "--format", "parquet"), "--line-break-escape is for CSV files"},
		{append(export, "--preserve-line-breaks", "--line-break-escape", "x"), "leave one of the two out"},
		{append(export, "--sqlite-only", "--map-file"), "leave one of the two out"},
		{[]string{"snapshot", "postgres://u@h:x/d"}, "is not understood"},
		{[]string{"snapshot", "mysql://h/d"}, "names no user"},
		{[]string{"status", "--server", "Wiki", "--url", "http://127.0.0.1:1"}, "name two servers"},
		{[]string{"sources", "list", "--url", "http://127.0.0.1:1"}, "--url is a setting of a source: list takes none"},
		{[]string{"sources", "--tag", "prod"}, "--tag is a setting of a source: list takes none"},
		{[]string{"sources", "test", "Wiki", "--url", s.URL}, "--url is a setting of a source: test takes none"},
		{[]string{"sources", "remove", "Wiki", "--user", "ana"}, "--user is a setting of a source: remove takes none"},
		{[]string{"sources", "edit", "Wiki"}, "what is to change?"},
		{[]string{"sources", "add", "Other", "--url", "nonsense"}, "one word, nonsense"},
		{[]string{"kit", "nonsense"}, `there is no kit for "nonsense". There are spark, `},
	} {
		code, out, errs := runRemote(t, c.args[0], c.args[1:]...)
		if out != "" {
			t.Errorf("%q prints %q", c.args, out)
		}
		expect(t, strings.Join(c.args, " "), code, exitUsage, errs, c.says)
	}
	if _, err := os.Stat(home); err == nil {
		t.Error("a home was made")
	}
	if l := theList(t); len(l) != 1 {
		t.Errorf("the list has become %+v", l)
	}
}

// TestAWrongEnvironmentIsWrongUse: as what was typed is.
func TestAWrongEnvironmentIsWrongUse(t *testing.T) {
	alone(t)
	t.Setenv("PGPORT", "abc")
	code, _, errs := runProgram(t, "snapshot", "postgres://u@127.0.0.1/d", filepath.Join(t.TempDir(), "out.db"))
	expect(t, "a port that is none", code, exitUsage, errs, `PGPORT="abc" in the environment is not understood`)
}

// TestEmptyTablesAreSaid: where all lines were left out.
func TestEmptyTablesAreSaid(t *testing.T) {
	isolate(t)
	rows := csvOf(t, 3)
	for _, args := range [][]string{{"--skip", "10"}, {"--header-row", "10"}} {
		code, _, errs := runProgram(t, append([]string{"preview", rows}, args...)...)
		expect(t, strings.Join(args, " "), code, exitDone, errs, "nothing is left of it")
		if code, _, errs = runProgram(t, append([]string{"preview", rows, "--strict"}, args...)...); code != exitFailed || !strings.Contains(errs, "is not as it should be") {
			t.Errorf("%q --strict: exit code %d, %q", args, code, errs)
		}
	}
}

// TestAFileIsNoFolderOfAJob: where a folder is asked for, a file is told as one, not in
// the words of the system.
func TestAFileIsNoFolderOfAJob(t *testing.T) {
	isolate(t)
	rows := csvOf(t, 3)
	none := filepath.Join(t.TempDir(), "none")
	for _, args := range [][]string{{"verify", rows}, {"kit", "duckdb", rows}} {
		code, _, errs := runProgram(t, args...)
		expect(t, args[0], code, exitFailed, errs, rows+" is a file: name the folder of a job")
	}
	code, _, errs := runProgram(t, "kit", "duckdb", none)
	expect(t, "kit of no folder", code, exitFailed, errs, "there is no folder "+none)
	code, _, errs = runProgram(t, "verify", none)
	expect(t, "verify of no folder", code, exitFailed, errs, "there is no folder "+none)
}

// TestJobsOfANewerManifest: what a job wrote cannot be told then, which is no success.
func TestJobsOfANewerManifest(t *testing.T) {
	isolate(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 5, Seed: 1})
	home := filepath.Join(t.TempDir(), "home")
	if code, _, errs := runProgram(t, "export", snapshot, "--home", home, "--min-free-space", "-1"); code != exitDone {
		t.Fatal(errs)
	}
	manifest := filepath.Join(home, "data-pipeline", "export", "1", "manifest.json")
	if err := os.WriteFile(manifest, []byte(`{"version": 99}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{nil, {"--json"}} {
		code, out, errs := runProgram(t, append([]string{"jobs", "1", "--home", home}, args...)...)
		if code != exitFailed || !strings.Contains(out+errs, "newer Sluice") || !strings.Contains(out, "ompleted") && !strings.Contains(out, "COMPLETED") {
			t.Errorf("%v: exit code %d, %q, %q", args, code, out, errs)
		}
	}
}
