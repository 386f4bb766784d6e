package csvfile

import (
	"context"
	"errors"
	"io"
	"runtime"
)

// inSortedOrder is inRowOrder for sorted rows. They stand anywhere in the file, so they
// are brought together in two steps, each of which goes through everything from front to
// back. First the file is read, and its rows are put aside in buckets that follow each
// other in their order; then the buckets are gone through one after the other, and in a
// bucket, which is small, it does not matter where a row stands. There are as many rounds
// of this as needed for the room there is, and the first begins as soon as its rows are in
// their place, while others are still being merged. If raw is true, a rec may be all rows of
// a bucket.
func inSortedOrder[T any](ctx context.Context, v *Sorted, raw bool, work func(ctx context.Context, each eachRec) (T, error), deliver func(t T) error, told func(bytes int64)) (err error) {
	all, err := v.placed(ctx, 0)
	if err != nil {
		return err
	}
	if all == 0 {
		return v.wait(ctx)
	}
	runtime.GC() // what sorting has let go of is room for what is put aside now
	s, err := v.spread()
	if err != nil {
		return err
	}
	rounds, err := v.newRounds(s, all)
	defer func() {
		for _, r := range rounds {
			err = joinClose(err, r.lists, r.texts)
		}
	}()
	if err != nil {
		return err
	}
	err = inRounds(ctx, rounds, told, func(ctx context.Context, r *round) error {
		return handOut(ctx, r, raw, work, deliver, told)
	})
	if err != nil {
		return err
	}
	return v.wait(ctx)
}

// joinClose adds what closing gives to an error.
func joinClose(err error, cs ...io.Closer) error {
	for _, c := range cs {
		err = errors.Join(err, c.Close())
	}
	return err
}

// asideShare is which part of a round putting aside is taken for.
const asideShare = 0.4

// reached is how far all work has come when a part of the round is done, in bytes of the
// file.
func (r *round) reached(part float64) int64 {
	return int64(float64(r.v.f.data().Size()) * ((float64(r.from) + part*float64(r.rows)) / float64(r.all)))
}

// handOut works on the rows of all buckets, in their order.
func handOut[T any](ctx context.Context, r *round, raw bool, work func(ctx context.Context, each eachRec) (T, error), deliver func(t T) error, told func(bytes int64)) error {
	return inOrder(ctx, r.v.f, chunks{count: int64(len(r.buckets))}, func(ctx context.Context, w *window, i int64) (T, error) {
		return work(ctx, func(fn func(*rec) bool) error { return r.each(ctx, w, &r.buckets[i], raw, fn) })
	}, func(i int64, t T) error {
		if err := deliver(t); err != nil {
			return err
		}
		b := &r.buckets[i]
		done := float64(b.from+int64(b.rows)-r.from) / float64(r.rows)
		told(r.reached(asideShare + (1-asideShare)*done))
		return nil
	})
}

// each calls fn for the rows of a bucket, in their order.
func (r *round) each(ctx context.Context, w *window, b *bucket, raw bool, fn func(*rec) bool) error {
	g := r.rooms.Get().(*gathering)
	defer r.rooms.Put(g)
	text, err := r.texts.Get(b.at, b.size, &g.text)
	if err != nil {
		return err
	}
	c, f := rec{}, r.v.f
	if raw && r.ordered && r.lined && !b.large { // the text is what is wanted
		c.number, c.raw, c.length, c.rows = f.skip+b.from, text, int64(len(text)), b.rows
		fn(&c)
		return nil
	}
	if err := g.read(r.v, b); err != nil {
		return err
	}
	g.next = append(g.next[:0], b.before...)
	for i, place := range g.places {
		if i%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		number := f.skip + b.from + int64(i)
		n := lengthOf(place)
		if n == lengthOpen {
			if more, err := r.large(ctx, w, place, number, fn); err != nil || !more {
				return err
			}
			continue
		}
		stretch := place >> (lengthBits + r.spread.shift)
		if r.ordered {
			stretch = 0 // one row stands behind the other
		}
		at := &g.next[stretch].bytes
		c.number, c.offset, c.raw, c.length = number, offsetOf(place), text[*at:int(*at)+n], int64(n)
		c.lazy, c.hasWanted = true, false
		*at += uint32(n)
		if !raw {
			c.cut(f.syn)
		}
		if !fn(&c) {
			return nil
		}
	}
	return nil
}

// large calls fn for a row that is too large to be put aside: it is read from the file.
func (r *round) large(ctx context.Context, w *window, place uint64, number int64, fn func(*rec) bool) (bool, error) {
	one := records{f: r.v.f, w: w, only: -1, off: offsetOf(place), end: offsetOf(place) + 1}
	if !one.next(ctx) {
		return false, one.err
	}
	one.rec.number = number
	return fn(&one.rec), nil
}
