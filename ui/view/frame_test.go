package view

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// counted counts how often it is drawn anew.
type counted struct {
	widget.BaseWidget
	times int
}

func (c *counted) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(nil))
}

func (c *counted) Refresh() { c.times++ }

// TestAPageThatIsShownIsDrawnOnce: a page has hundreds of controls, and each draws itself anew.
func TestAPageThatIsShownIsDrawnOnce(t *testing.T) {
	lightApp(t)
	f := NewFrame(NewRail().Object)
	w := test.NewTempWindow(t, f.Object)
	w.Resize(fyne.NewSize(900, 600))
	page := &counted{}
	page.ExtendBaseWidget(page)
	if f.Show(page, true); page.times != 1 {
		t.Errorf("it was drawn %d times", page.times)
	}
	if got := page.Size(); got.Width < 500 || got.Height < 500 {
		t.Errorf("it has the size %v", got)
	}
}
