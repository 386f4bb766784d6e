package ui

import (
	"fmt"

	"sluice/pipeline"
	"sluice/ui/look"
	"sluice/ui/palette"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// pageAction is something that can be done with a source. It stands in the head of one tab,
// and in the palette whichever tab is in sight.
type pageAction struct {
	id, icon, name string
	head           bool     // it stands in the head of its tab, else on the tab itself
	at             view.Tab // the tab that it belongs to
	words          string   // by which the palette finds it besides
	commands       []string // of the command line, by which it does, too
	closed         bool     // also while the source is not open
	can            func(*page) bool
	do             func(*page)
}

// pageActions are all that need no more than a source that is chosen; the most important of
// each head first.
func pageActions() []pageAction {
	w := texts.T.Palette
	return []pageAction{
		{id: "compare", name: texts.T.Compare.Open, head: true, at: view.HistoryTab, commands: []string{"diff"}, can: func(p *page) bool { return p.jobs.compare.offered() }, do: func(p *page) { p.jobs.compare.show() }},
		{id: "save-jobs", name: texts.T.History.SaveCSV, head: true, at: view.HistoryTab, commands: []string{"jobs"}, can: func(p *page) bool { return p.jobs.savable() }, do: func(p *page) { p.jobs.askToSave() }},
		{id: "deliver", icon: "deliver", name: texts.T.Delivery.Open, head: true, at: view.ExportTab, words: w.DeliveryWords, commands: []string{"deliver"},
			can: func(p *page) bool { return p.e.take == nil && p.delivers(p.e.session.State().Job) }, do: func(p *page) { p.deliver(p.e.session.State().Job) }},
		{id: "prune", name: texts.T.Retention.Prune, head: true, at: view.HistoryTab, words: w.KeptWords, commands: []string{"prune", "clean"}, can: (*page).prunes, do: (*page).showRetention},
		{id: "kept", name: texts.T.Retention.Open, head: true, at: view.SettingsTab, words: w.KeptWords, commands: []string{"prune", "clean"}, can: (*page).prunes, do: (*page).showRetention},
		{id: "deliveries", name: texts.T.Delivery.ListOpen, head: true, at: view.SettingsTab, words: w.DeliveryWords, commands: []string{"deliveries"}, closed: true, can: (*page).keepsLists, do: func(p *page) { p.showDeliveries() }},
		{id: "verify", icon: "completed", name: texts.T.Files.Verify, head: true, at: view.FilesTab, commands: []string{"verify"}, can: func(p *page) bool { return p.files.sums.possible() }, do: func(p *page) { p.files.sums.start() }},
		{id: "kit", name: texts.T.Kit.Use, head: true, at: view.FilesTab, commands: []string{"kit"}, can: func(p *page) bool { return p.files.usable() }, do: func(p *page) { p.files.use() }},

		{id: "fetch", icon: "file", name: texts.T.History.FetchLast, at: view.HistoryTab, commands: []string{"fetch"}, can: func(p *page) bool { return p.jobs.fetch.next() != 0 }, do: func(p *page) { p.jobs.fetch.toggle(p.jobs.fetch.next()) }},
		{id: "add-schedule", icon: "add", name: texts.T.Schedule.Add, at: view.ScheduleTab, commands: []string{"schedule", "run"}, closed: true, can: func(p *page) bool { return p.w.schedules != nil }, do: func(p *page) { p.plans.view.OnAdd() }},
		{id: "add-delivery", icon: "add", name: texts.T.Delivery.Add, at: view.SettingsTab, words: w.DeliveryWords, commands: []string{"deliveries"}, closed: true, can: (*page).keepsLists, do: func(p *page) { p.showDeliveries().view.OnAdd() }},
	}
}

// possible reports whether it can be done now with a page; nil is none.
func (a pageAction) possible(p *page) bool {
	return p != nil && (a.closed || p.e.session != nil) && a.can(p)
}

// headActions are those of the tab in sight.
func (p *page) headActions() (list []look.Action) {
	for _, a := range pageActions() {
		if a.head && a.at == p.view.Tab() && a.possible(p) {
			list = append(list, look.Action{Text: a.name, Icon: a.icon, Do: func() { a.do(p) }})
		}
	}
	return list
}

// pageItems are what can be done with the chosen source, on any of its tabs, and with what a
// job of it has left.
func (w *Window) pageItems() (items []palette.Item) {
	var p *page
	detail := ""
	if w.chosen != nil && w.chosen.page != nil {
		p, detail = w.chosen.page, w.chosen.source.Name
	}
	for _, a := range pageActions() {
		icon := a.icon
		if icon == "" {
			icon = "more"
		}
		items = append(items, palette.Item{ID: "page:" + a.id, Icon: icon, Name: a.name, Detail: detail, Words: found(a.words, a.commands), Off: !a.possible(p), Do: func() {
			if a.possible(p) {
				p.view.Choose(a.at)
				a.do(p)
			}
		}})
	}
	return append(items, p.leftItems()...)
}

// leftItems are what can be done about what the last job has left.
func (p *page) leftItems() (items []palette.Item) {
	if p == nil || p.e.session == nil {
		return nil
	}
	job := p.jobs.newest()
	left := p.left.of(job)
	one := func(id, icon, name, command string, do func(pipeline.Job)) {
		items = append(items, palette.Item{ID: "left:" + id, Icon: icon, Name: name, Detail: p.e.source.Name, Words: command, Do: func() { do(job) }})
	}
	if left.Resumable != nil && present.StatusOf(p.e.inputs()).Controls.Start {
		one("resume", "started", fmt.Sprintf(texts.T.Leftover.Resume, left.Resumable.Job.ID), "export", func(job pipeline.Job) { p.resume(job.ID) })
	}
	if left.Of(job.ID) {
		one("clean", "close", fmt.Sprintf(texts.T.Leftover.Clean, present.Size(left.Remains.Bytes)), "clean", p.askToClean)
	}
	return items
}
