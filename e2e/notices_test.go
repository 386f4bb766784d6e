//go:build e2e

package e2e

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// notified is a desktop that keeps what it is told.
type notified chan [2]string

// Notify is the method of org.freedesktop.Notifications.
func (n notified) Notify(_ string, _ uint32, _, title, text string, _ []string, _ map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
	n <- [2]string{title, text}
	return 1, nil
}

// newSessionBus starts a session bus for the test with a desktop that is told notifications.
func newSessionBus(t *testing.T) (address string, told notified) {
	t.Helper()
	daemon, err := exec.LookPath("dbus-daemon")
	if err != nil {
		t.Skip("there is no dbus-daemon")
	}
	bus := exec.Command(daemon, "--session", "--nofork", "--print-address=1")
	out, err := bus.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	start(t, bus)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Skipf("the session bus gave no address: %v", err)
	}
	address = strings.TrimSpace(line)
	conn, err := dbus.Connect(address)
	if err != nil {
		t.Skipf("the session bus cannot be reached: %v", err)
	}
	t.Cleanup(func() { conn.Close() })
	told = make(notified, 10)
	const name = "org.freedesktop.Notifications"
	if err := conn.Export(told, "/org/freedesktop/Notifications", name); err != nil {
		t.Fatal(err)
	}
	if reply, err := conn.RequestName(name, dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("%v, %v", reply, err)
	}
	return address, told
}

// TestTheDesktopIsToldOfAMissedRun: on a session bus of its own, by a window that nobody looks
// at: on a display without a window manager none has the keyboard.
func TestTheDesktopIsToldOfAMissedRun(t *testing.T) {
	address, told := newSessionBus(t)
	dir := t.TempDir()
	for name, folder := range map[string]string{"HOME": "home", "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache", "XDG_DATA_HOME": "data"} {
		t.Setenv(name, filepath.Join(dir, folder))
	}
	snapshot := filepath.Join(dir, "wiki.db")
	sluice(t, "demo", snapshot, "--pages", "20")
	sluice(t, "sources", "add", "wiki <b>&", "--snapshot", snapshot)
	sluice(t, "schedule", "add", "nightly", "--source", "wiki <b>&", "--every", "daily 02:00")
	file := filepath.Join(dir, "config", "sluice", "schedules.json")
	var list map[string]any
	b, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(b, &list)
	}
	if err != nil {
		t.Fatal(err)
	}
	list["schedules"].([]any)[0].(map[string]any)["from"] = time.Now().AddDate(0, 0, -5).UTC().Format(time.RFC3339)
	if b, err = json.Marshal(list); err == nil {
		err = os.WriteFile(file, b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	window := exec.Command(binary(t))
	window.Env = append(os.Environ(), "DISPLAY="+newDisplay(t), "WAYLAND_DISPLAY=", "DBUS_SESSION_BUS_ADDRESS="+address)
	start(t, window)
	select {
	case note := <-told:
		if note[0] != "wiki <b>&: a run was missed" || !strings.HasPrefix(note[1], "Schedule nightly. ") || !strings.Contains(note[1], "runs were missed") || strings.ContainsAny(note[1], "<&") {
			t.Errorf("%q", note)
		}
	case <-time.After(patience):
		t.Fatal("the desktop was told nothing")
	}
}
