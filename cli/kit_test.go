package cli

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sluice/columns"
	"sluice/kit"
)

// TestKitLoads lets the shells of engines that are here load the files of a job by their
// kit, and reads every cell back.
func TestKitLoads(t *testing.T) {
	for engine, read := range map[string]func(t *testing.T, kit string, query string) []byte{
		"sqlite": func(t *testing.T, kit, query string) []byte {
			shell, err := exec.LookPath("sqlite3")
			if err != nil {
				t.Skip("no sqlite3 here")
			}
			b, err := os.ReadFile(kit)
			if err != nil {
				t.Fatal(err)
			}
			c := exec.Command(shell, "-bail", "-csv", "-header", ":memory:")
			c.Stdin = strings.NewReader(string(b) + "\n" + query)
			out, err := c.Output()
			if err != nil {
				t.Fatalf("sqlite3: %v", err)
			}
			return out
		},
	} {
		t.Run(engine, func(t *testing.T) {
			home, dir := exported(t)
			path := filepath.Join(t.TempDir(), "kit")
			if code, _, errs := runProgram(t, "kit", engine, "--home", home, "--out", path); code != exitDone {
				t.Fatal(errs)
			}
			if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("the kit: %v, %v", info, err)
			}
			for _, f := range columns.Confluence {
				want := recordsOf(t, one(t, dir, f.Name+"_job1_*.csv"))
				got, err := csv.NewReader(strings.NewReader(string(read(t, path, "SELECT * FROM "+f.Name+" ORDER BY rowid;")))).ReadAll()
				if err != nil {
					t.Fatal(err)
				}
				if len(want) < 2 || !slices.EqualFunc(want, got, slices.Equal) {
					t.Errorf("%s: %d records of the file are %d in %s, or others", f.Name, len(want), len(got), engine)
				}
			}
		})
	}
}

// recordsOf are the records of a CSV file without line breaks in cells.
func recordsOf(t *testing.T, path string) [][]string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	list, err := csv.NewReader(strings.NewReader(string(b))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestKitList lists the engines, and says which were never run.
func TestKitList(t *testing.T) {
	isolate(t)
	code, out, errs := runProgram(t, "kit")
	if code != exitDone {
		t.Fatal(errs)
	}
	for _, name := range kit.Names() {
		if !strings.Contains(out, "\n"+name+" ") {
			t.Errorf("%s is not listed:\n%s", name, out)
		}
	}
	if !strings.Contains(out, "untested") {
		t.Errorf("nothing is untested:\n%s", out)
	}
	_, out, _ = runProgram(t, "kit", "--json")
	var list struct{ Kits []kitDocument }
	if err := json.Unmarshal([]byte(out), &list); err != nil || len(list.Kits) != len(kit.Engines) {
		t.Errorf("%v, %d kits: %s", err, len(list.Kits), out)
	}
}

// TestKitWrong: what is no finished job, and what is no engine, is said.
func TestKitWrong(t *testing.T) {
	home, dir := exported(t)
	empty := t.TempDir()
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"no engine of the name": {[]string{"kit", "postgres"}, exitUsage, "did you mean postgresql?"},
		"no such job":           {[]string{"kit", "duckdb", "--home", home, "--job", "9"}, exitFailed, "job 9 of the home"},
		"an empty home":         {[]string{"kit", "duckdb", "--home", empty}, exitFailed, "is no home of exports"},
		"an empty folder":       {[]string{"kit", "duckdb", empty}, exitFailed, "has neither a manifest.json of a finished job nor CSV files"},
		"two jobs":              {[]string{"kit", "duckdb", dir, "--job", "1"}, exitUsage, "name two jobs"},
		"a negative job":        {[]string{"kit", "duckdb", "--home", home, "--job=-1"}, exitUsage, "jobs have numbers from 1"},
	} {
		t.Run(name, func(t *testing.T) {
			code, out, errs := runProgram(t, c.args...)
			if code != c.code || !strings.Contains(errs, c.says) || out != "" {
				t.Errorf("exit code %d, want %d; %q on the standard output; does not say %q:\n%s", code, c.code, out, c.says, errs)
			}
		})
	}
}

// TestKitOfAFolder: a folder of a server has no manifest; columns that are known have
// their types, others are texts.
func TestKitOfAFolder(t *testing.T) {
	isolate(t)
	dir := t.TempDir()
	for name, text := range map[string]string{
		"issues_job3_1_2026_01_02T03_04_05Z.csv": "\ufeffid,instance_url,key\r\n1,https://jira.example.com,A-1\r\n",
		"users_job3_2026_01_02T03_04_05Z.csv":    strings.Join(columns.Confluence[0].Names(), ",") + "\r\n",
		"odd name (1).csv":                       "a,\"b\nc\"\r\n",
		"notes.txt":                              "no table",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	code, _, errs := runProgram(t, "kit", "duckdb", dir)
	if code != exitFailed || !strings.Contains(errs, `the column "b\nc"`) {
		t.Errorf("a header of two lines: exit code %d: %s", code, errs)
	}
	if err := os.WriteFile(filepath.Join(dir, "odd name (1).csv"), []byte("a,b\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := runProgram(t, "kit", "postgresql", dir)
	if code != exitDone {
		t.Fatal(errs)
	}
	for _, want := range []string{`CREATE TABLE "issues" (` + "\n" + `  "id" text,`, `CREATE TABLE "odd_name_1_" (`, `"user_id" text PRIMARY KEY`, "-- Note: Before PostgreSQL 18"} {
		if !strings.Contains(out, want) {
			t.Errorf("the kit does not have %s:\n%s", want, out)
		}
	}
	if strings.Contains(out, "notes") {
		t.Errorf("notes.txt became a table:\n%s", out)
	}
}

// TestOutputsReplaceTheirOwn: what a command writes replaces what it wrote before, and
// nothing else.
func TestOutputsReplaceTheirOwn(t *testing.T) {
	home, dir := exported(t)
	for name, args := range map[string][]string{
		"kit":  {"kit", "duckdb", "--home", home, "--out"},
		"jobs": {"jobs", "--home", home, "--save"},
	} {
		out := filepath.Join(t.TempDir(), "out")
		for i, before := range []string{"", "none", "again"} {
			if i == 0 {
				if err := os.WriteFile(out, nil, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if code, _, errs := runProgram(t, append(args, out)...); code != exitDone {
				t.Errorf("%s over %q: exit code %d: %s", name, before, code, errs)
			}
		}
		for _, other := range []string{filepath.Join(dir, "manifest.json"), one(t, dir, "users_*"), dir} {
			before, _ := os.ReadFile(other)
			code, _, errs := runProgram(t, append(args, other)...)
			after, _ := os.ReadFile(other)
			if code != exitFailed || string(before) != string(after) {
				t.Errorf("%s over %s: exit code %d, changed %v: %s", name, other, code, string(before) != string(after), errs)
			}
		}
	}
}
