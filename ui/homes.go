package ui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sluice/source"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// A home belongs to jobs: a snapshot may have some in several. The source remembers
// all of them and which one its exports go to. A window may work in another one, as
// it was told to when it was started: that changes nothing for the next.

// home is the folder in which this window works with the source.
func (e *entry) home() string { return e.working().Home }

// working is the source as this window works with it.
func (e *entry) working() source.Source {
	if e.at == "" {
		return e.source
	}
	return e.source.At(e.at)
}

// lookIn shows the jobs of another home of the source, in this window.
func (e *entry) lookIn(home string) {
	if home == e.home() || !e.mayLeave() {
		return
	}
	e.at = home
	e.reopen()
}

// moveTo makes a folder the one that the exports of the source go to. The jobs of
// the one before stay in sight of the history.
func (e *entry) moveTo(home string) {
	if home == e.source.Home && e.at == "" || !e.mayLeave() {
		return
	}
	e.source, e.at = e.source.At(home), ""
	e.remember()
	e.reopen()
}

// mayLeave reports whether the home can be left, and says why it cannot: while a job
// runs that would cancel it, if it runs in this process.
func (e *entry) mayLeave() bool {
	if e.session == nil || !e.session.State().Job.Running() && e.session.Busy() == present.Idle {
		return true
	}
	e.w.tell(texts.T.Setup.OtherHome, texts.T.Setup.HomeBusy)
	return false
}

// chooseHome asks for the folder that the exports of the source go to.
func (p *page) chooseHome() {
	if !p.e.mayLeave() {
		return
	}
	p.w.chooseFolder(func(path string) {
		p.e.moveTo(absolute(path))
		if p.setup != nil {
			p.setup.shown()
		}
		p.w.render()
	})
}

// homeChips offers the homes of the source, if there are several.
func (e *entry) homeChips() (chips []view.HomeChip) {
	homes := e.working().Homes()
	if !e.source.Kind.Local() || len(homes) < 2 {
		return nil
	}
	slices.Sort(homes)
	for _, path := range homes {
		chips = append(chips, view.HomeChip{Path: path, Name: present.HomeShort(path), Chosen: path == e.home()})
	}
	return chips
}

// strayHome finds the home of its own that a snapshot once had, where an earlier
// version has pointed the source to another one: its jobs are not to be lost.
func strayHome(s source.Source, homes string) string {
	if !s.Kind.Local() || len(s.ID) < 8 {
		return ""
	}
	entries, err := os.ReadDir(homes)
	if err != nil {
		return ""
	}
	for _, entry := range entries {
		home := filepath.Join(homes, entry.Name())
		if !strings.HasSuffix(entry.Name(), "-"+s.ID[:8]) || slices.Contains(s.Homes(), home) {
			continue
		}
		if _, err := os.Stat(filepath.Join(home, "data-pipeline", "jobs.db")); err == nil {
			return home
		}
	}
	return ""
}
