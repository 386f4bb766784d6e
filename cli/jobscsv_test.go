package cli

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sluice/localexport/demo"
)

// rowsOf reads CSV with a header: cells by the names of their columns.
func rowsOf(t *testing.T, text string) []map[string]string {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(lines) == 0 {
		t.Fatalf("%v in %q", err, text)
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, cell := range line {
			row[lines[0][i]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

// TestJobsCSV: the list as a table has all jobs, on the standard output and in a file.
func TestJobsCSV(t *testing.T) {
	isolate(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 20, Seed: 1})
	dir := t.TempDir()
	home, saved := filepath.Join(dir, "home"), filepath.Join(dir, "new", "jobs.csv")
	for range 2 {
		runProgram(t, "export", snapshot, "--home", home, "--min-free-space", "-1", "--from-date", "2020-01-01T00:00+01:00")
	}
	jobs := func(args ...string) (code int, out, errs string) {
		return runProgram(t, slices.Concat([]string{"jobs", "--home", home}, args)...)
	}

	code, out, errs := jobs("--csv")
	rows := rowsOf(t, out)
	if code != exitDone || errs != "" || len(rows) != 2 || rows[0]["jobId"] != "2" || rows[1]["status"] != "COMPLETED" || rows[1]["exportFrom"] != "2019-12-31T23:00:00.000Z" ||
		rows[0]["writtenRows"] == "" || rows[0]["forcedExport"] != "false" {
		t.Errorf("exit code %d, %s, %s", code, out, errs)
	}
	if info, err := os.Stat(rows[0]["folder"]); err != nil || !info.IsDir() {
		t.Errorf("the folder of job 2: %v", err)
	}

	code, said, errs := jobs("--save", saved)
	b, err := os.ReadFile(saved)
	if code != exitDone || errs != "" || said != "2 jobs saved in "+saved+"\n" || err != nil || string(b) != out {
		t.Errorf("exit code %d, %q, %q, %v, saved\n%s", code, said, errs, err, b)
	}
	if info, err := os.Stat(saved); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, mode %v", err, info.Mode())
	}

	code, out, errs = jobs("--csv", "--limit", "1")
	if code != exitDone || len(rowsOf(t, out)) != 1 || errs != "and 1 earlier: --limit 0 lists all\n" {
		t.Errorf("with a limit: exit code %d, %s, %q", code, out, errs)
	}
	code, out, errs = jobs("1", "--save", saved, "--csv")
	if code != exitDone || len(rowsOf(t, out)) != 1 || rowsOf(t, out)[0]["jobId"] != "1" || errs != "1 job saved in "+saved+"\n" {
		t.Errorf("one job: exit code %d, %s, %q", code, out, errs)
	}
	code, out, errs = jobs("--save", saved, "--json")
	var list struct {
		Saved string
		Jobs  []json.RawMessage
	}
	if err := json.Unmarshal([]byte(out), &list); err != nil || code != exitDone || list.Saved != saved || len(list.Jobs) != 2 || errs != "2 jobs saved in "+saved+"\n" {
		t.Errorf("with JSON: exit code %d, %v, %s, %q", code, err, out, errs)
	}
	if code, out, errs = jobs("--save", filepath.Join(saved, "jobs.csv")); code != exitFailed || out != "" || !strings.Contains(errs, "save jobs in ") {
		t.Errorf("below a file: exit code %d, %q, %q", code, out, errs)
	}
}

// TestJobsCSVAndTheConfigFile: a config file that wants JSON does not forbid CSV.
func TestJobsCSVAndTheConfigFile(t *testing.T) {
	isolate(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 20, Seed: 1})
	home := filepath.Join(t.TempDir(), "home")
	runProgram(t, "export", snapshot, "--home", home, "--min-free-space", "-1")
	configure(t, `{"json": true}`)
	if code, out, errs := runProgram(t, "jobs", "--home", home, "--csv"); code != exitDone || !strings.HasPrefix(out, "jobId,status,") || errs != "" {
		t.Errorf("exit code %d, %q, %q", code, out, errs)
	}
	configure(t, `{"csv": true}`)
	if code, out, _ := runProgram(t, "jobs", "--home", home, "--json"); code != exitDone || !strings.HasPrefix(out, "{") {
		t.Errorf("exit code %d, %q", code, out)
	}
}
