package csvfile

import "context"

// recordSource is a Source whose records can be scanned in bulk.
type recordSource interface {
	Source
	file() *File
	// eachRecord calls fn for the rows that start in blocks [first, last),
	// until it returns false.
	// only, if not negative, is the only column that fn looks at, by wantedCell.
	eachRecord(ctx context.Context, w *window, first, last int64, only int, fn func(*rec) bool) error
}

var (
	_ recordSource = (*File)(nil)
	_ recordSource = (*View)(nil)
)

// eachRec calls fn for some rows in their order, until it returns false.
type eachRec func(fn func(*rec) bool) error

// inRowOrder works on all rows of src in their order, which for a [Sorted] is not that of
// the file: parts of them with all workers, and hands the results to deliver in order,
// from one goroutine, which tells told how far the work has come, in bytes of the size of
// the file. It has prepared src before. With raw, work looks at no cells, only at the
// bytes of rows.
func inRowOrder[T any](ctx context.Context, src recordSource, raw bool, work func(ctx context.Context, each eachRec) (T, error), deliver func(t T) error, told func(bytes int64)) error {
	if v, ok := src.(*Sorted); ok {
		return inSortedOrder(ctx, v, raw, work, deliver, told)
	}
	f, only := src.file(), -1
	if raw {
		only = 0 // spares cutting rows into cells
	}
	size := f.data().Size()
	return inOrder(ctx, f, f.allChunks(), func(ctx context.Context, w *window, chunk int64) (T, error) {
		first, last := f.blocksOf(chunk)
		return work(ctx, func(fn func(*rec) bool) error { return src.eachRecord(ctx, w, first, last, only, fn) })
	}, func(chunk int64, t T) error {
		if err := deliver(t); err != nil {
			return err
		}
		_, last := f.blocksOf(chunk)
		told(min(f.blockStart(last), size))
		return nil
	})
}

func (f *File) file() *File { return f }

func (f *File) eachRecord(ctx context.Context, w *window, first, last int64, only int, fn func(*rec) bool) error {
	r, err := f.recordsIn(w, first, last)
	if err != nil {
		return err
	}
	r.only = only
	for r.next(ctx) {
		if !fn(&r.rec) {
			return nil
		}
	}
	return r.err
}

func (v *View) file() *File { return v.f }

// A view can be scanned before it is complete, since every record is tested again.
func (v *View) eachRecord(ctx context.Context, w *window, first, last int64, only int, fn func(*rec) bool) error {
	if v.emptyBlocks(first, last) {
		return nil
	}
	return v.eachMatch(ctx, w, first, last, func(r *rec) bool {
		if only != v.fl.only {
			r.cut(v.f.syn)
		}
		return fn(r)
	})
}

// emptyBlocks reports whether it is known that no matching row starts in blocks
// [first, last).
func (v *View) emptyBlocks(first, last int64) bool {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if last > int64(len(v.counts)) {
		return false
	}
	for _, n := range v.counts[first:last] {
		if n > 0 {
			return false
		}
	}
	return true
}

// AnyOrder returns the rows of src in the order in which they are read soonest: those of a
// [Sorted] as they stand in the file.
func AnyOrder(src Source) Source {
	if s, ok := src.(*Sorted); ok {
		return s.src
	}
	return src
}
