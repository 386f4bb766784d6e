package extsort

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Spool is a file of its own that nobody else can open, written at its end and read
// anywhere. It has no name, where the system allows that, so that nothing is left of it
// whatever happens. The zero value is no spool.
type Spool struct {
	dir  string
	file *os.File
	size int64
}

// NewSpool returns a spool in folder dir, which is made when the first byte is written.
func NewSpool(dir string) *Spool { return &Spool{dir: dir} }

// SpoolError says that a spool cannot be written.
type SpoolError struct {
	Dir string
	Err error
}

func (e *SpoolError) Error() string {
	return fmt.Sprintf("what is sorted does not fit into memory, and cannot be put aside in %s; make room there, or set XDG_CACHE_HOME to a folder of another disk: %v", e.Dir, e.Err)
}

func (e *SpoolError) Unwrap() error { return e.Err }

// Write appends p.
func (s *Spool) Write(p []byte) (int, error) {
	if err := s.open(); err != nil {
		return 0, err
	}
	n, err := s.file.WriteAt(p, s.size)
	s.size += int64(n)
	if err != nil {
		return n, &SpoolError{s.dir, err}
	}
	return n, nil
}

// open makes the file, unless there is one.
func (s *Spool) open() error {
	if s.file != nil {
		return nil
	}
	if err := s.create(); err != nil {
		return &SpoolError{s.dir, err}
	}
	return nil
}

func (s *Spool) create() error {
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(s.dir, "sorted-*.partial") // mode 0600
	if err != nil {
		return err
	}
	_ = os.Remove(f.Name()) // Close removes it where an open file keeps its name
	s.file = f
	return nil
}

// ReadAt reads what was written.
func (s *Spool) ReadAt(p []byte, off int64) (int, error) { return s.file.ReadAt(p, off) }

// readSpool fills p from off on, where so much was written.
func readSpool(s *Spool, p []byte, off int64) (int, error) {
	n, err := s.ReadAt(p, off)
	if n < len(p) {
		return n, errors.Join(errSpool, notEOF(err))
	}
	return n, nil
}

// Size is how much was written.
func (s *Spool) Size() int64 { return s.size }

// Reset makes the spool empty, and gives its room on the disk back.
func (s *Spool) Reset() error {
	if s.file == nil {
		return nil
	}
	s.size = 0
	return s.file.Truncate(0)
}

// Close removes the spool.
func (s *Spool) Close() error {
	if s.file == nil {
		return nil
	}
	f := s.file
	s.file = nil
	err := f.Close()
	if rerr := os.Remove(f.Name()); rerr != nil && !errors.Is(rerr, fs.ErrNotExist) {
		err = errors.Join(err, rerr)
	}
	return err
}
