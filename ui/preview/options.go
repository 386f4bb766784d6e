package preview

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
)

// Options are what a pane needs of the program around it. The zero value works:
// nothing is remembered, copied or saved, and results are handed over in place.
type Options struct {
	// Dispatch runs a function on the UI goroutine: fyne.Do in the program.
	Dispatch func(func())
	// Clipboard takes what is copied.
	Clipboard fyne.Clipboard
	// Store remembers widths, hidden and frozen columns by the kind of file.
	Store Store
	// ChooseSave asks the user where to save a CSV file, suggesting a name, and
	// calls done with the path, or not at all if the user thinks better of it. The
	// pane writes <path>.partial and renames it when it is complete.
	ChooseSave func(suggested string, done func(path string))
	// Explain loads the names behind the ids in a known file; nil looks for the
	// users and spaces files of the same job beside it.
	Explain func(ctx context.Context, path string) (Names, error)
	// Leading stands at the left of the tools: the files of a job, for instance.
	Leading fyne.CanvasObject
	// Canvas is that of the window; nil finds it once the pane was drawn there.
	Canvas func() fyne.Canvas
	// OnStep, if it is not nil, is told how long each step by keyboard took.
	OnStep func(took time.Duration)
	// Resized, if it is not nil, is told that the pane may need another height.
	Resized func()
	// OnError gets errors that are no business of the user's, for the log.
	OnError func(error)
	// Now is the clock; nil is time.Now.
	Now func() time.Time

	open opener // csvfile, but in tests
}

func (o *Options) fill() {
	if o.Dispatch == nil {
		o.Dispatch = func(f func()) { f() }
	}
	if o.Store == nil {
		o.Store = &MemoryStore{}
	}
	if o.Resized == nil {
		o.Resized = func() {}
	}
	if o.OnError == nil {
		o.OnError = func(error) {}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Explain == nil {
		o.Explain = LoadNames
	}
	if o.open == nil {
		o.open = new(inputs).open
	}
}

// Names says who and what stands behind ids. It is asked on the UI goroutine for
// every cell in sight, so it answers from memory.
type Names interface {
	// User is the full name of a user and what else is known (name, e-mail).
	User(id string) (name, more string, ok bool)
	// Space is the name of a space.
	Space(key string) (name string, ok bool)
}
