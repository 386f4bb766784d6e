// Package looktest looks at pictures of controls, for tests.
package looktest

import (
	"image"
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
)

// least is the contrast that what shows a state needs against what is beside it (WCAG
// 2.2, 1.4.11).
const least = 3

// Luminance is the relative luminance of a colour (WCAG 2.2).
func Luminance(c color.Color) float64 {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(n.R) + 0.7152*linear(n.G) + 0.0722*linear(n.B)
}

// Contrast is the contrast of two colours, from 1 to 21 (WCAG 2.2).
func Contrast(a, b color.Color) float64 {
	x, y := Luminance(a), Luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// Ring gives a control the keyboard and looks at what that changes in the picture of
// its window: at each side, the outermost of it is a line that stands out from the
// ground outside of it and from what lies within. It returns the lowest contrast.
func Ring(t *testing.T, w fyne.Window, control fyne.Focusable) (lowest float64) {
	t.Helper()
	c := w.Canvas()
	c.Unfocus()
	before := c.Capture()
	c.Focus(control)
	after := c.Capture()
	if c.Focused() != control {
		t.Errorf("%T does not take the keyboard", control)
		return 0
	}
	box := changed(before, after)
	if box.Empty() {
		t.Errorf("nothing shows that %T has the keyboard", control)
		return 0
	}
	lowest = math.Inf(1)
	for name, side := range sides(box) {
		out, in := side.contrasts(after)
		if out < least || in < least {
			t.Errorf("%T, %s: the line has a contrast of %.2f to what is outside of it and of %.2f to what is within", control, name, out, in)
		}
		lowest = min(lowest, out, in)
	}
	return lowest
}

// changed is the box around the pixels that differ.
func changed(a, b image.Image) (box image.Rectangle) {
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return box
}

// side is a way from outside of a box inwards, in the middle of one of its sides.
type side struct{ from, step image.Point }

func sides(b image.Rectangle) map[string]side {
	middle := b.Min.Add(b.Max).Div(2)
	return map[string]side{
		"left": {image.Pt(b.Min.X-1, middle.Y), image.Pt(1, 0)}, "right": {image.Pt(b.Max.X, middle.Y), image.Pt(-1, 0)},
		"above": {image.Pt(middle.X, b.Min.Y-1), image.Pt(0, 1)}, "below": {image.Pt(middle.X, b.Max.Y), image.Pt(0, -1)},
	}
}

// How many pixels the line may take with its soft edges, and where what lies within
// begins at the latest.
const (
	lineWithin = 4
	gapWithin  = 7
)

// contrasts are those of the line to the last pixel outside of it, and to what comes
// after it.
func (s side) contrasts(img image.Image) (out, in float64) {
	at := func(n int) color.Color { p := s.from.Add(s.step.Mul(n)); return img.At(p.X, p.Y) }
	line := 1
	for n := 1; n <= lineWithin; n++ {
		if c := Contrast(at(n), at(0)); c > out {
			out, line = c, n
		}
	}
	for n := line + 1; n <= gapWithin; n++ {
		in = max(in, Contrast(at(n), at(line)))
	}
	return out, in
}
