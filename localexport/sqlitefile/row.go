package sqlitefile

import (
	"encoding/binary"
	"math"

	"sluice/wording"
)

// Row is the row a cursor is at. Its columns are counted from 0 in the order in
// which they were named. All of it, also the bytes it returned, stays until the
// cursor moves on.
type Row struct {
	payload
	r         *Reader
	layout    *layout
	rowid     int64
	values    []value
	headStart int
	long      []byte // a head or number that lies in overflow pages
	scratch   []byte // texts that do

	// The overflow page that was read last, so that the next value is read
	// without beginning anew.
	chainIndex int // of the page in the chain, -1 if none
	chainPage  uint32
	chainNext  uint32 // the page it points to
}

func newRow(r *Reader, l *layout) Row {
	return Row{r: r, layout: l, values: make([]value, l.wanted)}
}

// maxKeptScratch is how much of a long text's memory is kept for the next one.
const maxKeptScratch = 4 << 20

// load makes the row that of a payload.
func (w *Row) load(p payload, rowid int64) error {
	w.payload, w.rowid = p, rowid
	w.chainIndex = -1
	if cap(w.scratch) > maxKeptScratch {
		w.scratch = nil
	}
	w.scratch = w.scratch[:0]
	return w.parse()
}

// Rowid returns the row's key.
func (w *Row) Rowid() int64 { return w.rowid }

// Kind returns the storage class of column i.
func (w *Row) Kind(i int) Kind { return w.values[i].kind }

// IsNull reports whether column i is null.
func (w *Row) IsNull(i int) bool { return w.values[i].kind == Null }

// Int returns column i if it is an Integer; all else gives 0.
func (w *Row) Int(i int) int64 {
	if v := &w.values[i]; v.kind == Integer {
		return int64(v.bits)
	}
	return 0
}

// Float returns column i if it is a Real, or an Integer converted; all else
// gives 0.
func (w *Row) Float(i int) float64 {
	switch v := &w.values[i]; v.kind {
	case Real:
		return math.Float64frombits(v.bits)
	case Integer:
		return float64(int64(v.bits))
	}
	return 0
}

// Size returns the length in bytes of column i if it is a Text or a Blob, and
// else 0.
func (w *Row) Size(i int) int {
	if v := &w.values[i]; v.kind >= Text {
		return v.size
	}
	return 0
}

// Bytes returns column i if it is a Text (in UTF-8, not checked) or a Blob; all
// else gives nil. A value longer than Options.MaxValue gives an error that
// matches ErrTooBig. Only here are the overflow pages of a long value read.
func (w *Row) Bytes(i int) ([]byte, error) {
	v := &w.values[i]
	if end := v.at + v.size; v.kind >= Text && end <= len(w.local) && v.size <= w.r.f.maxValue {
		return w.local[v.at:end:end], nil
	}
	if size := w.Size(i); size > w.r.f.maxValue {
		return nil, wording.Errorf("%s: %s: %w: %d bytes, the limit is %d",
			w.r.f.path, w.subject(), ErrTooBig, size, w.r.f.maxValue)
	}
	return w.Prefix(i, math.MaxInt)
}

// Prefix returns the first n bytes of column i, or all if there are no more, and
// reads no pages after them. It may cut within a character.
func (w *Row) Prefix(i, n int) ([]byte, error) {
	v := &w.values[i]
	if v.kind < Text {
		return nil, nil
	}
	n = max(0, min(n, v.size))
	if end := v.at + n; end <= len(w.local) {
		return w.local[v.at:end:end], nil
	}
	start := len(w.scratch)
	var err error
	if w.scratch, err = w.appendTo(w.scratch, v.at, v.at+n); err != nil {
		return nil, err
	}
	return w.scratch[start:len(w.scratch):len(w.scratch)], nil
}

// appendTo appends the bytes from..to of the payload to dst.
func (w *Row) appendTo(dst []byte, from, to int) ([]byte, error) {
	if need := len(dst) + to - from; need > cap(dst) {
		grown := make([]byte, len(dst), max(need, min(2*cap(dst), maxKeptScratch)))
		copy(grown, dst)
		dst = grown
	}
	if from < len(w.local) {
		dst = append(dst, w.local[from:min(to, len(w.local))]...)
		from = min(to, len(w.local))
	}
	perPage := w.r.f.shape.usable - 4
	for from < to {
		index := (from - len(w.local)) / perPage
		content, err := w.overflow(index)
		if err != nil {
			return dst, err
		}
		skip := from - len(w.local) - index*perPage
		part := content[skip:min(perPage, skip+to-from)]
		dst = append(dst, part...)
		from += len(part)
	}
	return dst, nil
}

// overflow returns the content of the page of the given index, from 0, in the
// chain of overflow pages (file format §1.7).
func (w *Row) overflow(index int) ([]byte, error) {
	i, number, from := 0, w.next, w.page
	switch {
	case w.chainIndex == index:
		i, number = index, w.chainPage
	case w.chainIndex >= 0 && w.chainIndex < index:
		i, number, from = w.chainIndex+1, w.chainNext, w.chainPage
	}
	for ; ; i++ {
		if i&63 == 63 {
			if err := w.r.ctx.Err(); err != nil {
				return nil, err
			}
		}
		data, err := w.r.page(number, from)
		if err != nil {
			return nil, err
		}
		next := binary.BigEndian.Uint32(data)
		if i == index {
			w.chainIndex, w.chainPage, w.chainNext = i, number, next
			return data[4:], w.checkEnd(index, number, next)
		}
		number, from = next, number
	}
}

// checkEnd holds the link of an overflow page against the length of the record:
// only the last page has none. So no chain can run in a circle unseen that is
// read to its end.
func (w *Row) checkEnd(index int, number, next uint32) error {
	perPage := w.r.f.shape.usable - 4
	last := (w.size - len(w.local) - 1) / perPage
	if (index == last) != (next == 0) {
		return w.r.f.damaged(number, "the overflow chain of %s has the wrong length", w.subject())
	}
	return nil
}
