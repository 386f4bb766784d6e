package jobfiles

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// DamageError is a file that is no longer what was recorded of it.
type DamageError struct {
	Path string
	What string // "has 5 bytes, 7 were recorded"
}

func (e *DamageError) Error() string { return fmt.Sprintf("file %s is damaged: %s", e.Path, e.What) }

// kept is what there is of a file already.
func (s *Set) kept(name string) (KeptFile, bool) {
	if s.Resume == nil {
		return KeptFile{}, false
	}
	s.keeping.Lock()
	defer s.keeping.Unlock()
	i := slices.IndexFunc(s.Resume.Files, func(f KeptFile) bool { return f.Name == name })
	if i < 0 {
		return KeptFile{}, false
	}
	return s.Resume.Files[i], true
}

// takeOver writes the record of the new folder, which then owns the files that it
// names, removes those of the folders that they come from, and moves the files. An
// interruption at any point leaves a record that finds every file. What else lies there goes.
func (s *Set) takeOver() error {
	folders := map[string]bool{}
	for _, folder := range s.Resume.from {
		folders[folder] = true
	}
	for i, k := range s.Resume.Files {
		s.Resume.Files[i].File = FileName(k.Name, s.JobID, s.Started)
		if k.Origin != "" {
			folders[filepath.Join(filepath.Dir(s.Dir), filepath.Dir(filepath.FromSlash(k.Origin)))] = true
		}
	}
	if err := putResume(s.Disk, s.Dir, *s.Resume); err != nil {
		return err
	}
	if err := s.Disk.SyncDir(s.Dir); err != nil {
		return err
	}
	for folder := range folders {
		if err := s.Disk.Remove(filepath.Join(folder, ResumeName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	for i, k := range s.Resume.Files {
		from, err := k.Path(s.Dir)
		if err != nil {
			return err
		}
		if err := s.Disk.Rename(from, filepath.Join(s.Dir, k.File+PartialSuffix)); err != nil {
			return err
		}
		s.Resume.Files[i].Origin = ""
	}
	if err := s.Disk.SyncDir(s.Dir); err != nil {
		return err
	}
	for folder := range folders {
		s.clear(folder)
	}
	return nil
}

// clear removes what a job has left that another goes on with, and that is of no use for
// that: files of which nothing was safely on disk. They only take room: what cannot be
// removed is for who cleans the home.
func (s *Set) clear(folder string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, e := range entries {
		if e.Type().IsRegular() && strings.HasSuffix(e.Name(), PartialSuffix) {
			_ = s.Disk.Remove(filepath.Join(folder, e.Name()))
		}
	}
	if left, err := os.ReadDir(folder); err == nil && len(left) == 0 {
		_ = s.Disk.Remove(folder)
	}
}

// From is the record for a job that goes on with the files of this one in the
// folder dir. The folders before it are of jobs that this one has gone on with: one
// that was killed in that moment has left their records.
func (r Resume) From(dir string, before ...string) Resume {
	r.Files, r.from = slices.Clone(r.Files), append([]string{dir}, before...)
	for i, k := range r.Files {
		elsewhere := k
		elsewhere.Origin = ""
		if _, err := elsewhere.Path(dir); err == nil || k.Origin == "" { // else it was not moved before the interruption
			r.Files[i].Origin = path.Join(filepath.Base(dir), k.File)
		}
	}
	return r
}

// Verify reads the first bytes of a file that was kept and compares them with
// their checksum. The error is a *DamageError, or wraps fs.ErrNotExist. step is
// told how many bytes were read, every now and then. A Set that takes the file over
// does not read it again.
func (k *KeptFile) Verify(ctx context.Context, dir string, step func(int64)) error {
	path, err := k.Path(dir)
	if err != nil {
		return err
	}
	k.hash, err = hashOf(ctx, path, *k, step)
	return err
}

// hashOf is the hash of the kept bytes of a file, which are the same as ever.
func hashOf(ctx context.Context, path string, k KeptFile, step func(int64)) (hash.Hash, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	h := sha256.New()
	b := make([]byte, bufferSize)
	for left := k.Bytes; left > 0; {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		n, err := f.Read(b[:min(left, int64(len(b)))])
		h.Write(b[:n])
		left -= int64(n)
		if errors.Is(err, io.EOF) && left > 0 {
			return nil, &DamageError{path, fmt.Sprintf("it has %d bytes, %d were recorded", k.Bytes-left, k.Bytes)}
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if step != nil {
			step(int64(n))
		}
	}
	if hex.EncodeToString(h.Sum(nil)) != k.SHA256 {
		return nil, &DamageError{path, fmt.Sprintf("its first %d bytes do not have the checksum that was recorded", k.Bytes)}
	}
	return h, nil
}
