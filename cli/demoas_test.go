package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/localexport/confluence"
)

// csvFiles exports a snapshot and returns its files by their kind.
func csvFiles(t *testing.T, snapshot string) map[string][]byte {
	t.Helper()
	home := t.TempDir()
	r := sluice(t, "export", "--snapshot", snapshot, "--home", home, "--from-date", "1990-01-01T00:00Z", "--min-free-space", "-1",
		"--time-zone", "Europe/Berlin", "--full-content", "--preserve-line-breaks")
	if r.code != exitDone {
		t.Fatalf("export of %s: exit %d\n%s%s", snapshot, r.code, r.out, r.err)
	}
	files := map[string][]byte{}
	for _, name := range confluence.FileNames {
		found, err := filepath.Glob(filepath.Join(home, "data-pipeline", "export", "1", name+"_job*.csv"))
		if err != nil || len(found) != 1 {
			t.Fatalf("files of %s: %q, %v", name, found, err)
		}
		if files[name], err = os.ReadFile(found[0]); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// TestDemoInEveryForm: a demo that is written as a dump or backup, taken again and
// exported gives the files of the demo itself, as far as the form carries them.
func TestDemoInEveryForm(t *testing.T) {
	dir := t.TempDir()
	write := func(form string) string {
		path := filepath.Join(dir, "demo."+form)
		if r := sluice(t, "demo", path, "--pages", "150", "--seed", "7", "--as", form); r.code != exitDone {
			t.Fatalf("demo --as %s: exit %d\n%s%s", form, r.code, r.out, r.err)
		}
		return path
	}
	want := csvFiles(t, write("sqlite"))
	for _, form := range []string{"pgsql", "pgdump", "mysqldump", "xml"} {
		out := filepath.Join(dir, form+".db")
		r := sluice(t, "snapshot", write(form), out)
		if r.code != exitDone {
			t.Fatalf("snapshot of %s: exit %d\n%s%s", form, r.code, r.out, r.err)
		}
		if isPartial := strings.Contains(r.out, "partial: "); isPartial != (form == "xml") {
			t.Errorf("%s: said to be partial: %v\n%s", form, isPartial, r.out)
		}
		for name, got := range csvFiles(t, out) {
			if name == "analytics_events" && form == "xml" {
				if bytes.Count(got, []byte("\n")) != 1 {
					t.Errorf("an XML backup gives events: %.300s", got)
				}
				continue
			}
			if !bytes.Equal(got, want[name]) || bytes.Count(got, []byte("\n")) < 2 {
				t.Errorf("%s gives another file of %s than the demo itself", form, name)
			}
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".sluice*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestDemoAsRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	if r := sluice(t, "demo", path, "--as", "oracle"); r.code != exitUsage || !strings.Contains(r.err, "pgdump") {
		t.Errorf("a form that nobody knows: exit %d, %s", r.code, r.err)
	}
	if r := sluice(t, "demo", path, "--as", "xml", "--inconsistent"); r.code != exitUsage || !strings.Contains(r.err, "--inconsistent") {
		t.Errorf("an inconsistent backup: exit %d, %s", r.code, r.err)
	}
}

// TestWhatABackupLacksIsTold: by the command, in its JSON, by inspect, and before an
// export that takes the snapshot itself.
func TestWhatABackupLacksIsTold(t *testing.T) {
	dir := t.TempDir()
	backup, out := filepath.Join(dir, "backup.zip"), filepath.Join(dir, "x.db")
	if r := sluice(t, "demo", backup, "--pages", "20", "--as", "xml"); r.code != exitDone {
		t.Fatal(r.err)
	}
	const lack = "holds no analytics events"
	var taken struct{ Partial []string }
	r := sluice(t, "snapshot", backup, out, "--json")
	if err := json.Unmarshal([]byte(r.out), &taken); err != nil || !strings.Contains(strings.Join(taken.Partial, "\n"), lack) {
		t.Errorf("exit %d, %v: %s", r.code, err, r.out)
	}
	if r := sluice(t, "inspect", out); !strings.Contains(r.out, "partial") || !strings.Contains(r.out, lack) {
		t.Errorf("inspect says %s", r.out)
	}
	if r := sluice(t, "inspect", out, "--json"); !strings.Contains(r.out, `"partial": [`) {
		t.Errorf("inspect --json says %s", r.out)
	}
	r = sluice(t, "export", "--snapshot", backup, "--home", filepath.Join(dir, "home"), "--min-free-space", "-1", "--time-zone", "Europe/Berlin")
	if r.code != exitDone || !strings.Contains(r.err, lack) {
		t.Errorf("export: exit %d, %s", r.code, r.err)
	}
	empty := filepath.Join(dir, "empty.zip")
	if err := os.WriteFile(empty, []byte("PK\x05\x06"+strings.Repeat("\x00", 18)), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := sluice(t, "snapshot", empty, filepath.Join(dir, "y.db")); r.code != exitFailed || !strings.Contains(r.err, "the zip archive is empty") {
		t.Errorf("an empty archive: exit %d, %s", r.code, r.err)
	}
}
