package portal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"

	"sluice/ui/chooser"
)

// bus starts a session bus of the test's own, and leads programs of this process to it.
func bus(t *testing.T) {
	t.Helper()
	daemon, err := exec.LookPath("dbus-daemon")
	if err != nil {
		t.Skip(err)
	}
	dir, err := os.MkdirTemp("", "bus") // the path of a socket is short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	config := filepath.Join(dir, "session.conf")
	text := `<busconfig><type>session</type><listen>unix:dir=` + dir + `</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(daemon, "--config-file="+config, "--print-address=1", "--nofork")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	line := make([]byte, 512)
	n, err := out.Read(line)
	if err != nil && !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", strings.TrimSpace(string(line[:n])))
}

// desk is a portal of a desktop, made up.
type desk struct {
	conn   *dbus.Conn
	asked  chan string
	closed chan bool

	mu     sync.Mutex
	answer portalAnswer
}

// portalAnswer is what a portal answers; with hold it does not.
type portalAnswer struct {
	outcome   uint32
	addresses []string
	hold      bool
}

func (d *desk) will(a portalAnswer) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.answer = a
}

func (d *desk) OpenFile(from dbus.Sender, parent, title string, o map[string]dbus.Variant) (dbus.ObjectPath, *dbus.Error) {
	return d.ask(from, "open", parent, title, o)
}

func (d *desk) SaveFile(from dbus.Sender, parent, title string, o map[string]dbus.Variant) (dbus.ObjectPath, *dbus.Error) {
	return d.ask(from, "save", parent, title, o)
}

// Close takes a request back.
func (d *desk) Close() *dbus.Error { d.closed <- true; return nil }

func (d *desk) ask(from dbus.Sender, what, parent, title string, o map[string]dbus.Variant) (dbus.ObjectPath, *dbus.Error) {
	sender := strings.ReplaceAll(strings.TrimPrefix(string(from), ":"), ".", "_")
	handle := dbus.ObjectPath("/org/freedesktop/portal/desktop/request/" + sender + "/" + o["handle_token"].Value().(string))
	if err := d.conn.Export(d, handle, request); err != nil {
		return "", dbus.MakeFailedError(err)
	}
	folder, _ := o["current_folder"].Value().([]byte)
	name, _ := o["current_name"].Value().(string)
	_, directory := o["directory"]
	d.asked <- fmt.Sprintf("%s %s %s %q %s %v %v", what, parent, title, folder, name, directory, o["filters"].Value())
	d.mu.Lock()
	a := d.answer
	d.mu.Unlock()
	if !a.hold {
		// before the call has returned: who listens only then hears nothing
		if err := d.conn.Emit(handle, response, a.outcome, map[string]dbus.Variant{"uris": dbus.MakeVariant(a.addresses)}); err != nil {
			return "", dbus.MakeFailedError(err)
		}
	}
	return handle, nil
}

// portal puts a made-up portal on the bus.
func portal(t *testing.T) *desk {
	t.Helper()
	conn, err := connect()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	d := &desk{conn: conn, asked: make(chan string, 4), closed: make(chan bool, 1)}
	_, propErr := prop.Export(conn, object, prop.Map{files: {"version": {Value: uint32(4)}}})
	reply, nameErr := conn.RequestName(service, dbus.NameFlagDoNotQueue)
	if err := errors.Join(conn.Export(d, object, files), propErr, nameErr); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatal(err, reply)
	}
	return d
}

var said = Words{OpenFile: "Open", OpenFolder: "Folder", SaveFile: "Save", Suited: "Suited", All: "All"}

// TestPortal asks a real bus with a made-up portal.
func TestPortal(t *testing.T) {
	if got := dbus.SignatureOf([]filter{}).String(); got != "a(sa(us))" {
		t.Errorf("filters have the signature %s", got)
	}
	bus(t)
	d := portal(t)
	ask := New(said, func() string { return "x11:1a" })
	for _, c := range []struct {
		q         chooser.Question
		outcome   uint32
		addresses []string
		path      string
		fails     bool
		asked     string
	}{
		{chooser.Question{Kind: chooser.OpenFile, Endings: []string{".gz"}, Folder: "/data"}, answered, []string{"file:///tmp/a+b%20c.gz"}, "/tmp/a+b c.gz", false,
			`open x11:1a Open "/data\x00"  false [[Suited [[0 *.[gG][zZ]]]] [All [[0 *]]]]`},
		{chooser.Question{Kind: chooser.OpenFolder}, answered, []string{"file:///srv"}, "/srv", false, `open x11:1a Folder ""  true`},
		{chooser.Question{Kind: chooser.SaveFile, Name: "x.csv"}, left, nil, "", false, `save x11:1a Save "" x.csv false`},
		{chooser.Question{Kind: chooser.OpenFile}, 2, nil, "", true, "open"},
		{chooser.Question{Kind: chooser.OpenFile}, answered, []string{"smb://there/x"}, "", true, "open"},
	} {
		d.will(portalAnswer{outcome: c.outcome, addresses: c.addresses})
		path, there, err := ask(t.Context(), c.q)
		if path != c.path || there == c.fails || (err != nil) != c.fails {
			t.Errorf("%+v: %q, %v, %v", c.q, path, there, err)
		}
		if asked := <-d.asked; !strings.HasPrefix(asked, c.asked) {
			t.Errorf("asked %s, want %s", asked, c.asked)
		}
	}
}

// TestTakenBack: the end of the context closes the dialog of the desktop.
func TestTakenBack(t *testing.T) {
	bus(t)
	d := portal(t)
	d.will(portalAnswer{hold: true})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-d.asked
		cancel()
	}()
	if path, there, err := New(said, func() string { return "" })(ctx, chooser.Question{}); path != "" || there || !errors.Is(err, context.Canceled) {
		t.Errorf("%q, %v, %v", path, there, err)
	}
	<-d.closed
}

// TestNoPortal: a session without one, and none at all, are no errors.
func TestNoPortal(t *testing.T) {
	bus(t)
	for range 2 {
		if path, there, err := New(said, func() string { return "" })(t.Context(), chooser.Question{}); path != "" || there || err != nil {
			t.Errorf("%q, %v, %v", path, there, err)
		}
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
	}
}
