package ui

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"sluice/source"
	"sluice/ui/view"
)

// takenOf is what the form says of a source.
func takenOf(in view.TakeInput, from string) source.Taken {
	return source.Taken{From: from, Schema: strings.TrimSpace(in.Schema), MaxRate: strings.TrimSpace(in.MaxRate), Load: strings.TrimSpace(in.Load),
		SSH: source.SSH{Target: strings.TrimSpace(in.SSH), KeyFile: strings.TrimSpace(in.SSHKey), KnownHosts: strings.TrimSpace(in.SSHKnownHosts)}}
}

// newTaken is the source of what is taken: that of the list which is taken of the same,
// with its name, else a new one with a file of its own.
func (w *Window) newTaken(name string, taken source.Taken) source.Source {
	for _, e := range w.entries {
		if e.source.Taken.From == taken.From && e.source.Taken.SSH.Target == taken.SSH.Target { // the same address behind another server is another database
			s := e.source
			s.Taken = taken.WithPasswordOf(s.Taken)
			return s
		}
	}
	takes, err := w.takes()
	if err != nil {
		return source.Source{}
	}
	first := takes.TakePath(w.o.Homes, taken.From)
	path := first
	inUse := func(e *entry) bool { return e.source.Snapshot == path }
	for n := 2; slices.ContainsFunc(w.entries, inUse); n++ { // of a source that is taken of something else now
		path = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(first, filepath.Ext(first)), n, filepath.Ext(first))
	}
	return source.NewTaken(name, path, w.o.Homes, taken)
}

// takeGiven takes a snapshot of the dump that the window was started with. Its exports go
// to the home in which a headless export works.
func (w *Window) takeGiven() {
	takes, err := w.takes()
	if err != nil {
		w.problem(err)
		return
	}
	path := absolute(w.o.Take)
	s := w.newTaken(takes.TakeName(path), source.Taken{From: path})
	if w.prefs.Sources.Find(s.ID) < 0 {
		s.Home = w.o.Homes
	}
	w.takeOf(s, "")
}

// takeFile takes a snapshot of a dump or backup.
func (w *Window) takeFile(path, kind string) {
	takes, err := w.takes()
	if err != nil {
		w.problem(err)
		return
	}
	path = absolute(path)
	w.takeOf(w.newTaken(takes.TakeName(path), source.Taken{From: path}), kind)
}
