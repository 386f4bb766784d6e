package look

import (
	"sort"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"sluice/ui/texts"
)

// Paragraph is text that wraps at words. Its height follows from its width, so
// it wants a layout that sets the width first: Column does. It keeps line breaks;
// all else that would not show is made visible, as in a Text.
type Paragraph struct {
	widget.BaseWidget
	text    string
	size    float32
	leading float32
	color   fyne.ThemeColorName
	style   fyne.TextStyle
	align   fyne.TextAlign
	most    int // lines; 0: as many as there are
	lines   []string
	wrapped float32
}

// NewParagraph returns a wrapping text of a size of the type scale.
func NewParagraph(text string, size float32, c fyne.ThemeColorName) *Paragraph {
	text = texts.CutText(text, longestParagraph)
	p := &Paragraph{text: text, size: size, color: c, leading: size*1.43 + 0.5}
	p.ExtendBaseWidget(p)
	return p
}

// Center aligns the lines to the middle.
func (p *Paragraph) Center() *Paragraph { p.align = fyne.TextAlignCenter; return p }

// Bold makes the text bold.
func (p *Paragraph) Bold() *Paragraph { p.style.Bold = true; return p }

// Mono sets the text in equal-width letters.
func (p *Paragraph) Mono() *Paragraph { p.style.Monospace = true; return p }

// AtMost bounds the number of lines: the last one is cut where the text goes on.
func (p *Paragraph) AtMost(lines int) *Paragraph { p.most = lines; return p }

// Text is what the paragraph says.
func (p *Paragraph) Text() string { return p.text }

// Set changes the text.
func (p *Paragraph) Set(text string) { p.SetColored(text, p.color) }

// SetColored changes the text and its colour.
func (p *Paragraph) SetColored(text string, c fyne.ThemeColorName) {
	text = texts.CutText(text, longestParagraph)
	if p.text == text && p.color == c {
		return
	}
	p.text, p.color = text, c
	p.wrap(p.Size().Width)
	p.Refresh()
}

// MinSize is the height at the present width.
func (p *Paragraph) MinSize() fyne.Size {
	if p.lines == nil {
		p.wrap(p.Size().Width)
	}
	return fyne.NewSize(4*p.size, float32(len(p.lines))*p.leading)
}

// Resize wraps the text anew where the width has changed.
func (p *Paragraph) Resize(size fyne.Size) {
	if size.Width != p.wrapped {
		p.wrap(size.Width)
		p.Refresh()
	}
	p.BaseWidget.Resize(size)
}

func (p *Paragraph) wrap(width float32) {
	p.wrapped = width
	p.lines = nil
	for _, hard := range strings.Split(p.text, "\n") {
		p.lines = append(p.lines, Wrap(hard, width, p.size, p.style)...)
	}
	if last := p.most - 1; last >= 0 && len(p.lines) > p.most {
		rest := strings.Join(p.lines[last:], " ")
		p.lines = append(p.lines[:last], Fit(rest, width, p.size, p.style))
	}
}

// Wrap breaks a text at spaces into lines that fit a width, but not between a number and
// its unit. A word that is wider than a line is broken where the line ends, and begins
// where the one before it ends if there is room for much of it. A width of 0 gives one
// line.
func Wrap(text string, width, size float32, style fyne.TextStyle) []string {
	if width <= 0 {
		return []string{text}
	}
	measure := func(s string) float32 { return fyne.MeasureText(s, size, style).Width }
	wide := func(s string) bool { return measure(s) > width }
	var lines []string
	line := ""
	for _, word := range words(text) {
		next := word
		if line != "" {
			next = line + " " + word
		}
		if line != "" && wide(next) && !(wide(word) && measure(line) < width/2) {
			lines = append(lines, line)
			next = word
		}
		for wide(next) {
			n := longestStart(next, wide)
			if n == len(next) {
				break
			}
			n = betweenWords(next, n)
			lines = append(lines, next[:n])
			next = next[n:]
		}
		line = next
	}
	return append(lines, line)
}

// units stand behind numbers, in every language.
var units = map[string]bool{"B": true, "kB": true, "MB": true, "GB": true, "TB": true, "s": true, "min": true, "h": true, "d": true, "%": true}

// words are what lies between the spaces of a text; a unit belongs to its number.
func words(text string) (all []string) {
	for word := range strings.FieldsSeq(text) {
		if n := len(all); n > 0 && units[strings.TrimRight(word, ".,;:)")] && all[n-1][len(all[n-1])-1] >= '0' && all[n-1][len(all[n-1])-1] <= '9' {
			all[n-1] += " " + word
			continue
		}
		all = append(all, word)
	}
	return all
}

// eastern is the first of the letters that stand without spaces between their words.
const eastern = 0x2e80

// betweenWords is where a line of letters of East Asia ends at n bytes at most: not within a
// word of other letters among them, nor before a mark that ends a sentence or a part of it,
// if there is another place in its second half.
func betweenWords(text string, n int) int {
	for at := n; at > n/2 && at < len(text); {
		before, size := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at:])
		if (before >= eastern || after >= eastern) && !strings.ContainsRune("、。，．・：；！？）」』】ー", after) && !strings.ContainsRune("（「『【", before) {
			return at
		}
		at -= size
	}
	return n
}

// longestStart is how many bytes of a text fit, a character at least: wide says what
// does not fit.
func longestStart(text string, wide func(string) bool) int {
	var ends []int // of the characters
	for i := range text {
		if i > 0 {
			ends = append(ends, i)
		}
	}
	if len(ends) == 0 {
		return len(text)
	}
	n := sort.Search(len(ends), func(i int) bool { return wide(text[:ends[i]]) })
	return ends[max(0, n-1)]
}

// CreateRenderer implements fyne.Widget.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	r := &paragraphRenderer{p: p}
	r.Refresh()
	return r
}

type paragraphRenderer struct {
	p       *Paragraph
	texts   []*canvas.Text
	objects []fyne.CanvasObject
}

func (r *paragraphRenderer) Destroy()                     {}
func (r *paragraphRenderer) Objects() []fyne.CanvasObject { return r.objects[:len(r.p.lines)] }
func (r *paragraphRenderer) MinSize() fyne.Size           { return r.p.MinSize() }

func (r *paragraphRenderer) Layout(size fyne.Size) {
	r.fill()
	for i, t := range r.texts[:len(r.p.lines)] {
		t.Resize(fyne.NewSize(size.Width, r.p.leading))
		t.Move(fyne.NewPos(0, float32(i)*r.p.leading))
	}
}

func (r *paragraphRenderer) Refresh() {
	r.Layout(r.p.Size())
	for _, t := range r.texts {
		t.Refresh()
	}
}

func (r *paragraphRenderer) fill() {
	r.p.MinSize()
	for len(r.texts) < len(r.p.lines) {
		t := canvas.NewText("", nil)
		r.texts = append(r.texts, t)
		r.objects = append(r.objects, t)
	}
	for i, line := range r.p.lines {
		t := r.texts[i]
		t.Text, t.TextSize, t.TextStyle, t.Alignment = line, r.p.size, r.p.style, r.p.align
		t.Color = currentColor(r.p.color)
	}
}
