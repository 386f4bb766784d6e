package statusicon

import (
	"fmt"
	"maps"
	"reflect"
	"strings"
	"sync"
	"time"

	"github.com/godbus/dbus/v5"

	"sluice/ui/present"
)

// node is an item of a menu on the bus, with what it opens: (ia{sv}av).
type node struct {
	ID    int32
	Props map[string]dbus.Variant
	Items []dbus.Variant
}

// propsOf are the properties of an item on the bus: (ia{sv}).
type propsOf struct {
	ID    int32
	Props map[string]dbus.Variant
}

// entry is an item of the menu.
type entry struct {
	id    int32
	act   present.TrayAct
	about string
	props map[string]dbus.Variant
	items []*entry
}

// menu is the menu of the icon. An item keeps its id while it does the same, so that a menu
// that is open stays what it is while its words change.
type menu struct {
	conn *dbus.Conn
	o    Options

	mu       sync.Mutex
	revision uint32
	root     *entry
	byID     map[int32]*entry
	ids      map[string]int32
	served   map[dbus.Sender]bool // who has the outline of this layout
}

func newMenu(conn *dbus.Conn, o Options) *menu {
	return &menu{conn: conn, o: o, root: &entry{}, byID: map[int32]*entry{}, ids: map[string]int32{}, served: map[dbus.Sender]bool{}}
}

// show takes in what the menu says now, and tells what has changed.
func (m *menu) show(items []present.TrayItem) {
	m.mu.Lock()
	before, outline := m.byID, outlineOf(m.root)
	m.byID = map[int32]*entry{}
	m.root = &entry{props: map[string]dbus.Variant{"children-display": dbus.MakeVariant("submenu")}, items: m.entries("", items)}
	m.byID[0] = m.root
	var changed []propsOf
	for id, e := range m.byID {
		if old := before[id]; old != nil && !reflect.DeepEqual(old.props, e.props) {
			changed = append(changed, propsOf{id, maps.Clone(e.props)})
		}
	}
	other := outlineOf(m.root) != outline
	if other {
		m.revision++
		clear(m.served)
	}
	revision := m.revision
	m.mu.Unlock()
	if len(changed) > 0 {
		m.tell("ItemsPropertiesUpdated", changed, []struct {
			ID    int32
			Names []string
		}{})
	}
	if other {
		m.tell("LayoutUpdated", revision, int32(0))
	}
}

// entries makes the items of a menu, which is named by what opens it.
func (m *menu) entries(in string, items []present.TrayItem) (list []*entry) {
	for at, item := range items {
		name := fmt.Sprintf("%s/%s %s", in, item.Act, item.ID)
		if item.Act == present.TrayLine {
			name = fmt.Sprintf("%s/%d", in, at)
		}
		id := m.ids[name]
		if id == 0 {
			id = int32(len(m.ids) + 1)
			m.ids[name] = id
		}
		e := &entry{id: id, act: item.Act, about: item.ID, props: map[string]dbus.Variant{"label": dbus.MakeVariant(label(item.Text))}, items: m.entries(name, item.Items)}
		if item.Act == present.TrayLine {
			e.props = map[string]dbus.Variant{"type": dbus.MakeVariant("separator")}
		}
		if len(e.items) > 0 {
			e.props["children-display"] = dbus.MakeVariant("submenu")
		}
		m.byID[id] = e
		list = append(list, e)
	}
	return list
}

// label is a text as menus on the bus have it: an underscore marks the letter behind it.
func label(text string) string { return strings.ReplaceAll(text, "_", "__") }

// outlineOf is which items there are, in which order.
func outlineOf(e *entry) string {
	var b strings.Builder
	for _, item := range e.items {
		fmt.Fprintf(&b, "%d(%s)", item.id, outlineOf(item))
	}
	return b.String()
}

func (m *menu) tell(signal string, args ...any) {
	if err := m.conn.Emit(menuPath, menuName+"."+signal, args...); err != nil {
		m.o.Logger.Debug("tell the panel", "signal", signal, "error", err)
	}
}

// nodeOf is an item with what it opens, as many levels deep; below 0: all.
func nodeOf(e *entry, depth int32) node {
	n := node{ID: e.id, Props: maps.Clone(e.props), Items: []dbus.Variant{}}
	if depth != 0 {
		for _, item := range e.items {
			n.Items = append(n.Items, dbus.MakeVariant(nodeOf(item, depth-1)))
		}
	}
	return n
}

// settle is how long the outline of a menu stands before the rest is offered.
const settle = 150 * time.Millisecond

// GetLayout implements com.canonical.dbusmenu. Who asks for a layout the first time gets the
// items without the menus that they open, and is told of the rest a moment later: libdbusmenu
// with GTK 3, which the panels of Xfce, Cinnamon and MATE use, drops items whose menu it has
// not made yet.
func (m *menu) GetLayout(from dbus.Sender, parent, depth int32, _ []string) (revision uint32, layout node, failed *dbus.Error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e, ok := m.byID[parent]
	if !ok {
		return 0, node{Props: map[string]dbus.Variant{}, Items: []dbus.Variant{}}, noItem(parent)
	}
	if parent == 0 && !m.served[from] {
		m.served[from] = true
		depth = 1
		time.AfterFunc(settle, m.offerRest)
	}
	return m.revision, nodeOf(e, depth), nil
}

// offerRest has the menu asked for again.
func (m *menu) offerRest() {
	m.mu.Lock()
	m.revision++
	revision := m.revision
	m.mu.Unlock()
	m.tell("LayoutUpdated", revision, int32(0))
}

func noItem(id int32) *dbus.Error {
	return dbus.NewError("com.canonical.dbusmenu.Error", []any{fmt.Sprintf("there is no item %d", id)})
}

// GetGroupProperties implements com.canonical.dbusmenu: of all items where none is named.
func (m *menu) GetGroupProperties(ids []int32, _ []string) ([]propsOf, *dbus.Error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	list := []propsOf{}
	if len(ids) == 0 {
		for id := range m.byID {
			ids = append(ids, id)
		}
	}
	for _, id := range ids {
		if e, ok := m.byID[id]; ok {
			list = append(list, propsOf{id, maps.Clone(e.props)})
		}
	}
	return list, nil
}

// GetProperty implements com.canonical.dbusmenu.
func (m *menu) GetProperty(id int32, name string) (dbus.Variant, *dbus.Error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e, ok := m.byID[id]; ok {
		if v, ok := e.props[name]; ok {
			return v, nil
		}
	}
	return dbus.MakeVariant(""), noItem(id)
}

// Event implements com.canonical.dbusmenu.
func (m *menu) Event(id int32, event string, _ dbus.Variant, _ uint32) *dbus.Error {
	m.mu.Lock()
	e, ok := m.byID[id]
	m.mu.Unlock()
	if !ok {
		return noItem(id)
	}
	if event == "clicked" && e.act != present.TrayLine && len(e.items) == 0 && id != 0 {
		m.o.Chosen(e.act, e.about)
	}
	return nil
}

// event is one of several: (isvu).
type event struct {
	ID   int32
	Kind string
	Data dbus.Variant
	At   uint32
}

// EventGroup implements com.canonical.dbusmenu: it returns the ids that there are not.
func (m *menu) EventGroup(events []event) ([]int32, *dbus.Error) {
	unknown := []int32{}
	for _, e := range events {
		if m.Event(e.ID, e.Kind, e.Data, e.At) != nil {
			unknown = append(unknown, e.ID)
		}
	}
	return unknown, nil
}

// AboutToShow implements com.canonical.dbusmenu: the menu is always up to date.
func (m *menu) AboutToShow(int32) (bool, *dbus.Error) { return false, nil }

// AboutToShowGroup implements com.canonical.dbusmenu.
func (m *menu) AboutToShowGroup([]int32) (updates, unknown []int32, failed *dbus.Error) {
	return []int32{}, []int32{}, nil
}
