package csvfile

import (
	"context"
	"errors"

	"sluice/csvfile/internal/block"
	"sluice/csvfile/internal/record"
	"sluice/wording"
)

const (
	// firstSpan and maxSpan bound how much of the end of a file is read to
	// find its last rows.
	firstSpan = 256 << 10
	maxSpan   = 256 << 20
	// mostPlausible is how many records are looked at to tell how the file stands.
	mostPlausible = 100
)

// Tail returns the last n rows (fewer, if the file has fewer) without waiting
// for the index: it reads the end of the file and finds a record boundary in
// it. Row numbers are -1 until the index is complete.
func (f *File) Tail(ctx context.Context, n int) ([]Row, error) {
	if total, final := f.Total(); final {
		from := max(total-int64(n), 0)
		return f.Rows(ctx, from, int(min(int64(n), total-from)))
	}
	if !f.data().Whole() {
		return nil, &NotIndexedError{Row: -1}
	}
	return f.RowsBefore(ctx, f.data().Size(), n)
}

// RowsBefore returns the last n rows that start before byte offset end, which
// must be where a row starts or the end of the file. Row numbers are -1 where
// the index has not come so far.
func (f *File) RowsBefore(ctx context.Context, end int64, n int) ([]Row, error) {
	if n <= 0 {
		return nil, nil
	}
	w := f.window()
	defer f.release(w)
	head, err := f.headEnd(ctx, w)
	if err != nil {
		return nil, err
	}
	for span := int64(firstSpan); end > head; span *= 4 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		lo := max(end-span, head)
		p := place{at: lo, prev: f.syn.Terminator, start: true, sure: true}
		if lo > head {
			if p, err = f.resync(w, lo, end); err != nil {
				return nil, err
			}
		}
		if !p.sure && span < maxSpan {
			continue
		}
		starts, err := f.startsIn(w, p, end, n)
		if err != nil {
			return nil, err
		}
		if len(starts) == n || lo == head || span >= maxSpan && len(starts) > 0 {
			return f.rowsAt(ctx, w, starts)
		}
		if span >= maxSpan {
			return nil, wording.Errorf("no record starts in the last %d MB before byte %d; wait for the index", span>>20, end)
		}
	}
	return nil, nil
}

// headEnd returns where the first row starts.
func (f *File) headEnd(ctx context.Context, w *window) (int64, error) {
	off, ok, err := f.locate(ctx, w, f.skip)
	if err != nil {
		return 0, err
	}
	if !ok {
		off = w.src.Size()
	}
	return off, nil
}

// place is somewhere to read on from: an offset, the state there and the byte before.
type place struct {
	at    int64
	state block.State
	prev  byte
	start bool // a record is known to start here
	sure  bool // the state is known, or what follows speaks for it
}

// startsIn returns the offsets of the last n records that start in [p.at, end).
func (f *File) startsIn(w *window, p place, end int64, n int) ([]int64, error) {
	var starts []int64
	if p.start {
		starts = append(starts, p.at)
	}
	for p.at < end {
		b, err := w.at(p.at, int(min(block.Size, end-p.at)))
		if err != nil || len(b) == 0 {
			return nil, err
		}
		b = b[:min(int64(len(b)), end-p.at)]
		starts, p.state = block.Ends(starts, p.at, b, p.prev, p.state, f.syn)
		if len(starts) > 2*n { // one more than n: the last may be end itself
			starts = append(starts[:0], starts[len(starts)-n-1:]...)
		}
		p.prev = b[len(b)-1]
		p.at += int64(len(b))
	}
	if k := len(starts); k > 0 && starts[k-1] >= end {
		starts = starts[:k-1]
	}
	return starts[max(len(starts)-n, 0):], nil
}

// resync decides how the file stands at a place near lo: exactly, when the
// index knows the block; else by trying both possibilities on what follows and
// taking the one that gives regular records.
func (f *File) resync(w *window, lo, end int64) (place, error) {
	p := place{at: lo}
	b := (lo + block.Size - 1) / block.Size
	e, known := f.idx.at(b)
	if known = known && f.blockStart(b) < end; known {
		p.at, p.state, p.sure = f.blockStart(b), e.state(), true
	}
	n := int(min(firstSpan, end-p.at))
	buf, err := w.at(p.at-1, n+1)
	if err != nil || len(buf) <= n {
		return p, errors.Join(err, ErrChanged)
	}
	p.prev, buf = buf[0], buf[1:n+1]
	if known {
		return p, nil
	}
	if f.syn.IsQuote(p.prev) {
		p.state = block.Closed
	}
	atEnd := w.atEnd(p.at, buf)
	score := f.plausible(buf, p.prev, p.state, atEnd)
	if s := f.plausible(buf, p.prev, block.Inside, atEnd); s > score {
		p.state, score = block.Inside, s
	}
	p.sure = score >= 0.5
	return p, nil
}

// plausible rates the assumption that b starts in state st: the share of the
// first records that have as many fields as the header, less if a quote
// then stands where none should.
func (f *File) plausible(b []byte, prev byte, st block.State, atEnd bool) float64 {
	score := 0.0
	if block.Scan(b, prev, f.syn).Stray[st] {
		score--
	}
	i := block.Nth(b, prev, st, f.syn, 1)
	if i < 0 {
		return score
	}
	var fields []record.Field
	good, all := 0, 0
	for b = b[i:]; len(b) > 0 && all < mostPlausible; all++ {
		var n int
		var ok bool
		if fields, n, ok = record.Split(b, atEnd, f.syn, fields[:0]); !ok {
			break
		}
		if len(fields) == f.info.Columns {
			good++
		}
		b = b[n:]
	}
	if all > 0 {
		score += float64(good) / float64(all)
	}
	return score
}

// rowsAt reads the rows that start at the given, adjoining offsets.
func (f *File) rowsAt(ctx context.Context, w *window, starts []int64) ([]Row, error) {
	if len(starts) == 0 {
		return nil, nil
	}
	number := int64(-1)
	if n, ok, err := f.recordAt(w, starts[0]); err != nil {
		return nil, err
	} else if ok {
		number = n - f.skip
	}
	return f.readRows(ctx, w, starts[0], len(starts), number)
}

// RowAt returns the number of the row that starts at byte offset off; ok is
// false while the index has not come so far.
func (f *File) RowAt(off int64) (row int64, ok bool, err error) {
	w := f.window()
	defer f.release(w)
	n, ok, err := f.recordAt(w, off)
	return n - f.skip, ok, err
}

// recordAt returns how many records end before off.
func (f *File) recordAt(w *window, off int64) (n int64, ok bool, err error) {
	if off == f.start {
		return 0, true, nil
	}
	b := (off - 1) / block.Size
	e, ok := f.idx.at(b)
	if !ok {
		return 0, false, nil
	}
	blk, prev, err := f.block(w, b)
	if err != nil {
		return 0, false, err
	}
	k, _, _ := block.Count(blk[:min(off-f.blockStart(b), int64(len(blk)))], prev, e.state(), f.syn)
	return e.records() + int64(k), true, nil
}
