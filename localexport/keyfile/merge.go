package keyfile

import (
	"bufio"
	"container/heap"
	"errors"
	"io"
	"os"

	"sluice/wording"
)

// run is a sorted run that is being merged.
type run struct {
	r    *bufio.Reader
	head Pair
	raw  [pairSize]byte
}

// next reads the next pair of the run; ok is false at its end.
func (r *run) next() (ok bool, err error) {
	if _, err := io.ReadFull(r.r, r.raw[:]); err != nil {
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		return false, wording.Errorf("read work file: %w", err)
	}
	r.head = get(r.raw[:])
	return true, nil
}

// runHeap orders runs by their heads.
type runHeap []*run

func (h runHeap) Len() int           { return len(h) }
func (h runHeap) Less(i, j int) bool { return compare(h[i].head, h[j].head) < 0 }
func (h runHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *runHeap) Push(x any)        { *h = append(*h, x.(*run)) }
func (h *runHeap) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}

// merge merges the runs into one file and removes them.
func (b *Builder) merge() (_ *File, err error) {
	runs, err := b.openRuns()
	if err != nil {
		return nil, err
	}
	out, err := b.file()
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, out.Close())
		}
	}()
	f := &File{f: out, dir: b.made, total: b.total, fence: make([]int64, 0, b.total/blockSize+1)}
	w := bufio.NewWriterSize(out, 1<<16)
	var buf [pairSize]byte
	heap.Init(&runs)
	for i := int64(0); len(runs) > 0; i++ {
		p := runs[0].head
		if i%blockSize == 0 {
			f.fence = append(f.fence, p.Key)
		}
		put(buf[:], p)
		if _, err := w.Write(buf[:]); err != nil {
			return nil, wording.Errorf("write work file %s: %w", out.Name(), err)
		}
		ok, err := runs[0].next()
		if err != nil {
			return nil, err
		}
		if ok {
			heap.Fix(&runs, 0)
		} else {
			heap.Pop(&runs)
		}
	}
	if err := w.Flush(); err != nil {
		return nil, wording.Errorf("write work file %s: %w", out.Name(), err)
	}
	for _, r := range b.runs {
		if err := errors.Join(r.Close(), os.Remove(r.Name())); err != nil {
			return nil, wording.Errorf("remove work file: %w", err)
		}
	}
	b.runs, b.pairs = nil, nil
	return f, nil
}

// openRuns rewinds the runs; none of them is empty.
func (b *Builder) openRuns() (runHeap, error) {
	var runs runHeap
	for _, f := range b.runs {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return nil, wording.Errorf("read work file %s: %w", f.Name(), err)
		}
		r := &run{r: bufio.NewReaderSize(f, 1<<16)}
		ok, err := r.next()
		if err != nil {
			return nil, err
		}
		if ok {
			runs = append(runs, r)
		}
	}
	return runs, nil
}
