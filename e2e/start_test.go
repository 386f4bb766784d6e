//go:build e2e

package e2e

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// alone is the program's window as a person starts it who has neither a desktop
// with its services nor any setting of Sluice.
func alone(t *testing.T, d *desk) (cmd *exec.Cmd, errs *bytes.Buffer) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	cmd, errs = exec.CommandContext(ctx, binary(t)), &bytes.Buffer{}
	for _, v := range d.env("HOME=" + t.TempDir()) {
		name, _, _ := strings.Cut(v, "=")
		if name != "DBUS_SESSION_BUS_ADDRESS" && !strings.HasPrefix(name, "XDG_") && !strings.HasPrefix(name, "SLUICE_") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Stderr = errs
	return cmd, errs
}

// TestStartIsQuiet starts the window without a session bus and in an empty home
// folder: that is no reason to write anything to the terminal.
func TestStartIsQuiet(t *testing.T) {
	beside(t)
	d := newDesk(t)
	cmd, errs := alone(t, d)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	d.xdo("search", "--sync", "--onlyvisible", "--pid", strconv.Itoa(cmd.Process.Pid), "--name", "Sluice")
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); cmd.ProcessState == nil {
		t.Fatal(err)
	}
	if errs.Len() > 0 {
		t.Errorf("the standard error got %s", errs)
	}
}

// TestDisplayWithoutOpenGL starts the window where none can be drawn: it ends at
// once and says what to do.
func TestDisplayWithoutOpenGL(t *testing.T) {
	beside(t)
	cmd, errs := alone(t, &desk{t: t, display: newDisplay(t, "-extension", "GLX")})
	err := cmd.Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Fatalf("it ended with %v instead of exit code 1: %s", err, errs)
	}
	said := errs.String()
	for _, want := range []string{"the window cannot be opened", "GLX", "OpenGL", "make headless"} {
		if !strings.Contains(said, want) {
			t.Errorf("the standard error lacks %q: %s", want, said)
		}
	}
	if strings.Count(said, "\n") != 1 {
		t.Errorf("more than one sentence: %s", said)
	}
}
