package layouttest

import (
	"fmt"
	"image/color"
	"reflect"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"sluice/ui/look"
)

// kind is what an object is to the eye.
type kind int

const (
	frame   kind = iota // holds others and draws nothing
	card                // a filled or framed area around others
	control             // takes the pointer or the keyboard
	text
	drawing // an icon, a chart, a bar
)

// node is an object where it stands in the window.
type node struct {
	object fyne.CanvasObject
	parent *node
	kind   kind
	rect   rect  // on the canvas; of a text its letters
	room   rect  // what its nearest card, control, view or window leaves it
	seen   rect  // what of the canvas shows at this place
	view   *node // the scroller that it moves in; nil outside
	depth  int
}

// rect is a place on the canvas.
type rect struct{ x1, y1, x2, y2 float32 }

func at(p fyne.Position, s fyne.Size) rect { return rect{p.X, p.Y, p.X + s.Width, p.Y + s.Height} }

func (r rect) and(o rect) rect {
	return rect{max(r.x1, o.x1), max(r.y1, o.y1), min(r.x2, o.x2), min(r.y2, o.y2)}
}

func (r rect) width() float32  { return r.x2 - r.x1 }
func (r rect) height() float32 { return r.y2 - r.y1 }

// grown has a border more on each side.
func (r rect) grown(by float32) rect { return rect{r.x1 - by, r.y1 - by, r.x2 + by, r.y2 + by} }

// within reports whether r keeps to o, but for what the eye does not see.
func (r rect) within(o rect) bool {
	o = o.grown(tolerance)
	return r.x1 >= o.x1 && r.y1 >= o.y1 && r.x2 <= o.x2 && r.y2 <= o.y2
}

// meets reports whether r and o share more than an edge.
func (r rect) meets(o rect) bool {
	shared := r.and(o)
	return shared.width() > tolerance && shared.height() > tolerance
}

// tolerance is what rounding to pixels moves.
const tolerance float32 = 1.5

// String is what a report calls the object.
func (n *node) String() string {
	said := ""
	switch o := n.object.(type) {
	case *canvas.Text:
		said = o.Text
	case interface{ Text() string }:
		said = o.Text()
	default:
		said = firstText(n.object, 6)
	}
	name := strings.TrimPrefix(reflect.TypeOf(n.object).String(), "*")
	return fmt.Sprintf("%s %.40q at %.0f,%.0f–%.0f,%.0f", name, said, n.rect.x1, n.rect.y1, n.rect.x2, n.rect.y2)
}

func firstText(o fyne.CanvasObject, deep int) string {
	if t, ok := o.(*canvas.Text); ok {
		return t.Text
	}
	if deep == 0 {
		return ""
	}
	for _, child := range children(o) {
		if child == nil || !child.Visible() {
			continue
		}
		if s := firstText(child, deep-1); s != "" {
			return s
		}
	}
	return ""
}

// children are the objects that one is made of, as far as they are ours to place:
// a field, a table and a text of any length lay out themselves.
func children(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case *container.Scroll:
		return []fyne.CanvasObject{o.Content} // the bars lie over the content
	case *container.Clip:
		return []fyne.CanvasObject{o.Content}
	case *widget.TextGrid:
		return nil
	case fyne.Widget:
		_, types := o.(interface{ TypedRune(rune) })
		_, scrolls := o.(fyne.Scrollable)
		_, fills := o.(interface{ SetPlaceHolder(string) })
		if fills || types && scrolls {
			return nil
		}
		return test.WidgetRenderer(o).Objects()
	}
	return nil
}

// kindOf says what an object is.
func kindOf(o fyne.CanvasObject, parent *node) kind {
	if parent.object == nil {
		return frame // all that the window shows
	}
	switch o := o.(type) {
	case *canvas.Text:
		return text
	case *canvas.Rectangle:
		if parent.kind == card || parent.kind == control || invisible(o.FillColor) {
			return frame // the ground of what it belongs to
		}
		return drawing
	case *canvas.Image, *canvas.Raster, *canvas.Circle:
		return drawing
	case *look.Box:
		if o.Content != nil && (o.Fill != look.ColorNone || o.Stroke != look.ColorNone) {
			return card
		}
	case *container.Scroll, *widget.PopUp:
		return frame // the toolkit keeps a panel within the window
	case fyne.Widget:
		_, taps := o.(fyne.Tappable)
		_, focuses := o.(fyne.Focusable)
		if taps || focuses {
			return control
		}
	}
	return frame
}

func invisible(c color.Color) bool {
	if c == nil {
		return true
	}
	_, _, _, a := c.RGBA()
	return a == 0
}

// stacked reports whether an object lays its children over each other on purpose.
func stacked(o fyne.CanvasObject) bool {
	c, ok := o.(*fyne.Container)
	return ok && c.Layout != nil && reflect.TypeOf(c.Layout) == reflect.TypeOf(layout.NewStackLayout())
}

// letters is where the letters of a text are: it is drawn in full, however narrow
// its place is, in the middle of the height. Above and below the letters a line
// has room that draws nothing.
func letters(t *canvas.Text, p fyne.Position) rect {
	need, has := t.MinSize(), t.Size()
	x := p.X
	switch t.Alignment {
	case fyne.TextAlignCenter:
		x += (has.Width - need.Width) / 2
	case fyne.TextAlignTrailing:
		x += has.Width - need.Width
	}
	r := at(fyne.NewPos(x, p.Y+(has.Height-need.Height)/2), need)
	spare := (need.Height - t.TextSize) / 2
	r.y1, r.y2 = r.y1+spare, r.y2-spare
	return r
}
