package ui

import (
	"errors"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"sluice/pipeline"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/source"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// localSettings is the settings tab of a snapshot at work.
type localSettings struct {
	p      *page
	view   *view.Setup
	locked bool // an export runs, as far as was said
}

func newLocalSettings(p *page) *localSettings {
	s := &localSettings{p: p, view: view.NewSetup(present.Zones())}
	s.view.OnSave = s.save
	s.view.OnRevert = func() { s.fill("", false) }
	s.view.OnRemove = p.askToRemove
	return s
}

func (s *localSettings) object() fyne.CanvasObject { return s.view.Object }

// shown fills the form in anew.
func (s *localSettings) shown() { s.fill("", false) }

// render leaves what somebody types alone: the form is filled when it comes
// into sight.
func (s *localSettings) render() {
	switch {
	case s.running():
		s.locked = true
		s.view.Say(texts.T.Setup.Running, false, true)
	case s.locked:
		s.locked = false
		s.view.Say("", false, false)
	}
}

func (s *localSettings) running() bool {
	return s.p.e.session != nil && s.p.e.session.State().Job.Running()
}

func (s *localSettings) fill(message string, bad bool) {
	e := s.p.e
	guess := ""
	if e.info.TimeZone != "" {
		guess = fmt.Sprintf(texts.T.Setup.GuessedZone, e.info.TimeZone)
	}
	s.view.Render(view.SetupModel{
		Form: view.SetupForm{Name: e.source.Name, TimeZone: e.source.Local.TimeZone, BaseURL: e.source.Local.BaseURL,
			FullContent: e.source.Local.FullContent, PreserveLineBreaks: e.source.Local.PreserveLineBreaks,
			KeepNUL: e.source.Local.KeepNUL, SkipBadRows: e.source.Local.SkipBadRows,
			LineBreakEscape: e.source.Local.LineBreakEscape, MinFreeSpace: e.source.Local.MinFreeSpace,
			CPUShare: e.source.Local.CPUShare},
		Home: e.source.Home, GuessedZone: guess, BaseURL: e.info.BaseURL, Message: message, Bad: bad, Locked: s.running(),
	})
}

// save checks the form, writes it down and opens the snapshot with it.
func (s *localSettings) save(f view.SetupForm) {
	local, problem := CheckLocal(f)
	if problem != "" {
		s.view.Say(problem, true, false)
		return
	}
	if s.running() {
		return
	}
	e := s.p.e
	if name := strings.TrimSpace(f.Name); name != "" {
		e.source.Name = name
	}
	changed := e.source.Local != local
	e.source.Local = local
	e.remember()
	if changed {
		e.reopen()
	}
	s.fill(texts.T.Setup.Saved, false)
	e.w.render()
}

// CheckLocal checks the settings of a snapshot. problem is a sentence that says
// what is wrong, or "".
func CheckLocal(f view.SetupForm) (l source.Local, problem string) {
	t := texts.T.Setup
	l = source.Local{TimeZone: strings.TrimSpace(f.TimeZone), BaseURL: strings.TrimSuffix(strings.TrimSpace(f.BaseURL), "/"),
		FullContent: f.FullContent, PreserveLineBreaks: f.PreserveLineBreaks, LineBreakEscape: f.LineBreakEscape,
		KeepNUL: f.KeepNUL, SkipBadRows: f.SkipBadRows,
		MinFreeSpace: strings.TrimSpace(f.MinFreeSpace), CPUShare: strings.TrimSpace(f.CPUShare)}
	if _, err := present.LoadZone(l.TimeZone); err != nil {
		return l, fmt.Sprintf(t.BadZone, l.TimeZone)
	}
	switch _, err := pipeline.ParseBaseURL(l.BaseURL); {
	case errors.Is(err, pipeline.ErrUserinfo):
		return l, t.SecretURL
	case err != nil:
		return l, fmt.Sprintf(t.BadURL, l.BaseURL)
	}
	if _, err := present.ParseSize(l.MinFreeSpace); err != nil {
		return l, fmt.Sprintf(t.BadSpace, l.MinFreeSpace)
	}
	if _, err := present.ParseShare(l.CPUShare); err != nil {
		return l, fmt.Sprintf(t.BadShare, l.CPUShare)
	}
	return l, ""
}

// showSettings shows the settings of the window itself.
func (w *Window) showSettings() {
	t := texts.T
	var chips []*look.Chip
	modes := []look.Mode{look.System, look.Light, look.Dark}
	for i, name := range []string{t.App.ThemeSystem, t.App.ThemeLight, t.App.ThemeDark} {
		chips = append(chips, look.NewChip(name, "", func() {
			w.setMode(modes[i])
			for j, c := range chips {
				c.SetChosen(j == i)
			}
		}))
		chips[i].SetChosen(look.Mode(w.prefs.Theme) == modes[i])
	}
	w.showPanel(t.Setup.AppTitle, view.NewAppSettings(chips, w.o.Homes, w.o.Store.Path(), fmt.Sprintf(t.App.AboutText, w.o.Version)))
}

// setMode makes the window light or dark, or as the desktop is.
func (w *Window) setMode(m look.Mode) {
	w.prefs.Theme = string(m)
	w.o.App.Settings().SetTheme(look.NewTheme(m))
	w.save()
	w.render()
}
