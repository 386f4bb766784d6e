package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"sluice/localexport/demo"
	"sluice/localexport/demo/dumps"
)

// TestAsTyped is what people type first, and what they are told: one sentence with
// the way on.
func TestAsTyped(t *testing.T) {
	alone(t)
	for _, c := range []struct {
		args []string
		code int
		out  string // in the results
		says string // the message
	}{
		{[]string{"version"}, exitDone, "test\n", ""},
		{[]string{"--version"}, exitDone, "test\n", ""},
		{[]string{"help"}, exitDone, "exit-codes", ""},
		{[]string{"help", "snapshot"}, exitDone, "Usage: sluice snapshot", ""},
		{[]string{"help", "exit-codes"}, exitDone, "gave-up", ""},
		{[]string{"expotr"}, exitUsage, "", `sluice: there is no command and no file "expotr". Did you mean "sluice export"?` + "\n"},
		{[]string{"-v", "Status"}, exitUsage, "", `Did you mean "sluice status"?`},
		{[]string{"list"}, exitUsage, "", "Try: sluice help\n"},
		{[]string{""}, exitUsage, "", "the name of the command is empty"},
		{[]string{"help", "exit-code"}, exitUsage, "", `Did you mean "sluice help exit-codes"?`},
		{[]string{"export", "--froce"}, exitUsage, "", `sluice: unknown flag --froce, did you mean "--force"? Try: sluice export --help` + "\n"},
		{[]string{"status", "x"}, exitUsage, "", "Try: sluice status --help\n"},
		{[]string{"export"}, exitUsage, "", `sluice export wiki.db`},
		{[]string{"serve"}, exitUsage, "", `--snapshot`},
		{[]string{"preview"}, exitUsage, "", "Try: sluice preview --help\n"},
		{[]string{"gone.csv"}, exitFailed, "", "there is no file "},
		{[]string{os.TempDir()}, exitFailed, "", "is a folder: name a snapshot, a dump or a CSV file"},
		{[]string{"https://wiki.example.com"}, exitDone, "", ""}, // the window asks
		{[]string{"inspect", "https://wiki.example.com"}, exitUsage, "", "this is a URL"},
		{[]string{"jobs", "-1"}, exitUsage, "", ""},
		{[]string{"jobs", "--csv", "--json"}, exitUsage, "two forms of the same", ""},
	} {
		code, out, errs := runProgram(t, c.args...)
		if code != c.code || !strings.Contains(out, c.out) || !strings.Contains(errs, c.says) || strings.Count(errs, "\n") > 1 || (errs == "") != (code == exitDone) {
			t.Errorf("%q: exit code %d, %.200q, %q", c.args, code, out, errs)
		}
	}
}

// TestOpens opens files by what they are, with and without a window.
func TestOpens(t *testing.T) {
	alone(t)
	dir := t.TempDir()
	made := func(name string, o demo.Options) string {
		t.Helper()
		path := filepath.Join(dir, name)
		o.Pages, o.Seed = 20, 1
		if _, err := demo.Write(t.Context(), path, o); err != nil {
			t.Fatal(err)
		}
		return path
	}
	snapshot, dump := made("wiki", demo.Options{}), made("dump.txt", demo.Options{As: dumps.Form("pgsql")})
	table := csvOf(t, 3)
	home := filepath.Join(dir, "home")
	for _, c := range []struct {
		path string
		want WindowOptions
	}{
		{snapshot, WindowOptions{Snapshot: snapshot}}, {table, WindowOptions{File: table}},
		{dump, WindowOptions{Take: dump}},
	} {
		var got WindowOptions
		p := Program{Out: &strings.Builder{}, Err: &strings.Builder{}, Window: windowThat(&got)}
		if code := p.Run(t.Context(), []string{c.path, "--home", home}); code != exitDone || got.Snapshot != c.want.Snapshot || got.Take != c.want.Take || got.File != c.want.File {
			t.Errorf("%s: exit code %d, %+v; %s", c.path, code, got, p.Err)
		}
	}
	for _, c := range []struct {
		path string
		code int
		out  string
		says string
	}{
		{snapshot, exitDone, "300", "no window, so this is what the snapshot holds"},
		{table, exitDone, "row", "no window, so its first rows are shown"},
		{dump, exitFailed, "", `"sluice export ` + dump + `" exports it`},
	} {
		var out, errs strings.Builder
		p := Program{Out: &out, Err: &errs}
		code := p.Run(t.Context(), []string{c.path, "--home", home})
		if c.path == snapshot {
			c.out = "20 pages and blog posts"
		}
		if code != c.code || !strings.Contains(out.String(), c.out) || !strings.Contains(errs.String(), c.says) {
			t.Errorf("%s: exit code %d, %q, %q", c.path, code, out.String(), errs.String())
		}
	}
	var errs strings.Builder
	if code := (&Program{Out: &strings.Builder{}, Err: &errs}).Run(t.Context(), nil); code != exitFailed || !strings.Contains(errs.String(), "has no window") {
		t.Errorf("exit code %d, %q", code, errs.String())
	}
}

// TestSameCounts: demo, dry run and export count the same; what inspect and the window
// count of the tables is that or more, and the difference has its reason.
func TestSameCounts(t *testing.T) {
	isolate(t)
	path, summary := demoSnapshot(t, demo.Options{Pages: 200, Seed: 1})
	home := filepath.Join(t.TempDir(), "home")
	_, said, _ := runProgram(t, "demo", filepath.Join(t.TempDir(), "again.db"), "--pages", "200")
	want := map[string]int64{"users": summary.Users, "spaces": summary.Spaces, "pages": summary.LivePages + summary.BlogPosts,
		"comments": summary.Comments, "analytics_events": summary.Events}
	for word, n := range map[string]int64{"comments": summary.Comments, "events": summary.Events, "users": summary.Users, "spaces": summary.Spaces} {
		if m := regexp.MustCompile(`([\d,]+) ` + word).FindStringSubmatch(said); m == nil || m[1] != number(n) {
			t.Errorf("demo says %q of %d %s", said, n, word)
		}
	}
	code, out, errs := runProgram(t, "export", path, "--home", home, "--dry-run", "--json", "--from-date", "everything", "--min-free-space", "-1")
	var dry dryRun
	if err := json.Unmarshal([]byte(out), &dry); err != nil || code != exitDone || !dry.DryRun || !dry.Exact {
		t.Fatalf("exit code %d, %s, %s", code, out, errs)
	}
	if _, err := os.Stat(home); !os.IsNotExist(err) {
		t.Errorf("a dry run makes a home: %v", err)
	}
	code, out, errs = runProgram(t, "export", path, "--home", home, "--json", "--from-date", "everything", "--min-free-space", "-1")
	var done struct{ Files []listedFile }
	if err := json.Unmarshal([]byte(out), &done); err != nil || code != exitDone || len(done.Files) != len(dry.Files) {
		t.Fatalf("exit code %d, %s, %s", code, out, errs)
	}
	for i, f := range done.Files {
		if f.Rows != want[f.Name] || dry.Files[i].Rows != f.Rows || dry.Files[i].Bytes != f.Bytes {
			t.Errorf("%s: %d rows are written, %+v expected, the demo says %d", f.Name, f.Rows, dry.Files[i], want[f.Name])
		}
	}
	_, out, _ = runProgram(t, "inspect", path)
	counts := regexp.MustCompile(`holds +(\d+) users, (\d+) spaces, (\d+) pages and blog posts, (\d+) comments, ([\d,]+) events`).FindStringSubmatch(out)
	if counts == nil {
		t.Fatalf("inspect says %q", out)
	}
	for i, name := range []string{"users", "spaces", "pages", "comments", "analytics_events"} {
		n, _ := strconv.ParseInt(strings.ReplaceAll(counts[i+1], ",", ""), 10, 64)
		if n != want[name] && (i < 3 || n < want[name] || !strings.Contains(out, "An export leaves out")) {
			t.Errorf("inspect counts %d %s, and an export has %d", n, name, want[name])
		}
	}
}

// TestDryRunRefuses what it cannot tell, and a disk without room.
func TestDryRunRefuses(t *testing.T) {
	isolate(t)
	path, _ := demoSnapshot(t, demo.Options{Pages: 20, Seed: 1})
	home := filepath.Join(t.TempDir(), "home")
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{path, "--min-free-space", "9000PB"}, exitFailed, "the files would not fit"},
		{[]string{path, "--snapshot", path}, exitUsage, "name two snapshots"},
		{[]string{path + ".gone"}, exitFailed, "demo.db.gone"},
		{[]string{path, "--from-date", "last-success"}, exitFailed, "is no home of exports"},
	} {
		code, _, errs := runProgram(t, append([]string{"export", "--dry-run", "--home", home}, c.args...)...)
		if code != c.code || !strings.Contains(errs, c.says) {
			t.Errorf("%v: exit code %d, %q", c.args, code, errs)
		}
	}
}

// TestEmptyFlags refuses a text that was given as nothing, but where that means
// something.
func TestEmptyFlags(t *testing.T) {
	isolate(t)
	path, _ := demoSnapshot(t, demo.Options{Pages: 20, Seed: 1})
	home := filepath.Join(t.TempDir(), "home")
	for flag, code := range map[string]int{"--from-date": exitUsage, "--time-zone": exitUsage, "--base-url": exitUsage, "--min-free-space": exitUsage, "--line-break-escape": exitDone} {
		for _, args := range [][]string{{flag, ""}, {flag + "="}} {
			got, out, errs := runProgram(t, append([]string{"export", path, "--dry-run", "--json", "--home", home}, args...)...)
			if got != code || code == exitUsage && (!strings.Contains(errs, flag+" is empty: give a value, or leave it out. Try: sluice export --help") || !strings.Contains(out, `"usage"`)) {
				t.Errorf("%q: exit code %d, %s%s", args, got, out, errs)
			}
		}
	}
	t.Setenv("SLUICE_USER", "") // as if it were not set
	if code, _, errs := runProgram(t, "start", "--url", "http://127.0.0.1:1", "--from-date", ""); code != exitUsage || !strings.Contains(errs, "--from-date is empty") {
		t.Errorf("start: exit code %d, %s", code, errs)
	}
	if code, _, errs := runProgram(t, "status", "--url", ""); code != exitUsage || !strings.Contains(errs, "--url is empty") {
		t.Errorf("status: exit code %d, %s", code, errs)
	}
}

// TestNamesAreKept: names of files need not be UTF-8, and are taken byte for byte. Other
// texts must be.
func TestNamesAreKept(t *testing.T) {
	isolate(t)
	dir := t.TempDir()
	odd := func(name string) string { return filepath.Join(dir, name+"\xff") }
	if err := os.WriteFile(odd("probe"), nil, 0o600); err != nil {
		t.Skipf("the file system takes no such names: %v", err)
	}
	for _, args := range [][]string{
		{"demo", odd("demo"), "--pages", "5"},
		{"inspect", odd("demo")},
		{"export", odd("demo"), "--home", odd("home"), "--min-free-space", "-1", "--from-date", "everything"},
		{"verify", "1", "--home", odd("home")},
		{"verify", odd("home") + "/data-pipeline/export/1"},
		{"demo", odd("dump"), "--as", "pgsql", "--pages", "5"},
		{"snapshot", odd("dump"), odd("taken")},
	} {
		if code, _, errs := runProgram(t, args...); code != exitDone {
			t.Errorf("%q: exit code %d, %s", args, code, errs)
		}
	}
	for _, name := range []string{"demo", "home", "dump", "taken"} {
		if _, err := os.Stat(odd(name)); err != nil {
			t.Error(err)
		}
	}
	code, _, errs := runProgram(t, "export", odd("demo"), "--dry-run", "--home", odd("home"), "--line-break-escape", "\xff")
	if code != exitUsage || !strings.Contains(errs, "--line-break-escape: it is not UTF-8 text") {
		t.Errorf("exit code %d, %s", code, errs)
	}
}

// TestWrongUseOfConfiguredJSON: the config file may ask for JSON, also of wrong use.
func TestWrongUseOfConfiguredJSON(t *testing.T) {
	configure(t, `{"json": true}`)
	for _, args := range [][]string{{"status", "--nonsense"}, {"exprt"}, {"export", "--from-date", ""}} {
		code, out, errs := runProgram(t, args...)
		if code != exitUsage || !strings.Contains(out, `"kind": "usage"`) {
			t.Errorf("%q: exit code %d, %q, %s", args, code, out, errs)
		}
	}
	if code, out, _ := runProgram(t, "status", "--nonsense", "--json=false"); code != exitUsage || out != "" {
		t.Errorf("exit code %d, %q", code, out)
	}
	configure(t, `{"json": "yes"}`)
	if code, out, errs := runProgram(t, "status", "--nonsense"); code != exitUsage || out != "" {
		t.Errorf("exit code %d, %q, %s", code, out, errs)
	}
	if code, out, errs := runProgram(t, "version"); code != exitDone || out == "" {
		t.Errorf("version beside a broken config file: exit code %d, %s", code, errs)
	}
}

// TestJobs lists the exports of a home, and tells of one.
func TestJobs(t *testing.T) {
	isolate(t)
	sound, _ := demoSnapshot(t, demo.Options{Pages: 40, Seed: 1})
	broken, _ := demoSnapshot(t, demo.Options{Pages: 40, Seed: 1, Inconsistent: true})
	home := filepath.Join(t.TempDir(), "home")
	for _, args := range [][]string{{sound}, {broken}, {broken, "--force"}} {
		runProgram(t, append([]string{"export", "--home", home, "--min-free-space", "-1"}, args...)...)
	}
	code, out, errs := runProgram(t, "jobs", "--home", home)
	lines := strings.Split(out, "\n")
	if code != exitDone || errs != "" || len(lines) != 5 || !strings.HasPrefix(lines[1], "  3  Completed  ") || !strings.Contains(lines[1], "forced, ") ||
		!strings.Contains(lines[2], "Failed") || !strings.Contains(lines[2], "error") {
		t.Errorf("exit code %d, %s, %s", code, out, errs)
	}
	if _, out, _ := runProgram(t, "jobs", "--home", home, "--limit", "1"); !strings.Contains(out, "and 2 earlier: --limit 0 lists all") {
		t.Errorf("%s", out)
	}
	code, out, _ = runProgram(t, "jobs", "--home", home, "--json", "--limit", "2")
	var list struct {
		Total int
		Jobs  []struct {
			JobID  int64
			Folder string
		}
	}
	if err := json.Unmarshal([]byte(out), &list); err != nil || code != exitDone || list.Total != 3 || len(list.Jobs) != 2 || list.Jobs[0].JobID != 3 {
		t.Errorf("%v, %s", err, out)
	}
	if info, err := os.Stat(list.Jobs[0].Folder); err != nil || !info.IsDir() {
		t.Errorf("the folder of job 3: %v", err)
	}
	code, out, _ = runProgram(t, "jobs", "1", "--home", home, "--json")
	var one struct{ Files []listedFile }
	if err := json.Unmarshal([]byte(out), &one); err != nil || code != exitDone || len(one.Files) != 5 || jobOf(t, out).ID != 1 {
		t.Errorf("%v, %s", err, out)
	}
	if code, _, errs := runProgram(t, "jobs", "9", "--home", home); code != exitFailed || !strings.Contains(errs, "has no job 9") {
		t.Errorf("exit code %d, %s", code, fmt.Sprint(errs))
	}
}
