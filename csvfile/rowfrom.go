package csvfile

import (
	"context"

	"sluice/csvfile/internal/block"
)

// WaitIndexed starts the index and waits until it has come to an offset.
func (f *File) WaitIndexed(ctx context.Context, off int64) error {
	if err := f.prepare(ctx); err != nil {
		return err
	}
	return f.waitBlock(ctx, min((off+block.Size-1)/block.Size, f.blockCount()))
}

// TextEnd is the length of the text; of a packed file, of what is packed in it, for
// which it starts the index, and waits until the file is unpacked, or has come to its
// end. Of a file that is followed it is what is there, and is indexed, by now.
func (f *File) TextEnd(ctx context.Context) (int64, error) {
	if f.packed != nil || f.grower != nil {
		if err := f.prepare(ctx); err != nil {
			return 0, err
		}
	}
	return f.data().Size(), nil
}

// FirstRow is where the first row starts, or the end of the text.
func (f *File) FirstRow(ctx context.Context) (int64, error) {
	off, ok, err := f.reach(ctx, 0)
	if err == nil && !ok {
		off = f.data().Size()
	}
	return off, err
}

// RowFrom is where the first row starts that starts at offset off or behind it, or the
// end of the text. off must not lie before the first row. It starts the index, and
// waits until that has come there.
func (f *File) RowFrom(ctx context.Context, off int64) (int64, error) {
	size, err := f.TextEnd(ctx)
	if err != nil || off >= size {
		return size, err
	}
	if err := f.prepare(ctx); err != nil {
		return 0, err
	}
	b := off / block.Size
	if err := f.waitBlock(ctx, b); err != nil {
		return 0, err
	}
	e, _ := f.idx.at(b)
	w := f.window()
	defer func() { f.release(w) }()
	for st := e.state(); f.blockStart(b) < size; b++ {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		blk, prev, err := f.block(w, b)
		if err != nil {
			return 0, err
		}
		at := f.blockStart(b)
		if at >= off && st == block.Outside && prev == f.syn.Terminator {
			return at, nil
		}
		// Behind the byte before off: a row that starts at off has its predecessor end there.
		from := max(off-at-1, 0)
		if from > 0 {
			_, _, st = block.Count(blk[:from], prev, st, f.syn)
			prev = blk[from-1]
		}
		if i := block.Nth(blk[from:], prev, st, f.syn, 1); i >= 0 {
			return at + from + int64(i), nil
		}
		_, _, st = block.Count(blk[from:], prev, st, f.syn)
	}
	return size, nil
}
