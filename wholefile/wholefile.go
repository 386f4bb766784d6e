// Package wholefile writes files that are never seen half written under their
// name: until all of a file is safely on disk, what had the name before has it.
package wholefile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"sluice/wording"
)

// Suffix ends the names of files that are not complete.
const Suffix = ".partial"

// maxBase is how much of a file's name goes into that of the incomplete one, whose
// length systems limit.
const maxBase = 200

// File is a file that is being written. It has a name of its own beside the one it
// is to get, and only its owner may read it.
type File struct {
	f       *os.File
	target  string
	written int64
	ahead   bool
	sent    int64 // of those written, the bytes that are on their way to the disk
	ended   bool
}

var _ io.Writer = (*File)(nil)

// ErrReplaced is matched by the error of Commit if another file has the name of the
// incomplete one by now: somebody else writes the same.
var ErrReplaced = wording.New("it was replaced while it was being written: is another run at work?")

// Create begins to write the file that is to have the name path; until then it is
// "<name>.<number>.partial", so that several may be written at once. Nothing happens
// to the file that has the name now before [File.Commit]. A symbolic link stays one:
// the file it leads to is the one that is replaced. The caller must call Discard or
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

// Claim is Create for a file that one run at a time may write: until it is complete its
// name is path + [Suffix], and an error that matches fs.ErrExist says that there is such
// a file, of another run or of one that was killed. What has the name path is replaced,
// also if it is a symbolic link.
func Claim(path string) (*File, error) {
	f, err := os.OpenFile(path+Suffix, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	return &File{f: f, target: path}, nil
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
			return "", wording.Errorf("it is a symbolic link that leads nowhere; remove it or choose another name: %w", err)
		}
		if info, err = os.Stat(path); err != nil {
			return "", err
		}
	}
	if !info.Mode().IsRegular() {
		return "", wording.Errorf("%s is no regular file; choose another name", path)
	}
	return path, nil
}

// Write appends to the file.
func (f *File) Write(p []byte) (int, error) {
	n, err := f.f.Write(p)
	f.written += int64(n)
	if f.ahead && f.written-f.sent >= sendEvery {
		send(f.f, f.sent, f.written-f.sent)
		f.sent = f.written
	}
	return n, err
}

// sendEvery is how many bytes are sent to the disk together.
const sendEvery = 8 << 20

// Ahead has the system put on disk what is written from now on while more is written,
// where it can do that: Commit then waits for the last of it only. It is for files that
// are nearly always committed.
func (f *File) Ahead() { f.ahead, f.sent = true, f.written }

// Written is how many bytes were written with Write so far.
func (f *File) Written() int64 { return f.written }

// Name is the name that the file has until Commit.
func (f *File) Name() string { return f.f.Name() }

// OS is the open file, for who writes it in another way than from front to back.
func (f *File) OS() *os.File { return f.f }

// Commit puts what was written on disk and gives it its name in one step: after a
// crash there is the file of before or the new one. When it fails before that, the
// file of before is as it was, and nothing of the new one is left.
func (f *File) Commit() error {
	if f.ended {
		return os.ErrClosed
	}
	if err := calls.sync(f.f); err != nil {
		return errors.Join(err, f.Discard())
	}
	if !Has(f.f, f.f.Name()) {
		return errors.Join(wording.Errorf("%s: %w", f.f.Name(), ErrReplaced), f.Discard())
	}
	f.ended = true
	if err := calls.close(f.f); err != nil {
		return errors.Join(err, os.Remove(f.f.Name()))
	}
	err := Rename(f.f.Name(), f.target)
	if err != nil && !errors.Is(err, ErrNotDurable) {
		err = errors.Join(err, os.Remove(f.f.Name()))
	}
	return err
}

// Discard removes what was written, unless another file has its name. After Commit it
// does nothing.
func (f *File) Discard() error {
	if f.ended {
		return nil
	}
	f.ended = true
	ours := Has(f.f, f.f.Name())
	err := f.f.Close()
	if ours {
		err = errors.Join(err, os.Remove(f.f.Name()))
	}
	return err
}

// Has reports whether the open file has the name: another may have been put there.
func Has(f *os.File, name string) bool {
	opened, err := f.Stat()
	if err != nil {
		return false
	}
	named, err := os.Lstat(name)
	return err == nil && os.SameFile(opened, named)
}

// ErrNotDurable is matched by the error of Rename and Commit if the file has its name,
// and may lose it by a crash.
var ErrNotDurable = wording.New("it is written, but may not survive a crash")

// Rename gives what is safely on disk its name, a file or a folder, and makes that
// durable. An error that matches ErrNotDurable says that the second has failed; after
// any other, all is as it was.
func Rename(from, to string) error {
	if err := calls.rename(from, to); err != nil {
		return err
	}
	if err := SyncDir(filepath.Dir(to)); err != nil {
		return wording.Errorf("%s: %w: %w", to, ErrNotDurable, err)
	}
	return nil
}

// SyncDir makes the names in a folder durable, where the file system can do that.
func SyncDir(path string) error { return calls.syncDir(path) }

// calls are what the system is asked for, which tests let fail.
var calls = struct {
	sync, close func(*os.File) error
	rename      func(from, to string) error
	syncDir     func(path string) error
}{(*os.File).Sync, (*os.File).Close, os.Rename, syncDir}

// staleAfter is how old an incomplete file of Write is that nobody writes any more.
const staleAfter = time.Hour

// Write puts b into the file at path in one step. It is readable by its owner only,
// as is a folder that has to be made for it. What a run that was killed has left of it
// long ago goes.
func Write(path string, b []byte) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	_ = RemoveStale(path, staleAfter) // it only takes room
	f, err := Create(path)
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return errors.Join(err, f.Discard())
	}
	return f.Commit()
}
