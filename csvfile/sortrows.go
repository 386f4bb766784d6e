package csvfile

import (
	"context"

	"sluice/wording"
)

// Rows returns n rows from position from on; fewer at the end. A row that has no place
// yet gives a *[NotIndexedError]; the rows before it are returned with the error. Rows
// keep the numbers they have in the file.
func (v *Sorted) Rows(ctx context.Context, from int64, n int) ([]Row, error) {
	if from < 0 {
		return nil, wording.Errorf("row %d: rows are counted from 0", from)
	}
	total, final := v.Total()
	if n <= 0 {
		return nil, nil
	}
	if from >= total {
		if final {
			return nil, nil
		}
		return nil, &NotIndexedError{Row: from, Indexed: total}
	}
	where := make([]uint64, min(int64(n), total-from))
	if err := v.places.read(from, where); err != nil {
		return nil, err
	}
	w := v.f.window()
	defer v.f.release(w)
	rows := make([]Row, 0, len(where))
	for _, place := range where {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		off := offsetOf(place)
		number, ok, err := v.f.recordAt(w, off)
		if err != nil {
			return nil, err
		}
		row, err := v.f.readRows(ctx, w, off, 1, number-v.f.skip)
		if err != nil {
			return nil, err
		}
		if len(row) == 0 || !ok {
			return nil, ErrChanged
		}
		rows = append(rows, row[0])
	}
	if len(rows) < n && !final {
		return rows, &NotIndexedError{Row: from + int64(len(rows)), Indexed: total}
	}
	return rows, nil
}
