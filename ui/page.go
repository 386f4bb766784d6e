package ui

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/view"
)

// page is everything that the window shows about one source.
type page struct {
	e    *entry
	w    *Window
	view *view.Page

	status   *view.StatusCard
	start    *view.NewExport
	redacts  *redaction
	holds    *view.HoldsCard
	export   *exportForm
	jobs     *jobList
	files    *fileList
	left     *leftovers
	plans    *scheduleTab
	delivery *delivering
	setup    settings      // nil until somebody has chosen their tab
	tab      view.Tab      // that was in sight last
	trouble  *view.Trouble // instead of the cards of an export, when the source cannot be opened
	taking   *view.Taking  // instead of both, while the snapshot is being taken
	origin   *view.OriginCard
	exports  *look.Deck // these three

	hideQuestion func() // takes back what was asked about the running job; nil: nothing was
}

// settings is the settings tab of a source.
type settings interface {
	object() fyne.CanvasObject
	render()
	shown()
	unsaved() bool // something in it waits to be saved
	saveNow()
	discard()
}

func newPage(e *entry) *page {
	p := &page{e: e, w: e.w, status: view.NewStatusCard(), start: view.NewNewExport(present.Zones()), holds: view.NewHoldsCard()}
	p.status.OnAction = p.act
	p.left = newLeftovers(p)
	p.export = newExportForm(p)
	p.redacts = newRedaction(p)
	p.jobs = newJobList(p)
	p.files = newFileList(p)
	p.plans = &scheduleTab{p: p}
	p.delivery = &delivering{p: p}
	p.trouble = view.NewTrouble(p.retry, p.askToRemove)
	p.taking, p.origin = view.NewTaking(), view.NewOriginCard()
	p.taking.OnAction, p.taking.OnCancel = p.act, func() { p.cancel() }
	p.origin.OnEdit = func() { p.w.showTakeForm(p.e) }
	p.exports = look.NewDeck(p.cards, func() fyne.CanvasObject { return p.trouble.Object }, func() fyne.CanvasObject { return p.taking.Object })
	p.view = view.NewPageOf(func() fyne.CanvasObject { return p.exports.Object }, p.jobs.object, p.files.object, p.plans.object, p.settings)
	p.view.OnTab = p.chosen
	if e.engine != nil {
		p.opened()
	}
	return p
}

// What the export tab shows, in the order of its deck.
const (
	showsCards = iota
	showsTrouble
	showsTaking
)

// cards are those of an export.
func (p *page) cards() fyne.CanvasObject {
	return view.NewExportTab(p.start.Foot, []fyne.CanvasObject{p.start.Object, p.redacts.view.Object},
		p.status.Object, p.start.Object, p.redacts.view.Object, p.origin.Object, p.holds.Object)
}

// settings makes the settings tab.
func (p *page) settings() fyne.CanvasObject {
	if p.e.source.Kind == source.KindServer {
		p.setup = newServerSettings(p)
	} else {
		p.setup = newLocalSettings(p)
	}
	return p.setup.object()
}

// chosen is called when another tab was chosen.
func (p *page) chosen(t view.Tab) {
	p.askUnsaved(p.tab)
	p.tab = t
	if t != view.FilesTab {
		p.files.unfocus()
		p.files.catchUp()
	}
	p.w.unfocusHidden()
	p.w.noteTab(t)
	p.shown()
	p.render()
}

// retry is the way out of a source that is not open: to enter what is missing,
// else to try again.
func (p *page) retry() {
	if errors.Is(p.e.failure, source.ErrNoSecret) {
		p.view.Choose(view.SettingsTab)
		return
	}
	p.e.start()
	p.w.render()
}

// useSecret keeps a token that was entered, for this session where there is no
// keyring, and opens the server with it.
func (p *page) useSecret(secret string) {
	servers, err := p.w.servers()
	if err != nil {
		return
	}
	account := p.e.source.Account()
	background(p.e, func(ctx context.Context) (bool, error) { return servers.KeepSecret(ctx, account, secret) },
		func(_ bool, err error) {
			if err != nil {
				p.w.problem(err)
				return
			}
			p.e.start()
			p.w.render()
		})
}

// opened is called when the engine is there, also again after a change of the
// settings.
func (p *page) opened() {
	p.left.forget()
	p.export.opened()
	p.files.follow(0)
}

// shown is called when the page or one of its tabs comes into sight.
func (p *page) shown() {
	if p.e.engine == nil {
		return
	}
	if p.e.session != nil {
		p.e.session.Refresh()
	}
	switch p.view.Tab() {
	case view.ExportTab:
		p.redacts.checked = "" // the rules may stand in a file that was changed
	case view.SettingsTab:
		p.setup.shown()
	case view.FilesTab:
		p.w.focusPreview()
	}
}

// close ends what the page has open.
func (p *page) close() {
	p.jobs.compare.cancel()
	p.delivery.cancel()
	p.jobs.fetch.close()
	p.files.close()
}

// jobEnded is called when a job that was seen running has ended.
func (p *page) jobEnded(job pipeline.Job) {
	if p.hideQuestion != nil {
		p.hideQuestion()
		p.hideQuestion = nil
	}
	p.left.forget()
	p.files.follow(job.ID)
	p.export.refill()
}

// render shows the source as it is now.
func (e *entry) render() {
	if e.page != nil {
		e.page.render()
	}
}

// news is called when something is known that was read in the background.
func (p *page) news() { p.w.gather(p.e, false) }

// folder is where the files of a job are on this computer, "" if they are not.
func (p *page) folder(job pipeline.Job) string { return p.e.folders()(job) }

// folderOf is the folder of a job below the home or, on this computer, below the export
// path that the job has written to.
func folderOf(s source.Source, job pipeline.Job) string {
	root := s.Home
	if s.Kind == source.KindServer {
		root = s.Server.Mounted()
	}
	switch {
	case root == "" || job.ID == 0:
		return ""
	case s.Kind.Local() && filepath.IsAbs(job.RootExportPath):
		return filepath.Join(job.RootExportPath, fmt.Sprint(job.ID))
	}
	return filepath.Join(root, "data-pipeline", "export", fmt.Sprint(job.ID))
}

func setVisible(o fyne.CanvasObject, on bool) {
	if on != o.Visible() {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
}

// background runs work with the window's context and hands its result over on
// the UI goroutine, unless the engine of the source has changed by then.
func background[T any](e *entry, work func(context.Context) (T, error), done func(T, error)) {
	round := e.round
	go func() {
		result, err := work(e.w.ctx)
		e.w.later(func() {
			if round == e.round {
				done(result, err)
			}
		})
	}()
}
