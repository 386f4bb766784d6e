package ui

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sluice/pipeline"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// act does what a button of a notice says.
func (p *page) act(a present.Action) {
	t := texts.T.Advice
	var job pipeline.Job
	if p.e.session != nil {
		job = p.e.session.State().Job
	}
	switch a {
	case present.ActForce:
		p.export.forceLast()
	case present.ActRelease:
		p.w.confirm(t.ReleaseConfirmTitle, fmt.Sprintf(t.ReleaseConfirmText, job.ID), fmt.Sprintf(t.Release, job.ID), func() {
			if p.e.session != nil {
				p.e.session.Release()
			}
		})
	case present.ActCancel:
		p.cancel()
	case present.ActReindex:
		p.w.tell(t.HowToReindex, t.ReindexText)
	case present.ActCopy:
		p.w.copy(p.details())
	case present.ActRetry:
		p.e.session.Refresh()
	case present.ActResume:
		p.resume(job.ID)
	case present.ActHome:
		p.chooseHome()
	case present.ActSettings:
		p.view.Choose(view.SettingsTab)
	case present.ActFiles:
		p.files.showMain()
	case present.ActKits:
		p.files.useOf(job)
	case present.ActToken:
		p.w.enterToken(p.e)
	case present.ActTake:
		p.e.takeSnapshot(p.e.take.state.Kind)
	case present.ActSource:
		p.w.showTakeForm(p.e)
	case present.ActBack:
		p.e.take = nil
		p.w.render()
	}
}

// details is everything that is known about the state, as text for a colleague.
// It holds no secret.
func (p *page) details() string {
	if p.e.take != nil {
		s := present.TakingOf(p.e.takingState())
		return strings.Join([]string{"Sluice " + p.w.o.Version, s.Word, s.Caption, present.Sentence(p.e.take.state.Err)}, "\n")
	}
	in := p.inputs()
	b, err := json.MarshalIndent(pipeline.Kept(in.State.Job), "", "  ")
	if err != nil {
		b = []byte(err.Error())
	}
	lines := []string{"Sluice " + p.w.o.Version, p.e.source.Name, string(b)}
	for _, err := range []error{in.Problem, in.State.Err} {
		if err != nil {
			lines = append(lines, err.Error())
		}
	}
	return strings.Join(lines, "\n")
}

// cancel asks the running job to stop. One that has run for a while is asked about
// first; the question goes away with the job.
func (p *page) cancel() {
	if p.e.takingNow() {
		p.e.cancelTaking()
		return
	}
	job, ok := p.cancellable()
	if !ok {
		return
	}
	q, ask := present.CancelQuestion(p.e.inputs())
	if !ask {
		p.e.session.Cancel()
		return
	}
	p.hideQuestion = p.w.confirm(q.Title, q.Text, q.Yes, func() {
		if now, ok := p.cancellable(); ok && now == job {
			p.e.session.Cancel()
		}
	})
}

// cancellable is the job that can be asked to stop.
func (p *page) cancellable() (job int64, ok bool) {
	if p.e.session == nil || !present.StatusOf(p.e.inputs()).Controls.Cancel {
		return 0, false
	}
	return p.e.session.State().Job.ID, true
}

// confirm asks before something that forces or destroys. yes says the
// consequence. hide takes the question back.
func (w *Window) confirm(title, text, yes string, do func()) (hide func()) {
	back := look.NewButton(look.Outlined, texts.T.App.Cancel, "", func() { hide() })
	act := look.NewButton(look.Danger, yes, "", func() { hide(); do() })
	hide = w.pop(view.NewPanel(title, view.NewDialogText(text), back, act))
	w.window.Canvas().Focus(back)
	return hide
}

// showList shows a page without anything that somebody has typed: Escape leaves it, as its
// button does.
func (w *Window) showList(title, caption string, back func(), body fyne.CanvasObject) {
	page := view.NewPanelPage(title, caption, back, body)
	w.showPage(page)
	w.escape = wayOut{from: page, back: back}
}

// showPage shows a page in the place of that of a source: it has its own way back.
func (w *Window) showPage(page fyne.CanvasObject) {
	w.leavePreview()
	w.chosen = nil
	w.leaveOthers()
	w.frame.Show(page, true)
	w.render()
}

// browse asks for a file or folder for a field of a form.
func (w *Window) browse(folder bool, done func(path string)) {
	if folder {
		w.chooseFolder(done)
		return
	}
	w.chooseFile(nil, done)
}

// tell shows a text to read.
func (w *Window) tell(title, text string) { w.showPanel(title, view.NewDialogText(text)) }

// showPanel shows something above the window until it is closed, or something else is done.
func (w *Window) showPanel(title string, content fyne.CanvasObject, actions ...look.Action) {
	var hide func()
	var buttons []fyne.CanvasObject
	for _, a := range actions {
		buttons = append(buttons, look.NewButton(look.Outlined, a.Text, a.Icon, func() { hide(); a.Do() }))
	}
	back := look.NewButton(look.Outlined, texts.T.App.Close, "", func() { hide() })
	hide = w.pop(view.NewPanel(title, content, append(buttons, back)...))
	w.window.Canvas().Focus(back)
}

// pop shows a panel above the window, in the place of the one before, and
// returns how to hide it.
func (w *Window) pop(panel fyne.CanvasObject) (hide func()) {
	w.unpop()
	p := widget.NewModalPopUp(panel, w.window.Canvas())
	w.popped = p
	p.Show()
	w.poppedOn = w.window.Canvas().Overlays().Top()
	return func() {
		if w.popped == p {
			w.unpop()
		}
	}
}

// unpop hides what lies above the window, however that came about, and tells who waits
// for it.
func (w *Window) unpop() {
	if w.popped == nil {
		return
	}
	gone := w.unpopped
	w.popped.Hide()
	w.popped, w.unpopped = nil, nil
	if gone != nil {
		gone()
	}
}

// problem shows an error that belongs to no page.
func (w *Window) problem(err error) {
	w.o.Logger.Error("window", "error", err)
	w.tell(texts.T.Advice.ActionFailed, texts.Error(err))
}

// showDetails shows a job of the history, and what can be done with it.
func (w *Window) showDetails(s present.Status, job pipeline.Job, actions ...look.Action) {
	raw, err := json.MarshalIndent(pipeline.Kept(job), "", "  ")
	if err != nil {
		raw = []byte(err.Error())
	}
	card := view.NewStatusCard()
	card.OnAction = func(present.Action) { w.copy(string(raw)) }
	for i := range s.Notices {
		s.Notices[i].Actions = nil
	}
	card.Render(s)
	w.showPanel(fmt.Sprintf(texts.T.History.DetailsTitle, job.ID), view.NewDetails(card, string(raw), func() { w.copy(string(raw)) }), actions...)
}

// copy puts a text into the clipboard.
func (w *Window) copy(text string) { w.o.App.Clipboard().SetContent(text) }

// openFolder shows a folder in the desktop's file manager. The nearest folder
// above stands in for one that is not there yet.
func (w *Window) openFolder(path string) {
	for path != "" {
		if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
			break
		}
		above := filepath.Dir(path)
		if above == path {
			break
		}
		path = above
	}
	u := &url.URL{Scheme: "file", Path: filepath.ToSlash(path)}
	if err := w.o.App.OpenURL(u); err != nil {
		w.problem(fmt.Errorf("open folder %s: %w", path, err))
	}
}

// dropped takes files and folders that were dropped on the window.
func (w *Window) dropped(uris []fyne.URI) {
	var paths []string
	for _, u := range uris {
		paths = append(paths, u.Path())
	}
	w.openFiles(paths)
}

// askToQuit ends the program; while something runs in it that ends with it, it asks first.
func (w *Window) askToQuit() {
	q, ask := w.quitQuestion()
	if !ask {
		w.quit()
		return
	}
	if w.hidden() {
		w.reveal()
	}
	w.confirm(q.Title, q.Text, q.Yes, w.quit)
}

// quitQuestion is what to ask before the program ends, if there is anything: an export runs
// in it, a snapshot is being taken, or nobody else runs the schedules that it was kept for.
func (w *Window) quitQuestion() (q present.Question, ask bool) {
	for _, e := range w.entries {
		if e.takingNow() {
			t := texts.T.Take
			return present.Question{Title: t.QuitTitle, Text: fmt.Sprintf(t.QuitText, e.source.Name), Yes: t.QuitNow}, true
		}
		if e.session == nil || !e.source.Kind.Local() || !e.session.State().Job.Running() {
			continue
		}
		t, job := texts.T.App, e.session.State().Job.ID
		return present.Question{Title: t.QuitRunning, Text: fmt.Sprintf(t.QuitRunningText, job, e.source.Name), Yes: fmt.Sprintf(t.QuitAnyway, job)}, true
	}
	if w.keeps() && w.runsSchedules() {
		return present.QuitSchedules(w.nextRuns()), true
	}
	return w.unsavedQuestion()
}

func (w *Window) quit() {
	w.stopped.Store(true)
	w.o.App.Quit()
}
