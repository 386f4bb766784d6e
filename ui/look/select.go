package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sluice/ui/keymap"
	"sluice/ui/texts"
)

// Select is the toolkit's choice of several with a ring around it when it has the
// keyboard, and the keys that it has no use for go to the window.
type Select struct {
	widget.Select
	holds bool
}

// NewSelect returns a choice; changed may be nil.
func NewSelect(options []string, changed func(string)) *Select {
	s := &Select{}
	s.Options, s.OnChanged = options, changed
	s.ExtendBaseWidget(s)
	return s
}

// Width is how wide the choice has to be to show each option whole, and least at least: the
// words of some languages are long.
func (s *Select) Width(least float32) float32 {
	size := theme.Size(theme.SizeNameText)
	beside := theme.Size(theme.SizeNameInlineIcon) + 3*theme.Size(theme.SizeNameInnerPadding) + 2
	for _, o := range s.Options {
		least = max(least, fyne.MeasureText(o, size, fyne.TextStyle{}).Width+beside)
	}
	return least
}

// SelectKeys is what keys do on a choice.
func SelectKeys() keymap.Map[*Select] {
	t := texts.T.Keys
	return keymap.Map[*Select]{
		{Strokes: keymap.Keys(fyne.KeyReturn, fyne.KeySpace, fyne.KeyUp, fyne.KeyDown), Does: t.SelectOpen, Do: func(s *Select, _ keymap.Stroke) {
			s.Select.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		}},
		{Strokes: keymap.Keys(fyne.KeyLeft, fyne.KeyRight), Does: t.SelectNext, Do: func(s *Select, k keymap.Stroke) {
			s.Select.TypedKey(&fyne.KeyEvent{Name: k.Key})
		}},
	}
}

// TypedKey opens the list or goes to a neighbour.
func (s *Select) TypedKey(e *fyne.KeyEvent) {
	if !SelectKeys().Run(s, keymap.Typed(e)) {
		ToWindow(s, e)
	}
}

// FocusGained implements fyne.Focusable.
func (s *Select) FocusGained() {
	s.holds = true
	s.Select.FocusGained()
	Reveal(s)
}

// FocusLost implements fyne.Focusable.
func (s *Select) FocusLost() {
	s.holds = false
	s.Select.FocusLost()
}

// CreateRenderer implements fyne.Widget.
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	r := &overlaid{WidgetRenderer: s.Select.CreateRenderer(), ring: NewRing(ControlRadius), holds: func() bool { return s.holds && !s.Disabled() }}
	r.paint = func() {
		ground, ok := r.WidgetRenderer.Objects()[0].(*canvas.Rectangle)
		if !ok {
			return
		}
		ground.StrokeColor, ground.StrokeWidth = currentColor(theme.ColorNameInputBorder), inputBorder // as a field has it
		if s.holds {                                                                                   // the ring says where the keyboard is; a fill as well would say it twice
			ground.FillColor = currentColor(theme.ColorNameInputBackground)
		}
		ground.Refresh()
	}
	r.paint()
	return r
}

// Check is the toolkit's check box with a ring around it.
type Check struct {
	widget.Check
	holds bool
}

// NewCheck returns a box that is not checked.
func NewCheck(text string) *Check {
	c := &Check{}
	c.Text = text
	c.ExtendBaseWidget(c)
	return c
}

// TypedKey checks with return, too; keys without a use are for the window. Space
// checks by its letter.
func (c *Check) TypedKey(e *fyne.KeyEvent) {
	switch keymap.Typed(e).Key {
	case fyne.KeySpace:
	case fyne.KeyReturn:
		c.SetChecked(!c.Checked)
	default:
		ToWindow(c, e)
	}
}

// FocusGained implements fyne.Focusable.
func (c *Check) FocusGained() {
	c.holds = true
	c.Check.FocusGained()
}

// FocusLost implements fyne.Focusable.
func (c *Check) FocusLost() {
	c.holds = false
	c.Check.FocusLost()
}

// CreateRenderer implements fyne.Widget.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	r := &overlaid{WidgetRenderer: c.Check.CreateRenderer(), ring: NewInnerRing(4), holds: func() bool { return c.holds && !c.Disabled() }}
	r.paint = func() {
		if disc, ok := r.WidgetRenderer.Objects()[0].(*canvas.Circle); ok && c.holds {
			disc.FillColor = currentColor(ColorNone)
			disc.Refresh()
		}
	}
	return r
}

// overlaid draws a widget of the toolkit with a ring over it.
type overlaid struct {
	fyne.WidgetRenderer
	ring  *Ring
	holds func() bool
	paint func() // changes what the toolkit has drawn; may be nil
}

func (r *overlaid) Objects() []fyne.CanvasObject {
	inner := r.WidgetRenderer.Objects()
	return append(inner[:len(inner):len(inner)], r.ring.Object)
}

func (r *overlaid) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.ring.Layout(size)
}

func (r *overlaid) Refresh() {
	r.WidgetRenderer.Refresh()
	if r.paint != nil {
		r.paint()
	}
	r.ring.Show(r.holds())
}
