// Package wholefile writes files that are never seen half written under their
// name: until all of a file is safely on disk, what had the name before has it.
package wholefile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Suffix ends the names of files that are not complete.
const Suffix = ".partial"

// maxBase is how much of a file's name goes into that of the incomplete one, whose
// length systems limit.
const maxBase = 200

// File is a file that is being written. It has a name of its own beside the one it
// is to get, "<name>.<number>.partial", and only its owner may read it.
type File struct {
	f       *os.File
	target  string
	written int64
	ended   bool
}

var _ io.Writer = (*File)(nil)

// Create begins to write the file that is to have the name path. Nothing happens
// to the file that has it now before [File.Commit]. A symbolic link stays one: the
// file it leads to is the one that is replaced. The caller must call Discard or
// Commit.
func Create(path string) (*File, error) {
	target, err := Target(path)
	if err != nil {
		return nil, err
	}
	base := filepath.Base(target)
	f, err := os.CreateTemp(filepath.Dir(target), base[:min(len(base), maxBase)]+".*"+Suffix) // makes it 0600
	if err != nil {
		return nil, err
	}
	return &File{f: f, target: target}, nil
}

// Target is the file that writing to path replaces or makes: where a symbolic link
// leads. It fails where no file can be put: a folder, a device, or a link to
// nowhere.
func Target(path string) (string, error) {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return path, nil
	case err != nil:
		return "", err
	case info.Mode()&fs.ModeSymlink != 0:
		if path, err = filepath.EvalSymlinks(path); err != nil {
			return "", fmt.Errorf("it is a symbolic link that leads nowhere; remove it or choose another name: %w", err)
		}
		if info, err = os.Stat(path); err != nil {
			return "", err
		}
	}
	if !info.Mode().IsRegular() {
		return "", fmt.Errorf("%s is no regular file; choose another name", path)
	}
	return path, nil
}

// Write appends to the file.
func (f *File) Write(p []byte) (int, error) {
	n, err := f.f.Write(p)
	f.written += int64(n)
	return n, err
}

// Written is how many bytes the file has so far.
func (f *File) Written() int64 { return f.written }

// Commit puts what was written on disk and gives it its name in one step: after a
// crash there is the file of before or the new one. When it fails before that, the
// file of before is as it was, and nothing of the new one is left.
func (f *File) Commit() error {
	if f.ended {
		return os.ErrClosed
	}
	if err := f.f.Sync(); err != nil {
		return errors.Join(err, f.Discard())
	}
	f.ended = true
	if err := f.f.Close(); err != nil {
		return errors.Join(err, os.Remove(f.f.Name()))
	}
	if err := os.Rename(f.f.Name(), f.target); err != nil {
		return errors.Join(err, os.Remove(f.f.Name()))
	}
	if err := syncDir(filepath.Dir(f.target)); err != nil {
		return fmt.Errorf("%s is written, but may not survive a crash: %w", f.target, err)
	}
	return nil
}

// Discard removes what was written. After Commit it does nothing.
func (f *File) Discard() error {
	if f.ended {
		return nil
	}
	f.ended = true
	return errors.Join(f.f.Close(), os.Remove(f.f.Name()))
}

// Write puts b into the file at path in one step. It is readable by its owner only,
// as is a folder that has to be made for it.
func Write(path string, b []byte) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := Create(path)
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return errors.Join(err, f.Discard())
	}
	return f.Commit()
}
