package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Divider stands between two parts of a page and is dragged sideways; a tap folds the part
// behind it, or brings it back.
type Divider struct {
	widget.BaseWidget
	OnDragged func(by float32)
	OnDropped func()
	OnTapped  func()

	line *canvas.Rectangle
}

var (
	_ fyne.Draggable     = (*Divider)(nil)
	_ fyne.Tappable      = (*Divider)(nil)
	_ desktop.Cursorable = (*Divider)(nil)
	_ desktop.Hoverable  = (*Divider)(nil)
)

// dividerLine is how wide the line is that is seen of it.
const dividerLine float32 = 3

// NewDivider returns a divider that does nothing yet.
func NewDivider() *Divider {
	d := &Divider{line: canvas.NewRectangle(nil)}
	d.line.CornerRadius = dividerLine / 2
	d.ExtendBaseWidget(d)
	Announce(d, "divider")
	return d
}

// Dragged implements fyne.Draggable.
func (d *Divider) Dragged(e *fyne.DragEvent) { d.OnDragged(e.Dragged.DX) }

// DragEnd implements fyne.Draggable.
func (d *Divider) DragEnd() { d.OnDropped() }

// Tapped implements fyne.Tappable.
func (d *Divider) Tapped(*fyne.PointEvent) { d.OnTapped() }

// Cursor implements desktop.Cursorable.
func (d *Divider) Cursor() desktop.Cursor { return desktop.HResizeCursor }

// MouseIn implements desktop.Hoverable.
func (d *Divider) MouseIn(*desktop.MouseEvent) { d.ink(ColorAccent) }

// MouseMoved implements desktop.Hoverable.
func (d *Divider) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (d *Divider) MouseOut() { d.ink(ColorLine) }

func (d *Divider) ink(c fyne.ThemeColorName) {
	d.line.FillColor = currentColor(c)
	d.line.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (d *Divider) CreateRenderer() fyne.WidgetRenderer {
	d.ink(ColorLine)
	return &dividerRenderer{widget.NewSimpleRenderer(d.line), d}
}

// dividerRenderer draws a short line in the middle of the divider.
type dividerRenderer struct {
	fyne.WidgetRenderer
	d *Divider
}

func (r *dividerRenderer) MinSize() fyne.Size { return fyne.NewSize(dividerLine, dividerLine) }

func (r *dividerRenderer) Layout(s fyne.Size) {
	height := min(s.Height, 36)
	r.d.line.Resize(fyne.NewSize(dividerLine, height))
	r.d.line.Move(fyne.NewPos((s.Width-dividerLine)/2, (s.Height-height)/2))
}

func (r *dividerRenderer) Refresh() {
	r.d.ink(ColorLine)
	r.WidgetRenderer.Refresh()
}
