// Package chooser asks for the name of a file to save, with the toolkit's own
// dialog, and leaves whatever has that name alone.
//
// The toolkit's dialog hands out a writer that it has opened, which empties the file
// of that name at once: before anybody could refuse it, and before there is anything
// to put in its place. So the files that the toolkit knows get writers here that do
// nothing before the first byte is written to them.
package chooser

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage/repository"
)

// NewSave returns a dialog, to be shown, that asks in parent where to save a file
// that is best called suggested. done gets the chosen path once the person has agreed
// to replace a file that is there; it is not called when the dialog is left.
// Choosing neither makes nor changes a file.
func NewSave(parent fyne.Window, suggested string, done func(path string), failed func(error)) (*dialog.FileDialog, error) {
	if err := leaveAlone(); err != nil {
		return nil, err
	}
	d := dialog.NewFileSave(func(to fyne.URIWriteCloser, err error) {
		switch {
		case err != nil:
			failed(err)
		case to != nil:
			path := to.URI().Path()
			if err := to.Close(); err != nil {
				failed(err)
				return
			}
			done(path)
		}
	}, parent)
	d.SetFileName(suggested)
	return d, nil
}

// scheme is that of the files of the system.
const scheme = "file"

// repo is all that the toolkit's repository of files can do; one that could less
// would lose abilities when it is wrapped.
type repo interface {
	repository.ListableRepository
	repository.HierarchicalRepository
	repository.AppendableRepository
	repository.DeleteAllRepository
	repository.CopyableRepository
	repository.MovableRepository
}

// leaveAlone makes the toolkit's files ones with late writers. Each driver brings a
// repository of its own, so it is asked for each dialog.
func leaveAlone() error {
	have, err := repository.ForScheme(scheme)
	if err != nil {
		return err
	}
	if _, done := have.(late); done {
		return nil
	}
	files, ok := have.(repo)
	if !ok {
		return errors.New("this system's files cannot be chosen without touching them")
	}
	repository.Register(scheme, late{files})
	return nil
}

// late is a repository whose writers open their file with the first byte.
type late struct{ repo }

func (l late) Writer(u fyne.URI) (fyne.URIWriteCloser, error) {
	return &writer{uri: u, open: l.repo.Writer}, nil
}

type writer struct {
	uri  fyne.URI
	open func(fyne.URI) (fyne.URIWriteCloser, error)
	to   fyne.URIWriteCloser // nil before the first byte
}

func (w *writer) URI() fyne.URI { return w.uri }

func (w *writer) Write(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if w.to == nil {
		to, err := w.open(w.uri)
		if err != nil {
			return 0, err
		}
		w.to = to
	}
	return w.to.Write(p)
}

func (w *writer) Close() error {
	if w.to == nil {
		return nil
	}
	return w.to.Close()
}
