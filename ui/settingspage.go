package ui

import (
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// settingsTab is a tab of the settings of the window.
type settingsTab int

// The tabs, in their order.
const (
	generalTab settingsTab = iota
	logTab
	checkTab
	aboutTab
)

// settingsPage is the page with the settings of the window at work.
type settingsPage struct {
	w    *Window
	view *view.SettingsPage
	form fyne.CanvasObject // the settings themselves
	log  *logPage
	test *checkPage
	// before is what was in sight.
	before     *entry
	csv, board bool
}

// showSettings shows the settings of the window itself.
func (w *Window) showSettings() { w.showSettingsTab(generalTab) }

// showSettingsTab shows a tab of them.
func (w *Window) showSettingsTab(tab settingsTab) {
	w.leaveChosen(nil)
	s := &settingsPage{w: w, before: w.chosen, csv: w.csv != nil && w.csv.shown, board: w.board.shown}
	if before := w.settings; before != nil && w.frame.Shows(before.view.Object) { // it is in sight already
		s.before, s.csv, s.board = before.before, before.csv, before.board
	}
	s.log, s.test = newLogPage(w), newCheckPage(w)
	s.form = s.general()
	s.view = view.NewSettingsPage(s.back, s.shown, s.form, s.log.view.Object, s.test.view.Object, s.about())
	w.settings = s
	w.chosen = nil
	w.leaveOthers()
	w.frame.Show(s.view.Object, true)
	s.view.Tabs.Choose(int(tab))
	w.render()
}

// back shows what was in sight before.
func (s *settingsPage) back() {
	w := s.w
	switch {
	case s.csv && w.csv != nil:
		w.showCSV()
	case s.board:
		w.showBoard()
	case s.before != nil:
		w.choose(s.before)
	case len(w.entries) > 0:
		w.choose(w.entries[0])
	default:
		w.showWelcome()
	}
}

// shown is called when a tab comes into sight.
func (s *settingsPage) shown(tab int) {
	switch settingsTab(tab) {
	case logTab:
		s.log.read()
	case checkTab:
		s.test.look()
	}
}

// general is the tab with the settings themselves.
func (s *settingsPage) general() fyne.CanvasObject {
	w, t := s.w, texts.T.Settings
	var above []fyne.CanvasObject
	for _, n := range present.Cautions(w.o.Warnings) {
		above = append(above, view.NewNotice(n, nil))
	}
	appearance := []view.Setting{{Title: t.Theme, Options: s.themes()}, {Title: t.Size, Hint: t.SizeHint, Options: s.sizes()},
		{Title: t.Language, Hint: t.LanguageHint, Options: s.languages()}}
	files := []view.Setting{{Title: t.Home, Hint: t.HomeHint, Fact: w.o.Homes}}
	if w.o.SetHome != nil {
		files[0].Button, files[0].Do = t.ChangeHome, s.chooseHome
		if w.nextHome != "" {
			files[0].Fact = fmt.Sprintf(t.HomeChanged, w.nextHome)
		}
	}
	if w.o.Picker != nil {
		own := w.prefs.OwnDialogs
		files = append(files, view.Setting{Title: t.Dialogs, Hint: t.DialogsHint, Options: []view.Option{
			{Name: t.Desktop, Chosen: !own, Do: func() { w.prefs.OwnDialogs = false; w.save() }}, {Name: t.Own, Chosen: own, Do: func() { w.prefs.OwnDialogs = true; w.save() }}}})
	}
	places := []view.Setting{{Title: t.Config, Fact: w.o.Store.Path(), Button: t.OpenFolder, Do: func() { w.openFolder(filepath.Dir(w.o.Store.Path())) }}}
	if w.o.LogLevel != nil {
		places = append(places, view.Setting{Title: t.Level, Hint: t.LevelHint, Options: s.levels()})
	}
	files = append(files, s.keptSetting())
	groups := []view.SettingGroup{{Title: t.Look, Settings: appearance}}
	if w.tray.icon != nil {
		groups = append(groups, view.SettingGroup{Title: texts.T.Tray.Title, Settings: []view.Setting{w.traySetting()}})
	}
	groups = append(groups, view.SettingGroup{Title: t.Files, Settings: files}, view.SettingGroup{Title: t.Servers, Settings: s.paceSetting()},
		view.SettingGroup{Title: t.Places, Settings: places})
	return view.NewGeneral(above, groups, w.told())
}

func (s *settingsPage) themes() (list []view.Option) {
	t := texts.T.App
	for i, mode := range []look.Mode{look.System, look.Light, look.Dark} {
		list = append(list, view.Option{Name: []string{t.ThemeSystem, t.ThemeLight, t.ThemeDark}[i], Chosen: look.Mode(s.w.prefs.Theme) == mode, Do: func() { s.w.setMode(mode) }})
	}
	return list
}

func (s *settingsPage) sizes() []view.Option {
	list := []view.Option{{Name: texts.T.Settings.AsDesktop, Chosen: s.w.prefs.Scale == 0, Do: func() { s.w.setScale(0) }}}
	for _, percent := range scales {
		list = append(list, view.Option{Name: fmt.Sprintf(texts.T.Status.Percent, percent), Chosen: s.w.prefs.Scale == percent, Do: func() { s.w.setScale(percent) }})
	}
	return list
}

// chooseHome asks for the folder that homes of new snapshots are made in, from the next
// start on: what is open now stays where it is.
func (s *settingsPage) chooseHome() {
	s.w.chooseFolder(func(path string) {
		if err := s.w.o.SetHome(path); err != nil {
			s.w.problem(err)
			return
		}
		s.w.nextHome = path
		s.w.showSettingsTab(generalTab)
	})
}
