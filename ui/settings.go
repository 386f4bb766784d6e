package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"sluice/source"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// localSettings is the settings tab of a snapshot at work.
type localSettings struct {
	p      *page
	view   *view.Setup
	locked bool // an export runs, as far as was said
	// problems are what was said to be wrong with the fields.
	problems present.Problems
	// filled is the source as it was written into the form.
	filled source.Source
}

func newLocalSettings(p *page) *localSettings {
	s := &localSettings{p: p, view: view.NewSetup(present.Zones(), p.w.o.Rules)}
	s.view.OnSave = s.save
	s.view.OnChange = s.changed
	s.view.OnRevert = func() { s.fill("", false) }
	s.view.OnRemove = p.askToRemove
	s.view.OnHome = p.chooseHome
	return s
}

func (s *localSettings) object() fyne.CanvasObject { return s.view.Object }

// shown fills the form in anew, unless something in it waits to be saved.
func (s *localSettings) shown() {
	if !s.view.Unsaved() {
		s.fill("", false)
	}
}

func (s *localSettings) unsaved() bool { return s.view.Unsaved() }
func (s *localSettings) saveNow()      { s.view.Save() }
func (s *localSettings) discard()      { s.fill("", false) }

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
	s.problems, s.filled = nil, e.source
	guess := ""
	if e.info.TimeZone != "" {
		guess = fmt.Sprintf(texts.T.Setup.GuessedZone, e.info.TimeZone)
	}
	s.view.Render(view.SetupModel{
		Form: view.SetupForm{Name: e.source.Name, TimeZone: e.source.Local.TimeZone, BaseURL: e.source.Local.BaseURL,
			Format: e.source.Local.Format, ByteOrderMark: e.source.Local.ByteOrderMark, Redact: e.source.Local.Redact, FullContent: e.source.Local.FullContent, PreserveLineBreaks: e.source.Local.PreserveLineBreaks,
			LineBreakEscape: e.source.Local.LineBreakEscape, MinFreeSpace: e.source.Local.MinFreeSpace,
			CPUShare: e.source.Local.CPUShare, Rules: e.source.Local.Rules},
		Home: e.home(), GuessedZone: guess, BaseURL: e.info.BaseURL, Message: message, Bad: bad, Locked: s.running(),
	})
}

// save checks the form, writes it down and opens the snapshot with it.
func (s *localSettings) save(f view.SetupForm) {
	if s.problems = present.CheckLocal(typedIn(f)); len(s.problems) > 0 {
		s.p.backToSettings()
		s.view.Mark(s.problems)
		s.view.Say(texts.T.Setup.Wrong, true, s.running())
		s.view.Focus(s.p.w.window.Canvas(), s.problems.First())
		return
	}
	if s.running() {
		return
	}
	e := s.p.e
	mine := s.filled
	if name := strings.TrimSpace(f.Name); name != "" {
		mine.Name = name
	}
	mine.Local = localOf(f)
	next := mergedWith(s.filled, mine, e.source)
	changed := !e.source.Local.Equal(next.Local)
	e.source.Name, e.source.Local = next.Name, next.Local
	e.remember()
	if changed {
		e.reopen()
	}
	s.fill(texts.T.Setup.Saved, false)
	e.w.render()
}

// changed takes back what was said about fields that are mended.
func (s *localSettings) changed(f view.SetupForm) {
	if len(s.problems) == 0 {
		return
	}
	s.problems = s.problems.Still(present.CheckLocal(typedIn(f)))
	s.view.Mark(s.problems)
	if len(s.problems) == 0 {
		s.view.Say("", false, s.running())
	}
}

// typedIn are the settings of the form that can be wrong.
func typedIn(f view.SetupForm) present.LocalInput {
	return present.LocalInput{TimeZone: f.TimeZone, BaseURL: f.BaseURL, MinFreeSpace: f.MinFreeSpace, CPUShare: f.CPUShare}
}

// localOf are the settings of a form with nothing wrong in it.
func localOf(f view.SetupForm) source.Local {
	in := typedIn(f).Trimmed()
	return source.Local{TimeZone: in.TimeZone, BaseURL: in.BaseURL, Format: f.Format, ByteOrderMark: f.ByteOrderMark, Redact: f.Redact, FullContent: f.FullContent, PreserveLineBreaks: f.PreserveLineBreaks,
		LineBreakEscape: f.LineBreakEscape, MinFreeSpace: in.MinFreeSpace, CPUShare: in.CPUShare, Rules: f.Rules}
}

// setMode makes the window light or dark, or as the desktop is.
func (w *Window) setMode(m look.Mode) {
	w.prefs.Theme = string(m)
	w.o.App.Settings().SetTheme(look.NewTheme(m))
	w.save()
	w.render()
}
