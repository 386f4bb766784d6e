// Package keyfile sorts any number of (key, row) pairs with little memory and
// finds rows by their keys: the index that a snapshot lacks. What does not fit
// into memory lies in private files that are removed on Close.
package keyfile

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"sluice/wording"
)

// Pair is a key and the number of the row that has it.
type Pair struct{ Key, Row int64 }

// DefaultMemory is the number of pairs that are sorted at once: 8 MB.
const DefaultMemory = 1 << 19

const (
	pairSize  = 16
	blockSize = 256 // pairs read at once; the first key of each is in memory
)

func compare(a, b Pair) int {
	return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Row, b.Row))
}

// Builder collects pairs.
type Builder struct {
	dir    string // where files go, made when first needed
	memory int
	made   string // the folder that was made
	pairs  []Pair
	sorted bool // pairs came in order
	runs   []*os.File
	total  int64
}

// NewBuilder returns a builder that keeps up to memory pairs in memory (0 means
// DefaultMemory) and puts the others into a folder of its own in dir ("" means
// the system's folder for temporary files).
func NewBuilder(dir string, memory int) *Builder {
	if memory <= 0 {
		memory = DefaultMemory
	}
	return &Builder{dir: dir, memory: memory, sorted: true}
}

// Add adds a pair.
func (b *Builder) Add(key, row int64) error {
	if len(b.pairs) == b.memory {
		if err := b.spill(); err != nil {
			return err
		}
	}
	p := Pair{key, row}
	if n := len(b.pairs); n > 0 && compare(b.pairs[n-1], p) > 0 {
		b.sorted = false
	}
	b.pairs = append(b.pairs, p)
	b.total++
	return nil
}

func (b *Builder) sort() {
	if !b.sorted {
		slices.SortFunc(b.pairs, compare)
	}
	b.sorted = true
}

// file makes a private file.
func (b *Builder) file() (*os.File, error) {
	if b.made == "" {
		dir, err := os.MkdirTemp(b.dir, "sluice-keys-")
		if err != nil {
			return nil, wording.Errorf("make a folder for work files: %w", err)
		}
		b.made = dir
	}
	f, err := os.OpenFile(filepath.Join(b.made, fmt.Sprintf("run%d", len(b.runs))), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, wording.Errorf("make a work file: %w", err)
	}
	return f, nil
}

// spill writes the pairs in memory to a sorted run.
func (b *Builder) spill() error {
	b.sort()
	f, err := b.file()
	if err != nil {
		return err
	}
	b.runs = append(b.runs, f)
	w := bufio.NewWriterSize(f, 1<<16)
	var buf [pairSize]byte
	for _, p := range b.pairs {
		put(buf[:], p)
		if _, err := w.Write(buf[:]); err != nil {
			return wording.Errorf("write work file %s: %w", f.Name(), err)
		}
	}
	if err := w.Flush(); err != nil {
		return wording.Errorf("write work file %s: %w", f.Name(), err)
	}
	b.pairs = b.pairs[:0]
	return nil
}

// Abort gives everything up.
func (b *Builder) Abort() error {
	var errs []error
	for _, f := range b.runs {
		errs = append(errs, f.Close())
	}
	b.runs, b.pairs = nil, nil
	if b.made != "" {
		errs = append(errs, os.RemoveAll(b.made))
		b.made = ""
	}
	return errors.Join(errs...)
}

// Finish sorts what was added. The builder is done with.
func (b *Builder) Finish() (*File, error) {
	if len(b.runs) == 0 {
		b.sort()
		return &File{pairs: slices.Clip(b.pairs), total: b.total}, nil
	}
	if err := b.spill(); err != nil {
		return nil, errors.Join(err, b.Abort())
	}
	f, err := b.merge()
	if err != nil {
		return nil, errors.Join(err, b.Abort())
	}
	return f, nil
}

// File is a sorted sequence of pairs. It is safe for use by several goroutines,
// each with its own Reader.
type File struct {
	pairs []Pair // all of them, or nil
	f     *os.File
	dir   string
	fence []int64 // first key of each block of f
	total int64

	closing sync.Once
}

// Len is the number of pairs.
func (f *File) Len() int64 { return f.total }

// Close removes the files.
func (f *File) Close() error {
	var err error
	f.closing.Do(func() {
		if f.f != nil {
			err = errors.Join(f.f.Close(), os.RemoveAll(f.dir))
		}
	})
	return err
}

// Reader reads a File for one goroutine.
type Reader struct {
	file  *File
	start int64 // position of the first pair of block
	block []Pair
	raw   []byte
}

// Reader returns a reader.
func (f *File) Reader() *Reader { return &Reader{file: f} }

// At returns the pair at a position from 0 to Len-1.
func (r *Reader) At(i int64) (Pair, error) {
	if r.file.f == nil {
		return r.file.pairs[i], nil
	}
	if i < r.start || i >= r.start+int64(len(r.block)) {
		if err := r.load(i / blockSize); err != nil {
			return Pair{}, err
		}
	}
	return r.block[i-r.start], nil
}

func (r *Reader) load(n int64) error {
	r.start = n * blockSize
	count := min(blockSize, r.file.total-r.start)
	if r.raw == nil {
		r.raw = make([]byte, blockSize*pairSize)
		r.block = make([]Pair, blockSize)
	}
	raw := r.raw[:count*pairSize]
	if _, err := r.file.f.ReadAt(raw, r.start*pairSize); err != nil {
		r.block = r.block[:0]
		return wording.Errorf("read work file %s: %w", r.file.f.Name(), err)
	}
	r.block = r.block[:count]
	for i := range r.block {
		r.block[i] = get(raw[i*pairSize:])
	}
	return nil
}

// Search returns the position of the first pair whose key is at least key.
func (r *Reader) Search(key int64) (int64, error) {
	byKey := func(p Pair, key int64) int { return cmp.Compare(p.Key, key) }
	if r.file.f == nil {
		i, _ := slices.BinarySearchFunc(r.file.pairs, key, byKey)
		return int64(i), nil
	}
	// The pair lies in the block before the first that starts with key or more,
	// or is the first of that one.
	n, _ := slices.BinarySearch(r.file.fence, key)
	if n == 0 {
		return 0, nil
	}
	if _, err := r.At(int64(n-1) * blockSize); err != nil {
		return 0, err
	}
	i, _ := slices.BinarySearchFunc(r.block, key, byKey)
	return r.start + int64(i), nil
}

func put(b []byte, p Pair) {
	binary.LittleEndian.PutUint64(b, uint64(p.Key))
	binary.LittleEndian.PutUint64(b[8:], uint64(p.Row))
}

func get(b []byte) Pair {
	return Pair{int64(binary.LittleEndian.Uint64(b)), int64(binary.LittleEndian.Uint64(b[8:]))}
}
