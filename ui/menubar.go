package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sluice/ui/texts"
)

// menuBar is the bar of menus, made of the table of commands.
type menuBar struct {
	menu  *fyne.MainMenu
	items []menuItem
}

// menuItem is a command in a menu.
type menuItem struct {
	*fyne.MenuItem
	command
}

// startMenu puts the menu bar into the window.
func (w *Window) startMenu() {
	t := texts.T.Palette
	names := map[menuName]string{fileMenu: t.FileMenu, exportMenu: t.ExportMenu, viewMenu: t.ViewMenu, goMenu: t.GoMenu, helpMenu: t.HelpMenu}
	menus := map[menuName]*fyne.Menu{}
	w.bar = &menuBar{menu: fyne.NewMainMenu()}
	for name := fileMenu; name <= helpMenu; name++ {
		menus[name] = fyne.NewMenu(names[name])
		w.bar.menu.Items = append(w.bar.menu.Items, menus[name])
	}
	for _, c := range commands() {
		if c.menu == noMenu {
			continue
		}
		m := menus[c.menu]
		if c.apart && len(m.Items) > 0 {
			m.Items = append(m.Items, fyne.NewMenuItemSeparator())
		}
		item := fyne.NewMenuItem(c.name, func() { w.run(c) })
		item.IsQuit = c.id == "quit"
		item.Disabled = !c.possible(w)
		if len(c.strokes) > 0 {
			item.Shortcut = &desktop.CustomShortcut{KeyName: c.strokes[0].Key, Modifier: c.strokes[0].Mod}
		}
		m.Items = append(m.Items, item)
		w.bar.items = append(w.bar.items, menuItem{item, c})
	}
	w.window.SetMainMenu(w.bar.menu)
}

// run does a command that was chosen in the menu bar, or by its shortcut, of which the
// toolkit tells the menu first. What lies above the window is not reached below it.
func (w *Window) run(c command) {
	if w.covered() && c.id != "quit" {
		return
	}
	c.do(w)
}

// renderMenu shows what can be done now. The toolkit makes the whole bar anew, so it is
// told of changes only.
func (w *Window) renderMenu() {
	if w.bar == nil {
		return
	}
	changed := false
	for _, item := range w.bar.items {
		if off := !item.possible(w); off != item.Disabled {
			item.Disabled, changed = off, true
		}
	}
	if changed {
		w.window.SetMainMenu(w.bar.menu)
	}
}
