package ui

import (
	"fmt"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/intake/web"
	"sluice/ui/keymap"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/preview"
	"sluice/ui/texts"
	"sluice/ui/tone"
	"sluice/ui/view"
	"sluice/visible"
)

// previewer is what the window needs of a preview.
type previewer interface {
	Object() fyne.CanvasObject
	Open(path string)
	Close()
	Focus()                   // gives the table the keyboard
	Unfocus()                 // takes it away again
	Press(keymap.Stroke) bool // does what a stroke does, if it does anything
	Leave() bool              // closes what was opened last, if anything is open
	Footer() string           // what is shown, in words
	Texts() []string          // the titles, row numbers and cells in sight
}

// newPreview returns a preview with something in its head.
func (w *Window) newPreview(leading fyne.CanvasObject, resized func()) previewer {
	var stepped func(time.Duration)
	if w.trace != nil {
		stepped = w.trace.stepped
	}
	return preview.New(preview.Options{
		Canvas:     w.window.Canvas,
		OnStep:     stepped,
		Dispatch:   w.later,
		Clipboard:  w.o.App.Clipboard(),
		Store:      w.layouts,
		Leading:    leading,
		Resized:    resized,
		ChooseSave: w.chooseSave,
		OnError:    func(err error) { w.o.Logger.Error("preview", "error", err) },
		Now:        w.o.Now,
	})
}

// openLayouts reads the column widths that are remembered, beside the list of
// sources.
func (w *Window) openLayouts() {
	store, err := preview.NewFileStore(filepath.Join(filepath.Dir(w.o.Store.Path()), "columns.json"))
	if err != nil {
		w.o.Logger.Warn("column widths", "error", err)
	}
	w.layouts = store
}

// csvID is the id of the CSV file in the rail.
const csvID = "csv"

// csvPage shows a CSV file that belongs to no source.
type csvPage struct {
	path    string
	name    string // for people
	shown   bool
	preview previewer
	object  *fyne.Container
	title   *look.Text
	caption *look.Text
}

// openCSV shows a table of any origin: a file, a pipe, or, when that is agreed to, what a
// server has.
func (w *Window) openCSV(path string) {
	if !web.IsAddress(path) {
		w.openTable(path)
		return
	}
	t := texts.T.Files
	if err := web.Check(path); err != nil {
		w.tell(texts.T.Advice.ActionFailed, texts.Error(err))
		return
	}
	w.confirm(t.FetchTitle, fmt.Sprintf(t.FetchText, web.Shown(path)), t.Fetch, func() { w.openTable(path) })
}

// openTable shows a table.
func (w *Window) openTable(path string) {
	if w.csv == nil {
		c := &csvPage{object: container.NewStack(), title: look.NewTitle("", look.SizeTitle).Elide(), caption: look.NewText("", look.SizeTable, look.ColorMuted).Elide()}
		c.preview = w.newPreview(nil, func() { c.object.Refresh() })
		c.object.Objects = []fyne.CanvasObject{view.NewViewer(c.title, c.caption, c.preview.Object())}
		w.csv = c
	}
	w.csv.path, w.csv.name = path, preview.Name(path)
	if !preview.IsStream(path) { // which could not be opened a second time
		w.csv.path = absolute(path)
		w.csv.name = w.csv.path
		w.prefs.Recent = w.prefs.Opened(w.csv.path)
		w.save()
	}
	w.csv.title.Set(filepath.Base(w.csv.name))
	w.csv.caption.Set(w.csv.name)
	w.csv.preview.Open(w.csv.path)
	w.showCSV()
}

// previewInSight is the preview that is shown, if one is.
func (w *Window) previewInSight() (previewer, bool) {
	switch {
	case w.chosen != nil && w.chosen.page != nil && w.chosen.page.view.Tab() == view.FilesTab:
		return w.chosen.page.files.preview, true
	case w.csv != nil && w.csv.shown:
		return w.csv.preview, true
	}
	return nil, false
}

func (w *Window) showCSV() {
	w.leaveChosen(nil)
	w.chosen = nil
	w.leaveOthers()
	w.csv.shown = true
	w.frame.Show(w.csv.object, true)
	w.render()
	w.focusPreview()
}

// focusPreview gives the table in sight the keyboard, unless something else has
// it.
func (w *Window) focusPreview() {
	w.later(func() { // once it is laid out
		if p, ok := w.previewInSight(); ok && w.window.Canvas().Focused() == nil && w.popped == nil {
			p.Focus()
		}
	})
}

func (c *csvPage) railItem(chosen bool) view.RailItem {
	return view.RailItem{ID: csvID, Icon: "file", Name: filepath.Base(c.name), Sign: present.Sign{Word: texts.T.Files.OtherCSV, Icon: "file", Tone: tone.Neutral},
		Tip: visible.Line(filepath.Base(c.name)) + "\n" + visible.Line(c.name), Chosen: chosen}
}

func (c *csvPage) close() { c.preview.Close() }
