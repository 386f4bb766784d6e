package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"sluice/pipeline"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// menu shows what can be done with a job, at a place on the canvas.
func (l *jobList) menu(id int64, at fyne.Position) {
	if items := l.menuItems(id); len(items) > 0 {
		look.ShowMenu(l.p.w.window.Canvas(), at, items...)
	}
}

// menuItems are what can be done with a job.
func (l *jobList) menuItems(id int64) []*fyne.MenuItem {
	job, ok := l.find(id)
	if !ok {
		return nil
	}
	t := texts.T.History
	items := []*fyne.MenuItem{fyne.NewMenuItem(t.Details, func() { l.details(id) })}
	switch l.fetch.links([]pipeline.Job{job})[id] {
	case view.FetchOffer:
		items = append(items, fyne.NewMenuItem(t.Fetch, func() { l.fetch.toggle(id) }))
	case view.FetchStop:
		items = append(items, fyne.NewMenuItem(t.FetchStop, func() { l.fetch.toggle(id) }))
	}
	if !l.p.files.possible() {
		return items
	}
	files := fyne.NewMenuItem(t.Files, func() { l.files(id) })
	files.Disabled = l.p.w.sizes.of(l.p.e, &job) == 0
	items = append([]*fyne.MenuItem{files}, items...)
	if l.p.delivers(job) {
		items = append(items, fyne.NewMenuItem(texts.T.Delivery.Open, func() { l.p.deliver(job) }))
	}
	comparable := slices.ContainsFunc(present.Comparable([]pipeline.Job{job}), job.Same)
	if comparable && l.compare.possible() {
		items = append(items,
			fyne.NewMenuItem(texts.T.Compare.WithPrevious, func() { l.show(); l.compare.withPrevious(id) }),
			fyne.NewMenuItem(texts.T.Compare.WithOther, func() { l.show(); l.compare.with(id) }))
	}
	if l.p.prunes() && job.Status.Ended() {
		items = append(items, fyne.NewMenuItem(texts.T.Retention.DeleteFiles, func() { l.p.askToRemoveFiles(job) }))
	}
	return items
}

// show brings the list into sight, also from the history of all sources.
func (l *jobList) show() {
	l.p.w.choose(l.p.e)
	l.p.view.Choose(view.HistoryTab)
}
