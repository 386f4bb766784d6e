//go:build e2e

package e2e

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// desk is a virtual display with a window manager.
type desk struct {
	t       *testing.T
	display string
	bus     string   // the address of its session bus; "": there is none
	own     []string // more of the environment of what runs on it
}

// places are for the tests that go at the same time, besides those that mostly wait.
var places = make(chan struct{}, 3)

// beside lets a test go beside others once there is a place for it.
func beside(t *testing.T) {
	t.Helper()
	t.Parallel()
	places <- struct{}{}
	t.Cleanup(func() { <-places })
}

// newDesk starts a display of its own for the test.
func newDesk(t *testing.T) *desk {
	t.Helper()
	for _, tool := range []string{"Xvfb", "xdotool", "openbox"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("%s is missing: run \"make setup\"", tool)
		}
	}
	d := &desk{t: t, display: newDisplay(t)}
	d.manage()
	return d
}

// manage starts the window manager, with more arguments, and waits until it is at work: a
// window that comes before it gets the keyboard in another way.
func (d *desk) manage(args ...string) {
	d.t.Helper()
	wm := exec.Command("openbox", append([]string{"--startup", "echo ready"}, args...)...)
	wm.Env = d.env()
	out, err := wm.StdoutPipe()
	if err != nil {
		d.t.Fatal(err)
	}
	start(d.t, wm)
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		d.t.Fatalf("openbox does not start: %v", err)
	}
}

// newDisplay starts a virtual display, with more arguments for Xvfb, and returns
// its name.
func newDisplay(t *testing.T, more ...string) string {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	// On a busy machine a key stays down for long: it is not to repeat.
	x := exec.Command("Xvfb", append([]string{"-displayfd", "3", "-screen", "0", "1400x900x24", "-nolisten", "tcp", "-r"}, more...)...)
	x.ExtraFiles = []*os.File{write}
	start(t, x)
	write.Close()
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb gave no display: %v", err)
	}
	return ":" + strings.TrimSpace(number)
}

func (d *desk) env(more ...string) []string {
	return slices.Concat(os.Environ(), []string{"DISPLAY=" + d.display, "WAYLAND_DISPLAY="}, d.own, more)
}

// start runs a command until the test ends.
func start(t *testing.T, c *exec.Cmd) {
	t.Helper()
	if err := c.Start(); err != nil {
		t.Fatalf("start %s: %v", c.Path, err)
	}
	t.Cleanup(func() {
		c.Process.Kill()
		c.Wait()
	})
}

// xdo runs xdotool. What it waits for must come within patience: else the test fails
// with a picture and what the program has said, instead of running into the limit of all.
func (d *desk) xdo(args ...string) string {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.t.Context(), patience)
	defer cancel()
	c := exec.CommandContext(ctx, "xdotool", args...)
	c.Env = d.env()
	out, err := c.CombinedOutput()
	if err != nil {
		d.t.Fatalf("xdotool %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

// binary is the program under test.
func binary(t *testing.T) string {
	t.Helper()
	path := os.Getenv("SLUICE_BINARY")
	if path == "" {
		t.Fatal("SLUICE_BINARY does not name the program: run \"make test-window\"")
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// sluice runs a headless command to its end.
func sluice(t *testing.T, args ...string) string {
	t.Helper()
	return sluiceWith(t, nil, args...)
}

// sluiceWith does so with more of the environment.
func sluiceWith(t *testing.T, env []string, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	c := exec.Command(binary(t), args...)
	c.Env = append(os.Environ(), env...)
	c.Stdout, c.Stderr = &out, &errs
	if err := c.Run(); err != nil {
		t.Fatalf("sluice %s: %v\n%s", strings.Join(args, " "), err, errs.String())
	}
	return out.String()
}

// keepPicture saves what is on the display when a test has failed, if
// SLUICE_E2E_PICTURES names a folder and ImageMagick is there.
func (d *desk) keepPicture(name string) {
	dir := os.Getenv("SLUICE_E2E_PICTURES")
	if dir == "" {
		return
	}
	path := filepath.Join(dir, fmt.Sprintf("%s-%d.png", name, time.Now().UnixMilli()))
	c := exec.Command("import", "-window", "root", path)
	c.Env = d.env()
	if err := c.Run(); err == nil {
		d.t.Logf("the display is in %s", path)
	}
}
