package chooser

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"fyne.io/fyne/v2"

	"sluice/ui/chooser/folder"
	"sluice/ui/texts"
)

// Object is what is to be shown.
func (d *Dialog) Object() fyne.CanvasObject { return d.v.object }

// Focus gives the path the keyboard.
func (d *Dialog) Focus() { d.v.Focus() }

// Hidden reports whether hidden files are shown.
func (d *Dialog) Hidden() bool { return d.hidden }

// Type puts a path into the field, as if it was typed.
func (d *Dialog) Type(path string) { d.setPath(path) }

// say tells what is wrong with what was typed.
func (d *Dialog) say(problem string) {
	d.problem = problem
	d.v.render()
}

// ask asks for an agreement about a path: the button says what to. Where that destroys
// something the keyboard goes to the way back: a second Enter is no agreement.
func (d *Dialog) ask(what agreement, path string) {
	d.asks, d.about = what, path
	d.v.render()
	if what == toReplace {
		d.o.Canvas.Focus(d.v.back)
		return
	}
	d.o.Canvas.Focus(d.v.do)
}

// submit is Enter on the path.
func (d *Dialog) submit() {
	if d.asks != toReplace {
		d.accept()
	}
}

// missing is the folder that would be made.
func (d *Dialog) missing() string {
	if d.o.Kind == SaveFile && !folder.EndsInSeparator(d.v.path.Text) {
		return filepath.Dir(d.about)
	}
	return d.about
}

// unreadable says why a folder is not listed.
func (d *Dialog) unreadable() string {
	var path *fs.PathError
	switch {
	case errors.Is(d.failure, fs.ErrNotExist):
		return fmt.Sprintf(words().NoFolder, d.dir)
	case errors.As(d.failure, &path):
		return fmt.Sprintf(words().Denied, d.dir, texts.Error(path.Err))
	}
	return fmt.Sprintf(words().Denied, d.dir, texts.Error(d.failure))
}
