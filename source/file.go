package source

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"sluice/formats"
	"sluice/places"
	"sluice/wholefile"
)

// fileName is the file with the list, in the folder for settings.
const fileName = "sources.json"

// lockTimeout is how long a change waits for another process that changes the list.
const lockTimeout = 10 * time.Second

// ErrBroken is wrapped by the error for a list that was read and cannot be understood.
var ErrBroken = errors.New("it cannot be understood")

// File is the file with the list of sources, which windows and command lines share. It
// is readable by its owner only, and is replaced in one step.
type File struct{ path string }

// NewFile returns the list in a file; folders are created when it is written.
func NewFile(path string) *File { return &File{path: path} }

// DefaultFile is the list in the user's configuration folder.
func DefaultFile() (*File, error) {
	dir, err := places.Config()
	if err != nil {
		return nil, err
	}
	return NewFile(filepath.Join(dir, fileName)), nil
}

// Path is where the file lies.
func (f *File) Path() string { return f.path }

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
		return nil, fmt.Errorf("read the list of sources %s: %w", f.path, err)
	}
	return l, nil
}

func (f *File) read() (List, error) {
	b, err := os.ReadFile(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return readWindow(filepath.Join(filepath.Dir(f.path), windowName))
	}
	if err != nil {
		return nil, withoutPath(err)
	}
	if err := formats.Sources.CheckJSON(b); err != nil {
		return nil, err
	}
	var w written
	if err := json.Unmarshal(b, &w); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if err := checkKeys(b); err != nil {
		return nil, err
	}
	if err := w.Sources.Validate(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
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
		return nil, fmt.Errorf("%s: %w: %w", path, ErrBroken, err)
	}
	return migrated(old.Sources, b)
}

// Update changes the list: change gets what the file holds now, and nobody else changes
// it until what change returns is written. An error of change leaves the file as it is.
func (f *File) Update(change func(List) (List, error)) error {
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return fmt.Errorf("write the list of sources: %w", err)
	}
	unlock, err := f.lock()
	if err != nil {
		return fmt.Errorf("write the list of sources %s: %w", f.path, err)
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
		return fmt.Errorf("write the list of sources: %w", err)
	}
	return f.write(next)
}

func (f *File) write(l List) error {
	b, err := json.MarshalIndent(written{formats.Sources.Known, l}, "", "  ")
	if err == nil {
		err = wholefile.Write(f.path, append(b, '\n'))
	}
	if err != nil {
		return fmt.Errorf("write the list of sources: %w", err)
	}
	return nil
}

// lock keeps others from changing the list. The file that is locked stays: taking it
// away would let two in.
func (f *File) lock() (unlock func(), err error) {
	l := flock.New(f.path+".lock", flock.SetPermissions(0o600))
	const look = 5 * time.Millisecond
	for ends := time.Now().Add(lockTimeout); ; time.Sleep(look) {
		held, err := l.TryLock()
		switch {
		case err != nil:
			return nil, err
		case held:
			return func() { _ = l.Unlock() }, nil // the end of the process would, too
		case time.Now().After(ends):
			return nil, errors.New("another Sluice is changing it: try again")
		}
	}
}

// SetAside gives a list that is not understood another name, so that nothing of it is
// lost and a new one can begin.
func (f *File) SetAside() (as string, err error) { return setAside(f.path) }

func setAside(path string) (as string, err error) {
	as = path + ".broken"
	return as, os.Rename(path, as)
}

// withoutPath leaves the path out of an error that stands beside it.
func withoutPath(err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}
