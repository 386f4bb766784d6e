package csvfile

import (
	"bytes"
	"context"
	"io"
	"slices"

	"sluice/csvfile/internal/record"
	"sluice/csvfile/internal/sortkey"
)

// tellApart sorts rows whose keys are the same up to a text of which the key has only
// the start, by the cells themselves: texts by their bytes then, however they are sorted
// otherwise.
func (v *Sorted) tellApart(ctx context.Context, places []uint64) error {
	e := v.encoder()
	var failed error
	slices.SortStableFunc(places, func(a, b uint64) int {
		if failed != nil {
			return 0
		}
		order, err := v.compare(ctx, e, offsetOf(a), offsetOf(b))
		failed = err
		return order
	})
	return failed
}

// compare compares the rows at two offsets, key by key.
func (v *Sorted) compare(ctx context.Context, e *sortkey.Encoder, a, b int64) (int, error) {
	for i, k := range v.keys {
		x, y := v.cellAt(ctx, a, k.Column), v.cellAt(ctx, b, k.Column)
		xs, xmore, err := startOf(x, v.limits.text)
		if err != nil {
			return 0, err
		}
		ys, ymore, err := startOf(y, v.limits.text)
		if err != nil {
			return 0, err
		}
		xkey, class := e.Append(nil, i, xs, xmore)
		ykey, _ := e.Append(nil, i, ys, ymore)
		order := bytes.Compare(xkey, ykey)
		if order == 0 && class == sortkey.LongOf {
			order, err = compareReaders(io.MultiReader(bytes.NewReader(xs), x), io.MultiReader(bytes.NewReader(ys), y))
			if k.Desc {
				order = -order
			}
		}
		if order != 0 || err != nil {
			return order, err
		}
	}
	return 0, nil
}

// cellAt reads a cell of the row at an offset; one that is missing is empty.
func (v *Sorted) cellAt(ctx context.Context, off int64, column int) io.Reader {
	return &cellReader{ctx: ctx, w: window{src: v.f.data()}, at: off, s: record.Stream{Syntax: v.f.syn}, col: column}
}

// startOf reads up to limit bytes, and reports whether there are more; the next is then
// part of what it returns.
func startOf(r io.Reader, limit int) (b []byte, more bool, err error) {
	b, err = io.ReadAll(io.LimitReader(r, int64(limit)+1))
	return b, len(b) > limit, err
}

// compareReaders compares what two readers have, byte for byte.
func compareReaders(a, b io.Reader) (int, error) {
	x, y := make([]byte, 64<<10), make([]byte, 64<<10)
	for {
		n, err := readFull(a, x)
		if err != nil {
			return 0, err
		}
		k, err := readFull(b, y)
		if err != nil {
			return 0, err
		}
		if order := bytes.Compare(x[:n], y[:k]); order != 0 || n < len(x) {
			return order, nil
		}
	}
}

// readFull fills p, less only at the end.
func readFull(r io.Reader, p []byte) (int, error) {
	n, err := io.ReadFull(r, p)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return n, err
}
