package source

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"sluice/places"
	"sluice/wholefile"
)

// Prefs is everything that the window remembers between two starts.
type Prefs struct {
	Version int    `json:"version"`
	Theme   string `json:"theme,omitempty"` // "light", "dark" or "" for as the desktop is
	Chosen  string `json:"chosen,omitempty"`
	Sources List   `json:"sources,omitempty"`
	// Recent are the paths of the files that were opened last, the last first.
	Recent []string `json:"recent,omitempty"`
}

// Clone returns a copy that shares nothing with p.
func (p Prefs) Clone() Prefs {
	p.Sources = slices.Clone(p.Sources)
	for i := range p.Sources {
		p.Sources[i] = p.Sources[i].clone()
	}
	p.Recent = slices.Clone(p.Recent)
	return p
}

// mostRecent is how many files are remembered.
const mostRecent = 8

// Opened returns the recent files after one more was opened.
func (p Prefs) Opened(path string) []string {
	list := append([]string{path}, slices.DeleteFunc(slices.Clone(p.Recent), func(s string) bool { return s == path })...)
	return list[:min(len(list), mostRecent)]
}

const prefsVersion = 1

// Store is the file in which the window remembers its sources. It is readable
// by its owner only, and is replaced in one step.
type Store struct{ path string }

// NewStore returns the store in a file; folders are created when it is written.
func NewStore(path string) *Store { return &Store{path: path} }

// DefaultPath is the file in the user's configuration folder.
func DefaultPath() (string, error) {
	dir, err := places.Config()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "window.json"), nil
}

// Path is where the file lies.
func (s *Store) Path() string { return s.path }

// Load reads the file. A file that does not exist is an empty list. A file that
// cannot be understood is set aside under a name that ends in .broken, so that
// nothing is lost, and the error says so.
func (s *Store) Load() (Prefs, error) {
	b, err := os.ReadFile(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return Prefs{Version: prefsVersion}, nil
	}
	if err != nil {
		return Prefs{Version: prefsVersion}, fmt.Errorf("read the list of sources: %w", err)
	}
	var p Prefs
	err = json.Unmarshal(b, &p)
	if err == nil {
		err = p.Sources.Validate()
	}
	if err == nil && p.Version > prefsVersion {
		err = fmt.Errorf("it was written by a newer Sluice")
	}
	if err != nil {
		aside := s.path + ".broken"
		if renameErr := os.Rename(s.path, aside); renameErr != nil {
			return Prefs{Version: prefsVersion}, fmt.Errorf("read the list of sources %s: %w", s.path, errors.Join(err, renameErr))
		}
		return Prefs{Version: prefsVersion}, fmt.Errorf("read the list of sources: %w; the file was kept as %s, and the list starts empty", err, aside)
	}
	p.Version = prefsVersion
	return p, nil
}

// Save replaces the file in one step: a crash leaves the old one or the new one.
func (s *Store) Save(p Prefs) error {
	p.Version = prefsVersion
	b, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return fmt.Errorf("write the list of sources: %w", err)
	}
	if err := wholefile.Write(s.path, append(b, '\n')); err != nil {
		return fmt.Errorf("write the list of sources: %w", err)
	}
	return nil
}
