package groupby

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"sync"

	"sluice/wording"
)

// Scratch is a file for what does not fit in memory. Only its owner can read it, and it
// has no name where the system allows that; it is gone when it is closed.
type Scratch struct {
	dir string
	mu  sync.Mutex
	f   *os.File
	end int64
}

// NewScratch returns a scratch file in a folder; it is made when it is first written to.
func NewScratch(dir string) *Scratch { return &Scratch{dir: dir} }

// segment is a part of a scratch file.
type segment struct{ from, size int64 }

// write adds a piece of its own.
func (s *Scratch) write(b []byte) (segment, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.f == nil {
		if err := s.create(); err != nil {
			return segment{}, err
		}
	}
	at := segment{s.end, int64(len(b))}
	if _, err := s.f.WriteAt(b, at.from); err != nil {
		return at, wording.Errorf("the groups do not fit in memory, and cannot be written to %s; there must be room for them: %w", s.dir, err)
	}
	s.end += at.size
	return at, nil
}

func (s *Scratch) create() error {
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return wording.Errorf("make a folder for groups that do not fit in memory: %w", err)
	}
	f, err := os.CreateTemp(s.dir, "groups-*.partial") // mode 0600
	if err != nil {
		return wording.Errorf("make a file for groups that do not fit in memory: %w", err)
	}
	_ = os.Remove(f.Name()) // not on Windows, where close does
	s.f = f
	return nil
}

// Size is how much was written.
func (s *Scratch) Size() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.end
}

// Close closes and removes the file.
func (s *Scratch) Close() error {
	if s.f == nil {
		return nil
	}
	err := s.f.Close()
	if rerr := os.Remove(s.f.Name()); rerr != nil && !errors.Is(rerr, fs.ErrNotExist) {
		err = errors.Join(err, rerr)
	}
	return err
}

// reader reads segments, one behind the other, through a buffer of so many bytes at most.
func (s *Scratch) reader(segments []segment, most int) *bufio.Reader {
	parts, size := make([]io.Reader, len(segments)), int64(0)
	for i, at := range segments {
		parts[i] = io.NewSectionReader(s.f, at.from, at.size)
		size += at.size
	}
	return bufio.NewReaderSize(io.MultiReader(parts...), int(min(size, int64(most))))
}

// readPiece reads a piece that begins with its length, into room; ok is false at the end.
func readPiece(r *bufio.Reader, room []byte) (piece []byte, ok bool, err error) {
	size, err := readUvarint(r)
	if err == io.EOF {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, wording.Errorf("read groups back: %w", err)
	}
	if uint64(cap(room)) < size {
		room = make([]byte, size)
	}
	piece = room[:size]
	if _, err := io.ReadFull(r, piece); err != nil {
		return nil, false, wording.Errorf("read groups back: %w", err)
	}
	return piece, true, nil
}

// readUvarint is binary.ReadUvarint without an interface.
func readUvarint(r *bufio.Reader) (v uint64, err error) {
	for shift := 0; ; shift += 7 {
		c, err := r.ReadByte()
		if err != nil {
			if shift > 0 && err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return 0, err
		}
		v |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return v, nil
		}
	}
}
