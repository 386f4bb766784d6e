package statusicon

import (
	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/introspect"
	"github.com/godbus/dbus/v5/prop"

	"sluice/ui/present"
)

// toolTip is a tooltip on the bus: (sa(iiay)ss).
type toolTip struct {
	Icon        string
	Pixmaps     []pixmap
	Title, Text string
}

func tipOf(name string, t present.Tray) toolTip { return toolTip{Title: name, Text: t.Says} }

// attention is the status of the item: panels that hide what nobody needs show one that
// needs attention.
func attention(s present.TrayState) string {
	switch s {
	case present.TrayFailed, present.TrayCaution, present.TrayToken:
		return "NeedsAttention"
	}
	return "Active"
}

// export puts the item and its menu onto the bus.
func (i *icon) export() (err error) {
	told := func(v any) *prop.Prop { return &prop.Prop{Value: v, Emit: prop.EmitTrue} }
	fixed := func(v any) *prop.Prop { return &prop.Prop{Value: v, Emit: prop.EmitConst} }
	picture := pixmaps(i.shown.State)
	i.props, err = prop.Export(i.conn, itemPath, prop.Map{itemName: {
		"Category": fixed("ApplicationStatus"), "Id": fixed(i.o.Program), "Title": fixed(i.o.Name), "Status": told(attention(i.shown.State)), "WindowId": fixed(int32(0)),
		"IconName": fixed(""), "IconPixmap": told(picture), "OverlayIconName": fixed(""), "OverlayIconPixmap": fixed([]pixmap{}), "IconThemePath": fixed(""),
		"AttentionIconName": fixed(""), "AttentionIconPixmap": told(picture), "AttentionMovieName": fixed(""),
		"ToolTip": told(tipOf(i.o.Name, i.shown)), "ItemIsMenu": fixed(false), "Menu": fixed(menuPath),
	}})
	if err != nil {
		return err
	}
	i.menu = newMenu(i.conn, i.o)
	i.menu.show(i.shown.Items)
	_, err = prop.Export(i.conn, menuPath, prop.Map{menuName: {
		"Version": fixed(uint32(3)), "TextDirection": fixed("ltr"), "Status": fixed("normal"), "IconThemePath": fixed([]string{})}})
	if err != nil {
		return err
	}
	if err := i.conn.Export(clicks{i.o.Activated}, itemPath, itemName); err != nil {
		return err
	}
	if err := i.conn.Export(i.menu, menuPath, menuName); err != nil {
		return err
	}
	for path, methods := range map[dbus.ObjectPath]introspect.Interface{
		itemPath: {Name: itemName, Methods: introspect.Methods(clicks{}), Properties: i.props.Introspection(itemName)},
		menuPath: {Name: menuName, Methods: introspect.Methods(i.menu)},
	} {
		node := &introspect.Node{Interfaces: []introspect.Interface{introspect.IntrospectData, prop.IntrospectData, methods}}
		if err := i.conn.Export(introspect.NewIntrospectable(node), path, "org.freedesktop.DBus.Introspectable"); err != nil {
			return err
		}
	}
	return nil
}

// clicks are the methods of the item: what the panel tells of the pointer.
type clicks struct{ activated func() }

// Activate is the first button of the mouse, at a place of the screen.
func (c clicks) Activate(int32, int32) *dbus.Error {
	c.activated()
	return nil
}

// SecondaryActivate is the middle button.
func (c clicks) SecondaryActivate(int32, int32) *dbus.Error {
	c.activated()
	return nil
}

// ContextMenu is the other button, where the panel shows no menu by itself: we have none
// to show.
func (c clicks) ContextMenu(int32, int32) *dbus.Error { return &dbus.ErrMsgUnknownMethod }

// Scroll is the wheel, which does nothing.
func (c clicks) Scroll(int32, string) *dbus.Error { return nil }
