package csvfile

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
)

// gathering is what a worker needs for a bucket.
type gathering struct {
	places     []uint64
	list, text []byte
	next       []piece
}

// read reads the places of a bucket.
func (g *gathering) read(v *Sorted, b *bucket) error {
	if cap(g.places) < b.rows {
		g.places = make([]uint64, b.rows+b.rows/8)
	}
	g.places = g.places[:b.rows]
	return v.places.read(b.from, g.places)
}

// putAside puts the rows of all buckets aside. told hears which part is done.
func (r *round) putAside(ctx context.Context, told func(share float64)) error {
	f := r.v.f
	err := inOrder(ctx, f, chunks{count: int64(len(r.buckets))}, func(_ context.Context, _ *window, i int64) (struct{}, error) {
		return struct{}{}, r.list(&r.buckets[i])
	}, func(int64, struct{}) error { return nil })
	if err != nil {
		return err
	}
	return inOrder(ctx, f, chunks{count: int64(r.stretches)}, func(ctx context.Context, w *window, i int64) (struct{}, error) {
		return struct{}{}, r.scatter(ctx, w, i)
	}, func(i int64, _ struct{}) error {
		told(float64(i+1) / float64(r.stretches))
		return nil
	})
}

// list notes where the rows of a bucket stand, stretch by stretch of the file, and in
// each in their order: a row's place in the stretch, and before it where in the bucket
// the row is to be, if that is ordered.
func (r *round) list(b *bucket) error {
	g := r.rooms.Get().(*gathering)
	defer r.rooms.Put(g)
	if err := g.read(r.v, b); err != nil {
		return err
	}
	shift := lengthBits + r.spread.shift
	counts := make([]piece, r.stretches+1)
	for _, place := range g.places {
		if n := heldLength(place); n > 0 {
			c := &counts[place>>shift+1]
			c.rows++
			c.bytes += uint32(n)
		}
	}
	for i := 1; i < len(counts); i++ {
		counts[i].rows += counts[i-1].rows
		counts[i].bytes += counts[i-1].bytes
	}
	b.before = counts
	g.next = append(g.next[:0], counts...)
	at := placeSize * (b.from - r.from)
	list := r.lists.Room(at, placeSize*int(counts[r.stretches].rows), &g.list)
	to := uint64(0)
	for _, place := range g.places {
		if n := heldLength(place); n > 0 {
			c := &g.next[place>>shift]
			binary.LittleEndian.PutUint64(list[placeSize*c.rows:], place&(1<<shift-1)|to<<shift)
			c.rows++
			if r.ordered {
				to += uint64(n)
			}
		}
	}
	return r.lists.Put(list, at)
}

// scatter puts the rows that begin in a stretch of the file into their buckets.
func (r *round) scatter(ctx context.Context, w *window, stretch int64) error {
	in := part{src: w.src, start: stretch << r.spread.shift, shift: r.spread.shift}
	size := int(min(1<<r.spread.shift, w.src.Size()-in.start))
	g := r.rooms.Get().(*gathering)
	defer r.rooms.Put(g)
	for i := range r.buckets {
		b := &r.buckets[i]
		from, to := b.before[stretch], b.before[stretch+1]
		if from.rows == to.rows {
			continue
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if in.text == nil {
			var err error
			if in.text, err = w.soon(in.start, size); err != nil {
				return err
			}
		}
		list, err := r.lists.Get(placeSize*(b.from-r.from+int64(from.rows)), placeSize*int(to.rows-from.rows), &g.list)
		if err != nil {
			return err
		}
		if err := r.fill(b, from, to, list, &in, g); err != nil {
			return err
		}
	}
	return nil
}

// fill puts the rows of a list, which are in a piece of the file, into a bucket.
func (r *round) fill(b *bucket, from, to piece, list []byte, in *part, g *gathering) error {
	if r.ordered {
		return in.copyListed(r.texts.Room(b.at, b.size, nil), list, true)
	}
	at := b.at + int64(from.bytes)
	out := r.texts.Room(at, int(to.bytes-from.bytes), &g.text)
	if err := in.copyListed(out, list, false); err != nil {
		return err
	}
	return r.texts.Put(out, at)
}

// part is a stretch of the file: text begins at its start, and may lack what of the last
// row is behind it.
type part struct {
	src   io.ReaderAt
	start int64
	shift uint
	text  []byte
}

// copyListed copies rows of which a list has the places: to where it says, if ordered, or
// one behind the other.
func (p *part) copyListed(out, list []byte, ordered bool) error {
	to, inStretch := 0, uint64(1)<<p.shift-1
	for ; len(list) > 0; list = list[placeSize:] {
		e := binary.LittleEndian.Uint64(list)
		at, n := int(e>>lengthBits&inStretch), lengthOf(e)
		if ordered {
			to = int(e >> (lengthBits + p.shift))
		}
		row := out[to : to+n]
		if at+n <= len(p.text) {
			copy(row, p.text[at:])
		} else if k, err := p.src.ReadAt(row, p.start+int64(at)); k < n {
			if errors.Is(err, io.EOF) {
				err = ErrChanged
			}
			return err
		}
		to += n
	}
	return nil
}
