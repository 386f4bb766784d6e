package grid

import (
	"math"
	"math/rand/v2"
	"testing"
)

func view(rows int64, height float64) Viewport {
	return Viewport{RowHeight: 32, Height: height, Rows: rows}
}

func TestScrollKeepsRowsInside(t *testing.T) {
	for _, c := range []struct {
		name   string
		v      Viewport
		pixels float64
		top    int64
		offset float64
	}{
		{"half a row", view(100, 320), 16, 0, 16},
		{"two rows and a bit", view(100, 320), 70, 2, 6},
		{"above the start", view(100, 320), -10, 0, 0},
		{"past the end", view(100, 320), 1e9, 90, 0},
		{"past the end, height no multiple", view(100, 330), 1e9, 89, 22},
		{"all rows fit", view(5, 320), 500, 0, 0},
		{"no rows", view(0, 320), 500, 0, 0},
		{"no height", view(100, 0), 64, 2, 0},
		{"absurd delta", view(100, 320), math.MaxFloat64, 90, 0},
		{"absurd delta up", view(100, 320), -math.MaxFloat64, 0, 0},
	} {
		c.v.ScrollBy(c.pixels)
		if c.v.Top != c.top || math.Abs(c.v.Offset-c.offset) > 1e-9 {
			t.Errorf("%s: top %d offset %v, want %d %v", c.name, c.v.Top, c.v.Offset, c.top, c.offset)
		}
	}
}

func TestScrollIsExactAtAnyRowCount(t *testing.T) {
	for _, rows := range []int64{1000, 100_000_000, 3_000_000_000, 1 << 50} {
		v := view(rows, 600)
		v.SetFraction(0.7)
		at := v.Top
		for range 1000 {
			v.ScrollBy(10)
		}
		// 10,000 pixels are 312 rows and 16 pixels, wherever they are scrolled.
		if want := min(at+312, rows-19); v.Top != want {
			t.Errorf("%d rows: from %d to %d, want %d", rows, at, v.Top, want)
		}
		v.SetFraction(1)
		if from, n := v.Visible(); from+n != rows {
			t.Errorf("%d rows: the end of the scroll bar shows rows up to %d", rows, from+n)
		}
		if f := v.Fraction(); f != 1 {
			t.Errorf("%d rows: fraction at the end is %v", rows, f)
		}
		v.SetFraction(0)
		if v.Top != 0 || v.Fraction() != 0 {
			t.Errorf("%d rows: the start of the scroll bar shows row %d", rows, v.Top)
		}
	}
}

func TestScrollBarReturnsToItsRow(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		v := view(1+r.Int64N(4_000_000_000), 20+r.Float64()*1500)
		v.ScrollTo(r.Int64N(v.Rows))
		top, offset := v.Top, v.Offset
		v.SetFraction(v.Fraction())
		if d := v.Top - top; d < -1 || d > 1 || offset == 0 && d != 0 {
			t.Fatalf("%+v: row %d became %d", v, top, v.Top)
		}
	}
}

func TestReveal(t *testing.T) {
	for _, c := range []struct {
		name    string
		top     int64
		offset  float64
		row     int64
		wantTop int64
		wantOff float64
	}{
		{"in sight", 10, 0, 12, 10, 0},
		{"above", 10, 0, 3, 3, 0},
		{"cut by the upper edge", 10, 5, 10, 10, 0},
		{"last whole row", 10, 0, 19, 10, 0},
		{"one below", 10, 0, 20, 11, 0},
		{"far below", 10, 0, 80, 71, 0},
		{"cut by the lower edge", 10, 5, 20, 11, 0},
		{"past the end", 10, 0, 500, 90, 0},
		{"before the start", 10, 0, -4, 0, 0},
	} {
		v := view(100, 320)
		v.Top, v.Offset = c.top, c.offset
		v.Reveal(c.row)
		if v.Top != c.wantTop || math.Abs(v.Offset-c.wantOff) > 1e-9 {
			t.Errorf("%s: top %d offset %v, want %d %v", c.name, v.Top, v.Offset, c.wantTop, c.wantOff)
		}
	}
}

func TestRevealCentredLeavesAShownRowAlone(t *testing.T) {
	v := view(1_000_000, 320)
	v.ScrollTo(500)
	v.RevealCentred(505)
	if v.Top != 500 {
		t.Errorf("a row in sight moved the view to %d", v.Top)
	}
	v.RevealCentred(900_000)
	if v.Top != 899_995 {
		t.Errorf("row 900,000 is shown from %d", v.Top)
	}
}

func TestVisibleAndWhole(t *testing.T) {
	for _, c := range []struct {
		name              string
		rows              int64
		height            float64
		top               int64
		offset            float64
		from, n, wfrom, w int64
	}{
		{"aligned", 100, 320, 5, 0, 5, 10, 5, 10},
		{"a quarter scrolled", 100, 320, 5, 8, 5, 11, 5, 10},
		{"three quarters scrolled", 100, 320, 5, 24, 5, 11, 6, 10},
		{"few rows", 3, 320, 0, 0, 0, 3, 0, 3},
		{"no rows", 0, 320, 0, 0, 0, 0, 0, 0},
		{"no height", 100, 0, 5, 0, 5, 0, 5, 0},
	} {
		v := view(c.rows, c.height)
		v.Top, v.Offset = c.top, c.offset
		if from, n := v.Visible(); from != c.from || n != c.n {
			t.Errorf("%s: visible %d+%d, want %d+%d", c.name, from, n, c.from, c.n)
		}
		if from, n := v.Whole(); from != c.wfrom || n != c.w {
			t.Errorf("%s: whole %d+%d, want %d+%d", c.name, from, n, c.wfrom, c.w)
		}
	}
}

func TestRowAt(t *testing.T) {
	v := view(12, 320)
	v.Top, v.Offset = 1, 10
	for y, want := range map[float64]int64{-1: -1, 0: 1, 21: 1, 22: 2, 319: 11, 320: -1} {
		if got := v.RowAt(y); got != want {
			t.Errorf("row at %v is %d, want %d", y, got, want)
		}
	}
	v.Rows = 4
	if got := v.RowAt(200); got != -1 {
		t.Errorf("below the last row there is row %d", got)
	}
}

func TestCursorMoves(t *testing.T) {
	const rows, cols, fit = 1000, 4, 10
	for _, c := range []struct {
		from Cursor
		m    Move
		want Cursor
	}{
		{Cursor{0, 0}, MoveUp, Cursor{0, 0}},
		{Cursor{0, 0}, MoveDown, Cursor{1, 0}},
		{Cursor{999, 0}, MoveDown, Cursor{999, 0}},
		{Cursor{5, 0}, MoveLeft, Cursor{5, 0}},
		{Cursor{5, 3}, MoveRight, Cursor{5, 3}},
		{Cursor{5, 2}, MoveRight, Cursor{5, 3}},
		{Cursor{5, 2}, MovePageDown, Cursor{14, 2}},
		{Cursor{995, 2}, MovePageDown, Cursor{999, 2}},
		{Cursor{5, 2}, MovePageUp, Cursor{0, 2}},
		{Cursor{5, 2}, MoveRowStart, Cursor{5, 0}},
		{Cursor{5, 2}, MoveRowEnd, Cursor{5, 3}},
		{Cursor{5, 2}, MoveFirstRow, Cursor{0, 2}},
		{Cursor{5, 2}, MoveLastRow, Cursor{999, 2}},
	} {
		if got := c.from.Moved(c.m, rows, cols, fit); got != c.want {
			t.Errorf("move %d from %v: %v, want %v", c.m, c.from, got, c.want)
		}
	}
	if got := (Cursor{7, 7}).Moved(MoveDown, 0, 0, 1); got != (Cursor{}) {
		t.Errorf("in an empty table the cursor is %v", got)
	}
}
