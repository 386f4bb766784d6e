package csvfile

import (
	"context"
	"errors"
	"sync"

	"sluice/csvfile/internal/block"
	"sluice/csvfile/internal/extsort"
	"sluice/csvfile/internal/sortkey"
	"sluice/wording"
)

// run sorts: a key is made of every row, on all cores, and sorted with those near it;
// then all are merged, and the place of each row is noted as its turn comes.
func (v *Sorted) run(ctx context.Context) (err error) {
	defer func() {
		if err != nil {
			err = wording.Errorf("sort %s: %w", v.f.path, err)
		}
	}()
	if err := v.f.prepare(ctx); err != nil {
		return err
	}
	if err := v.f.waitIndexed(ctx); err != nil {
		return err
	}
	if v.f.data().Size() >= maxPlace {
		return wording.New("a file of more than 16 TB cannot be sorted")
	}
	if err := v.tellKinds(ctx); err != nil {
		return err
	}
	s := extsort.NewSorter(v.f.spoolDir(), v.limits.Limits)
	err = v.extract(ctx, s)
	if err == nil {
		v.weight += placeSize * s.Rows()
		v.rows.Store(s.Rows())
		v.places.tell()
		err = v.merge(ctx, s)
	}
	if err = errors.Join(err, s.Close()); err == nil {
		v.final.Store(true)
	}
	return err
}

// tellKinds finds out what the columns hold whose kind is open.
func (v *Sorted) tellKinds(ctx context.Context) error {
	for i := range v.keys {
		if k := &v.keys[i]; k.Kind == SortAuto {
			kind, err := kindOfColumn(ctx, v.src, k.Column)
			if err != nil {
				return err
			}
			k.Kind = kind
		}
		v.odd = append(v.odd, SortOddity{Key: v.keys[i]})
	}
	close(v.kinds)
	return nil
}

// sampledBlocks is how many blocks of a file tell what a column holds.
const sampledBlocks = 64

// kindOfColumn is what a column is to be sorted as, by the rule of its profile: of all
// rows of a small file, and of parts, spread over the whole of it, of a large one.
func kindOfColumn(ctx context.Context, src recordSource, column int) (SortKind, error) {
	c, err := newCollector()
	if err != nil {
		return 0, err
	}
	f := src.file()
	w := f.scanWindow()
	defer w.close()
	n := f.blockCount()
	k := min(n, sampledBlocks)
	var scratch []byte
	for i := range k {
		b := i * n / k
		err := w.guard(func() error {
			return src.eachRecord(ctx, w, b, b+1, column, func(r *rec) bool {
				value, whole, _ := r.wantedCell(column, &scratch)
				if !whole {
					err = c.addLong(value, r.giant.Size(column))
				} else {
					err = c.add(value)
				}
				return err == nil
			})
		})
		if err = errors.Join(err, ctx.Err()); err != nil {
			return 0, err
		}
	}
	guess := c.guess()
	if guess == TypeEmpty && k < n {
		p, err := ProfileColumn(ctx, src, column, nil)
		if err != nil {
			return 0, err
		}
		guess = p.Type
	}
	switch guess {
	case TypeInteger, TypeDecimal:
		return SortNumber, nil
	case TypeTime:
		return SortTime, nil
	}
	return SortText, nil
}

// encoder makes keys for v.
func (v *Sorted) encoder() *sortkey.Encoder {
	columns := make([]sortkey.Column, len(v.keys))
	for i, k := range v.keys {
		columns[i] = sortkey.Column{Kind: kindOfKey[k.Kind], Desc: k.Desc}
	}
	return sortkey.NewEncoder(columns, v.limits.text, parseInstant)
}

// keyRuns are the sorted keys of a part of the file.
type keyRuns struct {
	runs [][]byte
	rows []int // of each
	odd  []SortOddity
	size int64 // of all rows, as far as they are put aside when they are saved
}

// extractor makes keys; its parts are shared by the workers.
type extractor struct {
	v        *Sorted
	blocks   int64 // of a part
	only     int   // the only column that is looked at, or -1
	encoders sync.Pool
	batches  sync.Pool // of *extsort.Batch
	buffers  sync.Pool // of *[]byte, for runs
}

// extract adds the keys of all rows to s, in the order of the file.
func (v *Sorted) extract(ctx context.Context, s *extsort.Sorter) error {
	x := &extractor{v: v, only: v.keys[0].Column}
	for _, k := range v.keys {
		if k.Column != x.only {
			x.only = -1
		}
	}
	x.encoders.New = func() any { return v.encoder() }
	x.batches.New = func() any { return new(extsort.Batch) }
	rows, _ := v.f.Total()
	// So many blocks that a part mostly is one run.
	x.blocks = v.f.data().Size() / max(rows, 1) * int64(v.limits.rows) / block.Size
	x.blocks = min(max(x.blocks, 1), v.f.cfg.chunkBlocks)
	n := v.f.blockCount()
	parts := chunks{count: (n + x.blocks - 1) / x.blocks}
	return inOrder(ctx, v.f, parts, x.part, func(part int64, k keyRuns) error {
		for i, b := range k.runs {
			kept, err := s.Add(ctx, b, k.rows[i])
			if err != nil {
				return err
			}
			if !kept {
				b = b[:0]
				x.buffers.Put(&b)
			}
		}
		v.weight += k.size
		for i, o := range k.odd {
			if v.odd[i].Count == 0 {
				v.odd[i].First = o.First
			}
			v.odd[i].Count += o.Count
		}
		v.scanned.Store(min(v.f.blockStart(min((part+1)*x.blocks, n)), v.f.data().Size()))
		return nil
	})
}

// part makes the keys of a part.
func (x *extractor) part(ctx context.Context, w *window, part int64) (k keyRuns, err error) {
	e := x.encoders.Get().(*sortkey.Encoder)
	b := x.batches.Get().(*extsort.Batch)
	defer x.encoders.Put(e)
	defer x.batches.Put(b)
	b.Reset()
	k.odd = make([]SortOddity, len(x.v.keys))
	first := part * x.blocks
	var scratch []byte
	err = x.v.src.eachRecord(ctx, w, first, min(first+x.blocks, x.v.f.blockCount()), x.only, func(r *rec) bool {
		x.add(e, b, &k, r, &scratch)
		if b.Len() >= x.v.limits.rows || b.Size() >= mostOfRun {
			x.endRun(b, &k)
		}
		return true
	})
	x.endRun(b, &k)
	return k, err
}

// mostOfRun is how many bytes the keys of a run take at most.
const mostOfRun = 8 << 20

// add makes the key of a row.
func (x *extractor) add(e *sortkey.Encoder, b *extsort.Batch, k *keyRuns, r *rec, scratch *[]byte) {
	keys, long := b.Keys(), false
	for i, by := range x.v.keys {
		cell, whole, _ := r.wantedCell(by.Column, scratch)
		var class sortkey.Class
		keys, class = e.Append(keys, i, cell, !whole)
		if class == sortkey.Other {
			if k.odd[i].Count == 0 {
				k.odd[i].First = r.number - x.v.f.skip
			}
			k.odd[i].Count++
		}
		if long = class == sortkey.LongOf; long {
			break
		}
	}
	place := placeOf(r)
	k.size += int64(heldLength(place))
	b.Add(keys, place, long)
}

// endRun makes a run of what was collected.
func (x *extractor) endRun(b *extsort.Batch, k *keyRuns) {
	if b.Len() == 0 {
		return
	}
	var buf []byte
	if p, ok := x.buffers.Get().(*[]byte); ok {
		buf = *p
	} else {
		buf = make([]byte, 0, b.RunSize())
	}
	k.runs, k.rows = append(k.runs, b.AppendRun(buf)), append(k.rows, b.Len())
	b.Reset()
}

const (
	firstPlaces = 256  // that are noted before anything is shown
	morePlaces  = 8192 // that are noted together afterwards
)

// merge notes the places of all rows in their order.
func (v *Sorted) merge(ctx context.Context, s *extsort.Sorter) error {
	buf := make([]uint64, 0, morePlaces)
	size := firstPlaces
	alike := 0 // of the last places in buf, those that the key does not tell apart
	flush := func() error {
		if alike > 1 {
			if err := v.tellApart(ctx, buf[len(buf)-alike:]); err != nil {
				return err
			}
		}
		err := v.places.append(buf)
		buf, alike, size = buf[:0], 0, morePlaces
		return err
	}
	err := s.Merge(ctx, func(place uint64, long, tied bool) error {
		if !tied {
			if alike > 1 {
				if err := v.tellApart(ctx, buf[len(buf)-alike:]); err != nil {
					return err
				}
			}
			alike = 0
			if len(buf) >= size {
				if err := flush(); err != nil {
					return err
				}
			}
		}
		if long {
			alike++
		}
		buf = append(buf, place)
		return nil
	})
	if err != nil {
		return err
	}
	return flush()
}
