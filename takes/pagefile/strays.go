package pagefile

import (
	"bufio"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"slices"

	"sluice/wording"
)

const (
	arenaSize = 16 << 20 // for all tables together
	// mergeSize is the memory for the reading of runs.
	mergeSize = 8 << 20
	strayHead = 8 + 2 // number of the row and size of the cell in a run
)

// strays are cells of rows that did not come in order. They are sorted in memory, and
// kept in runs in a work file when they are more than fit there.
type strays struct {
	f    *File
	list []stray // in the arena
	file *os.File
	runs []int64 // where each ends in the file
	head [strayHead]byte
}

// arena holds the cells of the table whose rows come now.
type arena struct {
	b     []byte
	owner *strays
}

// stray is a cell in the arena.
type stray struct {
	number   int64
	at, size int32
}

// cell is the place for a cell.
func (s *strays) cell(number int64, size int) ([]byte, error) {
	a := &s.f.arena
	if a.b == nil {
		a.b = make([]byte, 0, arenaSize)
	}
	if a.owner != s || len(a.b)+size > cap(a.b) {
		if a.owner != nil {
			if err := a.owner.spill(); err != nil {
				return nil, err
			}
		}
		a.owner = s
	}
	at := len(a.b)
	a.b = a.b[:at+size]
	s.list = append(s.list, stray{number, int32(at), int32(size)})
	return a.b[at:], nil
}

func (s *strays) sort() {
	order := func(a, b stray) int { return cmp.Compare(a.number, b.number) }
	if !slices.IsSortedFunc(s.list, order) {
		slices.SortFunc(s.list, order)
	}
}

// spill writes the arena to the work file as a sorted run.
func (s *strays) spill() (err error) {
	end := int64(0)
	if s.file == nil {
		if s.file, err = os.CreateTemp(s.f.dir, "sluice-rows-"); err != nil {
			return wording.Errorf("make a work file: %w", err)
		}
		_ = os.Remove(s.file.Name()) // nothing is left of it however this ends, where the system allows that
	} else {
		end = s.runs[len(s.runs)-1]
	}
	s.sort()
	w := bufio.NewWriterSize(io.NewOffsetWriter(s.file, end), 256<<10)
	for _, x := range s.list {
		binary.LittleEndian.PutUint64(s.head[:], uint64(x.number))
		binary.LittleEndian.PutUint16(s.head[8:], uint16(x.size))
		w.Write(s.head[:]) // the buffer keeps the first error
		w.Write(s.f.arena.b[x.at : x.at+x.size])
		end += strayHead + int64(x.size)
	}
	if err := w.Flush(); err != nil {
		return wording.Errorf("write the work file %s: %w", s.file.Name(), err)
	}
	s.runs, s.list = append(s.runs, end), s.list[:0]
	s.f.arena.b, s.f.arena.owner = s.f.arena.b[:0], nil
	return nil
}

// close removes the work file; of nil it does nothing.
func (s *strays) close() error {
	if s == nil || s.file == nil {
		return nil
	}
	err := s.file.Close()
	if e := os.Remove(s.file.Name()); e != nil && !errors.Is(e, os.ErrNotExist) {
		err = errors.Join(err, e)
	}
	s.file = nil
	return err
}

// inOrder returns a function that gives the cells in the order of their rows, each
// valid until the next; nil behind the last.
func (s *strays) inOrder() (next func() (number int64, cell []byte, err error), err error) {
	if s.file == nil {
		s.sort()
		return s.inMemory, nil
	}
	if len(s.list) > 0 {
		if err := s.spill(); err != nil {
			return nil, err
		}
	}
	var runs runHeap
	size, from := min(256<<10, max(4096, mergeSize/len(s.runs))), int64(0)
	for _, end := range s.runs {
		r := &run{r: bufio.NewReaderSize(io.NewSectionReader(s.file, from, end-from), size)}
		if err := r.next(); err != nil {
			return nil, err
		}
		runs, from = append(runs, r), end
	}
	heap.Init(&runs)
	started := false
	return func() (int64, []byte, error) {
		if started {
			switch err := runs[0].next(); {
			case err == io.EOF:
				heap.Pop(&runs)
			case err != nil:
				return 0, nil, err
			default:
				heap.Fix(&runs, 0)
			}
		}
		started = true
		if len(runs) == 0 {
			return 0, nil, nil
		}
		return runs[0].number, runs[0].cell, nil
	}, nil
}

func (s *strays) inMemory() (int64, []byte, error) {
	if len(s.list) == 0 {
		return 0, nil, nil
	}
	x := s.list[0]
	s.list = s.list[1:]
	return x.number, s.f.arena.b[x.at : x.at+x.size], nil
}

// run is a run that is being read.
type run struct {
	r      *bufio.Reader
	number int64
	cell   []byte
	head   [strayHead]byte
}

// next reads the next cell; its error is io.EOF behind the last.
func (r *run) next() error {
	if _, err := io.ReadFull(r.r, r.head[:]); err == io.EOF {
		return err
	} else if err != nil {
		return wording.Errorf("read a work file: %w", err)
	}
	r.number = int64(binary.LittleEndian.Uint64(r.head[:]))
	size := int(binary.LittleEndian.Uint16(r.head[8:]))
	r.cell = slices.Grow(r.cell[:0], size)[:size]
	if _, err := io.ReadFull(r.r, r.cell); err != nil {
		return wording.Errorf("read a work file: %w", err)
	}
	return nil
}

// runHeap orders runs by the rows that come next.
type runHeap []*run

func (h runHeap) Len() int           { return len(h) }
func (h runHeap) Less(i, j int) bool { return h[i].number < h[j].number }
func (h runHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *runHeap) Push(x any)        { *h = append(*h, x.(*run)) }
func (h *runHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
