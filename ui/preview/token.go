package preview

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"sluice/ui/keymap"
	"sluice/ui/look"
	"sluice/ui/texts"
)

// token is a condition as a chip: a click on it changes it, one on its cross
// takes it away; so do Return and Delete.
type token struct {
	look.Pressable
	text   string
	remove func()
}

func newToken(text string, edit, remove func()) *token {
	t := &token{text: text, remove: remove}
	t.OnTapped = edit
	t.ExtendBaseWidget(t)
	return t
}

const (
	tokenPad     = 11
	tokenCross   = 22
	longestToken = 120 // characters; the condition holds all of them
)

// Tapped changes the condition, or takes it away where the cross is.
func (t *token) Tapped(e *fyne.PointEvent) {
	if e != nil && e.Position.X > t.Size().Width-tokenCross-4 {
		t.remove()
		return
	}
	t.Pressable.Tapped(e)
}

// TokenKeys is what keys do on a condition besides pressing it.
func TokenKeys() keymap.Map[*token] {
	return keymap.Map[*token]{{Strokes: keymap.Keys(fyne.KeyDelete, fyne.KeyBackspace), Does: texts.T.Keys.DropCondition,
		Do: func(t *token, _ keymap.Stroke) { t.remove() }}}
}

// TypedKey takes the condition away with Delete.
func (t *token) TypedKey(e *fyne.KeyEvent) {
	if !TokenKeys().Run(t, keymap.Typed(e)) {
		t.Pressable.TypedKey(e)
	}
}

// CreateRenderer draws the chip; it is the toolkit's to call.
func (t *token) CreateRenderer() fyne.WidgetRenderer {
	r := &tokenRenderer{t: t, box: canvas.NewRectangle(color.Transparent), ring: look.NewRing(look.ChipHeight / 2), text: canvas.NewText(texts.Cut(t.text, longestToken), color.Transparent), cross: canvas.NewText("×", color.Transparent)}
	r.box.CornerRadius = look.ChipHeight / 2
	r.text.TextSize, r.text.TextStyle = look.SizeCaption, fyne.TextStyle{Bold: true}
	r.cross.TextSize, r.cross.TextStyle = look.SizeBody, fyne.TextStyle{Bold: true}
	r.Refresh()
	return r
}

type tokenRenderer struct {
	t           *token
	box         *canvas.Rectangle
	text, cross *canvas.Text
	ring        *look.Ring
}

func (r *tokenRenderer) Destroy() {}
func (r *tokenRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.box, r.text, r.cross, r.ring.Object}
}

func (r *tokenRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.text.MinSize().Width+tokenPad+tokenCross, look.ChipHeight)
}

func (r *tokenRenderer) Layout(s fyne.Size) {
	r.box.Resize(s)
	r.ring.Layout(s)
	middle := func(t *canvas.Text, x float32) {
		m := t.MinSize()
		t.Resize(m)
		t.Move(fyne.NewPos(x, (s.Height-m.Height)/2))
	}
	middle(r.text, tokenPad)
	middle(r.cross, s.Width-tokenCross+4)
}

func (r *tokenRenderer) Refresh() {
	st := fyne.CurrentApp().Settings()
	c := func(n fyne.ThemeColorName) color.Color { return st.Theme().Color(n, st.ThemeVariant()) }
	r.box.FillColor = c(look.ColorChosen)
	r.box.StrokeWidth, r.box.StrokeColor = 0, color.Transparent
	if r.t.Hovered() {
		r.box.StrokeWidth, r.box.StrokeColor = 1, c(theme.ColorNamePrimary)
	}
	r.text.Color, r.cross.Color = c(theme.ColorNamePrimary), c(theme.ColorNamePrimary)
	r.ring.Show(r.t.Focused())
	r.box.Refresh()
	r.text.Refresh()
	r.cross.Refresh()
}

var _ fyne.Widget = (*token)(nil)
