package ui

import (
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sluice/source"
	"sluice/ui/texts"
)

// aDatabase fills in the form for a running database.
func aDatabase(s *stage) {
	s.press("A running database")
	test.Type(s.field(addressField), "postgres://ana@db/wiki")
}

// TestWrongFieldBehindTheFoldIsShown: a form that refuses shows what it complains about.
func TestWrongFieldBehindTheFoldIsShown(t *testing.T) {
	s := takeForm(t)
	aDatabase(s)
	s.press("More options")
	test.Type(s.field("20MB/s"), "fast")
	s.press("Fewer options")
	s.press("Take the snapshot")
	rate := s.field("20MB/s")
	if !s.sees(texts.T.Take.Less)() || !rate.Wrong() || s.w.window.Canvas().Focused() != fyne.Focusable(rate) {
		t.Errorf("the window says %q", s.says())
	}
}

// TestReportIsInSight in the least window: what was found out, and further options, are
// scrolled to.
func TestReportIsInSight(t *testing.T) {
	s := takeForm(t)
	s.w.window.Resize(least)
	aDatabase(s)
	s.backend.surveyErr = errors.New(strings.Repeat("the server does not let ana in from here, for reasons of its own. ", 5))
	s.press("Check first")
	s.until("it is said", s.sees(texts.T.Advice.Error))
	end := func(text string) float32 {
		t.Helper()
		for _, o := range s.visibleObjects() {
			if p, ok := o.(interface{ Text() string }); ok && strings.Contains(p.Text(), text) {
				return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y + o.Size().Height
			}
		}
		t.Fatalf("nothing says %q: %q", text, s.says())
		return 0
	}
	foot := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.button("Check first").(fyne.CanvasObject)).Y
	if got := end("reasons of its own"); got > foot {
		t.Errorf("the report ends at %v, below the buttons at %v", got, foot)
	}
	s.press("More options")
	if got := end(texts.T.Take.LoadHint); got > foot {
		t.Errorf("the options end at %v, below the buttons at %v", got, foot)
	}
}

// TestReportIsAboutWhatStandsInTheForm: once that is changed, nothing is said any more
// about what stood there, and who asks for it is not waited for.
func TestReportIsAboutWhatStandsInTheForm(t *testing.T) {
	s := takeForm(t)
	aDatabase(s)
	s.backend.survey = source.Survey{Kind: "PostgreSQL database", Tool: "PostgreSQL 16", User: "ana", Tables: 12, Seconds: -1}
	s.press("Check first")
	s.until("it is checked", s.sees("ana has all that are needed"))
	test.Type(s.field(addressField), "2")
	if s.sees("ana has all that are needed")() {
		t.Errorf("it speaks of another database: %q", s.says())
	}
	s.backend.surveying = make(chan struct{})
	s.press("Check first")
	s.until("it is asked", s.sees(texts.T.Take.Checking))
	test.Type(s.field(addressField), "3")
	if !s.offers("Check first")() {
		t.Errorf("it waits for another database: %q", s.says())
	}
	s.until("the question is withdrawn", func() bool { s.backend.mu.Lock(); defer s.backend.mu.Unlock(); return s.backend.withdrawn == 1 })
	if s.sees("ana has all that are needed")() {
		t.Errorf("it speaks of another database: %q", s.says())
	}
}
