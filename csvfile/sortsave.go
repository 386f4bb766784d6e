package csvfile

import (
	"context"
	"runtime"
	"slices"
	"sort"

	"golang.org/x/sync/errgroup"

	"sluice/csvfile/internal/extsort"
)

const (
	// gatheredRows is how many rows are gathered at once, at most.
	gatheredRows = 1 << 20
	// gatheredPart is about how many bytes of them are worked on at once.
	gatheredPart = 1 << 20
)

// gathered are rows that follow each other in some order, brought together from all over
// the file.
type gathered struct {
	from   int64    // position of the first
	places []uint64 // of the rows
	starts []uint32 // of each in text, and the end of the last
	text   []byte
	order  []extsort.Entry // the rows in the order of the file
}

// inSortedOrder is inRowOrder for sorted rows. They stand anywhere in the file, so as
// many as fit into memory are gathered at a time, in the order in which they stand in the
// file: it is read through again for each part of the rows, but never row by row.
func inSortedOrder[T any](ctx context.Context, v *Sorted, raw bool, work func(ctx context.Context, each eachRec) (T, error), deliver func(t T, bytes int64) error) error {
	if err := v.wait(ctx); err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	runtime.GC() // what sorting has let go of is room for what is gathered now
	free, ready := make(chan *gathered, 1), make(chan *gathered)
	free <- new(gathered)
	g.Go(func() error {
		defer close(ready)
		return v.gatherAll(ctx, free, ready)
	})
	g.Go(func() error {
		total, _ := v.Total()
		size := float64(v.f.data().Size())
		for b := range ready {
			parts := b.parts()
			err := inOrder(ctx, v.f, chunks{count: int64(len(parts)) - 1}, func(ctx context.Context, w *window, part int64) (T, error) {
				return work(ctx, func(fn func(*rec) bool) error { return v.eachGathered(ctx, w, b, parts[part], parts[part+1], raw, fn) })
			}, func(part int64, t T) error {
				return deliver(t, int64(size*float64(b.from+int64(parts[part+1]))/float64(total)))
			})
			if err != nil {
				return err
			}
			free <- b
		}
		return nil
	})
	return g.Wait()
}

// gatherAll gathers all rows, part by part.
func (v *Sorted) gatherAll(ctx context.Context, free <-chan *gathered, ready chan<- *gathered) error {
	total, _ := v.Total()
	var room []extsort.Entry
	for from := int64(0); from < total; {
		var b *gathered
		select {
		case b = <-free:
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := v.gather(ctx, b, &room, from, total); err != nil {
			return err
		}
		from += int64(len(b.places))
		select {
		case ready <- b:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// gather brings rows from a position on together, as many as there is room for. room is
// for sorting them.
func (v *Sorted) gather(ctx context.Context, b *gathered, room *[]extsort.Entry, from, total int64) error {
	n := int(min(total-from, gatheredRows))
	b.from, b.places = from, slices.Grow(b.places[:0], n)[:n]
	if err := v.places.read(from, b.places); err != nil {
		return err
	}
	b.places = b.places[:fitting(b.places, v.limits.arena)]
	b.starts, b.order = slices.Grow(b.starts[:0], len(b.places)+1), slices.Grow(b.order[:0], len(b.places))
	end := 0
	for i, place := range b.places {
		b.starts = append(b.starts, uint32(end))
		if n := lengthOf(place); n != lengthOpen {
			end += n
			b.order = append(b.order, extsort.Entry{Word: place, Row: uint32(i)})
		}
	}
	b.starts = append(b.starts, uint32(end))
	b.text = slices.Grow(b.text[:0], max(end, min(v.limits.arena, int(v.f.data().Size()))))[:end]
	*room = slices.Grow((*room)[:0], len(b.order))[:len(b.order)]
	extsort.SortWords(b.order, *room)
	copied := func(ctx context.Context, w *window, chunk int64) (struct{}, error) {
		return struct{}{}, v.copyRows(ctx, w, b, chunk)
	}
	return inOrder(ctx, v.f, v.f.allChunks(), copied, func(int64, struct{}) error { return nil })
}

// fitting is how many rows have no more than size bytes, one at least.
func fitting(places []uint64, size int) int {
	for i, place := range places {
		if n := lengthOf(place); n != lengthOpen {
			if size -= n; size < 0 {
				return max(i, 1)
			}
		}
	}
	return len(places)
}

// copyRows copies those rows that start in a chunk of the file.
func (v *Sorted) copyRows(ctx context.Context, w *window, b *gathered, chunk int64) error {
	first, last := v.f.blocksOf(chunk)
	rows := b.order[b.firstFrom(v.f.blockStart(first)):b.firstFrom(v.f.blockStart(last))]
	if len(rows) == 0 {
		return nil
	}
	if end := rows[len(rows)-1].Word; w.file != nil { // one map for all of it
		at := offsetOf(rows[0].Word)
		if _, err := w.at(at, int(offsetOf(end)-at)+lengthOf(end)); err != nil {
			return err
		}
	}
	for i, e := range rows {
		if i%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		n := lengthOf(e.Word)
		text, err := w.at(offsetOf(e.Word), n)
		if err != nil {
			return err
		}
		if len(text) < n {
			return ErrChanged
		}
		copy(b.text[b.starts[e.Row]:], text[:n])
	}
	return nil
}

// firstFrom is the first row, in the order of the file, from an offset on.
func (b *gathered) firstFrom(off int64) int {
	return sort.Search(len(b.order), func(i int) bool { return offsetOf(b.order[i].Word) >= off })
}

// parts are where parts of the rows begin, and the end.
func (b *gathered) parts() []int {
	out := []int{0}
	for i := range b.places {
		if from := out[len(out)-1]; i > from && b.starts[i]-b.starts[from] >= gatheredPart {
			out = append(out, i)
		}
	}
	return append(out, len(b.places))
}

// eachGathered calls fn for gathered rows [from, to). Those too large to be gathered are
// read from the file.
func (v *Sorted) eachGathered(ctx context.Context, w *window, b *gathered, from, to int, raw bool, fn func(*rec) bool) error {
	var r rec
	for i := from; i < to; i++ {
		if (i-from)%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		place := b.places[i]
		if lengthOf(place) == lengthOpen {
			one := records{f: v.f, w: w, only: -1, off: offsetOf(place), end: offsetOf(place) + 1}
			if !one.next(ctx) {
				return one.err
			}
			one.rec.number = v.f.skip + b.from + int64(i)
			if !fn(&one.rec) {
				return nil
			}
			continue
		}
		text := b.text[b.starts[i]:b.starts[i+1]]
		r.number = v.f.skip + b.from + int64(i)
		r.offset, r.raw, r.length, r.lazy, r.hasWanted = offsetOf(place), text, int64(len(text)), true, false
		if !raw {
			r.cut(v.f.syn)
		}
		if !fn(&r) {
			return nil
		}
	}
	return nil
}
