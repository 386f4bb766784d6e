package resumetest

import (
	"sync/atomic"

	"sluice/localexport/disk"
)

// stumbling is a disk that calls hit at its nth change and at every later one.
type stumbling struct {
	disk.Real
	left *atomic.Int64
	hit  func() error
}

func stumblingAt(n int64, hit func() error) stumbling {
	s := stumbling{left: new(atomic.Int64), hit: hit}
	s.left.Store(n)
	return s
}

func (s stumbling) step() error {
	if s.left.Add(-1) >= 0 {
		return nil
	}
	return s.hit()
}

func (s stumbling) file(f disk.File, err error) (disk.File, error) {
	if err != nil {
		return nil, err
	}
	return stumblingFile{f, s}, nil
}

func (s stumbling) Create(path string) (disk.File, error) {
	if err := s.step(); err != nil {
		return nil, err
	}
	return s.file(s.Real.Create(path))
}

func (s stumbling) Continue(path string, size int64) (disk.File, error) {
	if err := s.step(); err != nil {
		return nil, err
	}
	return s.file(s.Real.Continue(path, size))
}

func (s stumbling) Mkdir(path string) error {
	if err := s.step(); err != nil {
		return err
	}
	return s.Real.Mkdir(path)
}

func (s stumbling) Rename(from, to string) error {
	if err := s.step(); err != nil {
		return err
	}
	return s.Real.Rename(from, to)
}

func (s stumbling) Remove(path string) error {
	if err := s.step(); err != nil {
		return err
	}
	return s.Real.Remove(path)
}

func (s stumbling) SyncDir(path string) error {
	if err := s.step(); err != nil {
		return err
	}
	return s.Real.SyncDir(path)
}

type stumblingFile struct {
	disk.File
	s stumbling
}

// Write writes half of what it is given when it fails, as a full disk does.
func (f stumblingFile) Write(b []byte) (int, error) {
	if err := f.s.step(); err != nil {
		n, _ := f.File.Write(b[:len(b)/2])
		return n, err
	}
	return f.File.Write(b)
}

func (f stumblingFile) Sync() error {
	if err := f.s.step(); err != nil {
		return err
	}
	return f.File.Sync()
}
