package ui

import (
	"fmt"
	"slices"
	"time"

	"sluice/source"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// paces are the times between two questions to a server that are offered.
var paces = []time.Duration{10 * time.Second, 30 * time.Second, time.Minute, 5 * time.Minute, 15 * time.Minute}

// paceSetting is how often servers are asked for their status; none where nothing tells. A
// time of the config file that is none of those that are offered is offered, too.
func (s *settingsPage) paceSetting() []view.Setting {
	w, t := s.w, texts.T.Settings
	if w.o.Every == 0 {
		return nil
	}
	row := view.Setting{Title: t.Pace, Hint: t.PaceHint}
	if w.o.SetEvery == nil {
		row.Fact = fmt.Sprintf(t.PaceGiven, present.Span(w.o.Every))
		return []view.Setting{row}
	}
	offered := paces
	if !slices.Contains(offered, w.o.Every) {
		offered = append(slices.Clone(paces), w.o.Every)
		slices.Sort(offered)
	}
	for _, d := range offered {
		row.Options = append(row.Options, view.Option{Name: present.Span(d), Chosen: d == w.o.Every, Do: func() { w.setPace(d) }})
	}
	return []view.Setting{row}
}

// setPace asks servers in another pace, from now on, and keeps it.
func (w *Window) setPace(d time.Duration) {
	if err := w.o.SetEvery(d); err != nil {
		w.problem(err)
		return
	}
	w.o.Every = d
	if b, ok := w.o.Backend.(Paced); ok {
		b.SetEvery(d)
	}
	for _, e := range w.entries {
		if p, ok := e.engine.(Paced); ok && e.source.Kind == source.KindServer {
			p.SetEvery(d)
		}
	}
}
