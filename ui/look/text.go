package look

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"sluice/ui/texts"
)

// What one text may show at most, in characters: a line is far longer than a window
// is wide, a paragraph fills a page. Longer ones say how much is left out. Measuring
// more would hold up the window.
const (
	longestLine      = 400
	longestParagraph = 2000
)

// Text is one line of text in a colour of the theme. It is cut with an ellipsis
// where it does not fit, so a long name never pushes a layout apart. What would not
// show, or would reorder the letters, is made visible: the text may come from
// outside.
type Text struct {
	widget.BaseWidget
	text  string
	color fyne.ThemeColorName
	size  float32
	style fyne.TextStyle
	align fyne.TextAlign
	elide bool
	line  *canvas.Text
}

// NewText returns a text of a size of the type scale.
func NewText(text string, size float32, c fyne.ThemeColorName) *Text {
	text = texts.Cut(text, longestLine)
	t := &Text{text: text, size: size, color: c, line: canvas.NewText(text, nil)}
	t.ExtendBaseWidget(t)
	return t
}

// NewTitle returns a bold text.
func NewTitle(text string, size float32) *Text { return NewText(text, size, ColorText).Bold() }

// NewCaption returns a small muted text.
func NewCaption(text string) *Text { return NewText(text, SizeCaption, ColorMuted) }

// Bold makes the text bold.
func (t *Text) Bold() *Text { t.style.Bold = true; return t }

// Mono sets the text in equal-width letters.
func (t *Text) Mono() *Text { t.style.Monospace = true; return t }

// Right aligns the text to the right, as numbers are.
func (t *Text) Right() *Text { t.align = fyne.TextAlignTrailing; return t }

// Center aligns the text to the middle.
func (t *Text) Center() *Text { t.align = fyne.TextAlignCenter; return t }

// Elide lets the text be cut: its smallest width is that of a few letters.
func (t *Text) Elide() *Text { t.elide = true; return t }

// Text is what the widget says, uncut.
func (t *Text) Text() string { return t.text }

// Set changes the text.
func (t *Text) Set(text string) { t.SetColored(text, t.color) }

// SetColored changes the text and its colour.
func (t *Text) SetColored(text string, c fyne.ThemeColorName) {
	text = texts.Cut(text, longestLine)
	if t.text == text && t.color == c {
		return
	}
	t.text, t.color = text, c
	t.Refresh()
}

// MinSize is the size of the whole text, or of its beginning when it may be cut.
func (t *Text) MinSize() fyne.Size {
	size := fyne.MeasureText(t.text, t.size, t.style)
	if t.elide {
		size.Width = min(size.Width, 3*t.size)
	}
	return size
}

// wanted is the size of the whole text.
func (t *Text) wanted() fyne.Size { return fyne.MeasureText(t.text, t.size, t.style) }

// Wanted is the width of the whole of a text that may be cut.
func Wanted(t *Text) float32 { return t.wanted().Width }

// CreateRenderer implements fyne.Widget.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	t.line.TextSize, t.line.TextStyle, t.line.Alignment = t.size, t.style, t.align
	return &textRenderer{t: t}
}

type textRenderer struct{ t *Text }

func (r *textRenderer) Destroy()                     {}
func (r *textRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.t.line} }
func (r *textRenderer) MinSize() fyne.Size           { return r.t.MinSize() }

func (r *textRenderer) Layout(size fyne.Size) {
	r.cut(size.Width)
	r.t.line.Resize(size)
}

func (r *textRenderer) Refresh() {
	r.cut(r.t.Size().Width)
	r.t.line.Color = currentColor(r.t.color)
	r.t.line.Refresh()
}

func (r *textRenderer) cut(width float32) {
	t := r.t
	t.line.TextSize, t.line.TextStyle, t.line.Alignment = t.size, t.style, t.align
	t.line.Color = currentColor(t.color)
	t.line.Text = Fit(t.text, width, t.size, t.style)
}

// Fit cuts a text with an ellipsis to a width. At a width of 0, before the
// first layout, it gives the text as it is.
func Fit(text string, width, size float32, style fyne.TextStyle) string {
	if width <= 0 || text == "" || fyne.MeasureText(text, size, style).Width <= width+0.5 {
		return text
	}
	low, high := 0, len(text) // text[:low] fits
	for low < high {
		middle := (low + high + 1) / 2
		for middle < high && !utf8.RuneStart(text[middle]) {
			middle++
		}
		if fyne.MeasureText(text[:middle]+"…", size, style).Width <= width {
			low = middle
			continue
		}
		high = middle - 1
		for high > low && !utf8.RuneStart(text[high]) {
			high--
		}
	}
	return text[:low] + "…"
}
