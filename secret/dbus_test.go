//go:build linux

package secret

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The test program runs itself again inside a D-Bus session of its own; these
// variables tell it what to do there.
const (
	stageEnv = "SLUICE_TEST_SECRET_SERVICE"

	stageUnlocked = "unlocked" // a Secret Service with an open keyring
	stageAgain    = "again"    // the next session with the same keyring file
	stageLocked   = "locked"   // a Secret Service whose keyring is locked
	stageNone     = "none"     // a session without a Secret Service
	stageNoBus    = "nobus"    // no session at all
)

// TestSecretService uses a real Secret Service over D-Bus: gnome-keyring in a
// session of its own, with its files in a folder of the test. The person's own
// keyring is not touched.
func TestSecretService(t *testing.T) {
	if stage := os.Getenv(stageEnv); stage != "" {
		inSession(t, stage)
		return
	}
	for _, program := range []string{"dbus-run-session", "gnome-keyring-daemon"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("no Secret Service can be started: %v", err)
		}
	}
	data := t.TempDir()
	for _, stage := range []string{stageUnlocked, stageAgain, stageLocked, stageNone, stageNoBus} {
		t.Run(stage, func(t *testing.T) { runStage(t, stage, data) })
	}
}

// runStage runs one stage in a process inside a session. The daemon ends with
// the session's bus.
func runStage(t *testing.T, stage, data string) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	// The script has no secret in it: the keyring's password is the empty line.
	daemon := map[string]string{
		stageUnlocked: `printf '\n' | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null;`,
		stageAgain:    `printf '\n' | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null;`,
		stageLocked:   `gnome-keyring-daemon --start --components=secrets >/dev/null;`,
	}[stage]
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	run := []string{"sh", "-c", daemon + `exec "$0" -test.run='^TestSecretService$' -test.v`, program}
	if stage != stageNoBus {
		run = append([]string{"dbus-run-session", "--config-file=" + busConfig(t), "--"}, run...)
	}
	cmd := exec.CommandContext(ctx, run[0], run[1:]...)
	cmd.WaitDelay = time.Second // a daemon that stays may hold the output open
	cmd.Env = append(os.Environ(), stageEnv+"="+stage, "XDG_DATA_HOME="+data, "XDG_RUNTIME_DIR="+privateDir(t),
		"HOME="+data, "DBUS_SESSION_BUS_ADDRESS=", "DISPLAY=")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil || !strings.Contains(out.String(), "--- PASS: TestSecretService") {
		t.Errorf("%v\n%s", err, out.String())
	}
}

// busConfig writes the configuration of a bus that starts no service by itself,
// so that the stage decides what runs.
func busConfig(t *testing.T) string {
	t.Helper()
	dir := privateDir(t)
	name := filepath.Join(dir, "session.conf")
	config := `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir=` + dir + `</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`
	if err := os.WriteFile(name, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// privateDir is a folder with a short path: those of sockets are limited.
func privateDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "sluice")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// inSession is what the process inside the session checks.
func inSession(t *testing.T, stage string) {
	s := New("Sluice test", 5*time.Second)
	if stage != stageNone && stage != stageNoBus {
		awaitService(t, s)
	}
	switch stage {
	case stageUnlocked:
		if err := s.Available(t.Context()); err != nil {
			t.Fatalf("Available: %v", err)
		}
		checkLife(t, s)
		if place, err := s.Set(t.Context(), "stays", value); err != nil || place != Keyring {
			t.Errorf("Set: %s, %v", place, err)
		}
		checkVisible(t)
	case stageAgain:
		if got, err := s.Get(t.Context(), "stays"); err != nil || got != value {
			t.Errorf("the next session finds %q, %v", got, err)
		}
	default:
		checkFallback(t, s, map[string]string{
			stageLocked: "it is locked", stageNone: "no Secret Service runs", stageNoBus: "no desktop session",
		}[stage])
		// A locked keyring may hold the secret; what does not exist cannot.
		if err := s.Delete(t.Context(), account); isUnavailable(err) != (stage == stageLocked) {
			t.Errorf("Delete: %v", err)
		}
	}
}

// awaitService waits until the daemon, which goes into the background first, has
// come to the bus.
func awaitService(t *testing.T, s *Store) {
	t.Helper()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		err := s.Available(ctx)
		if err == nil || !strings.Contains(err.Error(), "no Secret Service runs") {
			return
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			t.Fatal("the Secret Service does not come to the bus")
		}
	}
}

// checkVisible looks with the desktop's own tool whether the secret is where
// other programs look for it.
func checkVisible(t *testing.T) {
	t.Helper()
	tool, err := exec.LookPath("secret-tool")
	if err != nil {
		t.Logf("not checked with another program: %v", err)
		return
	}
	out, err := exec.CommandContext(t.Context(), tool, "lookup", "service", "Sluice test", "username", "stays").Output()
	if err != nil || string(out) != value {
		t.Errorf("secret-tool finds %q, %v", out, err)
	}
}

// checkFallback checks that a secret stays for the session, and why.
func checkFallback(t *testing.T, s *Store, says string) {
	t.Helper()
	if err := s.Available(t.Context()); !isUnavailable(err) || !strings.Contains(err.Error(), says) {
		t.Errorf("Available: %v, want %q", err, says)
	}
	if place, err := s.Set(t.Context(), account, value); place != Session || !isUnavailable(err) || !strings.Contains(err.Error(), says) {
		t.Errorf("Set: %s, %v, want %q", place, err, says)
	}
	if got, err := s.Get(t.Context(), account); err != nil || got != value {
		t.Errorf("Get = %q, %v", got, err)
	}
}
