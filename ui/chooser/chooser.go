// Package chooser asks for a file to open, a folder, or a place to save: a path is typed,
// pasted or completed with Tab, or chosen from the folder below it. Asking neither makes nor
// changes a file; a folder is made when somebody has agreed to it.
//
// What it decides is in a Dialog, what folders hold and paths mean in package folder.
package chooser

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"sluice/ui/chooser/folder"
	"sluice/ui/texts"
)

// Kind is what is asked for.
type Kind int

// The kinds.
const (
	OpenFile Kind = iota
	OpenFolder
	SaveFile
)

// Question is what is asked.
type Question struct {
	Kind    Kind
	Name    string   // that a file to save is best called
	Folder  string   // that is looked into first; "": that of the person
	Endings []string // of files that suit, in small letters; nil: all
}

// Place is a folder that is offered.
type Place struct{ Name, Path string }

// Options are what a Dialog works with.
type Options struct {
	Question
	Home   string  // the folder that ~ stands for
	Places []Place // that are offered
	Recent []Place // those that were used last
	Hidden bool    // hidden files are shown at first
	// IsAddress reports what is typed and is no path; nil: everything is one.
	IsAddress func(string) bool

	Context  context.Context // ends what is read
	Dispatch func(func())    // runs something on the UI goroutine
	Canvas   fyne.Canvas
	Now      func() time.Time
	Done     func(path string) // gets the answer, once
	Leave    func()            // closes the dialog, before Done or without it
}

// agreement is what has to be agreed to before the dialog answers.
type agreement int

const (
	none agreement = iota
	toReplace
	toMake // a folder
)

// Dialog is a question that is being asked. It belongs to the UI goroutine.
type Dialog struct {
	o       Options
	dir     string // whose entries these are
	part    string // of a name, as typed
	entries []folder.Entry
	more    bool // there are others
	shown   []folder.Entry
	order   folder.Order
	suited  bool // only files with the endings
	hidden  bool
	reading bool
	picking bool  // the path changes by a click
	failure error // of the reading
	asks    agreement
	about   string // the path that is agreed to
	problem string // with what was typed
	round   int

	v *widgets
}

// New returns a dialog; Object is to be shown, and Focus called then.
func New(o Options) *Dialog {
	d := &Dialog{o: o, order: folder.Order{By: folder.ByName, Upwards: true}, suited: o.Endings != nil, hidden: o.Hidden}
	d.v = newWidgets(d)
	d.dir = o.Folder
	if info, err := os.Stat(d.dir); err != nil || !info.IsDir() {
		d.dir = o.Home
	}
	d.setPath(d.within(d.dir, o.Name))
	d.read(d.dir)
	return d
}

// within is the text for a name in a folder.
func (d *Dialog) within(dir, name string) string { return folder.WithSeparator(dir) + name }

// typed is called with each change of the path.
func (d *Dialog) typed(text string) {
	d.asks, d.problem = none, ""
	dir, part := folder.Split(text, d.dir, d.o.Home)
	if d.part = part; d.picking {
		d.part = "" // a click is no search
	}
	if dir != d.dir {
		d.read(dir)
		return
	}
	d.refilter()
}

// enter goes into a folder. A name that is being given to a file stays.
func (d *Dialog) enter(dir string) {
	name := ""
	if d.o.Kind == SaveFile {
		_, name = folder.Split(d.v.path.Text, d.dir, d.o.Home)
	}
	d.setPath(d.within(dir, name))
}

// setPath changes the path, with the cursor at its end.
func (d *Dialog) setPath(text string) {
	d.v.path.SetText(text)
	d.v.path.CursorColumn = len([]rune(text))
	d.v.path.Refresh()
}

// up goes to the folder around this one.
func (d *Dialog) up() { d.enter(filepath.Dir(d.dir)) }

// read lists a folder in the background: a share may take its time.
func (d *Dialog) read(dir string) {
	d.round++
	round := d.round
	d.dir, d.reading, d.failure, d.entries, d.more = dir, true, nil, nil, false
	d.refilter()
	go func() {
		entries, more, err := folder.Read(d.o.Context, dir)
		d.o.Dispatch(func() {
			if round == d.round {
				d.entries, d.more, d.failure, d.reading = entries, more, err, false
				d.refilter()
			}
		})
	}()
}

// refilter shows those entries that fit what is typed and chosen.
func (d *Dialog) refilter() {
	f := folder.Filter{Hidden: d.hidden, Folders: d.o.Kind == OpenFolder, Part: d.part}
	if d.suited {
		f.Endings = d.o.Endings
	}
	if d.o.Kind == SaveFile {
		f.Part = "" // the name of a new file is no search
	}
	d.shown = f.Of(d.entries)
	folder.Sort(d.shown, d.order)
	d.v.render()
}

// sort sorts by a column; a second time turns the order.
func (d *Dialog) sort(by folder.Column) {
	if d.order.By == by {
		d.order.Upwards = !d.order.Upwards
	} else {
		d.order = folder.Order{By: by, Upwards: by == folder.ByName}
	}
	d.refilter()
}

// complete goes on with what is typed, and reports whether there was anything to go on with.
func (d *Dialog) complete() bool {
	text := d.v.path.Text
	f := folder.Filter{Hidden: true, Folders: d.o.Kind == OpenFolder}
	next, _ := folder.Complete(text, d.dir, d.o.Home, f.Of(d.entries))
	if next == text {
		return false
	}
	d.setPath(next)
	return true
}

// pick is a click on an entry: a folder is gone into, a file named, and with the second
// click taken.
func (d *Dialog) pick(i int) {
	if i >= len(d.shown) {
		return
	}
	e := d.shown[i]
	path := filepath.Join(d.dir, e.Name)
	switch {
	case e.Folder:
		d.enter(path)
	case folder.Expand(d.v.path.Text, d.dir, d.o.Home) == path && d.o.Kind == OpenFile:
		d.accept()
	default:
		d.picking = true
		d.setPath(path)
		d.picking = false
	}
}

// take is Enter on an entry.
func (d *Dialog) take(i int) {
	if i >= len(d.shown) {
		return
	}
	chosen := d.shown[i]
	if d.pick(i); !chosen.Folder && d.o.Kind == OpenFile {
		d.accept()
	}
}

// accept answers with what is typed, as far as it is an answer.
func (d *Dialog) accept() {
	text := d.v.path.Text
	if d.o.IsAddress != nil && d.o.IsAddress(text) {
		d.answer(text)
		return
	}
	path := folder.Expand(text, d.dir, d.o.Home)
	if d.asks != none && d.about == path {
		d.agreed(path)
		return
	}
	d.round++
	round := d.round
	go func() {
		info, err := os.Stat(path)
		_, above := os.Stat(filepath.Dir(path))
		d.o.Dispatch(func() {
			if round == d.round {
				d.judge(path, info, err, above == nil)
			}
		})
	}()
}

// judge decides what to do about a path: info and err are what the disk says of it, above
// whether the folder around it is there.
func (d *Dialog) judge(path string, info fs.FileInfo, err error, above bool) {
	t := words()
	isFolder := err == nil && info.IsDir()
	switch {
	case isFolder && d.o.Kind == OpenFolder, err == nil && !isFolder && d.o.Kind == OpenFile, err != nil && d.o.Kind == SaveFile && above && !folder.EndsInSeparator(d.v.path.Text):
		d.answer(path)
	case isFolder && d.o.Kind == SaveFile && path == d.dir:
		d.say(t.NeedName)
	case isFolder:
		d.enter(path)
	case err == nil && d.o.Kind == OpenFolder:
		d.say(fmt.Sprintf(t.IsFile, path))
	case err == nil:
		d.ask(toReplace, path)
	case d.o.Kind == OpenFile && len(d.shown) == 1 && d.part != "": // the only one that fits
		d.take(0)
	case d.o.Kind == OpenFile:
		d.say(fmt.Sprintf(t.NoFile, path))
	default:
		d.ask(toMake, path)
	}
}

// agreed does what was asked about.
func (d *Dialog) agreed(path string) {
	if d.asks == toMake {
		dir := path
		if d.o.Kind == SaveFile && !folder.EndsInSeparator(d.v.path.Text) {
			dir = filepath.Dir(path)
		}
		if err := os.MkdirAll(dir, 0o700); err != nil {
			d.say(texts.Error(err))
			return
		}
		if d.o.Kind == SaveFile && dir == path {
			d.asks = none
			d.read(dir)
			return
		}
	}
	d.answer(path)
}

func (d *Dialog) answer(path string) {
	d.o.Leave()
	d.o.Done(path)
}
