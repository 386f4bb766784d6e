package grid

import (
	"unicode"

	"fyne.io/fyne/v2"
)

const ellipsis = "…"

// ruler measures text of one size and style by the advance of each rune, which it
// asks of the toolkit once. Adding advances costs a hundredth of shaping a string,
// and stops where the room ends; kerning makes it a fraction of a pixel too wide
// at most, never too narrow to cut.
type ruler struct {
	size  float32
	style fyne.TextStyle
	face  *typeface // nil if the toolkit has to draw everything
	ascii [128]float64
	other map[rune]float64
}

func newRuler(th fyne.Theme, size float32, style fyne.TextStyle) *ruler {
	return &ruler{size: size, style: style, face: newTypeface(th, style), other: map[rune]float64{}}
}

func (r *ruler) advance(c rune) float64 {
	if c < 128 && c >= 0 {
		if r.ascii[c] == 0 {
			r.ascii[c] = r.measure(c)
		}
		return r.ascii[c]
	}
	w, ok := r.other[c]
	if !ok {
		w = r.measure(c)
		r.other[c] = w
	}
	return w
}

func (r *ruler) measure(c rune) float64 {
	if unicode.In(c, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0 // sits on the rune before it
	}
	return float64(fyne.MeasureText(string(c), r.size, r.style).Width)
}

// width is how wide s is drawn, pixels; it stops counting past limit.
func (r *ruler) width(s string, limit float64) float64 {
	w := 0.0
	for _, c := range s {
		if w += r.advance(c); w > limit {
			break
		}
	}
	return w
}

// fit returns s, or as much of its start as goes into width with an ellipsis
// behind it. It reads no further than the width reaches.
func (r *ruler) fit(s string, width float64) string {
	dots := r.advance('…')
	w, keep := 0.0, 0
	for i, c := range s {
		if w+dots <= width {
			keep = i
		}
		if w += r.advance(c); w > width {
			if keep == 0 && dots > width {
				return ""
			}
			return s[:keep] + ellipsis
		}
	}
	return s
}
