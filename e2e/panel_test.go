//go:build e2e

package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"
)

// Names of status icons on a session bus.
const (
	watcher     = "org.kde.StatusNotifierWatcher"
	watcherPath = dbus.ObjectPath("/StatusNotifierWatcher")
	statusItem  = "org.kde.StatusNotifierItem"
	dbusMenu    = "com.canonical.dbusmenu"
)

// panel is a panel of a desktop that shows status icons: the watcher and the host in one.
type panel struct {
	t     *testing.T
	conn  *dbus.Conn
	items chan [2]string // who has registered one, and at which path
	item  dbus.BusObject
	menu  dbus.BusObject
	moves chan *dbus.Signal
}

// RegisterStatusNotifierItem is the method of org.kde.StatusNotifierWatcher.
func (p *panel) RegisterStatusNotifierItem(from dbus.Sender, path string) *dbus.Error {
	p.items <- [2]string{string(from), path}
	return nil
}

// newPanel puts a panel onto a session bus.
func newPanel(t *testing.T, address string) *panel {
	t.Helper()
	conn, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	p := &panel{t: t, conn: conn, items: make(chan [2]string, 4), moves: make(chan *dbus.Signal, 100)}
	if err := conn.AddMatchSignal(dbus.WithMatchInterface(dbusMenu)); err != nil {
		t.Fatal(err)
	}
	conn.Signal(p.moves)
	if _, err := prop.Export(conn, watcherPath, prop.Map{watcher: {"IsStatusNotifierHostRegistered": {Value: true}}}); err != nil {
		t.Fatal(err)
	}
	if err := conn.Export(p, watcherPath, watcher); err != nil {
		t.Fatal(err)
	}
	if reply, err := conn.RequestName(watcher, dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("%v, %v", reply, err)
	}
	return p
}

// await waits for the icon.
func (p *panel) await() {
	p.t.Helper()
	select {
	case at := <-p.items:
		p.item = p.conn.Object(at[0], dbus.ObjectPath(at[1]))
	case <-time.After(patience):
		p.t.Fatal("no status icon was registered")
	}
	path, err := p.item.GetProperty(statusItem + ".Menu")
	if err != nil {
		p.t.Fatal(err)
	}
	p.menu = p.conn.Object(p.item.Destination(), path.Value().(dbus.ObjectPath))
}

// menuNode is an item of a menu, with what it opens.
type menuNode struct {
	ID    int32
	Props map[string]dbus.Variant
	Items []dbus.Variant
}

// layout are the items of the menu, each by what it says and by what opens it:
// "Wiki: Completed/Start export".
func (p *panel) layout() map[string]int32 {
	p.t.Helper()
	var revision uint32
	var root menuNode
	if err := p.menu.Call(dbusMenu+".GetLayout", 0, int32(0), int32(-1), []string{}).Store(&revision, &root); err != nil {
		p.t.Fatal(err)
	}
	ids := map[string]int32{}
	p.walk(root, "", ids)
	return ids
}

func (p *panel) walk(n menuNode, in string, ids map[string]int32) {
	for _, v := range n.Items {
		var item menuNode
		if err := dbus.Store([]any{v.Value()}, &item); err != nil {
			p.t.Fatal(err)
		}
		text, _ := item.Props["label"].Value().(string)
		ids[in+text] = item.ID
		p.walk(item, in+text+"/", ids)
	}
}

// find waits for an item that begins and ends with texts.
func (p *panel) find(begins, ends string) (id int32) {
	p.t.Helper()
	deadline := time.After(patience)
	for {
		ids := p.layout()
		for text, id := range ids {
			if strings.HasPrefix(text, begins) && strings.HasSuffix(text, ends) {
				return id
			}
		}
		select {
		case <-p.moves:
		case <-deadline:
			p.t.Fatalf("the menu has no %s … %s: %v", begins, ends, ids)
		}
	}
}

// choose chooses an item.
func (p *panel) choose(begins, ends string) {
	p.t.Helper()
	if err := p.menu.Call(dbusMenu+".Event", 0, p.find(begins, ends), "clicked", dbus.MakeVariant(int32(0)), uint32(0)).Err; err != nil {
		p.t.Fatal(err)
	}
}
