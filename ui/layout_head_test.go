package ui

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/canvas"

	"sluice/source"
	"sluice/ui/view"
)

// TestHeadsAreWhole: what can be done with a page never cuts its title or its caption,
// on any tab, at any size down to the least.
func TestHeadsAreWhole(t *testing.T) {
	for _, sc := range []screen{
		{name: "snapshot", sources: []source.Source{source.NewSnapshot(source.KindSnapshot, "wiki-2026-11-22.db", "/data/wiki.db", "/home/ana/sluice")}, prepare: withManifest},
		{name: "server", sources: aServer(), prepare: func(s *stage) { asServer(s); withManifest(s) }},
	} {
		t.Run(sc.name, func(t *testing.T) {
			sc.play = func(s *stage) {
				s.until("its job is seen", s.sees("Completed"))
				s.patient(20 * time.Millisecond) // its files come a little later
			}
			s := staged(t, sc)
			for _, v := range append([]viewSize{{800, 600, 1}}, viewSizes...) {
				for tab := view.ExportTab; tab <= view.SettingsTab; tab++ {
					s.w.chosen.page.view.Choose(tab)
					s.at(v)
					s.w.chosen.page.render() // with what has come meanwhile
					said := s.drawn()
					for _, whole := range []string{s.w.chosen.source.Name, s.w.chosen.page.caption()} {
						if !strings.Contains(said, " "+whole+" ") {
							t.Errorf("%v, tab %d: %q is cut: %q", v, tab, whole, said[:min(len(said), 400)])
						}
					}
				}
			}
		})
	}
}

// withManifest is withFiles with a manifest, so that all can be done with them.
func withManifest(s *stage) {
	withFiles(s)
	s.backend.manifest = s.engine.files
}

// drawn is every text as it is drawn, cut where it is cut.
func (s *stage) drawn() string {
	var said strings.Builder
	for _, o := range s.visibleObjects() {
		if t, ok := o.(*canvas.Text); ok && t.Text != "" {
			said.WriteString(" " + t.Text + " ")
		}
	}
	return strings.ReplaceAll(said.String(), "  ", " ")
}
