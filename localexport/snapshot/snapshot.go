package snapshot

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"sluice/localexport/sqlread"
)

// Identity tells snapshots apart: it changes when the file changes. It is
// comparable, and String is stable, so it can be the key of a stored verdict.
type Identity struct {
	Size          int64     // bytes
	Modified      time.Time // of the file, in UTC
	ChangeCounter uint32    // bytes 24 to 27 of the header (SQLite file format, §1.3.8)
}

// String is "size-modified in nanoseconds-change counter".
func (i Identity) String() string {
	return fmt.Sprintf("%d-%d-%d", i.Size, i.Modified.UnixNano(), i.ChangeCounter)
}

// Snapshot is an open snapshot. It is safe for use by several goroutines.
type Snapshot struct {
	path     string
	identity Identity
	header   header
	tables   map[string]*Table

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
func Open(ctx context.Context, path string) (*Snapshot, error) {
	h, info, err := readHeader(path)
	if err != nil {
		return nil, err
	}
	if err := checkSideFiles(path, h); err != nil {
		return nil, err
	}
	s := &Snapshot{
		path:     path,
		header:   h,
		identity: Identity{Size: info.Size(), Modified: info.ModTime().UTC(), ChangeCounter: h.changeCounter},
		kept:     map[string]*kept{},
	}
	c, err := s.Conn(ctx)
	if err != nil {
		return nil, s.damaged(err)
	}
	defer c.Close()
	var others []string
	s.tables, others, err = readCatalog(c)
	if err != nil {
		return nil, s.damaged(err)
	}
	if err := s.checkProduct(others); err != nil {
		return nil, err
	}
	return s, nil
}

// damaged words an error of reading the catalog.
func (s *Snapshot) damaged(err error) error {
	if errors.Is(err, sqlread.ErrCorrupt) {
		return &FileError{s.path, "is a damaged SQLite file: its table of contents cannot be read", "copy the file or convert the database again", err}
	}
	return fmt.Errorf("read snapshot %s: %w", s.path, err)
}

// checkSideFiles refuses a file whose newest changes are still in a file
// beside it: reading them would need writing, and leaving them out would lose
// data without a word.
func checkSideFiles(path string, h header) error {
	if size := sizeOf(path + "-wal"); h.writeAheadLog && size > 0 {
		return &FileError{path, fmt.Sprintf("is not complete: %d bytes of changes are still in %s-wal", size, path),
			fmt.Sprintf("close the program that writes it, or merge them on a copy of both files with: sqlite3 %s 'PRAGMA wal_checkpoint(TRUNCATE)'", path), nil}
	}
	if size := sizeOf(path + "-journal"); size > 0 && !journalEnded(path+"-journal") {
		return &FileError{path, fmt.Sprintf("is not complete: an interrupted change is still in %s-journal", path),
			"wait until the program that writes it is done, or open a copy of both files once with sqlite3 to undo the change", nil}
	}
	return nil
}

func sizeOf(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// journalEnded reports whether a rollback journal was ended by zeroing its
// header, as the journal mode PERSIST does.
func journalEnded(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	b := make([]byte, 8)
	_, err = io.ReadFull(f, b)
	return err == nil && binary.BigEndian.Uint64(b) == 0
}

// Path is the path that Open was given.
func (s *Snapshot) Path() string { return s.path }

// Identity tells the snapshot apart from others and from later states of the
// same file.
func (s *Snapshot) Identity() Identity { return s.identity }

// Size is the size of the file in bytes.
func (s *Snapshot) Size() int64 { return s.header.size }

// UTF8 reports whether the file stores text as UTF-8 and not as UTF-16.
func (s *Snapshot) UTF8() bool { return s.header.utf8 }

// Changed reports whether the file is no longer the one that was opened.
func (s *Snapshot) Changed() bool {
	h, info, err := readHeader(s.path)
	return err != nil || s.identity != Identity{Size: info.Size(), Modified: info.ModTime().UTC(), ChangeCounter: h.changeCounter}
}

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
	return &FileError{s.path, fmt.Sprintf("is damaged: the table %s cannot be read to its end", table), "copy the file or convert the database again", err}
}

// Conn opens a connection for one goroutine. Nothing is locked and nothing is
// created beside the file.
func (s *Snapshot) Conn(ctx context.Context) (*sqlread.Conn, error) {
	return sqlread.Open(ctx, s.path, sqlread.OpenOptions{Immutable: true, MaxValue: MaxValue})
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
		return nil, fmt.Errorf("snapshot %s is closed", s.path)
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
	s.mu.Unlock()
	var errs []error
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
