//go:build e2e

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestExportPathOfAServer changes where a server exports to, is refused a folder that is
// not there, and goes back to the default.
func TestExportPathOfAServer(t *testing.T) {
	beside(t)
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	db, elsewhere := filepath.Join(dir, "small.db"), filepath.Join(dir, "elsewhere")
	sluice(t, "demo", db, "--pages", "200")
	if err := os.Mkdir(elsewhere, 0o700); err != nil {
		t.Fatal(err)
	}
	s := serve(t, db)
	desk := newDesk(t)
	p := desk.open(t.TempDir())
	p.addServer("Wiki", s)
	p.says("Wiki: Not started – Sluice")
	p.key("ctrl+5")
	p.await("Back to the default")
	p.scrollDown()
	desk.keepPicture("settings")
	p.fillField("field /mnt/exports", elsewhere)
	p.click("Change path")
	p.key("ctrl+1")
	p.click("Start export")
	p.says("Wiki: Completed – Sluice")
	if _, err := os.Stat(filepath.Join(elsewhere, "1", "manifest.json")); err != nil {
		t.Error(err)
	}
	p.key("ctrl+5")
	p.await("Back to the default")
	p.scrollDown()
	p.click("Back to the default")
	p.logged("method=DELETE")
	told := sluice(t, "export-path", "--url", "http://"+s.address, "--token-file", s.tokenFile)
	if want := filepath.Join(s.home, "data-pipeline", "export"); strings.TrimSpace(told) != want {
		t.Errorf("after a reset it exports to %q, want %q", told, want)
	}
	desk.keepPicture("reset")
}

// scrollDown turns the wheel over the middle of the window until its page ends.
func (p *program) scrollDown() {
	p.t.Helper()
	p.xdo("mousemove", "--window", p.window, "700", "400")
	for range 40 {
		p.xdo("click", "5")
	}
}
