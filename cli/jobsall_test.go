package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/client/journal"
	"sluice/localexport/demo"
	"sluice/pipeline"
	"sluice/source"
)

// TestJobsOfAllSources: one table has the jobs of homes and those that were seen of servers,
// in each form; a source that cannot be read hides no other.
func TestJobsOfAllSources(t *testing.T) {
	isolate(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 20, Seed: 1})
	dir := t.TempDir()
	home, homes, saved := filepath.Join(dir, "wiki"), filepath.Join(dir, "homes"), filepath.Join(dir, "jobs.csv")
	runProgram(t, "export", snapshot, "--home", home, "--min-free-space", "-1", "--from-date", "2020-01-01T00:00+01:00")
	server := source.NewServer("Intranet", source.Server{URL: "https://wiki.example.com"})
	server.Tags = []string{"production"}
	file, err := source.DefaultFile()
	if err != nil {
		t.Fatal(err)
	}
	add := func(more ...source.Source) {
		t.Helper()
		if err := file.Update(func(l source.List) (source.List, error) { return append(l, more...), nil }); err != nil {
			t.Fatal(err)
		}
	}
	at := func(name, home string) source.Source {
		s := source.NewSnapshot(source.KindSnapshot, name, filepath.Join(dir, name+".db"), dir)
		s.Home = home
		return s
	}
	add(at("Wiki", home), at("New", filepath.Join(dir, "new")), server)
	j, err := journal.Open(filepath.Join(homes, "servers", server.ID+".json"))
	if err != nil {
		t.Fatal(err)
	}
	began := time.Date(2024, 3, 1, 8, 0, 0, 0, time.UTC)
	if err := j.Note(pipeline.Job{ID: 7, Status: pipeline.Failed, StartTime: pipeline.At(began), CompletedTime: pipeline.At(began.Add(time.Minute))}); err != nil {
		t.Fatal(err)
	}
	jobs := func(args ...string) (code int, out, errs string) {
		return runProgram(t, append([]string{"jobs", "--all", "--home", homes}, args...)...)
	}

	code, out, errs := jobs()
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if code != exitDone || errs != "note: New: there is no export in "+filepath.Join(dir, "new")+": nothing was exported yet, or what belongs there is not mounted\n" || len(lines) != 3 || !strings.HasPrefix(lines[1], "Wiki") || !strings.HasPrefix(lines[2], "Intranet") || !strings.Contains(lines[2], "Failed") {
		t.Errorf("exit code %d, %s\n%s", code, errs, out)
	}
	for filter, want := range map[string]string{"production": "Intranet", "fail 2024-03": "Intranet", "wiki completed": "Wiki"} {
		if _, out, _ := jobs("--filter", filter); strings.Count(out, "\n") != 2 || !strings.Contains(out, "\n"+want) {
			t.Errorf("%q leaves\n%s", filter, out)
		}
	}
	if _, out, _ := jobs("--filter", "nothing"); !strings.HasPrefix(out, "No job fits") {
		t.Error(out)
	}
	if _, out, _ := jobs("--limit", "1"); !strings.Contains(out, "and 1 earlier") {
		t.Error(out)
	}
	code, said, _ := jobs("--save", saved)
	b, err := os.ReadFile(saved)
	rows := rowsOf(t, string(b))
	if code != exitDone || err != nil || !strings.HasPrefix(said, "2 jobs saved") || len(rows) != 2 || rows[0]["source"] != "Wiki" || rows[0]["bytes"] == "" || rows[1]["jobId"] != "7" || rows[1]["bytes"] != "" {
		t.Errorf("exit code %d, %s, %v\n%s", code, said, err, b)
	}
	if err := os.MkdirAll(filepath.Join(dir, "broken", "data-pipeline"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "broken", "data-pipeline", "jobs.db"), []byte(strings.Repeat("no database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	add(at("Broken", filepath.Join(dir, "broken")))
	code, out, errs = jobs("--json")
	var document struct {
		Total int
		Jobs  []struct {
			Source, Folder string
			JobID          int64
			Bytes          int64
		}
		Failed []struct{ Source, Message string }
	}
	if err := json.Unmarshal([]byte(out), &document); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if code != exitFailed || !strings.Contains(errs, "Broken: ") || document.Total != 2 || len(document.Jobs) != 2 || document.Jobs[0].Source != "Wiki" || document.Jobs[0].Bytes == 0 ||
		len(document.Failed) != 1 || document.Failed[0].Source != "Broken" || document.Failed[0].Message == "" {
		t.Errorf("exit code %d, %s\n%s", code, errs, out)
	}
	for _, args := range [][]string{{"jobs", "--all", "3"}, {"jobs", "--filter", "x"}} {
		if code, _, _ := runProgram(t, args...); code != exitUsage {
			t.Errorf("%v: exit code %d", args, code)
		}
	}
}
