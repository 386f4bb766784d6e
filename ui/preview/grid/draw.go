package grid

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"sluice/ui/look"
	"sluice/ui/texts"
)

// renderer holds the parts that are always there: the layers, their lines and
// the scroll bars.
type renderer struct {
	g                      *Grid
	surface, header, under *canvas.Rectangle
	vThumb, hThumb         *canvas.Rectangle
	objects                []fyne.CanvasObject
	ring                   *look.Ring // the keyboard is on the table
}

// CreateRenderer builds the drawing; it is the toolkit's to call.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer {
	g.ExtendBaseWidget(g)
	r := &renderer{
		g:       g,
		surface: canvas.NewRectangle(color.Transparent), header: canvas.NewRectangle(color.Transparent),
		under: canvas.NewRectangle(color.Transparent), vThumb: canvas.NewRectangle(color.Transparent),
		hThumb: canvas.NewRectangle(color.Transparent), ring: look.NewInnerRing(cornerRadius),
	}
	r.vThumb.CornerRadius, r.hThumb.CornerRadius = 3, 3
	r.header.TopLeftCornerRadius, r.header.TopRightCornerRadius = cornerRadius, cornerRadius
	r.objects = []fyne.CanvasObject{r.surface, r.header, g.bodyClip, g.head.object, r.under, r.vThumb, r.hThumb, r.ring.Object}
	g.parts = r
	r.paint()
	return r
}

func (r *renderer) Destroy()                     {}
func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *renderer) MinSize() fyne.Size           { return r.g.MinSize() }

func (r *renderer) Layout(s fyne.Size) {
	w, h := float64(s.Width), float64(s.Height)
	box{0, 0, w, h}.place(r.surface)
	r.ring.Layout(s)
	box{0, 0, w, HeaderHeight}.place(r.header)
	box{0, HeaderHeight - 1, w, 1}.place(r.under)
	r.g.view.Height = max(0, h-HeaderHeight-barSize)
	r.g.view.Clamp()
	r.g.draw()
}

// Refresh paints what has a colour of its own; the cells are drawn by Grid.draw.
func (r *renderer) Refresh() {
	r.paint()
	for _, o := range []*canvas.Rectangle{r.surface, r.header, r.under, r.vThumb, r.hThumb} {
		o.Refresh()
	}
}

func (r *renderer) paint() {
	c := r.g.colors
	r.header.FillColor, r.under.FillColor = c.header, c.line
	r.vThumb.FillColor, r.hThumb.FillColor = c.thumb, c.thumb
	r.ring.Show(r.g.focused)
}

// bars places the thumbs of the scroll bars.
func (r *renderer) bars() {
	g := r.g
	place := func(t *canvas.Rectangle, b box, shown bool) {
		if shown != t.Visible() {
			if shown {
				t.Show()
			} else {
				t.Hide()
			}
		}
		if shown {
			b.place(t)
		}
	}
	at, length := thumb(g.view.Height, g.view.Fraction(), g.view.Share())
	place(r.vThumb, box{g.bodyWidth() + 3, HeaderHeight + at, 6, length}, g.view.Share() < 1)
	room, all := g.scrollRoom(), g.columns.ScrollWidth()
	if all > room && room > 0 {
		at, length = thumb(room, g.scrollX/(all-room), room/all)
		place(r.hThumb, box{g.left() + at, HeaderHeight + g.view.Height + 3, length, 6}, true)
	} else {
		place(r.hThumb, box{}, false)
	}
}

// left is the width of the part that does not scroll sideways, bodyWidth that of
// all columns, scrollRoom what is left for those that scroll.
func (g *Grid) left() float64 { return g.labelWidth() + g.columns.FrozenWidth() }

func (g *Grid) bodyWidth() float64 { return max(0, float64(g.Size().Width)-barSize) }

func (g *Grid) scrollRoom() float64 { return max(0, g.bodyWidth()-g.left()) }

// labelWidth has room for every row's number.
func (g *Grid) labelWidth() float64 {
	// A whole number of pixels, or the picture of the columns beside it would blur.
	return math.Ceil(max(g.plain.width("0000", MaxColumnWidth), g.plain.width(texts.T.Preview.Columns.RowHead, MaxColumnWidth), g.plain.width(g.o.Model.WidestLabel(), MaxColumnWidth))) + 2*cellPad
}

// draw brings the layers up to the state of the grid. What it costs depends on
// the cells in sight alone.
func (g *Grid) draw() {
	if g.parts == nil || g.Size().Width <= 0 {
		return
	}
	g.scrollX = max(0, min(g.scrollX, g.columns.ScrollWidth()-g.scrollRoom()))
	left, width := g.left(), g.bodyWidth()
	box{0, HeaderHeight, width, g.view.Height}.place(g.bodyClip)
	box{left, 0, max(0, width-left), g.view.Height}.place(g.cellClip)
	box{left, 0, max(0, width-left), HeaderHeight - 1}.place(g.headClip)
	g.rows.resize(min(left, width), g.view.Height)
	g.head.resize(min(left, width), HeaderHeight-1)
	g.cells.resize(width-left, g.view.Height)
	g.headScroll.resize(width-left, HeaderHeight-1)

	g.chosen.Range, g.chosen.some = g.Range()
	from, to := g.columns.InSight(g.scrollX, g.scrollRoom())
	g.drawHeader(from, to)
	g.rows.begin()
	g.cells.begin()
	first, n := g.view.Visible()
	for i := range n {
		g.drawRow(first+i, float64(i)*g.view.RowHeight-g.view.Offset, from, to)
	}
	if g.columns.Frozen() > 0 {
		g.rows.fill(box{left - 1, 0, 1, g.view.Height}, g.colors.line, nil, 0)
	}
	g.rows.end()
	g.cells.end()
	g.parts.bars()
	if g.o.OnView != nil && (first != g.lastFrom || n != g.lastN) {
		g.lastFrom, g.lastN = first, n
		g.o.OnView(first, n)
	}
}

// drawRow draws one row at y below the header; [from, to) are the scrolling
// columns in sight.
func (g *Grid) drawRow(row int64, y float64, from, to int) {
	h := g.view.RowHeight
	if row == g.row && g.columns.Len() > 0 && !g.chosen.some {
		g.rows.fill(box{0, y, g.bodyWidth(), h}, g.colors.band, nil, 0)
	}
	g.rows.fill(box{0, y + h - 1, g.bodyWidth(), 1}, g.colors.line, nil, 0)
	lw := g.labelWidth()
	label, tone := g.o.Model.RowLabel(row)
	ink := g.colors.muted
	if tone == ToneWarning {
		ink = g.colors.warning
	}
	g.rows.write(g.textBox(0, y, lw), label, ink, AlignRight, g.plain)
	for p := range g.columns.Frozen() {
		x, w := g.columns.Span(p)
		g.drawCell(g.rows, row, p, box{lw + x, y, w, h})
	}
	for p := from; p < to; p++ {
		x, w := g.columns.Span(p)
		g.drawCell(g.cells, row, p, box{x - g.scrollX, y, w, h})
	}
}

func (g *Grid) drawCell(l *layer, row int64, place int, b box) {
	i := g.columns.Index(place)
	if g.chosen.some && g.chosen.holds(row, place) {
		l.fill(box{b.x, b.y, b.w, b.h - 1}, g.colors.band, nil, 0)
	}
	c := g.o.Model.Cell(row, i)
	if c.Hit {
		l.fill(box{b.x + 2, b.y + 3, b.w - 4, b.h - 7}, g.colors.hit, nil, 0)
	}
	if row == g.row && i == g.col {
		border := g.colors.muted
		if g.focused {
			border = g.colors.accent
		}
		l.fill(box{b.x, b.y, b.w, b.h - 1}, color.Transparent, border, 2)
	}
	text := g.plain.fit(c.Text, b.w-2*cellPad)
	l.write(g.textBox(b.x, b.y, b.w), text, g.colors.tone(c.Tone), g.columns.At(i).Align, g.plain)
}

// textBox is where a line of text stands in a cell at x, y of width w.
func (g *Grid) textBox(x, y, w float64) box {
	return box{x + cellPad, y + (g.view.RowHeight-1-g.textHeight)/2, w - 2*cellPad, g.textHeight}
}

// title is the title of a column as far as there is room for it, and its mark.
func (g *Grid) title(c Column, room float64) string {
	if c.Mark == "" {
		return g.bold.fit(c.Title, room)
	}
	mark := " " + c.Mark
	return g.bold.fit(c.Title, max(0, room-g.bold.width(mark, room))) + mark
}

func (g *Grid) drawHeader(from, to int) {
	g.head.begin()
	g.headScroll.begin()
	lw := g.labelWidth()
	shift := (HeaderHeight - g.view.RowHeight) / 2
	g.head.write(g.textBox(0, shift, lw), texts.T.Preview.Columns.RowHead, g.colors.muted, AlignRight, g.plain)
	title := func(l *layer, p int, x, w float64) {
		i := g.columns.Index(p)
		c := g.columns.At(i)
		ink := g.colors.text
		if i == g.col {
			ink = g.colors.accent
		}
		l.write(g.textBox(x, shift, w), g.title(c, w-2*cellPad), ink, c.Align, g.bold)
		edge, wide := g.colors.line, 1.0
		if g.hover == p {
			edge, wide = g.colors.accent, 2
		}
		l.fill(box{x + w - wide, 10, wide, HeaderHeight - 21}, edge, nil, 0)
	}
	for p := range g.columns.Frozen() {
		x, w := g.columns.Span(p)
		title(g.head, p, lw+x, w)
	}
	for p := from; p < to; p++ {
		x, w := g.columns.Span(p)
		title(g.headScroll, p, x-g.scrollX, w)
	}
	g.head.end()
	g.headScroll.end()
}
