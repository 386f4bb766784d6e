package look

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Tips shows what there is no room for: beside what the pointer rests on, above all that
// the window shows. A tip takes no clicks. A nil Tips shows nothing.
type Tips struct {
	Object *fyne.Container // lies above the rest of the window

	// after runs a function on the UI goroutine some time later, unless it is called off.
	after func(d time.Duration, f func()) (callOff func())
	wait  func() // calls the tip off that is to come; nil: none is
	of    fyne.CanvasObject
	lines *fyne.Container
	box   *Box
}

const (
	tipRests             = 600 * time.Millisecond // as long the pointer rests before its tip comes
	tipWidth             = 380                    // a tip is no wider
	lineTipWidth float32 = 560                    // and one below a line, which has more room
	tipGap       float32 = 8
	tipIndent    float32 = 40 // of the tip of a line
)

// NewTips returns a layer that shows nothing.
func NewTips(after func(d time.Duration, f func()) (callOff func())) *Tips {
	t := &Tips{after: after, lines: NewColumn(2)}
	t.box = newBox(&Box{Fill: ColorSurface, Stroke: ColorLine, Radius: ControlRadius, PaddingX: 12, PaddingY: 9, Content: t.lines})
	t.box.Hide()
	t.Object = container.NewWithoutLayout(t.box)
	return t
}

// Over says that the pointer is over an object, with the lines of its tip; the first one
// is its name.
func (t *Tips) Over(o fyne.CanvasObject, text string) { t.rest(o, text, false) }

// OverLine says so of a line that is as wide as its list: the tip comes below it.
func (t *Tips) OverLine(o fyne.CanvasObject, text string) { t.rest(o, text, true) }

func (t *Tips) rest(o fyne.CanvasObject, text string, below bool) {
	t.Away()
	if t == nil || text == "" {
		return
	}
	t.of = o
	t.wait = t.after(tipRests, func() {
		if t.of == o {
			t.show(o, text, below)
		}
	})
}

// Away says that the pointer has left, or that something was done.
func (t *Tips) Away() {
	if t == nil {
		return
	}
	if t.wait != nil {
		t.wait()
	}
	t.wait, t.of = nil, nil
	if t.box.Visible() {
		t.box.Hide()
	}
}

// Text is what the tip in sight says, "" if none is.
func (t *Tips) Text() string {
	if !t.box.Visible() {
		return ""
	}
	var said []string
	for _, o := range t.lines.Objects {
		said = append(said, o.(*Text).Text())
	}
	return strings.Join(said, "\n")
}

func (t *Tips) show(o fyne.CanvasObject, text string, below bool) {
	t.lines.Objects = nil
	for i, line := range strings.Split(text, "\n") {
		words := NewText(line, SizeCaption, ColorMuted).Elide()
		if i == 0 {
			words = NewTitle(line, SizeTable).Elide()
		}
		t.lines.Add(words)
	}
	size := fyne.NewSize(0, t.box.MinSize().Height)
	for _, line := range t.lines.Objects {
		size.Width = max(size.Width, line.(*Text).wanted().Width)
	}
	most := float32(tipWidth)
	if below {
		most = lineTipWidth
	}
	size.Width = min(most, size.Width+1) + 2*t.box.PaddingX
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(t.Object))
	room := t.Object.Size()
	switch {
	case !below:
		at.X += o.Size().Width + tipGap
	case at.Y+o.Size().Height+tipGap+size.Height <= room.Height:
		at = at.AddXY(tipIndent, o.Size().Height+tipGap)
	default: // there is no room below
		at = at.AddXY(tipIndent, -tipGap-size.Height)
	}
	at.X, at.Y = max(0, min(at.X, room.Width-size.Width)), max(0, min(at.Y, room.Height-size.Height))
	t.box.Move(at)
	t.box.Resize(size)
	t.box.Show()
	t.Object.Refresh() // what was never shown is on no canvas yet, and has nothing drawn
}
