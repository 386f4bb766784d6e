// Package disk is the file system as the jobs of a home use it: few operations,
// each of which a test can let fail at any call. What is created belongs to its
// owner alone: files have permissions 0600, folders 0700.
package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"sluice/private"
	"sluice/wholefile"
	"sluice/wording"
)

// Disk is where the folders and files of jobs are made. Its methods may be called
// from any goroutine. Errors are those of package os, so that errors.Is finds
// fs.ErrExist, syscall.ENOSPC and the like.
type Disk interface {
	// Create makes a file for writing that did not exist.
	Create(path string) (File, error)
	// Continue opens a file that exists for writing behind its first size bytes;
	// what came after them is cut off.
	Continue(path string, size int64) (File, error)
	// Mkdir makes a folder that did not exist.
	Mkdir(path string) error
	// MkdirAll makes a folder and those above it, unless they exist.
	MkdirAll(path string) error
	// Chmod sets the permissions of what is at path.
	Chmod(path string, mode fs.FileMode) error
	// Rename gives a file another name; a file of that name is replaced.
	Rename(from, to string) error
	// Link gives a file a second name, which must not be taken.
	Link(from, to string) error
	// Remove removes a file or an empty folder.
	Remove(path string) error
	// RemoveAll removes a folder with all that is in it, if it exists.
	RemoveAll(path string) error
	// Stat tells what is at path. It does not follow a link.
	Stat(path string) (fs.FileInfo, error)
	// SyncDir makes the names in a folder durable.
	SyncDir(path string) error
}

// File is a file that is being written.
type File interface {
	io.Writer
	// WriteAt writes over what was written before, which takes no more room.
	io.WriterAt
	// Sync returns when all that was written is on disk.
	Sync() error
	Close() error
	// StartWriteback asks the system to begin with writing a piece of the file to
	// disk, so that Sync finds little left to do. It does not wait, and it is a
	// hint: what goes wrong comes up in Sync.
	StartWriteback(offset, length int64)
}

// Real is the file system of the machine.
type Real struct{}

var _ Disk = Real{}

// Create makes a file; an existing one is an error that wraps fs.ErrExist.
func (Real) Create(path string) (File, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	return realFile{f}, nil
}

// Continue opens a file; one that is shorter is an error that wraps
// io.ErrUnexpectedEOF.
func (Real) Continue(path string, size int64) (_ File, err error) {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close())
		}
	}()
	end, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	if end < size {
		return nil, wording.Errorf("go on with %s behind %d bytes: it has %d: %w", path, size, end, io.ErrUnexpectedEOF)
	}
	if err := f.Truncate(size); err != nil {
		return nil, err
	}
	if _, err := f.Seek(size, io.SeekStart); err != nil {
		return nil, err
	}
	return realFile{f}, nil
}

// Mkdir makes a folder whose owner alone has rights to it, on Windows too.
func (Real) Mkdir(path string) error {
	if err := os.Mkdir(path, 0o700); err != nil {
		return err
	}
	return private.Restrict(path)
}

func (Real) MkdirAll(path string) error { return os.MkdirAll(path, 0o700) }

// Chmod sets the permissions. On Windows, where they tell nothing, it takes the
// rights of others away.
func (Real) Chmod(path string, mode fs.FileMode) error {
	if err := os.Chmod(path, mode); err != nil {
		return err
	}
	return private.Restrict(path)
}

func (Real) Rename(from, to string) error          { return os.Rename(from, to) }
func (Real) Link(from, to string) error            { return os.Link(from, to) }
func (Real) Remove(path string) error              { return os.Remove(path) }
func (Real) RemoveAll(path string) error           { return os.RemoveAll(path) }
func (Real) Stat(path string) (fs.FileInfo, error) { return os.Lstat(path) }
func (Real) SyncDir(path string) error             { return wholefile.SyncDir(path) }

type realFile struct{ *os.File }

func (f realFile) StartWriteback(offset, length int64) { StartWriteback(f.File, offset, length) }
