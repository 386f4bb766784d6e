package jobfiles

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// Set is the files of a job that is being written.
type Set struct {
	ctx     context.Context
	dir     string
	jobID   int64
	started time.Time
	names   []string
	create  func(path string) (file, error)

	mu      sync.Mutex
	writers []*writer // in the order of names; nil before Open

	commit     commitPoint
	committing sync.WaitGroup
}

// Create makes the folder dir for a job, which must not exist; its parent must.
// The names are the files of the job in their documented order. When ctx ends,
// writing stops and the files stay partial.
func Create(ctx context.Context, dir string, jobID int64, started time.Time, names []string) (*Set, error) {
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, fmt.Errorf("create the folder of job %d: %w", jobID, err)
	}
	if err := syncDir(filepath.Dir(dir)); err != nil {
		return nil, fmt.Errorf("create the folder of job %d: %w", jobID, err)
	}
	return &Set{
		ctx: ctx, dir: dir, jobID: jobID, started: started, names: names,
		create: createFile, writers: make([]*writer, len(names)),
	}, nil
}

// Open begins a file of the set. Its Write takes over what it is given before it
// returns, and may be called from one goroutine at a time; different files may be
// written at once.
func (s *Set) Open(name string) (io.WriteCloser, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.Index(s.names, name)
	if i < 0 {
		return nil, fmt.Errorf("open file %q: an export has the files %q", name, s.names)
	}
	if s.writers[i] != nil {
		return nil, fmt.Errorf("open file %q: it was opened before", name)
	}
	path := filepath.Join(s.dir, FileName(name, s.jobID, s.started)+PartialSuffix)
	f, err := s.create(path)
	if err != nil {
		return nil, fmt.Errorf("create file: %w", err)
	}
	s.writers[i] = newWriter(s.ctx, name, path, f)
	return s.writers[i], nil
}

// Written is a complete file of a Set.
type Written struct {
	Name   string
	File   string // its final name in the folder
	Bytes  int64
	SHA256 string // hexadecimal
}

// Wait waits until every file is complete, and returns the files in their
// order. When ctx ends before, it returns the cause at once; what the disk is
// still busy with ends by itself and stays partial.
func (s *Set) Wait(ctx context.Context) ([]Written, error) {
	s.mu.Lock()
	writers := slices.Clone(s.writers)
	s.mu.Unlock()
	written := make([]Written, len(writers))
	for i, w := range writers {
		if w == nil || !w.closed {
			return nil, fmt.Errorf("file %s was not written to its end", s.names[i])
		}
		select {
		case <-w.done:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
		if w.err != nil {
			return nil, w.err
		}
		written[i] = Written{Name: w.name, File: filepath.Base(w.finalPath()), Bytes: w.bytes, SHA256: w.sum}
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
