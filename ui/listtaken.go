package ui

import (
	"slices"

	"sluice/source"
)

// takeIn takes in the list of sources as others have left it. What was changed in this
// window and is not written yet stays changed.
func (w *Window) takeIn(theirs source.List) {
	before := w.prefs.Sources
	merged, err := source.Merged(w.keeper.known(), before, theirs)
	if err != nil {
		w.problem(err)
		return
	}
	w.keeper.learn(theirs)
	w.prefs.Sources = merged
	inSight := w.chosen
	changed := w.takeLeave(before, merged)
	for _, s := range merged {
		at := slices.IndexFunc(w.entries, func(e *entry) bool { return e.source.ID == s.ID })
		old := before.Find(s.ID)
		switch {
		case at < 0:
			w.openKnown(s)
		case old >= 0 && source.Same(before[old], s):
			continue
		default:
			w.entries[at].adopt(s)
		}
		changed = true
	}
	if !changed {
		return
	}
	w.o.Logger.Info("others have changed the list of sources", "sources", len(merged))
	w.inOrder(merged)
	w.frame.WithRail(len(w.entries) > 0 || w.csv != nil)
	switch {
	case inSight == w.chosen: // it has not left
	case len(w.entries) > 0:
		w.choose(w.entries[0])
	default:
		w.showWelcome()
	}
	w.render()
}

// takeLeave takes the sources out of the window that others have removed. One that is at work
// here stays until that has ended, and is then in the list again if it is changed.
func (w *Window) takeLeave(before, merged source.List) (changed bool) {
	for _, e := range slices.Clone(w.entries) {
		if e.fresh || merged.Find(e.source.ID) >= 0 || before.Find(e.source.ID) < 0 || e.atWork() {
			continue
		}
		w.o.Logger.Info("others have removed a source", "source", e.source.Name)
		w.entries = slices.DeleteFunc(w.entries, func(other *entry) bool { return other == e })
		w.closeLater(e.detach(), e.source.Name)
		if e.page != nil {
			e.page.close()
		}
		if w.chosen == e {
			w.chosen = nil
		}
		changed = true
	}
	return changed
}

// atWork reports whether this process does something for the source that would be cut
// off.
func (e *entry) atWork() bool {
	return e.take != nil || e.source.Kind.Local() && e.session != nil && e.session.State().Job.Running()
}

// adopt takes over the settings of the source that others have changed. Where they change
// how it is opened it is opened anew: once what runs here has ended.
func (e *entry) adopt(s source.Source) {
	old := e.source
	e.source = s
	switch {
	case source.Same(asOpened(old), asOpened(s)):
	case e.atWork():
		e.stale = true
	default:
		e.reopen()
	}
	if e.page != nil {
		if f, fills := e.page.setup.(interface{ refill() }); fills {
			f.refill()
		}
	}
}

// asOpened is a source without what makes no difference to how it is opened.
func asOpened(s source.Source) source.Source {
	s.Name, s.Tags, s.Reached, s.Server.Product, s.Server.Version = "", nil, nil, "", ""
	s.Server.Folder, s.Server.SSHKey, s.Server.SSHPassphrase, s.Server.KnownHosts = "", "", "", ""
	return s
}

// inOrder sorts the rail as the list is; what is not in it yet stands last.
func (w *Window) inOrder(l source.List) {
	place := func(e *entry) int {
		if i := l.Find(e.source.ID); i >= 0 {
			return i
		}
		return len(l)
	}
	slices.SortStableFunc(w.entries, func(a, b *entry) int { return place(a) - place(b) })
}
