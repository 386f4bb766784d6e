//go:build e2e

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// smallDump is a dump of a small Confluence, made by pg_dump.
const smallDump = "../takes/testdata/pg15-zlib.dump"

// TestSnapshotOfADumpByTheForm is what an administrator does who has a dump: name it,
// take the snapshot, export it, and take it again.
func TestSnapshotOfADumpByTheForm(t *testing.T) {
	beside(t)
	dump, err := filepath.Abs(smallDump)
	if err != nil {
		t.Fatal(err)
	}
	config := t.TempDir()
	p := newDesk(t).openWith(config, t.TempDir())
	p.click("Take a snapshot")
	p.click("Take the snapshot")
	p.keyboardOn("field /backups/confluence.dump= (wrong)")
	p.xdo("type", "--delay", "12", "--", dump)
	p.key("Return")
	p.says("pg15-zlib.dump: Not started – Sluice")
	p.click("Everything")
	p.click("Start export")
	p.says("pg15-zlib.dump: Completed – Sluice")
	if found := manifests(t, p.home); len(found) != 1 {
		t.Fatalf("manifests: %v", found)
	}
	taken, err := filepath.Glob(filepath.Join(p.home, "snapshots", "*"))
	if err != nil || len(taken) != 1 {
		t.Fatalf("snapshots: %v, %v", taken, err)
	}
	before, err := os.Stat(taken[0])
	if err != nil || before.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", before, err)
	}
	p.click("Take again")
	p.until("it was replaced", func() bool {
		now, err := os.Stat(taken[0])
		return err == nil && !os.SameFile(before, now)
	})
	p.says("pg15-zlib.dump: Completed – Sluice") // the job stays
	if err := p.interrupt(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(config, "sluice", "sources.json"))
	if err != nil || !strings.Contains(string(b), `"from": "`+dump+`"`) {
		t.Errorf("remembered is %s (%v)", b, err)
	}
}

// TestDumpOnTheCommandLine: its snapshot is taken in the window that opens.
func TestDumpOnTheCommandLine(t *testing.T) {
	beside(t)
	p := newDesk(t).open(t.TempDir(), smallDump)
	p.says("pg15-zlib.dump: Not started – Sluice")
	p.logged("snapshot taken")
}
