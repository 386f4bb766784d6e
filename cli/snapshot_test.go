package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sluice/takes"
)

type result struct {
	code     int
	out, err string
}

func sluice(t *testing.T, args ...string) result {
	t.Helper()
	code, out, errs := runProgram(t, args...)
	return result{code, out, errs}
}

const smallDump = "../takes/testdata/pg15-zlib.dump"

func TestSnapshotOfADump(t *testing.T) {
	out := filepath.Join(t.TempDir(), "x.db")
	r := sluice(t, "snapshot", smallDump, out, "--json")
	var taken struct {
		Kind   string
		Tables []struct {
			Table string
			Rows  int64
		}
	}
	if err := json.Unmarshal([]byte(r.out), &taken); err != nil || r.code != exitDone {
		t.Fatalf("exit %d, %v\n%s%s", r.code, err, r.out, r.err)
	}
	if taken.Kind != "PostgreSQL dump (custom format)" || taken.Tables[0].Table != "content" || taken.Tables[0].Rows != 24 {
		t.Errorf("taken: %+v", taken)
	}
	if r := sluice(t, "inspect", out, "--json"); r.code != exitDone || !strings.Contains(r.out, `"kind": "PostgreSQL dump (custom format)"`) || !strings.Contains(r.out, `"bodycontent": 15`) {
		t.Errorf("inspect: exit %d, %s%s", r.code, r.out, r.err)
	}
	if r := sluice(t, "snapshot", smallDump, out); r.code != exitFailed || !strings.HasSuffix(r.err, out+" exists already: name another file for the snapshot, or add --replace\n") {
		t.Errorf("over a file that is there: exit %d, %s", r.code, r.err)
	}
	if r := sluice(t, "snapshot", smallDump, t.TempDir()); r.code != exitFailed || !strings.HasSuffix(r.err, "is no ordinary file: name another one for the snapshot\n") {
		t.Errorf("over a folder: exit %d, %s", r.code, r.err)
	}
	dump, err := filepath.Abs(smallDump)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if r := sluice(t, "snapshot", dump, "-"); r.code != exitUsage || !strings.Contains(r.err, "standard output: name a file") {
		t.Errorf("to the standard output: exit %d, %s", r.code, r.err)
	}
	if left, _ := os.ReadDir("."); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

func TestExportOfADump(t *testing.T) {
	home := t.TempDir()
	r := sluice(t, "export", "--snapshot", smallDump, "--home", home, "--from-date", "1990-01-01T00:00Z", "--min-free-space", "-1")
	if r.code != exitDone || !strings.Contains(r.err, "from PostgreSQL dump") {
		t.Fatalf("exit %d\n%s%s", r.code, r.out, r.err)
	}
	if _, err := os.Stat(takes.PathIn(home, smallDump)); err != nil {
		t.Error(err)
	}
}

func TestSnapshotRefuses(t *testing.T) {
	out := filepath.Join(t.TempDir(), "x.db")
	for name, c := range map[string]struct {
		source string
		code   int
		want   string
	}{
		"a password in the address": {"postgres://u:geheim@127.0.0.1:1/x", exitUsage, "PGPASSWORD"},
		"a password of MySQL":       {"jdbc:mysql://127.0.0.1:1/x?user=u&password=geheim", exitUsage, "MYSQL_PWD"},
		"no server of MySQL":        {"mysql://u@127.0.0.1:1/x", exitUnreachable, "nothing answers at 127.0.0.1:1"},
		"no server":                 {"postgres://u@127.0.0.1:1/x", exitUnreachable, "nothing answers at 127.0.0.1:1"},
		"no file":                   {filepath.Join(t.TempDir(), "nix"), exitFailed, "no such file"},
		"no dump":                   {"snapshot.go", exitFailed, "no dump, backup or database"},
	} {
		r := sluice(t, "snapshot", c.source, out)
		if r.code != c.code || !strings.Contains(r.err, c.want) || strings.Contains(r.err+r.out, "geheim") {
			t.Errorf("%s: exit %d, %s", name, r.code, r.err)
		}
	}
}

// TestSnapshotTakenAgain: of a dump everything is read, and that is said where people
// and programs look.
func TestSnapshotTakenAgain(t *testing.T) {
	out := filepath.Join(t.TempDir(), "x.db")
	for _, why := range []string{"there was no snapshot yet", "a dump or backup does not tell what has changed in it"} {
		want := "Everything was read: " + why + "."
		r := sluice(t, "snapshot", smallDump, out, "--refresh", "--json")
		var taken struct{ Notes []string }
		if err := json.Unmarshal([]byte(r.out), &taken); err != nil || r.code != exitDone || !slices.Contains(taken.Notes, want) {
			t.Errorf("exit %d, %v\n%s%s", r.code, err, r.out, r.err)
		}
		if r := sluice(t, "inspect", out, "--json"); !strings.Contains(r.out, want) {
			t.Errorf("inspect: exit %d, %s%s", r.code, r.out, r.err)
		}
	}
	if r := sluice(t, "snapshot", smallDump, out, "--refresh"); !strings.Contains(r.out, "note: Everything was read: a dump") {
		t.Errorf("exit %d, %s%s", r.code, r.out, r.err)
	}
}
