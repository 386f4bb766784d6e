package preview

import (
	"context"
	"errors"
	"fmt"

	"fyne.io/fyne/v2"

	"sluice/csvfile"
	"sluice/ui/look"
	"sluice/ui/preview/grid"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// findBar is the entry for the search, and below the tools what it found.
type findBar struct {
	on      findOn
	notices *notices
	layers  *layers
	entry   *look.Field
	object  *fyne.Container
	status  *look.Text
	expr    *look.Chip
	anyC    *look.Chip
	oneCol  *look.Chip

	state search
	asked uint64 // number of the last question; late answers have another
	stop  context.CancelFunc
	ran   csvfile.Query // what is counted or was
}

// findOn is what the search needs of the table.
type findOn interface {
	sight
	stand
	selectCell(row int64, col int)
	redraw()
	layout() *grid.Columns
	showAllColumns()
}

func newFindBar(on findOn, n *notices, l *layers) *findBar {
	t := texts.T.Preview.Find
	b := &findBar{on: on, notices: n, layers: l, state: search{Any: true}}
	b.entry = newField(t.Placeholder, func(string) { b.step(true) })
	b.entry.OnKey = func(k fyne.KeyName) bool {
		switch k {
		case fyne.KeyEscape:
			b.close()
		case fyne.KeyDown:
			b.step(true)
		case fyne.KeyUp:
			b.step(false)
		default:
			return false
		}
		return true
	}
	b.entry.OnChanged = func(text string) { b.changed(text) }
	b.status = look.NewText("", look.SizeTable, look.ColorMuted).Elide()
	b.anyC = b.option(t.IgnoreCase, &b.state.Any)
	b.expr = b.option(t.Expression, &b.state.Expr)
	b.oneCol = b.option(t.ThisColumn, &b.state.OneColumn)
	next := look.NewLink(t.Next, "", func() { b.step(true) })
	previous := look.NewLink(t.Previous, "", func() { b.step(false) })
	done := look.NewLink("", "close", b.close)
	b.object = look.NewStretchRow(8, 0, b.status, b.anyC, b.expr, b.oneCol, previous, next, done)
	b.object.Hide()
	return b
}

// option is a chip that switches one way of searching.
func (b *findBar) option(words string, on *bool) *look.Chip {
	var c *look.Chip
	c = look.NewChip(words, "", func() {
		*on = !*on
		c.SetChosen(*on)
		b.again()
	})
	c.SetChosen(*on)
	return c
}

// open puts the keyboard into the entry.
func (b *findBar) open() {
	if b.on.current() != nil {
		b.on.giveKeys(b.entry)
		b.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// close ends the search and gives the keyboard back to the table.
func (b *findBar) close() {
	b.reset()
	b.on.redraw()
	if b.on.current() != nil {
		b.on.Focus()
	}
}

func (b *findBar) reset() {
	b.cancel()
	b.state = search{Expr: b.state.Expr, Any: b.state.Any, OneColumn: b.state.OneColumn}
	b.ran = csvfile.Query{}
	b.entry.SetText("")
	b.show()
	b.notices.drop(aboutFind)
	if b.on.current() != nil {
		b.on.current().marked = nil
	}
}

func (b *findBar) cancel() {
	b.asked++
	if b.stop != nil {
		b.stop()
		b.stop = nil
	}
}

// changed takes the text as it is typed: what is in sight is marked at once; the
// file is searched on Return.
func (b *findBar) changed(text string) {
	b.cancel()
	b.entry.SetWrong(false)
	b.state = search{Text: text, Expr: b.state.Expr, Any: b.state.Any, OneColumn: b.state.OneColumn}
	b.ran = csvfile.Query{}
	b.mark()
	b.show()
}

func (b *findBar) mark() {
	if s := b.on.current(); s != nil {
		_, col := b.on.focusCell()
		s.mark(b.state.query(col))
		b.on.redraw()
	}
}

// again searches anew after an option changed.
func (b *findBar) again() {
	text := b.state.Text
	b.changed(text)
	if text != "" {
		b.step(true)
	}
}

func (b *findBar) show() {
	ink := look.ColorMuted
	if b.state.Failed {
		ink = look.ToneColor(tone.Bad)
	}
	b.status.SetColored(b.state.String(), ink)
	b.layers.set(b, b.state.Text != "", b.close)
	if on := b.state.Text != ""; on != b.object.Visible() {
		shown(b.object, on)
		b.on.headChanged()
	}
}

// step goes to the next or the previous hit from the cell in focus.
func (b *findBar) step(forward bool) {
	s := b.on.current()
	if s == nil || b.state.Text == "" || s.inTail() {
		return
	}
	row, col := b.on.focusCell()
	r, ok := b.on.record(row)
	if !ok {
		return
	}
	q := b.state.query(col)
	fresh := q != b.ran
	b.cancel()
	if why := wrongExpression(q); why != "" {
		b.refuse(why)
		return
	}
	ctx, stop := context.WithCancel(s.ctx)
	b.stop, b.ran = stop, q
	asked := b.asked
	from := csvfile.Position{Row: r.Number, Column: col}
	if fresh && forward {
		from.Column-- // the cell in focus may be the first hit
	}
	b.state.Looking, b.state.Missed, b.state.Failed = true, "", false
	b.mark()
	b.show()
	if s.sorted != nil {
		from.Row = row
	}
	view, order := s.view, s.sorted
	go func() {
		hit, ok, err := seekShown(ctx, s.f, view, order, q, from, forward)
		b.on.run(s, func() { b.found(asked, hit, ok, err, forward) })
	}()
	if !b.state.Whole {
		go b.count(ctx, s, asked, q)
	}
}

// refuse says what is wrong with what was typed, where it was typed.
func (b *findBar) refuse(why string) {
	b.state.Looking, b.state.Failed = false, true
	b.state.Missed = said(fmt.Sprintf(texts.T.Preview.Find.NoExpression, texts.Elsewhere(why)))
	b.entry.SetWrong(true)
	b.show()
}

// place is where a hit is in what is shown.
type place struct {
	at  int64 // position among the rows shown
	col int
}

// found goes to a hit.
func (b *findBar) found(asked uint64, hit place, ok bool, err error, forward bool) {
	if asked != b.asked {
		return
	}
	b.state.Looking = false
	t := texts.T.Preview.Find
	switch {
	case errors.Is(err, context.Canceled):
	case err != nil:
		b.state.Missed, b.state.Failed = sentence(err), true
	case !ok && forward:
		b.state.Missed = t.NoMoreBelow
	case !ok:
		b.state.Missed = t.NoMoreAbove
	default:
		if b.on.layout().Place(hit.col) < 0 {
			b.notices.show(aboutFind, tone.Neutral, t.HiddenHit, action{t.ShowColumns, func() {
				b.notices.drop(aboutFind)
				b.on.showAllColumns()
			}})
		}
		b.on.redraw()
		b.on.selectCell(hit.at, hit.col)
	}
	b.show()
}

// count counts the hits of the whole file, telling how far it is ten times a second.
func (b *findBar) count(ctx context.Context, s *session, asked uint64, q csvfile.Query) {
	tell := newThrottle()
	progress := func(hits int64, share int, whole bool) {
		b.on.run(s, func() {
			if asked == b.asked {
				b.state.Hits, b.state.Counted, b.state.Counts, b.state.Whole = hits, share, true, whole
				b.show()
			}
		})
	}
	n, err := s.f.CountHits(ctx, q, func(p csvfile.FindProgress) {
		if tell.now() {
			progress(p.Hits, percent(p.Bytes, p.TotalBytes), false)
		}
	})
	if err == nil {
		progress(n, 100, true)
	}
}
