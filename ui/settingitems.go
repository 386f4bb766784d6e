package ui

import (
	"fmt"

	"fyne.io/fyne/v2"

	"sluice/source"
	"sluice/ui/look"
	"sluice/ui/palette"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// settingTitles are the titles of the settings that there are: those of the window, and those
// of a source by its kind. They are read once, off forms as the tabs show them, so that none
// is forgotten.
type settingTitles struct {
	window []string
	ofKind map[source.Kind][]string
}

func (w *Window) titlesOfWindow() []string {
	if w.titles.window == nil {
		s := &settingsPage{w: w}
		w.titles.window = titlesIn(s.general())
	}
	return w.titles.window
}

func (w *Window) titlesOf(kind source.Kind) []string {
	if titles, known := w.titles.ofKind[kind]; known {
		return titles
	}
	var form fyne.CanvasObject
	if kind == source.KindServer {
		form = view.NewServerForm().Object
	} else {
		form = view.NewSetup(nil, w.o.Rules).Object
	}
	if w.titles.ofKind == nil {
		w.titles.ofKind = map[source.Kind][]string{}
	}
	w.titles.ofKind[kind] = titlesIn(form)
	return w.titles.ofKind[kind]
}

func titlesIn(form fyne.CanvasObject) (titles []string) {
	for _, row := range view.SettingRows(form) {
		titles = append(titles, row.Title)
	}
	return titles
}

// settingItems are the single settings of the window and of each source.
func (w *Window) settingItems() (items []palette.Item) {
	for _, title := range w.titlesOfWindow() {
		items = append(items, palette.Item{ID: "setting::" + title, Icon: "settings", Name: title, Detail: texts.T.Palette.SettingOfWindow, Do: func() {
			w.showSettings()
			w.toSetting(w.settings.form, title)
		}})
	}
	for _, e := range w.entries {
		detail := fmt.Sprintf(texts.T.Palette.SettingOf, e.source.Name)
		for _, title := range w.titlesOf(e.source.Kind) {
			items = append(items, palette.Item{ID: "setting:" + e.source.ID + ":" + title, Icon: "settings", Name: title, Detail: detail, Do: func() {
				w.choose(e)
				e.page.view.Choose(view.SettingsTab)
				w.toSetting(e.page.setup.object(), title)
			}})
		}
	}
	return items
}

// toSetting brings a setting of a form into sight, and gives it the keyboard.
func (w *Window) toSetting(form fyne.CanvasObject, title string) {
	for _, row := range view.SettingRows(form) {
		if row.Title != title {
			continue
		}
		look.RevealIn(w.window.Content(), row.Object)
		if first := firstIn(row.Object); first != nil {
			w.window.Canvas().Focus(first)
		}
		return
	}
}

// keptSetting leads to the bounds of the homes that are open: each has its own.
func (s *settingsPage) keptSetting() view.Setting {
	t := texts.T.Settings
	row := view.Setting{Title: texts.T.Retention.Open, Hint: t.KeptHint, Fact: t.NoHome}
	for _, e := range s.w.entries {
		if e.prunes() {
			row.Ways = append(row.Ways, look.Action{Text: e.source.Name, Icon: string(e.source.Kind), Do: func() { s.w.choose(e); e.page.showRetention() }})
		}
	}
	return row
}
