package ui

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"sluice/ui/keymap"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// menuName is a menu of the bar.
type menuName int

// The menus, in their order.
const (
	noMenu menuName = iota // the action stands in the palette only
	fileMenu
	exportMenu
	viewMenu
	goMenu
	helpMenu
)

// command is something that people can do. Each stands once: the palette, the menu bar and
// the list of shortcuts are made of the one table.
type command struct {
	id, icon, name string
	words          string   // by which the palette finds it besides
	commands       []string // of the command line, by which it does, too
	strokes        []keymap.Stroke
	does           string // in the list of shortcuts; those next to each other that do the same are one line
	menu           menuName
	apart          bool // a line stands above it in its menu
	can            func(*Window) bool
	do             func(*Window)
}

// possible reports whether it can be done now.
func (c command) possible(w *Window) bool { return c.can == nil || c.can(w) }

// commands are all that do not depend on what there is.
func commands() []command {
	return slices.Concat(exportCommands(), fileCommands(), viewCommands(), helpCommands())
}

func fileCommands() []command {
	t, k := texts.T.Palette, texts.T.Keys
	return []command{
		{id: "palette", icon: "search", name: t.Palette, strokes: keymap.Ctrl(fyne.KeyK), does: t.Palette, menu: goMenu, do: (*Window).showPalette},
		{id: "open", icon: "snapshot", commands: []string{"inspect"}, name: t.Open, strokes: keymap.Ctrl(fyne.KeyO), does: k.Open, menu: fileMenu, do: (*Window).chooseSnapshot},
		{id: "open-table", icon: "file", commands: []string{"preview", "query"}, name: t.OpenCSV, words: t.TableWords, strokes: keymap.With(fyne.KeyModifierShortcutDefault|fyne.KeyModifierShift, fyne.KeyO), does: k.OpenCSV,
			menu: fileMenu, do: (*Window).chooseCSV},
		{id: "open-address", icon: "file", name: texts.T.Files.Address, words: t.TableWords, strokes: keymap.Ctrl(fyne.KeyL), does: k.OpenAddress, menu: fileMenu, do: (*Window).askAddress},
		{id: "add", icon: "add", commands: []string{"sources"}, name: t.Add, strokes: keymap.Ctrl(fyne.KeyN), does: k.Add, menu: fileMenu, apart: true, do: (*Window).showWelcome},
		{id: "server", icon: "server", commands: []string{"sources"}, name: t.Server, menu: fileMenu, do: (*Window).addServer},
		{id: "take", icon: "take", commands: []string{"snapshot"}, name: t.Take, menu: fileMenu, do: func(w *Window) { w.showTakeForm(nil) }},
		{id: "demo", icon: "demo", commands: []string{"demo"}, name: t.Demo, menu: fileMenu, do: func(w *Window) { w.showWelcome(); w.makeDemo() }, can: func(w *Window) bool { return !w.making }},
		{id: "settings", icon: "settings", name: t.Settings, strokes: keymap.Ctrl(fyne.KeyComma), does: t.Settings, menu: fileMenu, apart: true, do: (*Window).showSettings},
		{id: "hooks", icon: "info", commands: []string{"hooks"}, name: texts.T.Hook.Open, words: t.HookWords, menu: fileMenu, can: (*Window).hooksPossible, do: func(w *Window) { w.showHooks() }},
		{id: "add-hook", icon: "add", commands: []string{"hooks"}, name: texts.T.Hook.Add, words: t.HookWords, can: (*Window).hooksPossible, do: func(w *Window) { w.showHooks().view.OnAdd() }},
	}
}

func exportCommands() []command {
	t, k := texts.T.Palette, texts.T.Keys
	return []command{
		{id: "start", icon: "started", commands: []string{"start", "export"}, name: t.Start, strokes: keymap.Ctrl(fyne.KeyReturn), does: k.Start, menu: exportMenu,
			can: func(w *Window) bool {
				p := w.openPage()
				return p != nil && present.StatusOf(p.e.inputs()).Controls.Start
			},
			do: onPage(func(p *page) { p.view.Choose(view.ExportTab); p.export.start() })},
		{id: "cancel", icon: "stop", commands: []string{"cancel", "unlock"}, name: t.Cancel, strokes: keymap.Ctrl(fyne.KeyPeriod), does: k.Cancel, menu: exportMenu, can: (*Window).canCancel, do: onPage((*page).cancel)},
		{id: "take-again", icon: "refresh", commands: []string{"snapshot"}, name: t.TakeAgain, strokes: keymap.Ctrl(fyne.KeyT), does: k.TakeAgain, menu: exportMenu,
			can: func(w *Window) bool { return w.chosen != nil && w.chosen.source.CanTake() && w.chosen.take == nil }, do: onPage((*page).takeAgain)},
		{id: "refresh", icon: "refresh", commands: []string{"status"}, name: t.Refresh, strokes: keymap.Keys(fyne.KeyF5), does: k.Refresh, menu: exportMenu, apart: true,
			can: func(w *Window) bool { return w.tabbed() != nil }, do: (*Window).refresh},
		{id: "folder", icon: "folder", name: t.Folder, menu: exportMenu, can: func(w *Window) bool { p := w.openPage(); return p != nil && p.buttonFolder() != "" },
			do: onPage(func(p *page) { p.w.openFolder(p.buttonFolder()) })},
		{id: "homes", icon: "folder", name: t.OpenHome, menu: exportMenu, do: func(w *Window) { w.openFolder(w.o.Homes) }},
	}
}

func viewCommands() (list []command) {
	t, k, tabs := texts.T.Palette, texts.T.Keys, texts.T.Page
	list = append(list, command{id: "board", icon: "server", commands: []string{"sources", "status"}, name: k.AllSources, strokes: keymap.Ctrl(fyne.Key0), does: k.AllSources, menu: goMenu,
		can: func(w *Window) bool { return len(w.entries) > 0 }, do: (*Window).showBoard})
	list = append(list, command{id: "all-jobs", icon: "board", commands: []string{"jobs"}, name: fmt.Sprintf("%s: %s", texts.T.Board.All, texts.T.Board.History), menu: goMenu,
		can: func(w *Window) bool { return len(w.entries) > 0 }, do: func(w *Window) { w.showBoard(); w.board.page.Choose(view.AllJobsTab) }})
	// What the command line has on a tab without a line of its own.
	on := [][]string{{"redact", "export"}, {"jobs"}, {"verify", "kit"}, {"schedule", "run"}, {"export-path"}}
	keys := []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5}
	for i, name := range []string{tabs.Export, tabs.History, tabs.Files, tabs.Schedule, tabs.Settings} {
		list = append(list, command{id: "tab-" + fmt.Sprint(i+1), icon: "more", commands: on[i], name: fmt.Sprintf(t.Tab, name), strokes: keymap.Ctrl(keys[i]), does: k.Tabs, menu: viewMenu,
			can: func(w *Window) bool { return w.tabbed() != nil }, do: func(w *Window) {
				if p := w.tabbed(); p != nil {
					p.Choose(view.Tab(i))
				}
			}})
	}
	for i, name := range []string{texts.T.App.ThemeSystem, texts.T.App.ThemeLight, texts.T.App.ThemeDark} {
		mode := []look.Mode{look.System, look.Light, look.Dark}[i]
		list = append(list, command{id: "theme-" + fmt.Sprint(i), icon: "settings", name: fmt.Sprintf(t.Theme, name), words: t.ThemeWords, menu: viewMenu, apart: i == 0, do: func(w *Window) { w.setMode(mode) }})
	}
	several := func(w *Window) bool { return len(w.entries) > 1 }
	return append(list,
		command{id: "larger", icon: "add", name: t.Larger, words: t.ScaleWords, menu: viewMenu, apart: true, do: func(w *Window) { w.rescale(1) }},
		command{id: "smaller", icon: "search", name: t.Smaller, words: t.ScaleWords, menu: viewMenu, do: func(w *Window) { w.rescale(-1) }},
		command{id: "usual-size", icon: "search", name: t.UsualSize, words: t.ScaleWords, menu: viewMenu, do: func(w *Window) { w.rescale(0) }},
		command{id: "rail", icon: "rail", name: t.FoldRail, strokes: keymap.Keys(fyne.KeyF9), does: t.FoldRail, menu: viewMenu, apart: true,
			can: func(w *Window) bool { return w.rail.Object.Visible() }, do: (*Window).foldRail},
		command{id: "next", icon: "chevron-down", name: t.Next, menu: goMenu, apart: true, can: several, do: func(w *Window) { w.step(1) }},
		command{id: "previous", icon: "chevron-up", name: t.Previous, menu: goMenu, can: several, do: func(w *Window) { w.step(-1) }},
	)
}

func helpCommands() []command {
	t, k := texts.T.Palette, texts.T.Keys
	return []command{
		{id: "shortcuts", icon: "shortcuts", commands: []string{"help"}, name: t.Shortcuts, strokes: keymap.Keys(fyne.KeyF1), does: k.Shortcuts, menu: helpMenu, do: (*Window).showShortcuts},
		{id: "tour", icon: "demo", commands: []string{"help"}, name: t.Tour, menu: helpMenu, do: (*Window).showTour},
		{id: "log", icon: "file", name: t.Log, words: t.LogWords, menu: helpMenu, apart: true, do: func(w *Window) { w.showSettingsTab(logTab) }},
		{id: "check", icon: "completed", commands: []string{"doctor"}, name: t.Check, words: t.CheckWords, menu: helpMenu, do: func(w *Window) { w.showSettingsTab(checkTab) }},
		{id: "about", icon: "info", commands: []string{"version"}, name: t.About, words: t.AboutWords, menu: helpMenu, do: func(w *Window) { w.showSettingsTab(aboutTab) }},
		{id: "quit", icon: "close", name: t.Quit, strokes: keymap.Ctrl(fyne.KeyQ), does: k.Quit, menu: fileMenu, apart: true, do: (*Window).askToQuit},
	}
}

// onPage does something with the page in sight, if a source is.
func onPage(f func(*page)) func(*Window) {
	return func(w *Window) {
		if w.chosen != nil && w.chosen.page != nil {
			f(w.chosen.page)
		}
	}
}

// openPage is the page of the chosen source, if that is open; nil if not.
func (w *Window) openPage() *page {
	if w.chosen == nil || w.chosen.page == nil || w.chosen.session == nil {
		return nil
	}
	return w.chosen.page
}

func (w *Window) canCancel() bool {
	if w.chosen != nil && w.chosen.takingNow() {
		return true
	}
	p := w.openPage()
	if p == nil {
		return false
	}
	_, ok := p.cancellable()
	return ok
}

// step chooses a neighbour of the chosen source, around the ends.
func (w *Window) step(by int) {
	if n := len(w.entries); n > 0 {
		w.choose(w.entries[(slices.Index(w.entries, w.chosen)+by+n)%n])
	}
}
