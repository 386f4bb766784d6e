package statusicon

import (
	"context"
	"errors"
	"os"
	"reflect"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"

	"sluice/ui/present"
)

// Names on the session bus.
const (
	watcher     = "org.kde.StatusNotifierWatcher"
	watcherPath = dbus.ObjectPath("/StatusNotifierWatcher")
	itemName    = "org.kde.StatusNotifierItem"
	itemPath    = dbus.ObjectPath("/StatusNotifierItem")
	menuName    = "com.canonical.dbusmenu"
	menuPath    = dbus.ObjectPath("/StatusNotifierItem/menu")
	busName     = "org.freedesktop.DBus"
)

// patience is how long a panel may take to answer.
const patience = 3 * time.Second

// icon is a status icon on the session bus. What is shown comes by a slot that holds the
// newest only; all else belongs to its goroutine.
type icon struct {
	o    Options
	next chan present.Tray // holds one at most

	conn     *dbus.Conn
	props    *prop.Properties
	menu     *menu
	shown    present.Tray
	there    bool
	launcher launcher
}

// New makes a status icon, in the background, until ctx ends. Without a session bus there
// is none.
func New(ctx context.Context, o Options) Icon {
	i := &icon{o: o, next: make(chan present.Tray, 1)}
	go i.run(ctx)
	return i
}

// Show implements Icon.
func (i *icon) Show(t present.Tray) {
	select {
	case <-i.next: // one that was not taken is out of date
	default:
	}
	i.next <- t
}

// connect is a connection of its own, so that closing it takes the icon away; the error
// says why there is none.
func connect() (*dbus.Conn, error) {
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" && os.Getenv("XDG_RUNTIME_DIR") == "" {
		return nil, errors.New("there is no session bus")
	}
	conn, err := dbus.SessionBusPrivateNoAutoStartup()
	if err != nil {
		return nil, err
	}
	if err = conn.Auth(nil); err == nil {
		err = conn.Hello()
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

// Host reports whether a panel of this session shows status icons. The error says why
// nobody can tell.
func Host(ctx context.Context) (bool, error) {
	conn, err := connect()
	if err != nil {
		return false, err
	}
	defer conn.Close()
	return hosted(ctx, conn), nil
}

// hosted asks whether a panel shows status icons. Nobody who could say so says no.
func hosted(ctx context.Context, conn *dbus.Conn) bool {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var there dbus.Variant
	err := conn.Object(watcher, watcherPath).CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", dbus.FlagNoAutoStart, watcher, "IsStatusNotifierHostRegistered").Store(&there)
	is, _ := there.Value().(bool)
	return err == nil && is
}

// run serves the icon until ctx ends or the session bus goes away.
func (i *icon) run(ctx context.Context) {
	conn, err := connect()
	if err != nil {
		i.o.Logger.Debug("no status icon", "error", err)
		return
	}
	defer conn.Close()
	i.conn = conn
	select { // it is drawn before anybody looks
	case i.shown = <-i.next:
	case <-ctx.Done():
		return
	}
	signals := make(chan *dbus.Signal, 16)
	conn.Signal(signals)
	if err := errors.Join(i.export(), i.listen()); err != nil {
		i.o.Logger.Debug("no status icon", "error", err)
		return
	}
	i.launcher = launcher{conn: conn, program: i.o.Program}
	i.launcher.show(i.shown)
	i.register(ctx)
	for {
		select {
		case <-ctx.Done():
			return
		case t := <-i.next:
			i.show(t)
		case s, open := <-signals:
			switch {
			case !open:
				i.tellHost(false)
				return
			case s.Name == busName+".NameOwnerChanged" && owned(s):
				i.register(ctx)
			default: // a panel has come or gone
				i.tellHost(hosted(ctx, conn))
			}
		}
	}
}

// owned reports whether the name that a signal tells of has an owner now.
func owned(s *dbus.Signal) bool {
	if len(s.Body) < 3 {
		return false
	}
	owner, _ := s.Body[2].(string)
	return owner != ""
}

// listen asks to be told of watchers and panels that come and go.
func (i *icon) listen() error {
	return errors.Join(
		i.conn.AddMatchSignal(dbus.WithMatchSender(busName), dbus.WithMatchInterface(busName), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, watcher)),
		i.conn.AddMatchSignal(dbus.WithMatchInterface(watcher), dbus.WithMatchMember("StatusNotifierHostRegistered")),
		i.conn.AddMatchSignal(dbus.WithMatchInterface(watcher), dbus.WithMatchMember("StatusNotifierHostUnregistered")))
}

// register tells the watcher of the icon, if there is one.
func (i *icon) register(ctx context.Context) {
	asked, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err := i.conn.Object(watcher, watcherPath).CallWithContext(asked, watcher+".RegisterStatusNotifierItem", dbus.FlagNoAutoStart, string(itemPath)).Err
	if err != nil {
		i.o.Logger.Debug("nobody shows the status icon", "error", err)
	}
	i.tellHost(err == nil && hosted(ctx, i.conn))
}

func (i *icon) tellHost(there bool) {
	if there != i.there {
		i.there = there
		i.o.Host(there)
	}
}

// show shows what is new.
func (i *icon) show(t present.Tray) {
	before := i.shown
	i.shown = t
	if t.State != before.State {
		picture := pixmaps(t.State)
		i.set("IconPixmap", picture)
		i.set("AttentionIconPixmap", picture)
		i.set("Status", attention(t.State))
		i.tell("NewIcon")
		i.tell("NewAttentionIcon")
		i.tell("NewStatus", attention(t.State))
	}
	if t.Says != before.Says {
		i.set("ToolTip", tipOf(i.o.Name, t))
		i.tell("NewToolTip")
	}
	if !reflect.DeepEqual(t.Items, before.Items) {
		i.menu.show(t.Items)
	}
	i.launcher.show(t)
}

// set changes a property of the item. SetMust panics when the session bus has ended, which the
// signals tell only afterwards: nobody looks at the property then.
func (i *icon) set(property string, value any) {
	defer func() {
		if why := recover(); why != nil {
			i.o.Logger.Debug("tell the panel", "property", property, "error", why)
		}
	}()
	i.props.SetMust(itemName, property, value)
}

// tell emits a signal of the item. On a bus that is gone nobody listens.
func (i *icon) tell(signal string, args ...any) {
	if err := i.conn.Emit(itemPath, itemName+"."+signal, args...); err != nil {
		i.o.Logger.Debug("tell the panel", "signal", signal, "error", err)
	}
}
