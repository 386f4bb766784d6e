//go:build !linux

package statusicon

import (
	"context"
	"reflect"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sluice/assets"
	"sluice/ui/present"
)

// icon is the status icon of the toolkit, which these systems always show.
type icon struct {
	o     Options
	app   desktop.App
	shown present.Tray
}

// New makes a status icon. It is called before the toolkit runs, on its goroutine.
func New(_ context.Context, o Options) Icon {
	app, ok := fyne.CurrentApp().(desktop.App)
	if !ok {
		return &icon{o: o}
	}
	onTapped(o.Activated)
	o.Host(true)
	return &icon{o: o, app: app}
}

// Host reports whether a panel of this session shows status icons.
func Host(context.Context) (bool, error) { return true, nil }

// Show implements Icon.
func (i *icon) Show(t present.Tray) {
	if i.app == nil {
		return
	}
	if t.State != i.shown.State {
		i.app.SetSystemTrayIcon(fyne.NewStaticResource("tray-"+string(t.State)+".svg", assets.StatusIcon(string(t.State))))
	}
	if !reflect.DeepEqual(t.Items, i.shown.Items) {
		i.app.SetSystemTrayMenu(fyne.NewMenu(i.o.Name, i.items(t.Items)...))
	}
	i.shown = t
}

// items make a menu. The toolkit puts an item to quit behind those of a menu whose last is
// none.
func (i *icon) items(items []present.TrayItem) (list []*fyne.MenuItem) {
	for _, item := range items {
		if item.Act == present.TrayLine {
			list = append(list, fyne.NewMenuItemSeparator())
			continue
		}
		entry := fyne.NewMenuItem(label(item.Text), func() { i.o.Chosen(item.Act, item.ID) })
		entry.IsQuit = item.Act == present.TrayQuit
		if len(item.Items) > 0 {
			entry.Action, entry.ChildMenu = nil, fyne.NewMenu("", i.items(item.Items)...)
		}
		list = append(list, entry)
	}
	return list
}

// label is a text as menus of Windows have it: an ampersand marks the letter behind it.
func label(text string) string { return strings.ReplaceAll(text, "&", "&&") }
