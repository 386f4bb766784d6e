package hooks

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"sluice/formats"
	"sluice/listfile"
	"sluice/spelling"
)

// List is all hooks, in the order in which they are called.
type List []Hook

// Named is the hook of a name.
func (l List) Named(name string) (Hook, error) {
	if i := l.find(name); i >= 0 {
		return l[i], nil
	}
	var names []string
	for _, h := range l {
		names = append(names, h.Name)
	}
	return Hook{}, fmt.Errorf("there is no hook %q%s", name, spelling.Hint(name, names))
}

func (l List) find(name string) int {
	return slices.IndexFunc(l, func(h Hook) bool { return h.Name == name })
}

// With is the list with a hook in the place of the one of its name, or at the end.
func (l List) With(h Hook) List {
	l = slices.Clone(l)
	if i := l.find(h.Name); i >= 0 {
		l[i] = h
		return l
	}
	return append(l, h)
}

// Without is the list without the hook of a name.
func (l List) Without(name string) List {
	return slices.DeleteFunc(slices.Clone(l), func(h Hook) bool { return h.Name == name })
}

func (l List) validate() error {
	for i, h := range l {
		if err := h.Validate(); err != nil {
			return err
		}
		if l.find(h.Name) != i {
			return fmt.Errorf("two hooks have the name %q", h.Name)
		}
	}
	return nil
}

// File is the file with the list, hooks.json in a folder for settings. It is readable by
// its owner only, and is replaced in one step.
type File struct{ file listfile.File }

// NewFile returns the list in a folder for settings.
func NewFile(folder string) *File {
	return &File{listfile.File{Path: filepath.Join(folder, "hooks.json"), Kind: formats.Hooks, Element: "hook"}}
}

// Path is where the file lies.
func (f *File) Path() string { return f.file.Path }

type written struct {
	Version int  `json:"version"`
	Hooks   List `json:"hooks"`
}

// Load reads the list; a file that does not exist is an empty one.
func (f *File) Load() (List, error) {
	var w written
	err := f.file.Read(&w)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil {
		err = w.Hooks.validate()
	}
	if err != nil {
		return nil, fmt.Errorf("read the hooks %s: %w", f.file.Path, err)
	}
	return w.Hooks, nil
}

// Update changes the list: nobody else changes it until what change returns is written. An
// error of change leaves the file as it is.
func (f *File) Update(change func(List) (List, error)) error {
	unlock, err := f.file.Lock()
	if err != nil {
		return fmt.Errorf("write the hooks %s: %w", f.file.Path, err)
	}
	defer unlock()
	l, err := f.Load()
	if err != nil {
		return err
	}
	next, err := change(l)
	if err == nil {
		err = next.validate()
	}
	if err != nil {
		return err
	}
	if err := f.file.Write(written{formats.Hooks.Known, next}); err != nil {
		return fmt.Errorf("write the hooks: %w", err)
	}
	return nil
}
