package ui

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2/widget"

	"sluice/intake/web"
	"sluice/ui/chooser"
	"sluice/ui/chooser/folder"
	"sluice/ui/texts"
	"sluice/wholefile"
)

// Picker is the system's own dialog for files. there is false where the system has none;
// path is "" where it was left without an answer.
type Picker func(ctx context.Context, q chooser.Question) (path string, there bool, err error)

// chooseSave asks where to save a CSV file.
func (w *Window) chooseSave(suggested string, done func(path string)) {
	w.ask(chooser.Question{Kind: chooser.SaveFile, Name: suggested}, done)
}

// chooseSnapshot asks for a snapshot, or a dump of which one is taken first.
func (w *Window) chooseSnapshot() { w.chooseFile(nil, w.openFile) }

// chooseCSV asks for a CSV file, or for the address of one.
func (w *Window) chooseCSV() {
	w.chooseFile([]string{".csv", ".tsv", ".psv", ".txt", ".gz", ".zst", ".xz", ".bz2", ".lz4", ".zip", ".parquet", wholefile.Suffix}, w.openCSV)
}

// chooseFile asks for a file; endings limits what is offered at first.
func (w *Window) chooseFile(endings []string, done func(path string)) {
	w.ask(chooser.Question{Kind: chooser.OpenFile, Endings: endings}, done)
}

// chooseFolder asks for a folder.
func (w *Window) chooseFolder(done func(path string)) {
	w.ask(chooser.Question{Kind: chooser.OpenFolder}, done)
}

// ask asks with the dialog of the system, or with our own where there is none.
func (w *Window) ask(q chooser.Question, done func(path string)) {
	if len(w.prefs.Folders) > 0 {
		q.Folder = w.prefs.Folders[0]
	}
	answered := func(path string) {
		if path == "" {
			return
		}
		w.noteFolder(q.Kind, path)
		done(path)
	}
	if w.o.Picker == nil || w.prefs.OwnDialogs {
		w.askHere(q, answered)
		return
	}
	if w.picking != nil { // the one before is taken back: one is asked at a time
		w.picking()
	}
	ctx, cancel := context.WithCancel(w.ctx)
	w.picking = cancel
	go func() {
		path, there, err := w.o.Picker(ctx, q)
		w.later(func() {
			given := ctx.Err() == nil
			cancel()
			switch {
			case !given:
			case err != nil:
				w.o.Logger.Warn("the system's dialog for files", "error", err)
				w.askHere(q, answered)
			case !there:
				w.askHere(q, answered)
			default:
				answered(path)
			}
		})
	}()
}

// askHere asks with our own dialog.
func (w *Window) askHere(q chooser.Question, done func(path string)) {
	w.closeFile()
	home, _ := os.UserHomeDir() // none: ~ is no folder then
	ctx, cancel := context.WithCancel(w.ctx)
	o := chooser.Options{Question: q, Home: home, Hidden: w.prefs.ShowHidden, Places: w.places(home), Recent: recentPlaces(w.prefs.Folders),
		Context: ctx, Dispatch: w.later, Canvas: w.window.Canvas(), Now: w.o.Now, Done: done, Leave: w.closeFile}
	if q.Kind == chooser.OpenFile && q.Endings != nil {
		o.IsAddress = func(s string) bool { return web.IsAddress(strings.TrimSpace(s)) }
	}
	w.file = chooser.New(o)
	p := widget.NewModalPopUp(w.file.Object(), w.window.Canvas())
	p.Show()
	w.fileOn = w.window.Canvas().Overlays().Top()
	w.unfile = func() {
		cancel()
		p.Hide()
	}
	w.file.Focus()
}

// closeFile closes our dialog, if it is open.
func (w *Window) closeFile() {
	if w.file == nil {
		return
	}
	if w.prefs.ShowHidden != w.file.Hidden() {
		w.prefs.ShowHidden = w.file.Hidden()
		w.save()
	}
	w.unfile()
	w.file, w.unfile, w.fileOn = nil, nil, nil
}

// mostFolders is how many folders are remembered.
const mostFolders = 6

// noteFolder remembers the folder of an answer.
func (w *Window) noteFolder(kind chooser.Kind, path string) {
	if web.IsAddress(path) {
		return
	}
	dir := absolute(path)
	if kind != chooser.OpenFolder {
		dir = filepath.Dir(dir)
	}
	list := append([]string{dir}, slices.DeleteFunc(slices.Clone(w.prefs.Folders), func(s string) bool { return s == dir })...)
	w.prefs.Folders = list[:min(len(list), mostFolders)]
	w.save()
}

// places are the folders that are always offered.
func (w *Window) places(home string) (list []chooser.Place) {
	t := texts.T.Chooser
	if home != "" {
		list = append(list, chooser.Place{Name: t.Home, Path: home})
	}
	if w.o.Homes != "" {
		list = append(list, chooser.Place{Name: t.Exports, Path: w.o.Homes})
	}
	for _, root := range folder.Roots() {
		name := root
		if root == "/" {
			name = t.Root
		}
		list = append(list, chooser.Place{Name: name, Path: root})
	}
	return list
}

func recentPlaces(folders []string) (list []chooser.Place) {
	for _, path := range folders {
		list = append(list, chooser.Place{Name: filepath.Base(path), Path: path})
	}
	return list
}
