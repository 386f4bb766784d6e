package jobfiles

import (
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"sluice/localexport/disk"
	"sluice/wording"
)

// Spec says which files a Set has and where.
type Spec struct {
	Disk    disk.Disk // nil: the machine's
	Dir     string    // the folder of the job
	JobID   int64
	Started time.Time
	Names   []string // in their documented order
	// Optional are files that belong to the job only if they are opened. They
	// come behind the others.
	Optional []string

	// Resume, if not nil, is the record that is kept while the files are written,
	// so that they can be gone on with. The files that it names are there already:
	// they are taken over and written on.
	Resume *Resume
	// Every is how often the record is kept; zero means DefaultInterval.
	Every Interval
	// Warn is told what goes wrong with the record; nil: nobody.
	Warn func(message string, err error)
}

// Set is the files of a job that is being written.
type Set struct {
	Spec
	ctx   context.Context
	names []string // Names and Optional

	mu      sync.Mutex
	writers []*Writer // in the order of names; nil before Open

	commit     commitPoint
	committing sync.WaitGroup

	keeping   sync.Mutex // guards Resume and its file
	forgotten bool
}

// Create makes the folder of a job, which must not exist; its parent must. When
// ctx ends, writing stops and the files stay partial.
func Create(ctx context.Context, spec Spec) (*Set, error) {
	if spec.Disk == nil {
		spec.Disk = disk.Real{}
	}
	if err := spec.Disk.Mkdir(spec.Dir); err != nil {
		return nil, wording.Errorf("create the folder of job %d: %w", spec.JobID, err)
	}
	if err := spec.Disk.SyncDir(filepath.Dir(spec.Dir)); err != nil {
		return nil, wording.Errorf("create the folder of job %d: %w", spec.JobID, err)
	}
	names := slices.Concat(spec.Names, spec.Optional)
	s := &Set{Spec: spec, ctx: ctx, names: names, writers: make([]*Writer, len(names))}
	if s.Resume != nil {
		if err := s.takeOver(); err != nil {
			return nil, wording.Errorf("go on in the folder of job %d: %w", spec.JobID, err)
		}
	}
	return s, nil
}

// Open begins a file of the set. Its Write takes over what it is given before it
// returns, and may be called from one goroutine at a time; different files may be
// written at once.
func (s *Set) Open(name string) (*Writer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.Index(s.names, name)
	if i < 0 {
		return nil, wording.Errorf("open file %q: an export has the files %q", name, s.names)
	}
	if s.writers[i] != nil {
		return nil, wording.Errorf("open file %q: it was opened before", name)
	}
	w := &Writer{
		ctx: s.ctx, name: name, path: filepath.Join(s.Dir, FileName(name, s.JobID, s.Started)+PartialSuffix), hash: sha256.New(),
		every: s.Every.orDefault(),
	}
	if s.Resume != nil {
		w.record = s.keep
	}
	if err := s.openFile(w); err != nil {
		return nil, err
	}
	s.writers[i] = w
	w.start()
	return w, nil
}

// openFile creates the file of a writer, or opens it to go on with it.
func (s *Set) openFile(w *Writer) (err error) {
	kept, ok := s.kept(w.name)
	if !ok {
		if w.file, err = s.Disk.Create(w.path); err != nil {
			return wording.Errorf("create file: %w", err)
		}
		return nil
	}
	if w.hash = kept.hash; w.hash == nil {
		if w.hash, err = hashOf(s.ctx, w.path, kept, nil); err != nil {
			return wording.Errorf("go on with the file: %w", err)
		}
	}
	if w.file, err = s.Disk.Continue(w.path, kept.Bytes); err != nil {
		return wording.Errorf("go on with file: %w", err)
	}
	w.bytes, w.from = kept.Bytes, kept.State
	if kept.Whole {
		w.whole = kept.State
	}
	return nil
}

// Written is a complete file of a Set.
type Written struct {
	Name   string
	File   string // its final name in the folder
	Bytes  int64
	SHA256 string // hexadecimal
}

// Wait waits until every file is written to its end and on disk, and returns the
// files in their order. They keep their partial names until Commit. When ctx ends
// before, it returns the cause at once; what the disk is still busy with ends by
// itself.
func (s *Set) Wait(ctx context.Context) ([]Written, error) {
	s.mu.Lock()
	writers := slices.Clone(s.writers)
	s.mu.Unlock()
	written := make([]Written, 0, len(writers))
	for i, w := range writers {
		if w == nil && i >= len(s.Names) {
			continue
		}
		if w == nil || !w.committed {
			return nil, wording.Errorf("file %s was not written to its end", s.names[i])
		}
		select {
		case <-w.done:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
		if w.err != nil {
			return nil, w.err
		}
		written = append(written, Written{Name: w.name, File: filepath.Base(w.finalPath()), Bytes: w.bytes, SHA256: w.sum})
	}
	return written, nil
}

// Settle waits until no goroutine of the set works any more, or ctx ends. It is
// for the end of a job that was cancelled, and reports whether all is quiet.
func (s *Set) Settle(ctx context.Context) bool {
	s.mu.Lock()
	writers := slices.Clone(s.writers)
	s.mu.Unlock()
	quiet := make(chan struct{})
	go func() {
		defer close(quiet)
		for _, w := range writers {
			if w != nil {
				<-w.done
			}
		}
		s.committing.Wait()
	}()
	select {
	case <-quiet:
		return true
	case <-ctx.Done():
		return false
	}
}

// nameFiles gives every file of the set its final name: all of them, or none as
// far as the disk allows.
func (s *Set) nameFiles() error {
	for i, w := range s.writers {
		if w == nil {
			continue
		}
		if err := s.Disk.Rename(w.path, w.finalPath()); err != nil {
			return errors.Join(err, s.unnameFiles(i+1))
		}
	}
	return nil
}

// unnameFiles makes the first n files of the set partial again, as far as they
// have their names.
func (s *Set) unnameFiles(n int) error {
	var errs []error
	for _, w := range s.writers[:n] {
		if w == nil {
			continue
		}
		if err := s.Disk.Rename(w.finalPath(), w.path); !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
