package ui

import (
	"fmt"

	"sluice/source"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// head is what stands above the tabs.
func (p *page) head() view.PageHead {
	return view.PageHead{Title: p.e.source.Name, Caption: p.caption(), Actions: p.actions()}
}

// actions is what can be done with the source on the tab in sight, the most important
// first.
func (p *page) actions() []look.Action {
	t, tab := texts.T.Page, p.view.Tab()
	open := p.e.session != nil
	// Those that the window has as commands, too, come first.
	all := []struct {
		on bool
		look.Action
	}{
		{open && p.asks(), look.Action{Text: t.CheckNow, Icon: "refresh", Do: func() { p.e.session.Refresh() }}},
		{tab == view.ExportTab && p.e.source.CanTake() && p.e.take == nil, look.Action{Text: texts.T.Take.TakeAgain, Icon: "refresh", Do: p.takeAgain}},
		{open && !p.asks() && p.buttonFolder() != "", look.Action{Text: t.OpenFolder, Icon: "folder", Do: func() { p.w.openFolder(p.buttonFolder()) }}},
	}
	var actions []look.Action
	for _, a := range all {
		if a.on {
			actions = append(actions, a.Action)
		}
	}
	return append(actions, p.headActions()...)
}

// keepsLists reports whether the source has deliveries: of a server the files lie there.
func (p *page) keepsLists() bool {
	_, ok := p.w.o.Backend.(Deliverer)
	return ok && p.w.o.Settings != "" && p.e.source.Kind.Local()
}

// asks reports whether the tab in sight is about what a server answers.
func (p *page) asks() bool {
	return p.e.source.Kind == source.KindServer && p.view.Tab() != view.FilesTab
}

func (p *page) caption() string {
	switch p.view.Tab() {
	case view.HistoryTab:
		return p.jobs.caption()
	case view.FilesTab:
		if s := p.files.caption(); s != "" {
			return s
		}
	}
	if p.e.source.Kind == source.KindServer {
		return serverCaption(p.e)
	}
	return localCaption(p.e)
}

// localCaption says what a snapshot is: product, address, newest change, size.
func localCaption(e *entry) string {
	t, i := texts.T.Page, e.info
	product := i.Product
	if i.Version != "" {
		product += " " + i.Version
	}
	if i.Build != "" && product != "" {
		product = fmt.Sprintf(t.Build, product, i.Build)
	}
	newest, size := "", ""
	if !i.Newest.IsZero() {
		newest = present.Minute(i.Newest, i.Newest.Location())
		if i.NewestAbout {
			newest = fmt.Sprintf(t.About, newest)
		}
		newest = fmt.Sprintf(t.NewestChange, newest)
	}
	if i.Bytes > 0 {
		size = present.Size(i.Bytes)
	}
	if caption := present.Joined(product, i.BaseURL, newest, size, present.TakenAgo(i.Origin, e.w.o.Now())); caption != "" {
		return caption
	}
	if e.source.CanTake() {
		return e.source.Taken.From
	}
	return e.source.Snapshot
}

// buttonFolder is the folder that the button of the head opens: that of the
// files in sight, else that of the last job.
func (p *page) buttonFolder() string {
	job := p.files.job
	if job.ID == 0 && p.e.session != nil {
		job = p.e.session.State().Job
	}
	return p.folder(job)
}
