package ui

import (
	"errors"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"sluice/source"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

func (p *page) render() {
	if p.w.unseen() {
		return
	}
	p.view.Render(p.head())
	closed, taking := p.e.failure != nil || p.e.session == nil, p.e.take != nil
	p.renderDeck(closed, taking)
	if taking {
		p.renderTaking()
	}
	if p.view.Tab() == view.ScheduleTab { // of a source that is not open, too
		p.plans.render()
	}
	if closed {
		p.renderTrouble()
		return
	}
	switch p.view.Tab() {
	case view.ExportTab:
		if taking {
			return
		}
		in := p.inputs()
		s := present.StatusOf(in)
		before := p.height()
		p.status.Render(s)
		p.export.render(s)
		p.redacts.render(s)
		p.renderOrigin()
		p.renderHolds()
		p.settle(before)
	case view.HistoryTab:
		p.jobs.render()
	case view.FilesTab:
		p.files.render()
	case view.SettingsTab:
		p.setup.render()
	}
}

// renderDeck shows what the export tab shows instead of the cards of an export, or them; they
// are made once the source is open.
func (p *page) renderDeck(closed, taking bool) {
	i := showsCards
	switch {
	case taking:
		i = showsTaking
	case closed:
		i = showsTrouble
	}
	if p.view.Tab() == view.ExportTab && p.exports.Show(i) {
		p.exports.Object.Refresh()
	}
}

func (p *page) renderTrouble() {
	retry, icon, title := texts.T.Page.Retry, "refresh", texts.T.Page.NotSnapshot
	if errors.Is(p.e.failure, source.ErrNoSecret) {
		retry, icon, title = texts.T.Advice.OpenSettings, "edit", texts.T.Server.NeedsSecret
		p.trouble.OnSecret = p.useSecret
	} else {
		p.trouble.OnSecret = nil
	}
	loading := texts.T.Page.Loading
	if p.e.source.Kind == source.KindServer {
		loading = texts.T.Rail.Connecting
	}
	p.trouble.SetRetry(retry, icon)
	p.trouble.Render(title, p.e.failure, loading)
}

func (p *page) inputs() present.Inputs {
	in := p.e.inputs()
	job := in.State.Job
	in.Last = present.LastCompleted(p.jobs.jobs, job.ID)
	in.Output = p.folder(job)
	in.Left = p.left.of(job)
	in.Files, in.Kits = p.files.finished(job), p.files.loadable(job)
	return in
}

// renderHolds says what the snapshot holds, and what is remarkable about it. A
// running export needs the room.
func (p *page) renderHolds() {
	i := p.e.info
	if p.e.session.State().Job.Running() {
		p.holds.Render(nil, "", nil)
		return
	}
	var facts []look.Fact
	for _, c := range i.Counts {
		value := texts.T.Format.Dash
		if c.N >= 0 {
			value = present.Count(c.N)
			if c.Estimated {
				value = fmt.Sprintf(texts.T.Page.About, value)
			}
		}
		facts = append(facts, look.Fact{Caption: present.CountedName(c.Of), Value: value})
	}
	if i.TimeZone != "" && len(facts) > 0 {
		facts = append(facts, look.Fact{Caption: texts.T.Page.Zone, Value: i.TimeZone})
	}
	how := texts.Say(i.Storage)
	if len(facts) > 0 {
		how = strings.TrimSpace(how + " " + texts.T.Page.Counted)
	}
	p.holds.Render(facts, how, i.Diagnostics)
}

// settle lays the cards out anew after they have changed their height. Text that
// wraps knows its height only once it has its width, so it may take a second pass.
func (p *page) settle(before float32) {
	for range 2 {
		after := p.height()
		if after == before {
			return
		}
		p.exports.Object.Refresh()
		before = after
	}
}

// height is that of the cards of the export tab.
func (p *page) height() (sum float32) {
	for _, card := range []fyne.CanvasObject{p.status.Object, p.start.Object, p.start.Foot, p.redacts.view.Object, p.origin.Object, p.holds.Object} {
		if card.Visible() {
			sum += card.MinSize().Height
		}
	}
	return sum
}
