package csvfile

import (
	"context"
	"errors"
	"io"
	"sync"

	"golang.org/x/sync/errgroup"

	"sluice/csvfile/internal/extsort"
)

// round is buckets that follow each other, and for which the file is read once.
type round struct {
	v         *Sorted
	spread    spread
	stretches int
	ordered   bool  // rows are put aside in their order
	lined     bool  // the last row of the file has its end
	all       int64 // rows, of all rounds
	from      int64 // position of its first row
	rows      int64
	size      int64 // bytes of all rows
	buckets   []bucket
	lists     *extsort.Area // the places of each bucket's rows, by stretches
	texts     *extsort.Area // the rows of each bucket, in the order of its list
	rooms     sync.Pool     // of *gathering
}

// newRounds makes as many rounds as there is room for, without buckets yet, where there are
// so many rows. They are to be closed also if it fails.
func (v *Sorted) newRounds(s spread, all int64) (rounds []*round, err error) {
	last := make([]byte, 1)
	if _, err := v.f.data().ReadAt(last, s.size-1); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	for range s.atOnce() {
		r := &round{v: v, all: all, spread: s, stretches: s.stretches(), ordered: s.dir == "", lined: last[0] == v.f.syn.Terminator}
		r.rooms.New = func() any { return new(gathering) }
		rounds = append(rounds, r)
		var lerr, terr error
		r.lists, lerr = extsort.NewArea(s.dir)
		r.texts, terr = extsort.NewArea(s.dir)
		if err := errors.Join(lerr, terr); err != nil {
			return rounds, err
		}
	}
	return rounds, nil
}

// inRounds puts all rows aside, a round after the other, and has each handed out while the
// next is put aside, if there is room for several.
func inRounds(ctx context.Context, rounds []*round, told func(bytes int64), handOut func(context.Context, *round) error) error {
	idle, full := make(chan *round, len(rounds)), make(chan *round)
	for _, r := range rounds {
		idle <- r
	}
	all := rounds[0].all
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(full)
		for from := int64(0); from < all; {
			r, ok := next(ctx, idle)
			if !ok {
				return ctx.Err()
			}
			if err := r.prepare(ctx, from, len(rounds) == 1 || from == 0, told); err != nil {
				return err
			}
			from += r.rows
			select {
			case full <- r:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	g.Go(func() error {
		for r, ok := next(ctx, full); ok; r, ok = next(ctx, full) {
			if err := handOut(ctx, r); err != nil {
				return err
			}
			idle <- r
		}
		return ctx.Err()
	})
	return g.Wait()
}

// prepare puts rows from a position on aside. It tells how far that has come if it is alone:
// if no other round is handed out meanwhile, which tells more.
func (r *round) prepare(ctx context.Context, from int64, alone bool, told func(bytes int64)) error {
	if err := r.cut(ctx, from); err != nil {
		return err
	}
	return r.putAside(ctx, func(share float64) {
		if alone {
			told(r.reached(asideShare * share))
		}
	})
}

// next waits for a round; ok is false when there are no more, or ctx ends.
func next(ctx context.Context, from <-chan *round) (r *round, ok bool) {
	select {
	case r, ok = <-from:
		return r, ok
	case <-ctx.Done():
		return nil, false
	}
}

// cut makes buckets of the rows from a position on, as many as the round may have.
func (r *round) cut(ctx context.Context, from int64) error {
	r.from, r.rows, r.size, r.buckets = from, 0, 0, r.buckets[:0]
	buf := make([]uint64, min(placesRead, r.all-from))
	b := bucket{from: from}
	full := false
	for at := from; at < r.all && !full; at += int64(len(buf)) {
		buf = buf[:min(int64(len(buf)), r.all-at)]
		if _, err := r.v.placed(ctx, at+int64(len(buf))); err != nil {
			return err
		}
		if err := r.v.places.read(at, buf); err != nil {
			return err
		}
		for _, place := range buf {
			n := heldLength(place)
			if weight := int64(b.size + n + placeSize*(b.rows+1)); b.rows > 0 && weight > r.spread.bucket {
				if b, full = r.end(b, n); full {
					break
				}
			}
			b.rows++
			b.size += n
			b.large = b.large || n == 0
		}
	}
	if b.rows > 0 {
		r.end(b, 0)
	}
	r.lists.Reset(placeSize * r.rows)
	r.texts.Reset(r.size)
	return nil
}

// end adds a bucket to the round, and returns the next, or that there is no room for one
// that begins with a row of n bytes.
func (r *round) end(b bucket, n int) (next bucket, full bool) {
	r.buckets = append(r.buckets, b)
	r.rows += int64(b.rows)
	r.size += int64(b.size)
	full = len(r.buckets) >= r.spread.buckets || r.size+placeSize*r.rows+max(int64(n), r.spread.bucket) > r.spread.round
	return bucket{from: b.from + int64(b.rows), at: r.size}, full
}
