package snapshot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"sluice/localexport/sqlread"
	"sluice/wording"
)

// Snapshot is an open snapshot. It is safe for use by several goroutines.
type Snapshot struct {
	path     string // as it was given, for people
	real     string // of the file itself, for everything that reads it
	identity Identity
	header   header
	tables   map[string]*Table
	held     *os.File // nobody changes the file as long as it is open

	now func() time.Time

	mu   sync.Mutex
	kept map[string]*kept
}

// kept is something that was built to read the snapshot.
type kept struct {
	mu    sync.Mutex
	value io.Closer
}

// Open opens the file read-only. The error is one clear sentence for a person:
// it names the file, what it is, and what to do.
//
// Until Close, Sluice does not change the file, nor put another in its place, as
// it does when it takes a snapshot again: that is refused.
func Open(ctx context.Context, path string) (*Snapshot, error) {
	held, err := hold(ctx, path)
	if err != nil {
		return nil, err
	}
	s := &Snapshot{path: path, now: time.Now, kept: map[string]*kept{}, held: held}
	if err := s.open(ctx); err != nil {
		return nil, errors.Join(err, held.Close())
	}
	return s, nil
}

func (s *Snapshot) open(ctx context.Context) (err error) {
	if s.real, s.header, s.identity, err = look(s.path); err != nil {
		return err
	}
	c, err := s.Conn(ctx)
	if err != nil {
		return s.damaged(err)
	}
	defer c.Close()
	var others []string
	if s.tables, others, err = readCatalog(c); err != nil {
		return s.damaged(err)
	}
	if err := s.checkFormat(c); err != nil {
		return err
	}
	return s.checkProduct(others)
}

// damaged words an error of reading the catalog.
func (s *Snapshot) damaged(err error) error {
	if errors.Is(err, sqlread.ErrCorrupt) {
		return &FileError{s.path, "is a damaged SQLite file: its table of contents cannot be read", adviceCopy, err}
	}
	return wording.Errorf("read snapshot %s: %w", s.path, err)
}

// Path is the path that Open was given.
func (s *Snapshot) Path() string { return s.path }

// Size is the size of the file in bytes.
func (s *Snapshot) Size() int64 { return s.header.size }

// UTF8 reports whether the file stores text as UTF-8 and not as UTF-16.
func (s *Snapshot) UTF8() bool { return s.header.UTF8() }

// MaxValue is the longest value, in bytes, that is loaded: 64 MB.
const MaxValue = 64 << 20

// Damaged turns an error about a damaged file into a sentence that names the
// table that was read; other errors are returned as they are.
func (s *Snapshot) Damaged(table string, err error) error {
	if err == nil || !errors.Is(err, sqlread.ErrCorrupt) {
		return err
	}
	if known := new(FileError); errors.As(err, &known) {
		return err
	}
	return &FileError{s.path, fmt.Sprintf("is damaged: the table %s cannot be read to its end", table), adviceCopy, err}
}

// Conn opens a connection for one goroutine. Nothing is created beside the file.
func (s *Snapshot) Conn(ctx context.Context) (*sqlread.Conn, error) {
	return sqlread.Open(ctx, s.real, sqlread.OpenOptions{Immutable: true, MaxValue: MaxValue})
}

// Table returns the table of the given plain name, whatever its case and
// schema, or nil.
func (s *Snapshot) Table(name string) *Table { return s.tables[strings.ToLower(name)] }

// Keep returns what build made for the key, which is built once and closed
// with the snapshot. A failed build is tried again by the next caller.
func (s *Snapshot) Keep(key string, build func() (io.Closer, error)) (io.Closer, error) {
	s.mu.Lock()
	if s.kept == nil {
		s.mu.Unlock()
		return nil, wording.Errorf("snapshot %s is closed", s.path)
	}
	k := s.kept[key]
	if k == nil {
		k = &kept{}
		s.kept[key] = k
	}
	s.mu.Unlock()
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.value != nil {
		return k.value, nil
	}
	v, err := build()
	if err != nil {
		return nil, err
	}
	k.value = v
	return v, nil
}

// Close closes the snapshot and removes what was built to read it.
func (s *Snapshot) Close() error {
	s.mu.Lock()
	all := s.kept
	s.kept = nil
	var errs []error
	if s.held != nil {
		errs = append(errs, s.held.Close())
		s.held = nil
	}
	s.mu.Unlock()
	for _, k := range all {
		k.mu.Lock()
		if k.value != nil {
			errs = append(errs, k.value.Close())
		}
		k.mu.Unlock()
	}
	return errors.Join(errs...)
}

// names lists the tables for an error message, the first few.
func (s *Snapshot) names() string {
	var names []string
	for _, t := range s.tables {
		names = append(names, t.Name)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	switch n := len(names); {
	case n == 0:
		return "no tables"
	case n > 4:
		return fmt.Sprintf("the tables %s and %d more", strings.Join(names[:4], ", "), n-4)
	}
	return "the tables " + strings.Join(names, ", ")
}
