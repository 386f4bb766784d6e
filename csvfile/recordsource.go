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
