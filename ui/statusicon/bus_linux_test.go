package statusicon

import (
	"bufio"
	"context"
	"log/slog"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"

	"sluice/ui/present"
)

const wait = time.Minute

// bus starts a session bus of the test's own, and leads programs of this process to it.
func bus(t *testing.T) {
	t.Helper()
	daemon, err := exec.LookPath("dbus-daemon")
	if err != nil {
		t.Skip(err)
	}
	cmd := exec.Command(daemon, "--session", "--nofork", "--print-address=1", "--address=unix:tmpdir=/tmp")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Skipf("the session bus gave no address: %v", err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", strings.TrimSpace(line))
}

// panel is a made-up panel of a desktop: the watcher and the host in one.
type panel struct {
	t       *testing.T
	conn    *dbus.Conn
	props   *prop.Properties
	items   chan dbus.ObjectPath
	owner   dbus.Sender
	signals chan *dbus.Signal
}

// RegisterStatusNotifierItem is the method of org.kde.StatusNotifierWatcher.
func (p *panel) RegisterStatusNotifierItem(from dbus.Sender, path string) *dbus.Error {
	p.owner = from
	p.items <- dbus.ObjectPath(path)
	return nil
}

// newPanel puts a panel onto the bus, with a host or without.
func newPanel(t *testing.T, host bool) *panel {
	t.Helper()
	conn, err := connect()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	p := &panel{t: t, conn: conn, items: make(chan dbus.ObjectPath, 4), signals: make(chan *dbus.Signal, 64)}
	for _, name := range []string{itemName, menuName, "com.canonical.Unity.LauncherEntry"} {
		if err := conn.AddMatchSignal(dbus.WithMatchInterface(name)); err != nil {
			t.Fatal(err)
		}
	}
	conn.Signal(p.signals)
	p.props, err = prop.Export(conn, watcherPath, prop.Map{watcher: {"IsStatusNotifierHostRegistered": {Value: host}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := conn.Export(p, watcherPath, watcher); err != nil {
		t.Fatal(err)
	}
	if reply, err := conn.RequestName(watcher, dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatal(reply, err)
	}
	return p
}

// registered waits for an item.
func (p *panel) registered() dbus.BusObject {
	p.t.Helper()
	path := receive(p.t, p.items, "an item")
	return p.conn.Object(string(p.owner), path)
}

// told waits for a signal.
func (p *panel) told(name string) *dbus.Signal {
	p.t.Helper()
	for {
		if s := receive(p.t, p.signals, name); s.Name == name {
			return s
		}
	}
}

func receive[T any](t *testing.T, c <-chan T, what string) (v T) {
	t.Helper()
	select {
	case v = <-c:
	case <-time.After(wait):
		t.Fatalf("%s never came", what)
	}
	return v
}

// shown is an icon with what it tells.
type shown struct {
	Icon
	chosen    chan string
	activated chan bool
	host      chan bool
}

// show puts an icon onto the bus.
func show(t *testing.T, tray present.Tray) (s shown, end func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	s = shown{chosen: make(chan string, 4), activated: make(chan bool, 4), host: make(chan bool, 4)}
	s.Icon = New(ctx, Options{Name: "Sluice", Program: "app.sluice.console", Logger: slog.New(slog.DiscardHandler),
		Activated: func() { s.activated <- true }, Host: func(there bool) { s.host <- there },
		Chosen: func(act present.TrayAct, id string) { s.chosen <- string(act) + " " + id }})
	s.Show(tray)
	return s, cancel
}
