package csvfile

import (
	"context"
	"errors"
	"os"

	"sluice/csvfile/internal/block"
)

// advance indexes the whole blocks of the first size bytes of a text in a file, and makes
// its whole records the data of f.
func (f *File) advance(ctx context.Context, file *os.File, size int64) error {
	if size <= f.data().Size() {
		return nil // it is read once more
	}
	w := &f.ahead
	w.src = grown{fileData{file, size}}
	b, e, _ := f.idx.last()
	records, st := e.records(), e.state()
	prev, err := f.byteBefore(w, f.blockStart(b))
	if err != nil {
		return err
	}
	var entries []entry
	for ; (b+1)*block.Size <= size && (b+1)*block.Size > f.start; b++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		at := f.blockStart(b)
		n := int((b+1)*block.Size - at)
		buf, err := w.at(at, n)
		if err != nil || len(buf) < n {
			return errors.Join(err, ErrChanged)
		}
		step, err := f.stepOf(w, b, buf[:n], prev, st, records)
		if err != nil {
			return err
		}
		records += int64(step.Records[st])
		st, prev = step.End[st], buf[n-1]
		entries = append(entries, makeEntry(records, st))
	}
	f.idx.append(entries)
	return f.show(w, b, records, st, size)
}

// stepOf scans a block of a text that is still coming.
func (f *File) stepOf(w *window, b int64, blk []byte, prev byte, st block.State, records int64) (block.Step, error) {
	if f.foreign.Load() {
		return block.ScanForeign(blk, prev, f.syn), nil
	}
	s := block.Scan(blk, prev, f.syn)
	if s.Stray[st] {
		return f.rescan(w, b, st, records)
	}
	return s, nil
}

// show makes the records that end before size the data of f. Those before block b, which is
// begun in a state, are counted.
func (f *File) show(w *window, b, records int64, st block.State, size int64) error {
	shown := f.data().Size()
	for first := b; b >= 0 && f.blockStart(b+1) > shown; b-- {
		if b < first {
			e, _ := f.idx.at(b)
			st = e.state()
		}
		at := f.blockStart(b)
		blk, prev, err := f.block(w, b)
		if err != nil {
			return err
		}
		if len(blk) == 0 {
			continue
		}
		n, last, _ := block.Count(blk, prev, st, f.syn)
		if b == first {
			records += int64(n)
		}
		if last > 0 {
			if end := at + int64(last); end > shown {
				f.setData(grown{fileData{w.src.(grown).f, end}})
			}
			break
		}
	}
	f.soFar.Store(max(f.soFar.Load(), records)) // what is counted can be read by now
	f.idx.tell()
	return nil
}
