package schedule

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"sluice/formats"
	"sluice/listfile"
	"sluice/places"
)

// The files, in the folder for settings.
const (
	fileName  = "schedules.json"
	stateName = "schedules-state.json"
)

// File is the file with the list of schedules. It is readable by its owner only, and is
// replaced in one step.
type File struct{ file listfile.File }

// NewFile returns the list in a folder for settings.
func NewFile(folder string) *File {
	return &File{listfile.File{Path: filepath.Join(folder, fileName), Kind: formats.Schedules, Element: "schedule"}}
}

// DefaultFolder is the user's folder for settings, in which both files are.
func DefaultFolder() (string, error) { return places.Config() }

// Path is where the file lies.
func (f *File) Path() string { return f.file.Path }

// writtenList is the form of the file.
type writtenList struct {
	Version   int  `json:"version"`
	Schedules List `json:"schedules"`
}

// Load reads the list; a file that does not exist is an empty one. Nothing that is not
// understood is passed over: an unknown key, a wrong setting and the form of a newer
// Sluice are errors.
func (f *File) Load() (List, error) {
	var w writtenList
	err := f.file.Read(&w)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil {
		err = w.Schedules.Validate()
	}
	if err != nil {
		return nil, fmt.Errorf("read the schedules %s: %w", f.file.Path, err)
	}
	return w.Schedules, nil
}

// Update changes the list: change gets what the file holds now, and nobody else changes
// it until what change returns is written. An error of change leaves the file as it is.
func (f *File) Update(change func(List) (List, error)) error {
	unlock, err := f.file.Lock()
	if err != nil {
		return fmt.Errorf("write the schedules %s: %w", f.file.Path, err)
	}
	defer unlock()
	l, err := f.Load()
	if err != nil {
		return err
	}
	next, err := change(slices.Clone(l))
	if err == nil {
		err = next.Validate()
	}
	if err != nil {
		return err
	}
	if err := f.file.Write(writtenList{formats.Schedules.Known, next}); err != nil {
		return fmt.Errorf("write the schedules: %w", err)
	}
	return nil
}
