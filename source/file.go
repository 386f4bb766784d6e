package source

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"sluice/formats"
	"sluice/listfile"
	"sluice/places"
	"sluice/wording"
)

// fileName is the file with the list, in the folder for settings.
const fileName = "sources.json"

// ErrBroken is wrapped by the error for a list that was read and cannot be understood.
var ErrBroken = listfile.ErrBroken

// File is the file with the list of sources, which windows and command lines share. It
// is readable by its owner only, and is replaced in one step.
type File struct{ file listfile.File }

// NewFile returns the list in a file; folders are created when it is written.
func NewFile(path string) *File {
	return &File{listfile.File{Path: path, Kind: formats.Sources, Element: "source"}}
}

// NewFileIn returns the list in a folder for settings.
func NewFileIn(folder string) *File { return NewFile(filepath.Join(folder, fileName)) }

// DefaultFile is the list in the user's configuration folder.
func DefaultFile() (*File, error) {
	dir, err := places.Config()
	if err != nil {
		return nil, err
	}
	return NewFileIn(dir), nil
}

// Path is where the file lies.
func (f *File) Path() string { return f.file.Path }

// written is the form of the file.
type written struct {
	Version int  `json:"version"`
	Sources List `json:"sources"`
}

// Load reads the list. A file that does not exist is an empty list, or what an earlier
// Sluice kept in the file of its window. Nothing that is not understood is passed over:
// an unknown key and the form of a newer Sluice are errors.
func (f *File) Load() (List, error) {
	l, err := f.read()
	if err != nil {
		return nil, wording.Errorf("read the list of sources %s: %w", f.file.Path, err)
	}
	return l, nil
}

func (f *File) read() (List, error) {
	var w written
	err := f.file.Read(&w)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return readWindow(filepath.Join(filepath.Dir(f.file.Path), windowName))
	case err != nil:
		return nil, err
	}
	if err := w.Sources.Validate(); err != nil {
		return nil, wording.Errorf("%w: %w", ErrBroken, err)
	}
	return w.Sources, nil
}

// readWindow reads the sources that earlier versions kept with what else a window
// remembers.
func readWindow(path string) (List, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var old struct {
		Version int  `json:"version"`
		Sources List `json:"sources"`
	}
	if err := json.Unmarshal(b, &old); err != nil || old.Version > lastWithSources {
		return nil, nil // who reads the file of the window says what is wrong with it
	}
	if err := old.Sources.Validate(); err != nil {
		return nil, wording.Errorf("%s: %w: %w", path, ErrBroken, err)
	}
	return migrated(old.Sources, b)
}

// Update changes the list: change gets what the file holds now, and nobody else changes
// it until what change returns is written. An error of change leaves the file as it is.
func (f *File) Update(change func(List) (List, error)) error {
	unlock, err := f.file.Lock()
	if err != nil {
		return wording.Errorf("write the list of sources %s: %w", f.file.Path, err)
	}
	defer unlock()
	l, err := f.Load()
	if err != nil {
		return err
	}
	next, err := change(l)
	if err != nil {
		return err
	}
	if err := next.Validate(); err != nil {
		return wording.Errorf("write the list of sources: %w", err)
	}
	return f.write(next)
}

func (f *File) write(l List) error {
	if err := f.file.Write(written{formats.Sources.Known, l}); err != nil {
		return wording.Errorf("write the list of sources: %w", err)
	}
	return nil
}

// SetAside gives a list that is not understood another name, so that nothing of it is
// lost and a new one can begin.
func (f *File) SetAside() (as string, err error) { return setAside(f.file.Path) }

func setAside(path string) (as string, err error) {
	as = path + ".broken"
	return as, os.Rename(path, as)
}
