package look

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sluice/ui/keymap"
	"sluice/ui/texts"
)

// Field is a line of input. Around it a ring shows that it has the keyboard, and a
// red edge that something is wrong with it. Keys and shortcuts that an entry has no
// use for go to the window.
type Field struct {
	widget.Entry
	// OnKey takes a key before the entry does; nil, or false: it does not.
	OnKey func(fyne.KeyName) bool
	// OnTab takes the Tab key, back with Shift; nil: it leads to the next control.
	OnTab func(back bool)
	// OnOpen opens what the field chooses from, a list or a calendar; nil: there is
	// nothing.
	OnOpen func()
	// OnLeft, if not nil, is called when the keyboard has left the field.
	OnLeft func()

	holds  bool // the keyboard
	wrong  bool
	secret bool
}

// Secret reports whether what the field holds is for nobody else, shown or not.
func (f *Field) Secret() bool { return f.secret }

// NewField returns an empty field.
func NewField(placeholder string, changed func(string)) *Field {
	f := &Field{}
	f.PlaceHolder, f.OnChanged = placeholder, changed
	f.ExtendBaseWidget(f)
	Announce(f, "field "+placeholder)
	return f
}

// NewSecretField returns an empty field whose text is shown only while somebody wants
// to see it.
func NewSecretField(changed func(string)) *Field {
	f := &Field{secret: true}
	f.Password, f.OnChanged = true, changed
	reveal := NewFieldIcon("eye-off", nil)
	reveal.OnTapped = func() {
		f.Password = !f.Password
		reveal.SetIcon(map[bool]string{true: "eye-off", false: "eye"}[f.Password])
		f.Refresh()
	}
	f.ActionItem = reveal
	f.ExtendBaseWidget(f)
	Announce(f, "field secret")
	return f
}

// Change sets the text if it differs, and leaves the cursor alone if not.
func (f *Field) Change(text string) {
	if f.Text != text {
		f.SetText(text)
	}
}

// SetWrong gives the field a red edge, or takes it away.
func (f *Field) SetWrong(on bool) {
	if f.wrong != on {
		f.wrong = on
		f.Refresh()
	}
}

// Wrong reports whether the field has a red edge.
func (f *Field) Wrong() bool { return f.wrong }

// FocusGained implements fyne.Focusable.
func (f *Field) FocusGained() {
	f.holds = true
	f.Entry.FocusGained()
	Reveal(f)
}

// FocusLost implements fyne.Focusable.
func (f *Field) FocusLost() {
	f.holds = false
	f.Entry.FocusLost()
	if f.OnLeft != nil {
		f.OnLeft()
	}
}

// ownKeys are the keys that an entry of one line has a use for.
var ownKeys = []fyne.KeyName{fyne.KeyBackspace, fyne.KeyDelete, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyUp, fyne.KeyDown,
	fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd}

// FieldKeys is what keys do in a field besides editing.
func FieldKeys() keymap.Map[*Field] {
	return keymap.Map[*Field]{{Strokes: keymap.Alt(fyne.KeyDown), Does: texts.T.Keys.OpenChoice, Do: func(f *Field, _ keymap.Stroke) {
		if f.OnOpen != nil {
			f.OnOpen()
		}
	}}}
}

// AcceptsTab tells whether the Tab key is for the field.
func (f *Field) AcceptsTab() bool { return f.OnTab != nil }

// TypedKey edits; what is no editing is for the window.
func (f *Field) TypedKey(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeyTab && f.OnTab != nil:
		f.OnTab(keymap.Typed(e).Mod != 0)
	case f.OnKey != nil && f.OnKey(e.Name):
	case slices.Contains(ownKeys, e.Name):
		f.Entry.TypedKey(e)
	default:
		ToWindow(f, e)
	}
}

// TypedShortcut edits, opens what the field chooses from, or is for the window.
func (f *Field) TypedShortcut(s fyne.Shortcut) {
	c, custom := s.(*desktop.CustomShortcut)
	if !custom || c.KeyName == fyne.KeyLeft || c.KeyName == fyne.KeyRight { // word by word
		f.Entry.TypedShortcut(s)
		return
	}
	if stroke, ok := keymap.Shortcut(s); !ok || !FieldKeys().Run(f, stroke) {
		ShortcutToWindow(f, s)
	}
}

// ToWindow hands a key on that the control with the keyboard has no use for.
func ToWindow(from fyne.CanvasObject, e *fyne.KeyEvent) {
	c := fyne.CurrentApp().Driver().CanvasForObject(from)
	if c == nil {
		return
	}
	if typed := c.OnTypedKey(); typed != nil {
		typed(e)
	}
}

// ShortcutToWindow hands a shortcut on, which the window never sees by itself where
// a control that takes shortcuts has the keyboard.
func ShortcutToWindow(from fyne.CanvasObject, s fyne.Shortcut) {
	if c, ok := fyne.CurrentApp().Driver().CanvasForObject(from).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// CreateRenderer implements fyne.Widget.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	r := &fieldRenderer{WidgetRenderer: f.Entry.CreateRenderer(), f: f, edge: canvas.NewRectangle(nil), ring: NewRing(ControlRadius), wheel: newWheel(f)}
	own := r.WidgetRenderer.Objects()
	r.ground, _ = own[0].(*canvas.Rectangle)
	r.border, _ = own[1].(*canvas.Rectangle)
	for _, o := range own {
		if line, ok := o.(*container.Scroll); ok {
			r.wheel.line = line
			hideBars(line)
		}
	}
	r.paint()
	return r
}

// fieldRenderer draws the edge and the ring over the toolkit's entry.
type fieldRenderer struct {
	fyne.WidgetRenderer
	f              *Field
	ground, border *canvas.Rectangle // of the entry; nil in one that has others
	edge           *canvas.Rectangle
	ring           *Ring
	wheel          *wheel
}

// line lets the ground draw the line around the field, at its very edge, as a choice does.
// The entry's own lies half a pixel inside, where it is drawn over two pixels and darker.
func (r *fieldRenderer) line() {
	if r.ground == nil || r.border == nil {
		return
	}
	r.border.Hide()
	r.ground.StrokeColor, r.ground.StrokeWidth = r.border.StrokeColor, inputBorder
	r.ground.Move(fyne.Position{})
	r.ground.Resize(r.f.Size())
	r.ground.Refresh()
}

func (r *fieldRenderer) Objects() []fyne.CanvasObject {
	own := r.WidgetRenderer.Objects()
	return append(own[:len(own):len(own)], r.edge, r.ring.Object, r.wheel)
}

func (r *fieldRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.line()
	r.edge.Resize(size)
	r.ring.Layout(size)
	r.wheel.Resize(size)
}

func (r *fieldRenderer) paint() {
	r.line()
	r.edge.StrokeColor, r.edge.StrokeWidth, r.edge.CornerRadius = currentColor(theme.ColorNameError), 2, ControlRadius
	if r.f.wrong {
		r.edge.Show()
	} else {
		r.edge.Hide()
	}
	r.ring.Show(r.f.holds && !r.f.Disabled())
}

func (r *fieldRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	r.paint()
	r.edge.Refresh()
}
