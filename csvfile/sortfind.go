package csvfile

import (
	"context"
	"errors"
	"iter"
	"math/bits"
)

// Find returns all matching cells in the order of the sorted rows. Rows of hits are
// positions in it. Like the other searches it first waits until all rows are sorted.
func (v *Sorted) Find(ctx context.Context, q Query) iter.Seq2[Hit, error] {
	return func(yield func(Hit, error) bool) {
		at := Position{Row: -1}
		for {
			hit, ok, err := v.FindNext(ctx, q, at)
			if err != nil {
				yield(Hit{}, err)
			}
			if err != nil || !ok || !yield(hit, nil) {
				return
			}
			at = Position{Row: hit.Row, Column: hit.Column}
		}
	}
}

// FindNext is [File.FindNext] for the sorted rows, by positions in their order.
func (v *Sorted) FindNext(ctx context.Context, q Query, from Position) (Hit, bool, error) {
	return v.seek(ctx, q, from, 1)
}

// FindPrevious is [File.FindPrevious] for the sorted rows, by positions in their order.
func (v *Sorted) FindPrevious(ctx context.Context, q Query, from Position) (Hit, bool, error) {
	return v.seek(ctx, q, from, -1)
}

// CountHits is [File.CountHits] for the sorted rows.
func (v *Sorted) CountHits(ctx context.Context, q Query, progress func(FindProgress)) (int64, error) {
	if view, ok := v.src.(*View); ok {
		return view.CountHits(ctx, q, progress)
	}
	return v.f.CountHits(ctx, q, progress)
}

// nearRows is how many rows are looked at before the whole file is searched.
const nearRows = 256

// seek finds the hit that is nearest to a position, in one direction. Rows that follow
// each other here stand anywhere in the file: a few are looked at one by one; then the
// file is searched once, in its own order, for what rows have hits, and the order gone
// through for the first of those.
func (v *Sorted) seek(ctx context.Context, q Query, from Position, step int64) (hit Hit, ok bool, err error) {
	if err := v.wait(ctx); err != nil {
		return hit, false, err
	}
	sample, err := v.f.sampled()
	if err != nil {
		return hit, false, err
	}
	m, err := q.compile(sample)
	if err != nil {
		return hit, false, err
	}
	s := sortSeeker{v: v, s: searcher{f: v.f, m: m, column: q.Column}, from: from, step: step, w: v.f.window()}
	defer v.f.release(s.w)
	total, _ := v.Total()
	at := min(max(from.Row, 0), total-1)
	if step < 0 && from.Row < 0 {
		return hit, false, nil
	}
	if at, hit, ok, err = s.look(ctx, at, nearRows, nil); ok || err != nil {
		return hit, ok, err
	}
	if at < 0 || at >= total {
		return hit, false, nil
	}
	filter, err := v.hitsOf(ctx, q)
	if err != nil {
		return hit, false, err
	}
	_, hit, ok, err = s.look(ctx, at, total, filter)
	return hit, ok, err
}

// hitsOf finds out which rows have hits, unless that was done for the same query last.
func (v *Sorted) hitsOf(ctx context.Context, q Query) (*hitFilter, error) {
	v.hitsMu.Lock()
	defer v.hitsMu.Unlock()
	if v.hits != nil && v.hits.q == q {
		return v.hits, nil
	}
	total, _ := v.Total()
	h := newHitFilter(q, total)
	note := func(_ int64, found chunkHits) error {
		for _, hit := range found.hits {
			h.add(hit.Offset)
		}
		return nil
	}
	var err error
	if view, ok := v.src.(*View); ok {
		err = view.search(ctx, q, keep{}, note)
	} else {
		err = v.f.search(ctx, q, keep{}, v.f.forward(0), note)
	}
	if err != nil {
		return nil, err
	}
	v.hits = h
	return h, nil
}

// sortSeeker looks for hits from a position on.
type sortSeeker struct {
	v    *Sorted
	s    searcher
	w    *window
	from Position
	step int64
}

// stepPlaces is how many places are read at once.
const stepPlaces = 8192

// look looks through at most n rows from position at on, at those only that filter lets
// through, if it is not nil. It returns the first hit behind the position that is looked
// from, else where to go on.
func (s *sortSeeker) look(ctx context.Context, at, n int64, filter *hitFilter) (next int64, hit Hit, ok bool, err error) {
	total, _ := s.v.Total()
	buf := make([]uint64, min(n, stepPlaces))
	for n > 0 && at >= 0 && at < total {
		if err := ctx.Err(); err != nil {
			return at, hit, false, err
		}
		first, k := at, min(n, stepPlaces, total-at)
		if s.step < 0 {
			k = min(n, stepPlaces, at+1)
			first = at - k + 1
		}
		if err := s.v.places.read(first, buf[:k]); err != nil {
			return at, hit, false, err
		}
		for range k {
			place := buf[at-first]
			if filter == nil || filter.may(offsetOf(place)) {
				if hit, ok, err = s.row(ctx, at, offsetOf(place)); ok || err != nil {
					return at, hit, ok, err
				}
			}
			at += s.step
		}
		n -= k
	}
	return at, hit, false, nil
}

// row returns the hit of a row that is nearest to the position that is looked from.
func (s *sortSeeker) row(ctx context.Context, at, off int64) (hit Hit, ok bool, err error) {
	one := records{f: s.v.f, w: s.w, only: -1, off: off, end: off + 1}
	if !one.next(ctx) {
		return hit, false, errors.Join(one.err, ctx.Err())
	}
	var scratch []byte
	hits, err := s.s.record(ctx, &one.rec, nil, &scratch)
	if err != nil {
		return hit, false, err
	}
	for _, h := range hits {
		h.Row = at
		if s.step > 0 && s.from.before(h) {
			return h, true, nil
		}
		if s.step < 0 && s.from.after(h) {
			hit, ok = h, true
		}
	}
	return hit, ok, nil
}

// hitFilter tells for certain which rows have no hit, and of those that have one that
// they may have one: a set of bits, for eight of which a row stands, and 32 MB at most.
type hitFilter struct {
	q     Query
	bits  []uint64
	shift int
}

const mostHitBits = 28

func newHitFilter(q Query, rows int64) *hitFilter {
	k := min(max(bits.Len64(uint64(rows))+3, 12), mostHitBits)
	return &hitFilter{q: q, bits: make([]uint64, 1<<(k-6)), shift: 64 - k}
}

func (h *hitFilter) bit(off int64) uint64 { return uint64(off) * 0x9e3779b97f4a7c15 >> h.shift }

func (h *hitFilter) add(off int64) {
	b := h.bit(off)
	h.bits[b/64] |= 1 << (b % 64)
}

func (h *hitFilter) may(off int64) bool {
	b := h.bit(off)
	return h.bits[b/64]>>(b%64)&1 != 0
}
