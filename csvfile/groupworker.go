package csvfile

import (
	"context"

	"sluice/csvfile/internal/groupby"
)

// groupWorker puts rows into groups, in one goroutine at a time.
type groupWorker struct {
	*groupby.Worker
	g       *grouping
	key     []byte
	scratch []byte
	value   groupby.Value          // of the cell that is added: here it costs no allocation
	kinds   [][groupby.Kinds]int64 // of the cells of each asked column
	long    []int64                // of which only the start is compared
	keys    []struct{ noTime, cut int64 }
}

// row adds a record.
func (w *groupWorker) row(ctx context.Context, rec *rec) error {
	w.key = w.key[:0]
	for i, k := range w.g.Keys {
		cell, whole, _ := rec.wantedCell(k.Column, &w.scratch)
		if k.Bucket != BucketNone {
			w.appendBucket(i, cell, k.Bucket)
			continue
		}
		if !whole {
			digest, err := w.digest(ctx, rec, k.Column)
			if err != nil {
				return err
			}
			w.key = w.g.to.AppendLongKey(w.key, cell, digest)
			w.keys[i].cut++
			continue
		}
		var cut bool
		if w.key, cut = w.g.to.AppendKey(w.key, cell); cut {
			w.keys[i].cut++
		}
	}
	group, err := w.Row(w.key)
	if err != nil {
		return err
	}
	for i := range w.g.columns {
		if err := w.cell(ctx, rec, i, group); err != nil {
			return err
		}
	}
	return nil
}

// cell adds what is asked of column i.
func (w *groupWorker) cell(ctx context.Context, rec *rec, i, group int) error {
	c := &w.g.columns[i]
	cell, whole, _ := rec.wantedCell(c.column, &w.scratch)
	if len(cell) == 0 {
		return nil
	}
	if c.distinct >= 0 {
		if whole {
			w.Distinct(c.distinct, w.key, cell)
		} else {
			digest, err := w.digest(ctx, rec, c.column)
			if err != nil {
				return err
			}
			w.DistinctLong(c.distinct, w.key, digest)
		}
	}
	if len(c.ops) == 0 {
		return nil
	}
	w.value = valueOf(cell, c.number, c.times)
	w.kinds[i][w.value.Kind]++
	if len(cell) > groupby.TextLimit {
		w.long[i]++
	}
	for _, op := range c.ops {
		w.Cell(op, group, &w.value)
	}
	return nil
}

// digest is that of a cell too large to be held.
func (w *groupWorker) digest(ctx context.Context, rec *rec, column int) ([]byte, error) {
	r, err := w.g.f.Cell(ctx, *rec.giant, column)
	if err != nil {
		return nil, err
	}
	return w.g.to.OfReader(r)
}

// valueOf reads a cell, as a number or a time if it is to be read so.
func valueOf(cell []byte, number, times bool) groupby.Value {
	v := groupby.Value{Text: cell[:min(len(cell), groupby.TextLimit)]}
	if number && maybeNumber(cell[0]) {
		if sum, ok := groupby.ParseSum(cell); ok {
			v.Kind, v.Sum = groupby.Number, sum
			return v
		}
	}
	if times && startsWithDate(cell) {
		if s, ok := utcSeconds(cell); ok {
			v.Kind, v.Sec = groupby.Time, s
		} else if t, _, ok := parseTime(cell); ok {
			v.Kind, v.Sec, v.Nanos = groupby.Time, t.Unix(), int32(t.Nanosecond())
		}
	}
	return v
}

// maybeNumber reports whether a number may begin with c.
func maybeNumber(c byte) bool {
	return c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' || c == ' ' || c >= '\t' && c <= '\r'
}

// appendBucket appends the bucket of a time to the key.
func (w *groupWorker) appendBucket(i int, cell []byte, b Bucket) {
	name := cell[:0]
	if len(cell) > 0 {
		var ok bool
		if name, ok = bucketOf(cell, b); !ok {
			w.keys[i].noTime++
			name = noTime
		}
	}
	w.key, _ = w.g.to.AppendKey(w.key, name)
}

var noTime = []byte(NoTime)

// bucketOf is the name of the bucket of a time.
func bucketOf(cell []byte, b Bucket) (name []byte, ok bool) {
	layout := bucketLayouts[b]
	if !startsWithDate(cell) {
		return nil, false
	}
	if _, ok := utcSeconds(cell); ok {
		return cell[:len(layout)], true // it is UTC, and begins with the name
	}
	t, _, ok := parseTime(cell)
	if !ok {
		return nil, false
	}
	return t.AppendFormat(nil, layout), true
}
