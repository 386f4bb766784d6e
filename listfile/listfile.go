// Package listfile is a JSON file with a list of settings that windows and command lines
// share: its version is one that is known, a key that means nothing is an error and is
// not passed over, one process at a time changes it, and it is replaced in one step, for
// its owner only.
//
//	f := listfile.File{Path: path, Kind: formats.Sources, Element: "source"}
//	err := f.Read(&written)
package listfile

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"time"

	"github.com/gofrs/flock"

	"sluice/formats"
	"sluice/wholefile"
	"sluice/wording"
)

// lockTimeout is how long a change waits for another process that changes the file.
const lockTimeout = 10 * time.Second

// ErrBroken is wrapped by the error for a file that was read and cannot be understood.
var ErrBroken = wording.New("it cannot be understood")

// File is such a file.
type File struct {
	Path    string
	Kind    formats.Kind
	Element string // what one of its list is called: "source"
}

// Read reads the file into a struct whose fields have names of JSON. The error is
// fs.ErrNotExist, in the sense of errors.Is, if there is none; it does not name the file.
func (f File) Read(into any) error {
	b, err := os.ReadFile(f.Path)
	if err != nil {
		return withoutPath(err)
	}
	if err := f.Kind.CheckJSON(b); err != nil {
		return err
	}
	if err := json.Unmarshal(b, into); err != nil {
		return Broken(b, err)
	}
	return f.checkKeys(b, reflect.TypeOf(into).Elem())
}

// Lock keeps others from changing the file until unlock is called. Folders are created.
// The error does not name the file.
func (f File) Lock() (unlock func(), err error) {
	if err := os.MkdirAll(filepath.Dir(f.Path), 0o700); err != nil {
		return nil, err
	}
	// The file that is locked stays: taking it away would let two in.
	l := flock.New(f.Path+".lock", flock.SetPermissions(0o600))
	const look = 5 * time.Millisecond
	for ends := time.Now().Add(lockTimeout); ; time.Sleep(look) {
		held, err := l.TryLock()
		switch {
		case err != nil:
			return nil, err
		case held:
			return func() { _ = l.Unlock() }, nil // the end of the process would, too
		case time.Now().After(ends):
			return nil, wording.New("another Sluice is changing it: try again")
		}
	}
}

// Write replaces the file with v as JSON. Call it while the file is locked: what processes
// that were killed have left of it goes.
func (f File) Write(v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	if err := wholefile.RemoveStale(f.Path, 0); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return wholefile.Write(f.Path, append(b, '\n'))
}

// Writable says why the file cannot be written, if it cannot: by writing as much beside it as it
// holds, which goes again.
func (f File) Writable() error {
	unlock, err := f.Lock()
	if err != nil {
		return err
	}
	defer unlock()
	b, err := os.ReadFile(f.Path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return withoutPath(err)
	}
	part, err := wholefile.Create(f.Path)
	if err != nil {
		return err
	}
	_, err = part.Write(append(b, '\n'))
	return errors.Join(err, part.Discard())
}

// withoutPath leaves the path out of an error that stands beside it.
func withoutPath(err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}
