package preview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"sluice/ui/look"
)

// histogram is a small chart of bars without an axis; what is little still shows.
type histogram struct {
	widget.BaseWidget
	values []float64
	height float32
}

func newHistogram(values []float64, height float32) *histogram {
	h := &histogram{values: values, height: height}
	h.ExtendBaseWidget(h)
	return h
}

// CreateRenderer draws the bars; it is the toolkit's to call.
func (h *histogram) CreateRenderer() fyne.WidgetRenderer {
	r := &histogramRenderer{h: h}
	for range h.values {
		b := canvas.NewRectangle(nil)
		b.TopLeftCornerRadius, b.TopRightCornerRadius = 2, 2
		r.bars = append(r.bars, b)
	}
	r.Refresh()
	return r
}

type histogramRenderer struct {
	h    *histogram
	bars []*canvas.Rectangle
}

func (r *histogramRenderer) Destroy()           {}
func (r *histogramRenderer) MinSize() fyne.Size { return fyne.NewSize(60, r.h.height) }

func (r *histogramRenderer) Objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(r.bars))
	for i, b := range r.bars {
		out[i] = b
	}
	return out
}

func (r *histogramRenderer) Layout(s fyne.Size) {
	top := 0.0
	for _, v := range r.h.values {
		top = max(top, v)
	}
	slot := s.Width / float32(max(1, len(r.bars)))
	for i, b := range r.bars {
		height := float32(0)
		if v := r.h.values[i]; v > 0 {
			height = max(2, float32(v/top)*s.Height)
		}
		b.Move(fyne.NewPos(float32(i)*slot, s.Height-height))
		b.Resize(fyne.NewSize(max(1, slot-2), height))
	}
}

func (r *histogramRenderer) Refresh() {
	st := fyne.CurrentApp().Settings()
	for _, b := range r.bars {
		b.FillColor = st.Theme().Color(look.ColorAccent, st.ThemeVariant())
		b.Refresh()
	}
}
