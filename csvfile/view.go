package csvfile

import (
	"context"
	"sort"
	"sync"
	"sync/atomic"

	"sluice/wording"
)

// View is the rows of a file that meet some conditions. It is a Source like the
// file itself and scrolls like it, also while it is still being filtered.
// Rows keep the numbers they have in the file.
//
// It keeps no rows, only how many of them start in each block of the file: 5
// bytes for every 64 KB.
type View struct {
	f    *File
	expr Expr
	fl   *filter
	work task
	end  context.CancelFunc

	bytes atomic.Int64 // of the file, looked at so far

	mu     sync.RWMutex
	counts []uint32 // matching rows that start in a block
	before []int64  // matching rows that start before a chunk; one more than chunks done
	final  bool
}

// Filter is [File.FilterBy] for conditions that must all hold.
func (f *File) Filter(ctx context.Context, conds []Condition) (*View, error) {
	return f.FilterBy(ctx, All(conds))
}

// FilterBy returns the view of the rows that meet an expression. It returns at
// once; the rows are found in the background, in file order, until the end, or
// ctx ends, or the view or the file is closed. It fails when a condition cannot
// be understood.
func (f *File) FilterBy(ctx context.Context, e Expr) (*View, error) {
	fl, err := f.compile(e)
	if err != nil {
		return nil, err
	}
	v := &View{f: f, expr: e, fl: fl, before: []int64{0}}
	v.work.init()
	var life context.Context
	life, v.end = context.WithCancel(f.life)
	v.work.start(ctx, life, v.run)
	f.views.add(v)
	return v, nil
}

var _ Source = (*View)(nil)

// Header returns the names of the columns.
func (v *View) Header() []string { return v.f.Header() }

// File returns the file whose rows the view shows.
func (v *View) File() *File { return v.f }

// Expr returns what the rows of the view meet.
func (v *View) Expr() Expr { return v.expr }

// Total returns the number of matching rows so far, and whether it is final.
func (v *View) Total() (int64, bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.before[len(v.before)-1], v.final
}

// Done returns a channel that closes when filtering ends.
func (v *View) Done() <-chan struct{} { return v.work.ended() }

// Progress says how far filtering has come.
func (v *View) Progress() Progress {
	_, err := v.work.status()
	n, final := v.Total()
	return Progress{Bytes: v.bytes.Load(), TotalBytes: v.f.data().Size(), Rows: n, Done: final, Err: err}
}

// Close ends the filtering. The view must not be used afterwards.
func (v *View) Close() {
	v.end()
	v.work.wait()
	v.f.views.remove(v)
}

func (v *View) run(ctx context.Context) error {
	for {
		if err := v.f.prepareSome(ctx); err != nil {
			return wording.Errorf("filter %s: %w", v.f.path, err)
		}
		grown, whole := v.f.idx.grown(), v.f.data().Whole()
		if err := v.countOn(ctx); err != nil {
			return wording.Errorf("filter %s: %w", v.f.path, err)
		}
		if whole {
			break
		}
		if err := v.f.waitIndex(ctx, grown); err != nil { // more of the file is coming
			return wording.Errorf("filter %s: %w", v.f.path, err)
		}
	}
	v.mu.Lock()
	v.final = true
	v.mu.Unlock()
	return nil
}

// countOn counts the matching rows of the chunks from the last one on that was counted,
// which may have been shorter then.
func (v *View) countOn(ctx context.Context) error {
	first := max(int64(len(v.before))-2, 0)
	c := chunks{first: first, count: v.f.chunkCount() - first}
	return inOrder(ctx, v.f, c, v.countChunk, func(chunk int64, counts []uint32) error {
		v.mu.Lock()
		n := v.before[chunk]
		for _, c := range counts {
			n += int64(c)
		}
		v.counts = append(v.counts[:chunk*v.f.cfg.chunkBlocks], counts...)
		v.before = append(v.before[:chunk+1], n)
		v.mu.Unlock()
		_, last := v.f.blocksOf(chunk)
		v.bytes.Store(min(v.f.blockStart(last), v.f.data().Size()))
		return nil
	})
}

// countChunk counts the matching rows that start in each block of a chunk.
func (v *View) countChunk(ctx context.Context, w *window, chunk int64) ([]uint32, error) {
	first, last := v.f.blocksOf(chunk)
	counts := make([]uint32, last-first)
	err := v.eachMatch(ctx, w, first, last, func(rec *rec) bool {
		counts[rec.offset/blockSize-first]++
		return true
	})
	return counts, err
}

// eachMatch calls fn for the matching rows that start in blocks [first, last),
// until it returns false.
func (v *View) eachMatch(ctx context.Context, w *window, first, last int64, fn func(*rec) bool) error {
	r, err := v.f.recordsIn(w, first, last)
	if err != nil {
		return err
	}
	r.only = v.fl.only
	var scratch []byte
	for r.skipWithout(v.fl.needed) && r.next(ctx) {
		ok, err := v.fl.matches(ctx, &r.rec, &scratch)
		if err != nil {
			return err
		}
		if ok && !fn(&r.rec) {
			return nil
		}
	}
	return r.err
}

// Rows returns n matching rows from position from of the view on; fewer at its end.
// A row that has not been found yet gives a *[NotIndexedError]; the rows before it
// are returned with the error.
func (v *View) Rows(ctx context.Context, from int64, n int) ([]Row, error) {
	if from < 0 {
		return nil, wording.Errorf("row %d: rows are counted from 0", from)
	}
	total, final := v.Total()
	if from >= total {
		if final || n <= 0 {
			return nil, nil
		}
		return nil, &NotIndexedError{Row: from, Indexed: total}
	}
	w := v.f.window()
	defer v.f.release(w)
	rows := make([]Row, 0, min(int64(n), total-from, 1024))
	b, skip := v.blockOf(from)
	for ; len(rows) < n && b >= 0; b = v.nextBlock(b + 1) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		err := v.eachMatch(ctx, w, b, b+1, func(rec *rec) bool {
			if skip > 0 {
				skip--
				return true
			}
			rows = append(rows, rec.row(v.f))
			return len(rows) < n && !rows[len(rows)-1].wide
		})
		if err != nil {
			return nil, err
		}
		if k := len(rows); k > 0 && rows[k-1].wide {
			return nil, &WideError{Row: rows[k-1].Number, Offset: rows[k-1].Offset}
		}
	}
	if len(rows) < n && !final {
		return rows, &NotIndexedError{Row: from + int64(len(rows)), Indexed: max(total, from+int64(len(rows)))}
	}
	return rows, nil
}

// blockOf returns the block in which the row at position pos starts, and how
// many matching rows start before it in that block.
func (v *View) blockOf(pos int64) (b, skip int64) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	chunk := sort.Search(len(v.before), func(i int) bool { return v.before[i] > pos }) - 1
	b, skip = int64(chunk)*v.f.cfg.chunkBlocks, pos-v.before[chunk]
	for skip >= int64(v.counts[b]) {
		skip -= int64(v.counts[b])
		b++
	}
	return b, skip
}

// nextBlock returns the first block from b on in which a matching row starts,
// -1 if there is none so far. It steps over chunks without any.
func (v *View) nextBlock(b int64) int64 {
	v.mu.RLock()
	defer v.mu.RUnlock()
	for b < int64(len(v.counts)) {
		if chunk := b / v.f.cfg.chunkBlocks; b%v.f.cfg.chunkBlocks == 0 && v.before[chunk] == v.before[chunk+1] {
			b += v.f.cfg.chunkBlocks
			continue
		}
		if v.counts[b] > 0 {
			return b
		}
		b++
	}
	return -1
}
