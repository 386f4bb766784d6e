//go:build e2e

package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// closeWindow closes the window as people do, and waits until it is gone while the program
// goes on.
func (p *program) closeWindow() {
	p.t.Helper()
	p.mu.Lock()
	p.log = nil
	p.mu.Unlock()
	p.xdo("windowactivate", "--sync", p.window)
	p.xdo("key", "alt+F4")
	p.logged("away=true")
	for deadline := time.Now().Add(patience); p.seen(); <-time.After(20 * time.Millisecond) { // the window system tells nobody
		if time.Now().After(deadline) {
			p.t.Fatal("the window is still to be seen")
		}
	}
}

// seen reports whether the window is to be seen.
func (p *program) seen() bool {
	c := exec.Command("xdotool", "search", "--onlyvisible", "--pid", strconv.Itoa(p.cmd.Process.Pid), "--name", "Sluice")
	c.Env = p.env()
	out, err := c.Output()
	return err == nil && strings.TrimSpace(string(out)) != ""
}

// appears waits until the window is to be seen again, and the program knows it.
func (p *program) appears() {
	p.t.Helper()
	p.logged("away=false")
	p.xdo("search", "--sync", "--onlyvisible", "--pid", strconv.Itoa(p.cmd.Process.Pid), "--name", "Sluice")
}

// TestTheTray closes a window that has schedules: it runs on behind its icon in the panel,
// which starts an export, shows it again and ends it; and without a panel it is there again.
func TestTheTray(t *testing.T) {
	beside(t)
	address, told := newSessionBus(t)
	db, config := filepath.Join(t.TempDir(), "wiki.db"), t.TempDir()
	sluice(t, "demo", db, "--pages", "200")
	server := serve(t, db)
	there, every := []string{"XDG_CONFIG_HOME=" + config}, farOff()
	sluiceWith(t, there, "sources", "add", "wiki_prod", "--url", "http://"+server.address, "--token-file", server.tokenFile)
	sluiceWith(t, there, "schedule", "add", "nightly", "--source", "wiki_prod", "--every", every)
	desk := newDesk(t)
	desk.bus = address
	bar := newPanel(t, address)
	p := desk.openWith(config, t.TempDir())
	p.says("wiki_prod: Not started – Sluice")
	bar.await()
	p.logged("host=true") // without a panel closing ends
	bar.find("Next run: ", strings.TrimPrefix(every, "daily")+" · nightly · wiki__prod")
	bar.choose("wiki__prod: Not started", "/Start export")
	bar.find("wiki__prod: Completed", "")
	if n := len(manifests(t, server.home)); n != 1 {
		t.Errorf("%d exports are complete", n)
	}

	p.closeWindow()
	select {
	case note := <-told:
		if note[0] != "Sluice runs on" {
			t.Errorf("%q", note)
		}
	case <-time.After(patience):
		t.Error("nobody is told that it runs on")
	}
	bar.choose("wiki__prod: Completed", "/Start export")
	for deadline := time.Now().Add(patience); len(manifests(t, server.home)) != 2; <-time.After(50 * time.Millisecond) { // another process tells nobody
		if time.Now().After(deadline) {
			t.Fatal("a window that is closed exports nothing")
		}
	}
	if p.seen() {
		t.Error("the window is there again without anybody who asks for it")
	}
	if err := bar.item.Call(statusItem+".Activate", 0, int32(0), int32(0)).Err; err != nil {
		t.Error(err)
	}
	p.appears()

	p.closeWindow()
	bar.conn.Close() // the panel crashes
	p.appears()
	p.logged("the panel with the icon is gone")

	bar = newPanel(t, address)
	bar.await()
	p.logged("host=true")
	p.closeWindow()
	bar.choose("Quit Sluice", "")
	p.appears()
	p.click("Quit: schedules stop")
	if err := p.end(); err != nil {
		t.Errorf("it ended with %v", err)
	}
	for _, line := range p.log {
		if strings.Contains(line, "level=ERROR") || strings.Contains(line, "level=WARN") {
			t.Errorf("the log complains: %s", line)
		}
	}
}

// TestWithoutAPanelClosingEnds: a session bus on which nobody shows icons changes nothing, and
// nothing is said of it.
func TestWithoutAPanelClosingEnds(t *testing.T) {
	beside(t)
	address, _ := newSessionBus(t)
	db, config := filepath.Join(t.TempDir(), "wiki.db"), t.TempDir()
	sluice(t, "demo", db, "--pages", "50")
	there := []string{"XDG_CONFIG_HOME=" + config}
	sluiceWith(t, there, "sources", "add", "wiki", "--snapshot", db)
	sluiceWith(t, there, "schedule", "add", "nightly", "--source", "wiki", "--every", farOff())
	desk := newDesk(t)
	desk.bus = address
	p := desk.openWith(config, t.TempDir())
	p.says("wiki: Not started – Sluice")
	p.xdo("key", "alt+F4")
	if err := p.end(); err != nil {
		t.Errorf("it ended with %v", err)
	}
	for _, line := range p.log {
		if !strings.Contains(line, "level=DEBUG") && strings.Contains(line, "tatus") {
			t.Errorf("it says %s", line)
		}
	}
}

// TestQuitBehindTheIcon: where nothing runs that ends with it, the program ends at once, from a
// window that nobody sees.
func TestQuitBehindTheIcon(t *testing.T) {
	beside(t)
	address, _ := newSessionBus(t)
	config := t.TempDir()
	file := filepath.Join(config, "sluice", "window.json")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(`{"version": 2, "tray": "always", "toured": true}`), 0o600); err != nil {
		t.Fatal(err)
	}
	desk := newDesk(t)
	desk.bus = address
	bar := newPanel(t, address)
	p := desk.openWith(config, t.TempDir())
	bar.await()
	bar.find("No sources yet", "")
	p.logged("host=true")
	p.closeWindow()
	bar.choose("Quit Sluice", "")
	if err := p.end(); err != nil {
		t.Errorf("it ended with %v", err)
	}
}
