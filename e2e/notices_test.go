//go:build e2e

package e2e

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
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

// TestTheDesktopIsToldOfAMissedRun by a window that nobody looks at: it has left the front
// when there is a schedule whose runs nobody looked for.
func TestTheDesktopIsToldOfAMissedRun(t *testing.T) {
	beside(t)
	dir := t.TempDir()
	d := newDesk(t)
	d.own = []string{"HOME=" + filepath.Join(dir, "home"), "XDG_DATA_HOME=" + filepath.Join(dir, "data")}
	var told notified
	d.bus, told = newSessionBus(t)
	config := filepath.Join(dir, "config")
	there := slices.Concat(d.own, []string{"XDG_CONFIG_HOME=" + config})
	snapshot := filepath.Join(dir, "wiki.db")
	sluice(t, "demo", snapshot, "--pages", "20")
	sluiceWith(t, there, "sources", "add", "wiki <b>&", "--snapshot", snapshot)
	sluiceWith(t, there, "schedule", "add", "nightly", "--source", "wiki <b>&", "--every", farOff())
	list := filepath.Join(config, "sluice", "schedules.json")
	late := filepath.Join(dir, "late.json")
	sinceDays(t, list, late, 5)
	if err := os.Remove(list); err != nil {
		t.Fatal(err)
	}
	p := d.openWith(config, t.TempDir())
	p.logged(`msg="in front"`)
	p.xdo("windowminimize", p.window)
	p.logged(`msg="behind others"`)
	if err := os.Rename(late, list); err != nil {
		t.Fatal(err)
	}
	select {
	case note := <-told:
		if note[0] != "wiki <b>&: a run was missed" || !strings.HasPrefix(note[1], "Schedule nightly. ") || !strings.Contains(note[1], "runs were missed") || strings.ContainsAny(note[1], "<&") {
			t.Errorf("%q", note)
		}
	case <-time.After(2 * patience): // it looks at the list every half minute
		t.Fatal("the desktop was told nothing")
	}
}

// farOff is a schedule that is due in half a day: in no test that knows of it a run begins.
func farOff() string { return time.Now().Add(12 * time.Hour).Format("daily 15:04") }

// sinceDays writes the one schedule of a list to another file, as one that is some days old.
func sinceDays(t *testing.T, from, to string, days int) {
	t.Helper()
	var list map[string]any
	b, err := os.ReadFile(from)
	if err == nil {
		err = json.Unmarshal(b, &list)
	}
	if err != nil {
		t.Fatal(err)
	}
	list["schedules"].([]any)[0].(map[string]any)["from"] = time.Now().AddDate(0, 0, -days).UTC().Format(time.RFC3339)
	if b, err = json.Marshal(list); err == nil {
		err = os.WriteFile(to, b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
