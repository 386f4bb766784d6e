package ui

import (
	"cmp"

	"sluice/source"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// UseLanguage puts the remembered language into force, or that of the system. It must run
// before the window is made: what was said already stays as it is.
func UseLanguage(p source.Prefs, system string) error {
	_, err := texts.UseLanguage(cmp.Or(p.Language, system))
	return err
}

// languages are those that can be chosen. A change is seen at the next start.
func (s *settingsPage) languages() []view.Option {
	choose := func(tag string) func() {
		return func() {
			s.w.prefs.Language = tag
			s.w.save()
		}
	}
	list := []view.Option{{Name: texts.T.Settings.AsDesktop, Chosen: s.w.prefs.Language == "", Do: choose("")}}
	for _, l := range texts.Languages() {
		list = append(list, view.Option{Name: l.Name, Chosen: s.w.prefs.Language == l.Tag, Do: choose(l.Tag)})
	}
	return list
}
