package ui

import (
	"fmt"
	"image/color"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/view"
)

// stained are texts and areas in a colour that no theme has. Whatever refreshes one
// gives it its own colour back, and draws the whole window.
type stained []fyne.CanvasObject

var stain = color.NRGBA{1, 2, 3, 255}

func (s *stage) stain() (list stained) {
	for _, o := range s.visibleObjects() {
		switch o := o.(type) {
		case *canvas.Text:
			o.Color = stain
		case *canvas.Rectangle:
			o.FillColor = stain
		default:
			continue
		}
		list = append(list, o)
	}
	return list
}

// refreshed are those that are drawn anew.
func (list stained) refreshed() (words []string) {
	for _, o := range list {
		switch o := o.(type) {
		case *canvas.Text:
			if o.Color != stain {
				words = append(words, fmt.Sprintf("%q", o.Text))
			}
		case *canvas.Rectangle:
			if o.FillColor != stain {
				words = append(words, fmt.Sprintf("an area at %v", o.Position()))
			}
		}
	}
	return words
}

// pass lets time go by as the window's own clock sees it, tick by tick.
func (s *stage) pass(d time.Duration) {
	for now := s.w.o.Now(); d > 0; d -= time.Second {
		now = now.Add(time.Second)
		s.w.o.Now = func() time.Time { return now }
		s.w.tick()
	}
}

// TestNothingIsDrawnWhileNothingHappens holds every tab of a snapshot at rest, and ten
// servers.
func TestNothingIsDrawnWhileNothingHappens(t *testing.T) {
	start := time.Now().Add(-3 * time.Hour)
	done := pipeline.Job{ID: 4, Status: pipeline.Completed, StartTime: pipeline.At(start), CompletedTime: pipeline.At(start.Add(time.Hour)),
		Statistics: &pipeline.Statistics{ExportedEntities: 3000, WrittenRows: 3000}}
	var servers []source.Source
	for i := range 10 {
		servers = append(servers, source.NewServer(fmt.Sprintf("Wiki %d", i), source.Server{URL: fmt.Sprintf("https://wiki%d.example.com", i), Product: "Confluence"}))
	}
	for name, sources := range map[string][]source.Source{
		"snapshot": {source.NewSnapshot(source.KindSnapshot, "wiki.db", "/snapshots/wiki.db", t.TempDir())}, "servers": servers,
	} {
		t.Run(name, func(t *testing.T) {
			s := newStageWith(t, func(s *stage) {
				s.engine.jobs = []pipeline.Job{done}
				for _, sv := range sources {
					s.backend.secrets[sv.Account()] = "x"
				}
			}, sources...)
			s.until("the job is there", s.sees("Completed"))
			s.until("every source is open", func() bool {
				return !slices.ContainsFunc(s.w.entries, func(e *entry) bool { return e.session == nil || !e.session.State().Known() })
			})
			s.pass(61 * time.Second) // what was just now is minutes ago
			for tab := range 4 {
				s.w.chosen.page.view.Choose(view.Tab(tab))
				s.pass(time.Second)
				list := s.stain()
				s.pass(10 * time.Second) // within the minute
				if words := list.refreshed(); len(words) > 0 {
					t.Errorf("tab %d: drawn anew while nothing happens: %v", tab, words)
				}
				if len(list) < 20 {
					t.Errorf("tab %d: only %d objects are looked at", tab, len(list))
				}
			}
			if got, want := s.w.pace(), slowTicks*s.w.o.Tick; got != want {
				t.Errorf("the window looks after its ages every %v, not %v", got, want)
			}
		})
	}
}

// TestHiddenWindowDrawsNothing holds that a window that nobody sees keeps its title
// only, and shows what has happened once it is seen.
func TestHiddenWindowDrawsNothing(t *testing.T) {
	s := newStage(t, source.NewSnapshot(source.KindSnapshot, "wiki.db", "/snapshots/wiki.db", t.TempDir()))
	s.until("it is open", s.sees("No export has run here yet"))
	s.until("the history is read", func() bool { return s.w.chosen.page.jobs.loaded })
	hidden := true
	s.w.o.Hidden = func() bool { return hidden }
	list := s.stain()
	s.w.chosen.session.Start(pipeline.Request{})
	s.until("the title tells it", func() bool { return strings.Contains(s.w.title, "Started") })
	s.pass(5 * time.Second)
	if words := list.refreshed(); len(words) > 0 {
		t.Errorf("drawn while nobody sees it: %v", words)
	}
	if got := s.w.pace(); got != s.w.o.Tick {
		t.Errorf("it looks every %v whether it is seen again", got)
	}
	hidden = false
	s.pass(time.Second)
	if !s.sees("Cancel export")() || s.sees("No export has run here yet")() {
		t.Errorf("seen again, it says %q", s.says())
	}
}
