package grid

import "math"

// Viewport is the part of the rows that is in sight: which row is at the top and
// by how many pixels it is scrolled out. Rows are counted from 0. Pixels are
// device-independent. Every method leaves the viewport inside the rows.
type Viewport struct {
	RowHeight float64 // pixels, > 0
	Height    float64 // pixels of the body, ≥ 0
	Rows      int64   // how many rows there are

	Top    int64   // the first row that is in sight, at least in part
	Offset float64 // pixels of Top that are above the edge, 0 ≤ Offset < RowHeight
}

// Fit says how many whole rows the body has room for, at least 1.
func (v *Viewport) Fit() int64 {
	return max(1, int64(v.Height/v.RowHeight))
}

// bottom is the position at which the last row ends at the lower edge.
func (v *Viewport) bottom() (top int64, offset float64) {
	fit := int64(v.Height / v.RowHeight)
	if v.Rows <= fit {
		return 0, 0
	}
	rest := v.Height - float64(fit)*v.RowHeight
	if rest <= 0 {
		return v.Rows - fit, 0
	}
	return v.Rows - fit - 1, v.RowHeight - rest
}

// Clamp moves the viewport back into the rows after any of its fields changed.
func (v *Viewport) Clamp() {
	top, offset := v.bottom()
	if v.Top > top || v.Top == top && v.Offset > offset {
		v.Top, v.Offset = top, offset
	}
	if v.Top < 0 {
		v.Top, v.Offset = 0, 0
	}
	if v.Offset < 0 || v.Offset >= v.RowHeight {
		v.Offset = 0
	}
}

// ScrollBy moves the rows by pixels, down the file when positive.
func (v *Viewport) ScrollBy(pixels float64) {
	at := v.Offset + pixels
	rows := math.Floor(at / v.RowHeight)
	v.Top = addClamped(v.Top, rows)
	v.Offset = at - rows*v.RowHeight
	v.Clamp()
}

// ScrollTo puts row at the top, as far as the rows allow.
func (v *Viewport) ScrollTo(row int64) {
	v.Top, v.Offset = row, 0
	v.Clamp()
}

// ToStart and ToEnd show the first and the last rows.
func (v *Viewport) ToStart() { v.Top, v.Offset = 0, 0 }

// ToEnd shows the last rows, the last one whole at the lower edge.
func (v *Viewport) ToEnd() { v.Top, v.Offset = v.bottom() }

// Reveal moves as little as needed to have row whole in sight.
func (v *Viewport) Reveal(row int64) {
	row = min(max(row, 0), max(0, v.Rows-1))
	if row < v.Top || row == v.Top && v.Offset > 0 {
		v.ScrollTo(row)
		return
	}
	if below := row - v.Top; below >= v.Fit() || v.hidden(below) > 0 {
		v.Top, v.Offset = row, 0
		v.ScrollBy(v.RowHeight - math.Max(v.Height, v.RowHeight))
	}
}

// RevealCentred moves row to the middle if it is out of sight: for jumps, where
// what stands around the target matters.
func (v *Viewport) RevealCentred(row int64) {
	if from, n := v.Whole(); row >= from && row < from+n {
		return
	}
	v.ScrollTo(row - v.Fit()/2)
}

// hidden is how many pixels of the row `below` rows under Top are under the edge.
func (v *Viewport) hidden(below int64) float64 {
	return float64(below+1)*v.RowHeight - v.Offset - v.Height
}

// Visible says which rows are in sight, also those that are cut by an edge.
func (v *Viewport) Visible() (from, n int64) {
	if v.Height <= 0 {
		return v.Top, 0
	}
	n = int64(math.Ceil((v.Height + v.Offset) / v.RowHeight))
	return v.Top, max(0, min(n, v.Rows-v.Top))
}

// Whole says which rows are in sight with at least half of their height: the
// rows that a reader would say are shown.
func (v *Viewport) Whole() (from, n int64) {
	from, n = v.Visible()
	if n > 0 && v.Offset > v.RowHeight/2 {
		from, n = from+1, n-1
	}
	if n > 0 && v.hidden(from+n-1-v.Top) > v.RowHeight/2 {
		n--
	}
	return from, n
}

// Fraction is the position as the scroll bar shows it, 0 at the first row and
// exactly 1 at the last.
func (v *Viewport) Fraction() float64 {
	top, offset := v.bottom()
	end := float64(top) + offset/v.RowHeight
	if end <= 0 {
		return 0
	}
	return math.Min(1, (float64(v.Top)+v.Offset/v.RowHeight)/end)
}

// SetFraction moves to where the scroll bar was put. 0 and 1 reach the first and
// the last row whatever the row count; between them the top row is whole.
func (v *Viewport) SetFraction(f float64) {
	switch {
	case !(f > 0):
		v.ToStart()
	case f >= 1:
		v.ToEnd()
	default:
		top, offset := v.bottom()
		v.ScrollTo(int64(math.Round(f * (float64(top) + offset/v.RowHeight))))
	}
}

// Share is the part of the rows that is in sight, 0 < Share ≤ 1: the length of
// the scroll bar's thumb.
func (v *Viewport) Share() float64 {
	if v.Rows <= 0 {
		return 1
	}
	return math.Min(1, math.Max(v.Height, 1)/v.RowHeight/float64(v.Rows))
}

// RowAt is the row at y pixels below the upper edge, or -1 if none is there.
func (v *Viewport) RowAt(y float64) int64 {
	if y < 0 || y >= v.Height {
		return -1
	}
	row := v.Top + int64((y+v.Offset)/v.RowHeight)
	if row >= v.Rows {
		return -1
	}
	return row
}

// addClamped adds rows to top without running over the ends of int64.
func addClamped(top int64, rows float64) int64 {
	const far = 1 << 62
	switch {
	case rows > far:
		return far
	case rows < -far:
		return 0
	}
	return top + int64(rows)
}
