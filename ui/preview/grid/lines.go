package grid

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sluice/ui/keymap"
	"sluice/ui/look"
	"sluice/ui/texts"
)

// Line is one line of a [Lines].
type Line struct {
	Text string
	Tone Tone
	Mark int // what the line belongs to, for OnTapped; the owner's to choose
	Band bool
}

// Lines shows lines of equal-width text of any number: like the grid it draws
// only those in sight. It takes the focus, for the keyboard to scroll it.
type Lines struct {
	widget.BaseWidget
	// OnTapped gets the mark of the line that was clicked.
	OnTapped func(mark int)
	// OnFocus is told whether the keyboard is on the lines. What shows it stands around
	// them: the toolkit cuts off what would stick out of something that scrolls.
	OnFocus func(on bool)

	source func(width int) []Line
	lines  []Line
	width  int // places that a line has room for, when lines was made
	view   Viewport
	layer  *layer
	clip   *container.Clip
	ruler  *ruler
	colors palette
	thumb  *canvas.Rectangle
	height float64 // of the text
	ready  bool
}

var (
	_ fyne.Scrollable = (*Lines)(nil)
	_ fyne.Focusable  = (*Lines)(nil)
	_ fyne.Tappable   = (*Lines)(nil)
)

// NewLines makes an empty Lines.
func NewLines() *Lines {
	l := &Lines{thumb: canvas.NewRectangle(color.Transparent)}
	l.thumb.CornerRadius = 3
	l.layer = newLayer()
	l.clip = container.NewClip(l.layer.object)
	l.ExtendBaseWidget(l)
	l.restyle()
	return l
}

func (l *Lines) restyle() {
	th := l.Theme()
	l.colors = newPalette(th, fyne.CurrentApp().Settings().ThemeVariant())
	size := th.Size(theme.SizeNameCaptionText)
	if l.ruler == nil || l.ruler.size != size {
		l.ruler = newRuler(th, size, fyne.TextStyle{Monospace: true})
		l.height = float64(fyne.MeasureText("Ág", size, l.ruler.style).Height)
		l.view.RowHeight = math.Ceil(l.height) + 2
	}
	l.thumb.FillColor = l.colors.thumb
}

// SetSource shows the lines that source makes for a number of places, which is
// called again when the room changes. keep leaves the view where it is.
func (l *Lines) SetSource(source func(width int) []Line, keep bool) {
	l.source = source
	if !keep {
		l.view.ToStart()
	}
	l.remake()
}

// remake asks for the lines at the current width.
func (l *Lines) remake() {
	if !l.ready {
		return
	}
	l.width = l.places()
	l.lines = nil
	if l.source != nil {
		l.lines = l.source(l.width)
	}
	l.view.Rows = int64(len(l.lines))
	l.view.Clamp()
	l.draw()
}

// Places is how many letters a line has room for.
func (l *Lines) Places() int { return l.places() }

func (l *Lines) places() int {
	return max(8, int((float64(l.Size().Width)-barSize)/l.ruler.advance('0')))
}

// Reveal brings the lines with a mark into sight.
func (l *Lines) Reveal(mark int) {
	for i := len(l.lines) - 1; i >= 0; i-- {
		if l.lines[i].Mark == mark {
			l.view.Reveal(int64(i))
		}
	}
	l.draw()
}

// Text is the text of the lines in sight, for those who test what is shown.
func (l *Lines) Text() []string {
	var out []string
	from, n := l.view.Visible()
	for i := range n {
		out = append(out, l.lines[from+i].Text)
	}
	return out
}

func (l *Lines) draw() {
	if !l.ready {
		return
	}
	l.layer.begin()
	from, n := l.view.Visible()
	w := float64(l.Size().Width) - barSize
	for i := range n {
		line := l.lines[from+i]
		y := float64(i)*l.view.RowHeight - l.view.Offset
		if line.Band {
			l.layer.fill(box{0, y, w, l.view.RowHeight}, l.colors.band, nil, 0)
		}
		ink := l.colors.tone(line.Tone)
		if line.Tone == TonePlain {
			ink = l.colors.text
		}
		l.layer.write(box{0, y + 1, w, l.height}, line.Text, ink, AlignLeft, l.ruler)
	}
	l.layer.end()
	at, length := thumb(l.view.Height, l.view.Fraction(), l.view.Share())
	if l.view.Share() < 1 {
		l.thumb.Show()
		box{w + 4, at, 6, length}.place(l.thumb)
	} else {
		l.thumb.Hide()
	}
}

// Refresh draws the lines anew, with the colours of the theme.
func (l *Lines) Refresh() {
	l.restyle()
	l.draw()
	l.BaseWidget.Refresh()
}

// MinSize leaves room for a few lines.
func (l *Lines) MinSize() fyne.Size {
	l.ExtendBaseWidget(l)
	return fyne.NewSize(120, float32(3*l.view.RowHeight))
}

// CreateRenderer builds the drawing; it is the toolkit's to call.
func (l *Lines) CreateRenderer() fyne.WidgetRenderer {
	l.ExtendBaseWidget(l)
	return &linesRenderer{l}
}

type linesRenderer struct{ l *Lines }

func (r *linesRenderer) Destroy()           {}
func (r *linesRenderer) MinSize() fyne.Size { return r.l.MinSize() }
func (r *linesRenderer) Refresh() {
	r.l.thumb.Refresh()
}

func (r *linesRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.l.clip, r.l.thumb}
}

func (r *linesRenderer) Layout(s fyne.Size) {
	l := r.l
	box{0, 0, float64(s.Width), float64(s.Height)}.place(l.clip)
	l.layer.resize(float64(s.Width), float64(s.Height))
	l.view.Height = float64(s.Height)
	l.view.Clamp()
	first := !l.ready
	l.ready = s.Width > 0 && s.Height > 0
	if first || l.places() != l.width {
		l.remake()
		return
	}
	l.draw()
}

// Scrolled takes the mouse wheel.
func (l *Lines) Scrolled(e *fyne.ScrollEvent) { l.scroll(-float64(e.Scrolled.DY) * wheelRows / 2) }

func (l *Lines) scroll(pixels float64) {
	l.view.ScrollBy(pixels)
	l.draw()
}

// Tapped tells which line was clicked, and takes the focus.
func (l *Lines) Tapped(e *fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		c.Focus(l)
	}
	if i := l.view.RowAt(float64(e.Position.Y)); i >= 0 && l.OnTapped != nil {
		l.OnTapped(l.lines[i].Mark)
	}
}

// LinesKeys is what keys do in the text of a cell.
func LinesKeys() keymap.Map[*Lines] {
	step := func(names ...fyne.KeyName) keymap.Binding[*Lines] {
		return keymap.Binding[*Lines]{Strokes: keymap.Keys(names...), Does: texts.T.Keys.TextStep, Do: func(l *Lines, s keymap.Stroke) { l.step(s.Key) }}
	}
	return keymap.Map[*Lines]{step(fyne.KeyUp, fyne.KeyDown), step(fyne.KeyPageUp, fyne.KeyPageDown), step(fyne.KeyHome, fyne.KeyEnd)}
}

func (l *Lines) step(key fyne.KeyName) {
	page := float64(max(1, l.view.Fit()-1)) * l.view.RowHeight
	switch key {
	case fyne.KeyUp:
		l.scroll(-l.view.RowHeight)
	case fyne.KeyDown:
		l.scroll(l.view.RowHeight)
	case fyne.KeyPageUp:
		l.scroll(-page)
	case fyne.KeyPageDown:
		l.scroll(page)
	case fyne.KeyHome:
		l.view.ToStart()
		l.draw()
	case fyne.KeyEnd:
		l.view.ToEnd()
		l.draw()
	}
}

// TypedKey scrolls; keys without a use are for the window.
func (l *Lines) TypedKey(e *fyne.KeyEvent) {
	if !LinesKeys().Run(l, keymap.Typed(e)) {
		look.ToWindow(l, e)
	}
}

// TypedRune does nothing: the lines can't be changed.
func (l *Lines) TypedRune(rune) {}

// FocusGained and FocusLost show where the keyboard is.
func (l *Lines) FocusGained() { l.tellFocus(true) }

// FocusLost tells that the keyboard went elsewhere.
func (l *Lines) FocusLost() { l.tellFocus(false) }

func (l *Lines) tellFocus(on bool) {
	if l.OnFocus != nil {
		l.OnFocus(on)
	}
}
