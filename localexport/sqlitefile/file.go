package sqlitefile

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"

	"sluice/wording"
)

// defaultMaxValue is far above what a page of text needs and far below what
// hurts: 64 MiB.
const defaultMaxValue = 64 << 20

// Options are the choices of Open. The zero value is the recommended one.
type Options struct {
	// Map maps the file into memory instead of reading blocks of it. It saves
	// copying, but the file's pages count as the process's memory. A disk error
	// or a file that is cut while it is mapped gives an error, as with reading.
	// Where files cannot be mapped (Windows, 32 bits), blocks are read.
	Map bool
	// MaxValue is the length in bytes of the longest text or blob that
	// Row.Bytes returns; 0 means 64 MiB.
	MaxValue int
	// KeysOnly opens a file for Reader.CheckKeys alone: its schema is not read, so
	// its text may have any encoding.
	KeysOnly bool
	// CacheBytes is the size of each Reader's block cache; 0 means 2 MiB. A
	// mapped file has none.
	CacheBytes int
}

// File is an open database file. It is safe for use by several goroutines.
type File struct {
	path     string
	file     *os.File
	maxValue int
	keysOnly bool
	cache    int // bytes
	shape    shape
	size     int64
	modified time.Time
	header   [headerSize]byte
	mapped   []byte // nil unless Options.Map
	schema   []schemaEntry

	mu     sync.Mutex
	closed bool
	active sync.WaitGroup // running calls of Read
	idle   []*Reader
	opened []*os.File // further descriptors of the file
}

// Open opens the database file at path for reading and reads its schema. An
// error that matches ErrUnsupported means that SQLite must read this file, one
// that matches ErrDamaged that it makes no sense.
func Open(path string, o Options) (*File, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, wording.Errorf("open database file: %w", err)
	}
	f := &File{path: path, file: file, maxValue: o.MaxValue, cache: o.CacheBytes, keysOnly: o.KeysOnly}
	if f.maxValue <= 0 {
		f.maxValue = defaultMaxValue
	}
	if f.cache <= 0 {
		f.cache = 2 << 20
	}
	if err := f.open(o.Map); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func (f *File) open(mapIt bool) error {
	if err := f.readHeader(); err != nil {
		return err
	}
	if err := checkSideFiles(f.path); err != nil {
		return err
	}
	if mapIt {
		var err error
		if f.mapped, err = mapFile(f.file, f.size); err != nil {
			return wording.Errorf("map %s: %w", f.path, err)
		}
	}
	if f.keysOnly {
		return nil
	}
	return f.readSchema()
}

// Mapped reports whether the file is mapped into memory.
func (f *File) Mapped() bool { return f.mapped != nil }

// Close waits until all calls of Read have returned, then closes the file.
func (f *File) Close() error {
	f.mu.Lock()
	if f.closed {
		f.mu.Unlock()
		return nil
	}
	f.closed = true
	f.mu.Unlock()
	f.active.Wait()
	f.idle = nil
	var err error
	if f.mapped != nil {
		err = unmapFile(f.mapped)
		f.mapped = nil
	}
	for _, file := range f.opened {
		err = errors.Join(err, file.Close())
	}
	return errors.Join(err, f.file.Close())
}

// Read hands fn a Reader, with which it makes cursors. All of them, and all
// bytes they return, are fn's own and end with it; other goroutines call Read
// for themselves. Read returns fn's error; if there is none, it looks whether
// the file is still the same, and returns an error that matches ErrChanged if
// not. What looks like damage in a file that has changed gives that error, too. Once ctx is done, cursors return its error.
//
// A fault of a mapped file's memory within fn becomes an error that matches
// ErrUnreadable: fn then ends as by a panic, so what it must release it defers.
func (f *File) Read(ctx context.Context, fn func(*Reader) error) error {
	r, err := f.reader(ctx)
	if err != nil {
		return err
	}
	defer f.active.Done()
	if err := f.guard(func() error { return fn(r) }); err != nil {
		if errors.Is(err, ErrDamaged) { // or was it written to, or cut?
			if changed := f.unchanged(); changed != nil {
				return changed
			}
		}
		return err
	}
	f.keep(r)
	return f.unchanged()
}

// Scan calls fn for the rows of t whose rowids lie within rg, in order. The
// columns are named in cols; fn counts them from 0. The row is fn's until it
// returns. Everything said about Read holds.
func (f *File) Scan(ctx context.Context, t *Table, rg Range, cols []string, fn func(*Row) error) error {
	return f.Read(ctx, func(r *Reader) error {
		c, err := r.Cursor(t, cols...)
		if err != nil {
			return err
		}
		c.Range(rg)
		for {
			ok, err := c.Next()
			if err != nil || !ok {
				return err
			}
			if err := fn(&c.Row); err != nil {
				return err
			}
		}
	})
}

// reader takes an idle Reader or makes one, and counts it as active.
func (f *File) reader(ctx context.Context) (*Reader, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return nil, wording.Errorf("read %s: %w", f.path, os.ErrClosed)
	}
	f.active.Add(1)
	if n := len(f.idle); n > 0 {
		r := f.idle[n-1]
		f.idle = f.idle[:n-1]
		r.ctx = ctx
		return r, nil
	}
	r := &Reader{f: f, ctx: ctx}
	if f.mapped == nil {
		r.blocks = newBlocks(f.another(), f.size, f.shape.pageSize, f.cache)
	}
	return r, nil
}

// another opens the file once more: readers that share a descriptor wait for
// each other's use of its counters. It returns the first descriptor if that
// fails, or if the name stands for another file by now.
func (f *File) another() *os.File {
	file, err := os.Open(f.path)
	if err != nil {
		return f.file
	}
	f.opened = append(f.opened, file)
	was, err := f.file.Stat()
	is, err2 := file.Stat()
	if err != nil || err2 != nil || !os.SameFile(was, is) {
		return f.file
	}
	return file
}

// keep puts a Reader aside for the next call of Read.
func (f *File) keep(r *Reader) {
	f.mu.Lock()
	defer f.mu.Unlock()
	r.ctx = nil
	f.idle = append(f.idle, r)
}
