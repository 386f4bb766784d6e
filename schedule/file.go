package schedule

import (
	"path/filepath"

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
type File struct{ named *listfile.Named[Schedule] }

// NewFile returns the list in a folder for settings.
func NewFile(folder string) *File {
	return &File{listfile.NewNamed[Schedule](listfile.File{Path: filepath.Join(folder, fileName), Kind: formats.Schedules, Element: "schedule"}, "schedules")}
}

// DefaultFolder is the user's folder for settings, in which both files are.
func DefaultFolder() (string, error) { return places.Config() }

// Path is where the file lies.
func (f *File) Path() string { return f.named.Path() }

// Load reads the list; a file that does not exist is an empty one. Nothing that is not
// understood is passed over: an unknown key, a wrong setting and the form of a newer
// Sluice are errors.
func (f *File) Load() (List, error) { return f.named.Load() }

// Update changes the list: change gets what the file holds now, and nobody else changes
// it until what change returns is written. An error of change leaves the file as it is.
func (f *File) Update(change func(List) (List, error)) error {
	return f.named.Update(func(l []Schedule) ([]Schedule, error) { return change(l) })
}

// ItemName implements listfile.Item.
func (s Schedule) ItemName() string { return s.Name }

// Validate says which setting is wrong.
func (s Schedule) Validate() error {
	_, err := s.Plan()
	return err
}
