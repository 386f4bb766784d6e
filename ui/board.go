package ui

import (
	"errors"

	"fyne.io/fyne/v2"

	"sluice/source"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// boardID is the id of all sources together, in the rail and in what is remembered.
const boardID = "*"

// board is the page of all sources at work.
type board struct {
	w     *Window
	page  *view.Page // nil until it was shown
	list  *view.Board
	jobs  *allJobs
	all   present.Board // as the rail tells it, too
	shown bool
}

func newBoard(w *Window) *board {
	b := &board{w: w}
	b.jobs = newAllJobs(b)
	return b
}

// make makes the page.
func (b *board) make() {
	w := b.w
	b.list = view.NewBoard()
	b.list.OnSource = w.chooseID
	b.list.OnToken = func(id string) { w.enterToken(w.entryOf(id)) }
	b.list.OnMenu = w.railMenu
	b.list.Tips = w.tips
	b.page = view.NewBoardPage(func() fyne.CanvasObject { return b.list.Object }, b.jobs.object)
	b.page.OnTab = func(view.Tab) {
		b.w.unfocusHidden()
		b.render()
	}
}

// showBoard shows all sources, once there are any.
func (w *Window) showBoard() {
	if len(w.entries) == 0 {
		return
	}
	w.leaveChosen(nil)
	w.chosen = nil
	w.leaveOthers()
	w.board.shown = true
	if w.board.page == nil {
		w.board.make()
	}
	w.frame.Show(w.board.page.Object, true)
	w.render()
	if w.prefs.Chosen != boardID {
		w.save()
	}
}

// render shows the board as it is now; while it is not in sight that costs nothing.
func (b *board) render() {
	if !b.shown || b.w.unseen() {
		return
	}
	b.page.Render(b.head())
	switch b.page.Tab() {
	case view.SourcesTab:
		b.list.Render(b.all.Rows)
	case view.AllJobsTab:
		b.jobs.render()
	}
}

// head is what stands above the tabs.
func (b *board) head() view.PageHead {
	h := view.PageHead{Title: texts.T.Board.All, Caption: b.all.Summary}
	if b.page.Tab() == view.AllJobsTab {
		h.Caption, h.Actions = b.jobs.caption(), b.jobs.actions()
		return h
	}
	h.Actions = []look.Action{{Text: texts.T.Board.CheckAll, Icon: "refresh", Do: b.refresh}}
	return h
}

// refresh asks every source for its status now, and opens those that could not be opened.
func (b *board) refresh() {
	for _, e := range b.w.entries {
		switch {
		case e.session != nil:
			e.session.Refresh()
			e.loadPast()
		case e.failure != nil && !errors.Is(e.failure, source.ErrNoSecret):
			e.start()
		}
	}
	b.w.render()
}

// railItem is the first entry of the rail.
func (b *board) railItem() view.RailItem {
	return view.RailItem{ID: boardID, Icon: "board", Name: texts.T.Board.All, Sign: b.all.Line, Tip: texts.T.Board.All + "\n" + b.all.Summary, Chosen: b.shown}
}

// enterToken shows where the token of a server is entered, with the cursor there.
func (w *Window) enterToken(e *entry) {
	if e == nil {
		return
	}
	w.choose(e)
	c := w.window.Canvas()
	if errors.Is(e.failure, source.ErrNoSecret) {
		e.page.view.Choose(view.ExportTab)
		c.Focus(e.page.trouble.Secret())
		return
	}
	e.page.view.Choose(view.SettingsTab)
	form, ok := e.page.setup.(serverSettings)
	if !ok {
		return
	}
	field := present.FieldSecret
	switch sv := e.source.Server; {
	case sv.TokenFile != "":
		field = present.FieldTokenFile
	case sv.TokenCommand != "":
		field = present.FieldTokenCommand
	}
	form.view.Focus(c, field)
}
