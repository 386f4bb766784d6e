package look

import "fyne.io/fyne/v2"

// Order is how a column is sorted.
type Order int

// The orders.
const (
	Unsorted Order = iota
	Ascending
	Descending
)

// SortHead is the title of a column that sorts it when it is clicked.
type SortHead struct {
	Pressable
	title string
	label *Text
	order Order
}

// NewSortHead returns the title of a column; figures stand at the right.
func NewSortHead(title string, right bool, tapped func()) *SortHead {
	h := &SortHead{title: title, label: NewText(title, SizeCaption, ColorMuted).Bold().Elide()}
	if right {
		h.label.Right()
	}
	h.OnTapped = tapped
	h.ExtendBaseWidget(h)
	return h
}

// Text is the title.
func (h *SortHead) Text() string { return h.title }

// Needs is the width of the title with the arrow of an order.
func (h *SortHead) Needs() float32 {
	return max(h.wide(Ascending), h.wide(Descending))
}

func (h *SortHead) wide(o Order) float32 {
	return fyne.MeasureText(h.title+arrows[o], h.label.size, h.label.style).Width + 1 // it may be rounded
}

// arrows stand behind a title.
var arrows = [...]string{"", " ↑", " ↓"}

// SetOrder shows how the column is sorted.
func (h *SortHead) SetOrder(o Order) {
	h.order = o
	h.Refresh()
}

// Refresh redraws the title with its arrow.
func (h *SortHead) Refresh() {
	ink := ColorMuted
	if h.order != Unsorted || h.Hovered() || h.Focused() {
		ink = ColorText
	}
	h.label.SetColored(h.title+arrows[h.order], ink)
	h.BaseWidget.Refresh()
}

// MinSize is a line of text.
func (h *SortHead) MinSize() fyne.Size { return h.label.MinSize() }

// CreateRenderer implements fyne.Widget.
func (h *SortHead) CreateRenderer() fyne.WidgetRenderer {
	created(h)
	return newRinged(&h.Pressable, h.label, 4)
}
