package chart

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/vector"
)

// strokes draws the lines of a chart: one picture, however many points there are.
func strokes(m Model, plan Plan, w, h int, size float32, colors []color.Color) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	if w < 2 || h < 2 || size <= 0 {
		return img
	}
	scale := float32(w) / size
	for s := len(m.Series) - 1; s >= 0; s-- { // the largest comes last, above the others
		pen := vector.NewRasterizer(w, h)
		width := 1.1 * scale
		var px, py float32
		before := false
		for i := range m.Labels {
			x, y, ok := plan.Point(m, s, i)
			x, y = x*scale, y*scale
			if ok && before {
				segment(pen, px, py, x, y, width)
			}
			if ok && (len(m.Labels) <= 60 || !before && !hasValue(m, s, i+1)) {
				disc(pen, x, y, dot*scale)
			}
			px, py, before = x, y, ok
		}
		pen.Draw(img, img.Bounds(), image.NewUniform(colors[s%len(colors)]), image.Point{})
	}
	return img
}

// hasValue reports whether a line has a value i.
func hasValue(m Model, series, i int) bool {
	return i < len(m.Labels) && !math.IsNaN(m.Series[series].Values[i])
}

// segment draws a piece of a line, half as wide as width at each side.
func segment(pen *vector.Rasterizer, x0, y0, x1, y1, width float32) {
	dx, dy := float64(x1-x0), float64(y1-y0)
	length := math.Hypot(dx, dy)
	if length == 0 {
		return
	}
	nx, ny := float32(-dy/length)*width, float32(dx/length)*width
	pen.MoveTo(x0+nx, y0+ny)
	pen.LineTo(x1+nx, y1+ny)
	pen.LineTo(x1-nx, y1-ny)
	pen.LineTo(x0-nx, y0-ny)
	pen.ClosePath()
}

// disc draws a point, turned as segments are, so that what overlaps adds up.
func disc(pen *vector.Rasterizer, x, y, r float32) {
	const corners = 16
	for i := range corners {
		a := -2 * math.Pi * float64(i) / corners
		px, py := x+r*float32(math.Cos(a)), y+r*float32(math.Sin(a))
		if i == 0 {
			pen.MoveTo(px, py)
			continue
		}
		pen.LineTo(px, py)
	}
	pen.ClosePath()
}
