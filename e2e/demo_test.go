//go:build e2e

package e2e

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestDemoFromFirstStartToRows is what a newcomer does: try the demo, start the
// export, look at the rows.
func TestDemoFromFirstStartToRows(t *testing.T) {
	beside(t)
	p := newDesk(t).open(t.TempDir())
	p.click("Try the demo")
	p.says("Demo: Not started – Sluice")
	p.click("Start export")
	p.says("Demo: Completed – Sluice")
	p.click("Files")
	p.until("rows are shown", func() bool { return strings.HasPrefix(p.rows, "row") && strings.Contains(p.rows, " of 1,") })
	p.click("spaces")
	p.until("the rows of the spaces are shown", func() bool { return strings.Contains(p.rows, " of 40 ") })
	p.click("Verify checksums")
	p.logged(`outcome="All 5 files are as the job wrote them"`)
	found := manifests(t, p.home)
	if len(found) != 1 {
		t.Fatalf("manifests: %v", found)
	}
	files, err := os.ReadDir(filepath.Dir(found[0]))
	if err != nil || len(files) != 6 {
		t.Errorf("%d files (%v), want five and the manifest", len(files), err)
	}
}

// TestForceByKeyboard exports an inconsistent snapshot: it fails, and is forced.
func TestForceByKeyboard(t *testing.T) {
	beside(t)
	db := filepath.Join(t.TempDir(), "broken.db")
	sluice(t, "demo", db, "--pages", "400", "--inconsistent")
	p := newDesk(t).open(t.TempDir(), "--snapshot", db)
	p.says("broken.db: Not started – Sluice")
	p.key("ctrl+Return")
	p.says("broken.db: Failed – Sluice")
	p.click("Force export: may be incomplete")
	p.says("broken.db: Completed, forced – Sluice")
}

// openSlow opens a window on a larger snapshot, which it makes, whose exports may take a share of
// one core: a test that does something while one runs comes in time.
func (d *desk) openSlow(db, home, share string) *program {
	d.t.Helper()
	sluice(d.t, "demo", db, "--pages", "20000")
	config := remembering(d.t, "large", map[string]any{"id": "large", "kind": "snapshot", "name": filepath.Base(db), "snapshot": db, "home": home,
		"local": map[string]any{"cpuShare": share}})
	return d.openWith(config, home)
}

// TestCancelAndQuit cancels an export by keyboard, and ends the program while
// another runs: both jobs are marked.
func TestCancelAndQuit(t *testing.T) {
	beside(t)
	if testing.Short() {
		t.Skip("writes a larger snapshot")
	}
	db, home := filepath.Join(t.TempDir(), "large.db"), t.TempDir()
	p := newDesk(t).openSlow(db, home, "2")
	p.says("large.db: Not started – Sluice")
	p.click("Everything")
	p.click("Start export")
	p.says("large.db: Started – Sluice")
	p.key("ctrl+period")
	p.says("large.db: Cancelled – Sluice")
	p.click("Start export")
	p.says("large.db: Started – Sluice")
	if err := p.interrupt(); err != nil {
		t.Errorf("the program ended with %v", err)
	}
	if found := manifests(t, home); len(found) != 0 {
		t.Errorf("a cancelled export has a manifest: %v", found)
	}
}

// TestResume cancels an export, goes on with it by the button of its card, and finds
// all of its files as they were written.
func TestResume(t *testing.T) {
	beside(t)
	if testing.Short() {
		t.Skip("writes a larger snapshot")
	}
	db, home := filepath.Join(t.TempDir(), "large.db"), t.TempDir()
	p := newDesk(t).openSlow(db, home, "20")
	p.says("large.db: Not started – Sluice")
	p.click("Everything")
	p.click("Start export")
	p.says("large.db: Started – Sluice")
	p.until("it writes", func() bool {
		found, _ := filepath.Glob(filepath.Join(home, "data-pipeline", "export", "1", "*.partial"))
		return len(found) > 0
	})
	p.key("ctrl+period")
	p.says("large.db: Cancelled – Sluice")
	p.click("Resume job 1")
	p.says("large.db: Completed – Sluice")
	sluice(t, "verify", "2", "--home", home)
}

// TestResumeAfterAKill kills an export of the command line, and goes on with it in the
// window, by the link in the history.
func TestResumeAfterAKill(t *testing.T) {
	beside(t)
	if testing.Short() {
		t.Skip("writes a larger snapshot")
	}
	db, home := filepath.Join(t.TempDir(), "large.db"), t.TempDir()
	sluice(t, "demo", db, "--pages", "20000")
	c := exec.Command(binary(t), "export", "--snapshot", db, "--home", home, "--cpu-share", "20", "--from-date", "1990-01-01T00:00Z", "--min-free-space", "-1")
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for ctx.Err() == nil {
		if found, _ := filepath.Glob(filepath.Join(home, "data-pipeline", "export", "1", "pages_*.partial")); len(found) == 1 {
			break
		}
		<-time.After(20 * time.Millisecond) // another process tells nobody how far it is
	}
	c.Process.Kill()
	if err := c.Wait(); err == nil || ctx.Err() != nil {
		t.Fatalf("the export ended with %v (%v)", err, ctx.Err())
	}
	p := newDesk(t).open(home, "--snapshot", db)
	p.says("large.db: Interrupted – Sluice")
	p.click("History")
	p.click("Resume")
	p.says("large.db: Completed – Sluice")
	sluice(t, "verify", "2", "--home", home)
}
