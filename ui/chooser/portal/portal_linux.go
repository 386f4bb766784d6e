package portal

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/godbus/dbus/v5"

	"sluice/ui/chooser"
)

// Names of the portal.
const (
	service  = "org.freedesktop.portal.Desktop"
	object   = dbus.ObjectPath("/org/freedesktop/portal/desktop")
	files    = "org.freedesktop.portal.FileChooser"
	request  = "org.freedesktop.portal.Request"
	response = request + ".Response"
)

// patience is how long a portal may take to say that it is there: it may have to start.
const patience = 3 * time.Second

// Outcomes of a request.
const (
	answered uint32 = iota
	left
)

// asker asks one portal.
type asker struct {
	words  Words
	parent func() string
	none   atomic.Bool // there is no portal in this session
}

// New returns what asks the portal of this session. parent names the window that the dialog
// belongs to, as portals do ("x11:1a2b"), or "". The answer is "" where somebody has left
// the dialog; there is false where there is no portal.
func New(words Words, parent func() string) func(context.Context, chooser.Question) (path string, there bool, err error) {
	a := &asker{words: words, parent: parent}
	return a.ask
}

func (a *asker) ask(ctx context.Context, q chooser.Question) (path string, there bool, err error) {
	if a.none.Load() || os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" && os.Getenv("XDG_RUNTIME_DIR") == "" {
		return "", false, nil
	}
	conn, err := connect()
	if err != nil {
		a.none.Store(true)
		return "", false, nil
	}
	defer conn.Close()
	if !offers(ctx, conn) {
		a.none.Store(ctx.Err() == nil)
		return "", false, nil
	}
	path, err = a.askPortal(ctx, conn, q)
	return path, err == nil, err
}

// connect is a connection of its own: what it listens for goes with it. It outlives the
// context of what is asked, to take that back.
func connect() (*dbus.Conn, error) {
	conn, err := dbus.SessionBusPrivateNoAutoStartup()
	if err != nil {
		return nil, err
	}
	if err = conn.Auth(nil); err == nil {
		err = conn.Hello()
	}
	if err != nil {
		conn.Close()
		return nil, err
	}
	return conn, nil
}

// offers reports whether there is a portal with dialogs for files: one may be there for
// other things only.
func offers(ctx context.Context, conn *dbus.Conn) bool {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var version dbus.Variant
	err := conn.Object(service, object).CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", 0, files, "version").Store(&version)
	return err == nil
}

// askPortal makes one request and waits for its end. It listens before it asks: the answer
// may come at once.
func (a *asker) askPortal(ctx context.Context, conn *dbus.Conn, q chooser.Question) (string, error) {
	token := "sluice" + rand.Text()
	sender := strings.ReplaceAll(strings.TrimPrefix(conn.Names()[0], ":"), ".", "_")
	handle := dbus.ObjectPath("/org/freedesktop/portal/desktop/request/" + sender + "/" + token)
	if err := conn.AddMatchSignalContext(ctx, dbus.WithMatchInterface(request), dbus.WithMatchMember("Response")); err != nil {
		return "", fmt.Errorf("listen to the portal: %w", err)
	}
	signals := make(chan *dbus.Signal, 8)
	conn.Signal(signals)
	method, options := a.options(q, token)
	call := conn.Object(service, object).CallWithContext(ctx, method, 0, a.parent(), a.words.title(q.Kind), options)
	got := handle
	if err := call.Store(&got); err != nil {
		closeRequest(ctx, conn, handle)
		return "", fmt.Errorf("ask the portal: %w", err)
	}
	for {
		select {
		case <-ctx.Done():
			closeRequest(ctx, conn, got)
			return "", ctx.Err()
		case s, open := <-signals:
			if !open {
				return "", errors.New("the session bus has gone away")
			}
			if s.Name == response && (s.Path == handle || s.Path == got) {
				return answerOf(s)
			}
		}
	}
}

// closeRequest takes a request back whose context has ended. A portal that does not know it
// says so to nobody.
func closeRequest(ctx context.Context, conn *dbus.Conn, handle dbus.ObjectPath) {
	if ctx.Err() == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	conn.Object(service, handle).CallWithContext(ctx, request+".Close", 0)
}

// answerOf reads the answer of a portal.
func answerOf(s *dbus.Signal) (string, error) {
	var outcome uint32
	var results map[string]dbus.Variant
	if err := dbus.Store(s.Body, &outcome, &results); err != nil {
		return "", fmt.Errorf("read the answer of the portal: %w", err)
	}
	if outcome == left {
		return "", nil
	}
	addresses, _ := results["uris"].Value().([]string)
	if outcome != answered || len(addresses) == 0 {
		return "", fmt.Errorf("the portal has ended the dialog (outcome %d)", outcome)
	}
	path := pathOf(addresses[0])
	if path == "" {
		return "", errors.New("the portal has answered with what is no file of this computer")
	}
	return path, nil
}

// filter is a filter of a portal: a name, and patterns of the kind 0.
type filter struct {
	Name  string
	Rules []rule
}

type rule struct {
	Kind    uint32
	Pattern string
}

// options are what the method of a portal is called with.
func (a *asker) options(q chooser.Question, token string) (method string, o map[string]dbus.Variant) {
	o = map[string]dbus.Variant{"handle_token": dbus.MakeVariant(token), "modal": dbus.MakeVariant(true)}
	if q.Folder != "" {
		o["current_folder"] = dbus.MakeVariant(append([]byte(q.Folder), 0))
	}
	if q.Kind == chooser.SaveFile {
		o["current_name"] = dbus.MakeVariant(q.Name)
		return files + ".SaveFile", o
	}
	if q.Kind == chooser.OpenFolder {
		o["directory"] = dbus.MakeVariant(true)
	}
	if q.Endings != nil {
		suited := filter{Name: a.words.Suited}
		for _, e := range q.Endings {
			suited.Rules = append(suited.Rules, rule{0, glob(e)})
		}
		o["filters"] = dbus.MakeVariant([]filter{suited, {a.words.All, []rule{{0, "*"}}}})
	}
	return files + ".OpenFile", o
}
