package look

import (
	"bytes"
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"sluice/assets"
	"sluice/ui/tone"
)

// Icon is one of the drawings of package assets, in a colour of the theme.
type Icon struct {
	widget.BaseWidget
	name  string
	color fyne.ThemeColorName
	size  float32
}

// NewIcon returns a square icon.
func NewIcon(name string, size float32, c fyne.ThemeColorName) *Icon {
	i := &Icon{name: name, size: size, color: c}
	i.ExtendBaseWidget(i)
	return i
}

// Set changes the drawing and its colour.
func (i *Icon) Set(name string, c fyne.ThemeColorName) {
	if i.name == name && i.color == c {
		return
	}
	i.name, i.color = name, c
	i.Refresh()
}

// MinSize is the size that the icon was made with.
func (i *Icon) MinSize() fyne.Size { return fyne.NewSquareSize(i.size) }

// CreateRenderer implements fyne.Widget.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	r := &iconRenderer{i: i, image: &canvas.Image{FillMode: canvas.ImageFillContain}}
	r.image.Resource = drawing(i.name, i.color)
	return r
}

// drawing colours a drawing. The colour is part of the resource's name, because
// Fyne caches what it has rasterised by name.
func drawing(name string, c fyne.ThemeColorName) fyne.Resource {
	ink, ground := hexOf(currentColor(c)), hexOf(currentColor(ColorSurface))
	svg := bytes.ReplaceAll(assets.Icon(name), []byte("currentColor"), []byte(ink))
	svg = bytes.ReplaceAll(svg, []byte("surfaceColor"), []byte(ground))
	return fyne.NewStaticResource(name+ink+ground+".svg", svg)
}

func hexOf(c color.Color) string {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	return fmt.Sprintf("#%02x%02x%02x", n.R, n.G, n.B)
}

type iconRenderer struct {
	i     *Icon
	image *canvas.Image
}

func (r *iconRenderer) Destroy()                     {}
func (r *iconRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.image} }
func (r *iconRenderer) MinSize() fyne.Size           { return r.i.MinSize() }

func (r *iconRenderer) Layout(size fyne.Size) {
	side := fyne.NewSquareSize(r.i.size)
	r.image.Resize(side)
	r.image.Move(fyne.NewPos((size.Width-side.Width)/2, (size.Height-side.Height)/2))
}

func (r *iconRenderer) Refresh() {
	next := drawing(r.i.name, r.i.color)
	if r.image.Resource == nil || r.image.Resource.Name() != next.Name() {
		r.image.Resource = next
		r.image.Refresh()
	}
	r.Layout(r.i.Size())
}

// Disc is an icon in a tinted circle: the sign of a status, or of a choice.
type Disc struct {
	widget.BaseWidget
	icon     *Icon
	box      *Box
	diameter float32
}

// NewDisc returns a disc of a diameter.
func NewDisc(icon string, t tone.Tone, diameter float32) *Disc {
	d := &Disc{diameter: diameter, icon: NewIcon(icon, diameter*0.5, ToneColor(t))}
	d.box = newBox(&Box{Fill: ToneTint(t), Radius: diameter / 2, Content: d.icon})
	d.ExtendBaseWidget(d)
	return d
}

// NewTile returns the square tile in which the rail shows the kind of a source.
func NewTile(icon string) *Disc {
	d := &Disc{diameter: 28, icon: NewIcon(icon, 16, ColorMuted)}
	d.box = newBox(&Box{Fill: ColorSunken, Stroke: ColorLine, Radius: 6, Content: d.icon})
	d.ExtendBaseWidget(d)
	return d
}

// Set changes icon and tone.
func (d *Disc) Set(icon string, t tone.Tone) {
	d.icon.Set(icon, ToneColor(t))
	d.box.SetFill(ToneTint(t))
}

// SetIcon changes the icon alone, of a tile.
func (d *Disc) SetIcon(icon string) { d.icon.Set(icon, ColorMuted) }

// MinSize is the diameter, both ways.
func (d *Disc) MinSize() fyne.Size { return fyne.NewSquareSize(d.diameter) }

// CreateRenderer implements fyne.Widget.
func (d *Disc) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(d.box) }
