package look

import (
	"testing"

	"fyne.io/fyne/v2"
)

// TestBeside: two flows share a line where there is room for both, and else have lines of
// their own, in the whole width.
func TestBeside(t *testing.T) {
	block := func() fyne.CanvasObject { return Space(50, 20) }
	left, right := NewFlow(10, 10, block(), block()), NewFlow(10, 10, block(), block(), block())
	both := NewBeside(20, 5, left, right) // 110 and 170 wide
	for _, c := range []struct {
		width, height       float32
		x, y, leftW, rightW float32
	}{
		{400, 20, 230, 0, 210, 170},
		{300, 20, 130, 0, 110, 170},
		{299, 45, 0, 25, 299, 299},
		{120, 75, 0, 25, 120, 120},
	} {
		if got := Stretch(both, c.width); got != c.height || right.Position() != fyne.NewPos(c.x, c.y) || left.Size().Width != c.leftW || right.Size().Width != c.rightW {
			t.Errorf("%v wide: %v high, want %v; the second at %v, want %v, %v; widths %v, %v", c.width, got, c.height, right.Position(), c.x, c.y, left.Size(), right.Size())
		}
	}
	Stretch(both, 300)
	left.Add(block())
	if got := both.MinSize().Height; got != 45 {
		t.Errorf("with one more it is %v high", got)
	}
}
