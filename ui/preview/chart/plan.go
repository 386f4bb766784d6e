package chart

import "math"

// Where things stand in a drawing, in pixels of the toolkit.
const (
	barSlot   = 26 // of a bar with its gap
	mostLabel = 0.38
	tickSpace = 18 // of the marks of an axis
	legend    = 20 // of a line of the legend
	between   = 8
	dot       = 2.5
)

// Rect is a place in a drawing.
type Rect struct{ X, Y, W, H float32 }

// Plan is where things stand in a drawing of a size.
type Plan struct {
	Plot Rect // of bars or lines alone
	Slot float32
}

// PlanOf lays a drawing out; measure is the width of a text.
func PlanOf(m Model, w, h float32, measure func(text string) float32) Plan {
	if m.Lines {
		left, right := float32(0), float32(2*between)
		for _, t := range m.Scale.Ticks {
			left = max(left, measure(t.Text))
		}
		if n := len(m.Labels); n > 0 { // half of the first name and of the last stand beside the plot
			left = max(left, measure(m.Labels[0])/2-between)
			right = max(right, measure(m.Labels[n-1])/2)
		}
		top := float32(between)
		if len(m.Series) > 1 {
			top += legend
		}
		return Plan{Plot: Rect{left + between, top, max(1, w-left-between-right), max(1, h-top-tickSpace-between)}}
	}
	left, right := float32(0), float32(0)
	for i, l := range m.Labels {
		left = max(left, measure(l))
		right = max(right, measure(m.exactly(0, i)))
	}
	left = min(left, w*mostLabel)
	slot := min(barSlot, h/float32(max(1, len(m.Labels))))
	return Plan{Plot: Rect{left + between, 0, max(1, w-left-right-3*between), slot * float32(len(m.Labels))}, Slot: slot}
}

// valueText is a value as it is written beside its bar.
func (m Model) valueText(series, i int) string {
	v := m.Series[series].Values[i]
	if math.IsNaN(v) {
		return "–"
	}
	return Short(v)
}

// Bar is where bar i stands: from zero to its value.
func (p Plan) Bar(m Model, i int) Rect {
	v := m.Series[0].Values[i]
	if math.IsNaN(v) {
		v = 0
	}
	zero, end := p.x(m, 0), p.x(m, v)
	if end < zero {
		zero, end = end, zero
	}
	if v != 0 {
		end = max(end, zero+2) // what is little still shows
	}
	gap := p.Slot * 0.14
	return Rect{zero, p.Plot.Y + float32(i)*p.Slot + gap, end - zero, p.Slot - 2*gap}
}

func (p Plan) x(m Model, v float64) float32 {
	return p.Plot.X + float32(m.Scale.Share(v))*p.Plot.W
}

// Point is where value i of a line stands; ok is false if there is none.
func (p Plan) Point(m Model, series, i int) (x, y float32, ok bool) {
	v := m.Series[series].Values[i]
	return p.At(m, i), p.Y(m, v), !math.IsNaN(v)
}

// At is where a span stands.
func (p Plan) At(m Model, i int) float32 {
	if len(m.Labels) < 2 {
		return p.Plot.X + p.Plot.W/2
	}
	return p.Plot.X + p.Plot.W*float32(i)/float32(len(m.Labels)-1)
}

// Y is where a value stands on the axis of lines.
func (p Plan) Y(m Model, v float64) float32 {
	return p.Plot.Y + p.Plot.H*float32(1-m.Scale.Share(v))
}

// Marks are the spans whose names stand below the axis: as many as have room.
func (p Plan) Marks(m Model, measure func(text string) float32) []int {
	n := len(m.Labels)
	if n == 0 {
		return nil
	}
	room := max(1, int(p.Plot.W/(measure(m.Labels[0])+2*between)))
	step := (n + room - 1) / room
	var out []int
	for i := 0; i < n; i += step {
		out = append(out, i)
	}
	return out
}

// Hit is the group at a place of a drawing, -1 if there is none.
func (p Plan) Hit(m Model, x, y float32) int {
	if !m.Lines {
		if i := int((y - p.Plot.Y) / p.Slot); y >= p.Plot.Y && i < len(m.Labels) {
			return m.Series[0].Rows[i]
		}
		return -1
	}
	const reach = 14
	best, row := float32(reach*reach), -1
	for s := range m.Series {
		for i := range m.Labels {
			px, py, ok := p.Point(m, s, i)
			if d := (px-x)*(px-x) + (py-y)*(py-y); ok && d <= best && m.Series[s].Rows[i] >= 0 {
				best, row = d, m.Series[s].Rows[i]
			}
		}
	}
	return row
}
