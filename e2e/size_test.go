//go:build e2e

package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestDrawnAtItsSize: what the window shows depends on how large it is, and not on how
// large it has been. Nothing is touched in between that would have it drawn once more.
func TestDrawnAtItsSize(t *testing.T) {
	beside(t)
	p := newDesk(t).open(t.TempDir())
	p.await("Connect to a server")
	p.size("1200", "760")
	first := p.still()
	for _, other := range [][2]string{{"900", "600"}, {"1300", "860"}} {
		p.size(other[0], other[1])
		p.still()
		p.size("1200", "760")
		p.looks(first)
	}
}

// size gives the window another size.
func (p *program) size(width, height string) {
	p.t.Helper()
	p.xdo("windowsize", "--sync", p.window, width, height)
}

// picture is what the window shows, as pixels.
func (p *program) picture() []byte {
	p.t.Helper()
	path := filepath.Join(p.t.TempDir(), "window.rgb")
	c := exec.Command("import", "-window", p.window, "-depth", "8", path)
	c.Env = p.env()
	if out, err := c.CombinedOutput(); err != nil {
		p.t.Fatalf("import: %v: %s", err, out)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		p.t.Fatal(err)
	}
	return b
}

// still returns what the window shows once it shows the same twice, and has come to rest before
// either.
func (p *program) still() []byte {
	p.t.Helper()
	p.rests()
	last := p.picture()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		p.rests()
		now := p.picture()
		if bytes.Equal(now, last) {
			return now
		}
		last = now
	}
	p.t.Fatal("the window does not come to rest")
	return nil
}

// rests waits until the window comes to rest.
func (p *program) rests() {
	p.t.Helper()
	p.mu.Lock()
	p.sent, p.ticks = time.Now(), 0
	p.mu.Unlock()
	p.until("it comes to rest", p.settled)
}

// looks waits until the window shows what a picture has.
func (p *program) looks(picture []byte) {
	p.t.Helper()
	for deadline := time.Now().Add(patience / 3); time.Now().Before(deadline); {
		if bytes.Equal(p.picture(), picture) {
			return
		}
	}
	p.t.Fatal("the window does not look as it did at the same size before")
}
