// Package intake takes in what is to be read at any place and comes as a stream: from a
// pipe, the standard input, a server.
package intake

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"sync"

	"sluice/diskspace"
	"sluice/figures"
	"sluice/wording"
)

// reserve is what a spool leaves free on its disk, and checkEvery how often that is
// looked at.
const (
	reserve    = 64 << 20
	checkEvery = 32 << 20
)

// Suffix ends the names of spools while they have one.
const Suffix = ".partial"

// Scratch makes a private file in a folder, which is made when it is missing. Where the
// system allows it the file has no name from then on, so that nothing is left of it
// whatever happens; elsewhere [Discard] removes it.
func Scratch(dir, pattern string) (*os.File, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(dir, pattern+Suffix) // mode 0600
	if err == nil {
		_ = os.Remove(f.Name())
	}
	return f, err
}

// Discard closes a file of [Scratch] and removes it.
func Discard(f *os.File) error {
	err := f.Close()
	if errors.Is(err, os.ErrClosed) {
		err = nil
	}
	if rerr := os.Remove(f.Name()); rerr != nil && !errors.Is(rerr, fs.ErrNotExist) {
		err = errors.Join(err, rerr)
	}
	return err
}

// Free is how many bytes a disk has room for, beside what is to be left free there.
func Free(dir string) (int64, error) {
	free, err := diskspace.Free(dir)
	return max(free-reserve, 0), err
}

// Room returns an error, a sentence, if a disk has no room for some bytes more.
func Room(dir string, bytes int64) error {
	free, err := diskspace.Free(dir)
	if err != nil || free >= bytes+reserve {
		return nil // what is not known is found out by writing
	}
	return wording.Errorf("there is no room for it in %s: %s are free, and %s are needed; set TMPDIR or XDG_CACHE_HOME to a place with more", dir, figures.Size(free), figures.Size(bytes+reserve))
}

// Spool is a private file with what a stream has given so far. It can be read at any
// place while it is written.
type Spool struct {
	dir  string
	file *os.File
	stop context.CancelCauseFunc
	// Expected is how many bytes will come, -1 if that is not known.
	Expected int64
	done     chan struct{}

	mu    sync.Mutex
	size  int64
	ended bool
	err   error         // why the stream has ended early
	grown chan struct{} // closed and replaced whenever there is more
	users int
}

// NewSpool begins to read r into a private file in dir. It reads until r ends, ctx ends,
// or Close. size is how much will come, -1 if that is not known. A spool closes r if r can
// be closed.
func NewSpool(ctx context.Context, dir string, r io.Reader, size int64) (*Spool, error) {
	file, err := Scratch(dir, "input-*")
	if err == nil {
		if err = Room(dir, max(size, 0)); err != nil {
			err = errors.Join(err, Discard(file))
		}
	}
	if err != nil {
		return nil, err
	}
	s := &Spool{dir: dir, file: file, done: make(chan struct{}), grown: make(chan struct{}), users: 1, Expected: size}
	ctx, s.stop = context.WithCancelCause(ctx)
	go s.fill(ctx, r)
	return s, nil
}

func (s *Spool) fill(ctx context.Context, r io.Reader) {
	defer close(s.done)
	if c, ok := r.(io.Closer); ok {
		defer c.Close()
	}
	in := Silent(ctx, r)
	buf := make([]byte, silentSize)
	size, unchecked := int64(0), int64(0)
	for {
		n, err := in.Read(buf)
		if n > 0 {
			if _, werr := s.file.WriteAt(buf[:n], size); werr != nil {
				s.end(wording.Errorf("what comes in cannot be kept in %s: %w", s.dir, werr))
				return
			}
			size += int64(n)
			s.tell(size)
		}
		if unchecked += int64(n); unchecked >= checkEvery && err == nil {
			unchecked, err = 0, Room(s.dir, 0)
		}
		switch {
		case err == io.EOF:
			s.end(nil)
			return
		case err != nil:
			s.end(err)
			return
		}
	}
}

func (s *Spool) tell(size int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.size = size
	close(s.grown)
	s.grown = make(chan struct{})
}

func (s *Spool) end(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended, s.err = true, err
	close(s.grown)
	s.grown = make(chan struct{})
}

// File is the file. It must not be closed.
func (s *Spool) File() *os.File { return s.file }

// Dir is where the file lies.
func (s *Spool) Dir() string { return s.dir }

// State is how many bytes there are, and whether no more will come; err says why not, if
// the stream has not come to its end.
func (s *Spool) State() (size int64, ended bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.size, s.ended, s.err
}

// Grown returns a channel that closes when there is more, or no more will come.
func (s *Spool) Grown() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.grown
}

// Stop ends the reading for a reason, which State tells then. What has come stays.
func (s *Spool) Stop(why error) { s.stop(why) }

// Share makes the spool be closed by one Close more.
func (s *Spool) Share() *Spool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users++
	return s
}

// Close ends the reading, when all who share the spool have closed it, and removes the
// file.
func (s *Spool) Close() error {
	s.mu.Lock()
	s.users--
	last := s.users == 0
	s.mu.Unlock()
	if !last {
		return nil
	}
	s.stop(context.Canceled)
	<-s.done
	return Discard(s.file)
}
