package ui

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"sluice/source"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// after runs f on the UI goroutine some time later, unless it is called off.
func (w *Window) after(d time.Duration, f func()) (callOff func()) {
	off := false // on the UI goroutine
	timer := time.AfterFunc(d, func() {
		w.later(func() {
			if !off {
				f()
			}
		})
	})
	return func() {
		off = true
		timer.Stop()
	}
}

// members are all sources, in their order.
func (w *Window) members() []present.Member {
	members := make([]present.Member, len(w.entries))
	for i, e := range w.entries {
		members[i] = e.member()
	}
	return members
}

// renderRail shows all sources, and what else can be chosen.
func (w *Window) renderRail() {
	members := w.members()
	list := make(source.List, len(w.entries))
	for i, e := range w.entries {
		list[i] = e.source
	}
	w.board.all = present.BoardOf(members, w.o.Now())
	w.renderTray(members)
	var groups []view.RailGroup
	if len(w.entries) > 0 {
		groups = append(groups, view.RailGroup{Items: []view.RailItem{w.board.railItem()}})
	}
	for _, g := range present.RailGroups(list) {
		group := view.RailGroup{Key: g.Key, Title: g.Title, Folded: slices.Contains(w.prefs.Folded, g.Key)}
		var inGroup []present.Member
		for _, i := range g.Members {
			m := members[i]
			inGroup = append(inGroup, m)
			group.Items = append(group.Items, view.RailItem{ID: m.ID, Icon: m.Icon, Name: m.Name, Sign: m.Sign(), Tip: m.Tip(), Chosen: w.entries[i] == w.chosen})
		}
		if group.Folded {
			group.Worst = present.BoardOf(inGroup, w.o.Now()).Line
		}
		groups = append(groups, group)
	}
	if w.csv != nil {
		groups = append(groups, view.RailGroup{Key: csvID, Title: texts.T.Rail.Files, Folded: slices.Contains(w.prefs.Folded, csvID),
			Items: []view.RailItem{w.csv.railItem(w.chosen == nil && w.csv.shown)}})
	}
	w.rail.Render(groups)
}

// fold folds a group of the rail, or unfolds it.
func (w *Window) fold(key string) {
	if at := slices.Index(w.prefs.Folded, key); at >= 0 {
		w.prefs.Folded = slices.Delete(slices.Clone(w.prefs.Folded), at, at+1)
	} else {
		w.prefs.Folded = append(slices.Clone(w.prefs.Folded), key)
	}
	w.save()
	w.renderRail()
}

// foldRail folds the rail to its icons, or unfolds it, and remembers that.
func (w *Window) foldRail() {
	wish, ok := w.frame.OtherRail()
	if !ok {
		w.tell(texts.T.Rail.Unfold, texts.T.Rail.NoRoom)
		return
	}
	w.prefs.Rail = string(wish)
	w.frame.SetRail(wish)
	w.save()
}

// move moves a source within its group of the rail, and remembers the order.
func (w *Window) move(id string, by int) {
	var list source.List
	for _, e := range w.entries {
		list = append(list, e.source)
	}
	order, ok := present.MovedInRail(list, id, by)
	if !ok {
		return
	}
	slices.SortStableFunc(w.entries, func(a, b *entry) int {
		return slices.Index(order, a.source.ID) - slices.Index(order, b.source.ID)
	})
	w.prefs.Sources = w.prefs.Sources.InOrder(order)
	w.save()
	w.renderRail()
}

// entryOf is the source with an id; nil if there is none.
func (w *Window) entryOf(id string) *entry {
	for _, e := range w.entries {
		if e.source.ID == id {
			return e
		}
	}
	return nil
}

// railMenu shows what can be done with a source of the rail.
func (w *Window) railMenu(id string, at fyne.Position) {
	if items := w.railMenuItems(id); len(items) > 0 {
		look.ShowMenu(w.window.Canvas(), at, items...)
	}
}

func (w *Window) railMenuItems(id string) []*fyne.MenuItem {
	e := w.entryOf(id)
	if e == nil {
		return nil
	}
	t := texts.T.Board
	show := func(tab view.Tab) func() {
		return func() {
			w.choose(e)
			e.page.view.Choose(tab)
		}
	}
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(t.OpenSource, func() { w.choose(e) }),
		fyne.NewMenuItem(texts.T.Page.History, show(view.HistoryTab)),
		fyne.NewMenuItem(texts.T.Page.Settings, show(view.SettingsTab)),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(t.CopyAddress, func() { w.copy(e.member().Place) }),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(t.MoveUp, func() { w.move(id, -1) }),
		fyne.NewMenuItem(t.MoveDown, func() { w.move(id, 1) }),
	}
	if e.member().SignIn() {
		items = slices.Insert(items, 1, fyne.NewMenuItem(t.EnterToken, func() { w.enterToken(e) }))
	}
	return items
}
