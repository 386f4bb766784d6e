package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Box is a rounded rectangle around its content: cards, wells, tinted boxes.
type Box struct {
	widget.BaseWidget
	Fill, Stroke       fyne.ThemeColorName
	Radius             float32
	PaddingX, PaddingY float32
	Content            fyne.CanvasObject
}

// NewCard returns a surface with a border and the padding of a card.
func NewCard(content fyne.CanvasObject) *Box {
	return newBox(&Box{Fill: ColorSurface, Stroke: ColorLine, Radius: CardRadius,
		PaddingX: CardPaddingX, PaddingY: CardPaddingY, Content: content})
}

// NewPlainCard returns a card without padding, for content that reaches to its
// edges: tables.
func NewPlainCard(content fyne.CanvasObject) *Box {
	return newBox(&Box{Fill: ColorSurface, Stroke: ColorLine, Radius: CardRadius, PaddingX: 1, PaddingY: 1, Content: content})
}

// NewWell returns a sunken box, such as the one around a command line.
func NewWell(content fyne.CanvasObject) *Box {
	return newBox(&Box{Fill: ColorSunken, Stroke: ColorLine, Radius: ControlRadius, PaddingX: 12, PaddingY: 8, Content: content})
}

// NewTinted returns a box in a colour, without a border.
func NewTinted(fill fyne.ThemeColorName, content fyne.CanvasObject) *Box {
	return newBox(&Box{Fill: fill, Radius: ControlRadius, PaddingX: 16, PaddingY: 12, Content: content})
}

func newBox(b *Box) *Box {
	b.ExtendBaseWidget(b)
	return b
}

// SetFill changes the colour of the box.
func (b *Box) SetFill(fill fyne.ThemeColorName) {
	if b.Fill != fill {
		b.Fill = fill
		b.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (b *Box) CreateRenderer() fyne.WidgetRenderer {
	r := &boxRenderer{b: b, rect: canvas.NewRectangle(nil)}
	r.paint()
	return r
}

type boxRenderer struct {
	b    *Box
	rect *canvas.Rectangle
}

func (r *boxRenderer) Destroy() {}

func (r *boxRenderer) Objects() []fyne.CanvasObject {
	if r.b.Content == nil {
		return []fyne.CanvasObject{r.rect}
	}
	return []fyne.CanvasObject{r.rect, r.b.Content}
}

func (r *boxRenderer) MinSize() fyne.Size {
	pad := fyne.NewSize(2*r.b.PaddingX, 2*r.b.PaddingY)
	if r.b.Content == nil {
		return pad
	}
	return r.b.Content.MinSize().Add(pad)
}

func (r *boxRenderer) Layout(size fyne.Size) {
	r.rect.Resize(size)
	if r.b.Content != nil {
		r.b.Content.Move(fyne.NewPos(r.b.PaddingX, r.b.PaddingY))
		r.b.Content.Resize(fyne.NewSize(size.Width-2*r.b.PaddingX, size.Height-2*r.b.PaddingY))
	}
}

func (r *boxRenderer) paint() {
	r.rect.FillColor, r.rect.CornerRadius = currentColor(r.b.Fill), r.b.Radius
	r.rect.StrokeWidth, r.rect.StrokeColor = 0, nil
	if r.b.Stroke != ColorNone {
		r.rect.StrokeWidth, r.rect.StrokeColor = Hairline, currentColor(r.b.Stroke)
	}
}

func (r *boxRenderer) Refresh() {
	r.paint()
	r.rect.Refresh()
	if r.b.Content != nil {
		r.b.Content.Refresh()
	}
}

// NewLine returns a separator of one pixel.
func NewLine() *Box {
	return newBox(&Box{Fill: ColorLine, PaddingX: Hairline / 2, PaddingY: Hairline / 2})
}

// NewSurface returns a plain area in the colour of cards, without corners.
func NewSurface(content fyne.CanvasObject) *Box {
	return newBox(&Box{Fill: ColorSurface, Content: content})
}

// Parts is what the box is around.
func (b *Box) Parts() []fyne.CanvasObject {
	if b.Content == nil {
		return nil
	}
	return []fyne.CanvasObject{b.Content}
}
