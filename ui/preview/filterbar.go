package preview

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"sluice/csvfile"
	"sluice/ui/look"
)

// filterBar holds the conditions as chips, the editor for one of them, and how
// many rows meet them.
type filterBar struct {
	p      *Pane
	object *fyne.Container
	chips  *fyne.Container
	count  *look.Text
	editor *conditionEditor
	asked  uint64
}

func newFilterBar(p *Pane) *filterBar {
	b := &filterBar{p: p}
	b.chips = look.NewFlow(8, 6)
	b.count = look.NewText("", look.SizeTable, look.ColorMuted)
	b.editor = newConditionEditor(b)
	b.object = container.NewStack(b.chips)
	return b
}

func (b *filterBar) reset() {
	b.asked++
	b.editor.close()
	b.chips.RemoveAll()
	b.p.headChanged()
}

// opened offers conditions for a file that has columns.
func (b *filterBar) opened() {
	if len(b.p.s.header) == 0 {
		return
	}
	b.rebuild()
}

// rebuild makes the chips anew.
func (b *filterBar) rebuild() {
	s := b.p.s
	objects := []fyne.CanvasObject{inLine(look.NewText("Filter", look.SizeTable, look.ColorMuted))}
	for i, c := range s.conds {
		objects = append(objects, newToken(conditionText(c, s.header), func() { b.edit(i, c.Column) }, func() { b.remove(i) }))
	}
	objects = append(objects, look.NewChip("+ condition", "", b.editNew), inLine(b.count))
	if len(s.conds) > 1 {
		objects = append(objects, inLine(look.NewLink("Clear all", "", func() { b.apply(nil) })))
	}
	b.chips.Objects = objects
	b.progressed()
	b.p.headChanged()
}

// inLine gives a text the height of the chips beside it.
func inLine(o fyne.CanvasObject) fyne.CanvasObject { return look.NewFixed(0, look.ChipHeight, o) }

// editNew opens the editor for a condition on the column in focus.
func (b *filterBar) editNew() {
	if b.p.s != nil {
		_, col := b.p.grid.FocusCell()
		b.edit(-1, col)
	}
}

// edit opens the editor for condition i, or for a new one on column col when i is -1.
func (b *filterBar) edit(i, col int) {
	s := b.p.s
	if s == nil || len(s.header) == 0 {
		return
	}
	c := csvfile.Condition{Column: col}
	if i >= 0 {
		c = s.conds[i]
	} else {
		k := choices[suggested(b.sampleOf(col))]
		c.Op, c.Not, c.IgnoreCase = k.op, k.not, true
	}
	b.editor.open(i, c)
}

// sampleOf is what is in sight of a column.
func (b *filterBar) sampleOf(col int) []string {
	var out []string
	from, n := b.p.grid.InSight()
	for row := from; row < from+n; row++ {
		if r, ok := b.p.model.record(row); ok && col < len(r.Fields) {
			out = append(out, r.Fields[col])
		}
	}
	return out
}

func (b *filterBar) add(c csvfile.Condition) {
	if s := b.p.s; s != nil {
		b.apply(append(append([]csvfile.Condition(nil), s.conds...), c))
	}
}

func (b *filterBar) remove(i int) {
	s := b.p.s
	b.apply(append(append([]csvfile.Condition(nil), s.conds[:i]...), s.conds[i+1:]...))
	b.p.Focus()
}

// apply shows the rows that meet conds, all rows when there are none.
func (b *filterBar) apply(conds []csvfile.Condition) {
	s := b.p.s
	b.asked++
	asked := b.asked
	if len(conds) == 0 {
		b.take(nil, nil)
		return
	}
	go func() {
		v, err := s.f.filter(s.ctx, conds)
		b.p.o.Dispatch(func() {
			switch {
			case b.p.s != s || asked != b.asked:
				if v != nil && err == nil {
					go v.Close()
				}
			case err != nil:
				b.editor.complain(sentence(err))
			default:
				b.take(v, conds)
			}
		})
	}()
}

// take shows a view, or the file itself when v is nil, and stays near the row
// that was in focus where that is possible.
func (b *filterBar) take(v filtered, conds []csvfile.Condition) {
	s := b.p.s
	focus, _ := b.p.grid.FocusCell()
	number := int64(0)
	if r, ok := b.p.model.record(focus); ok && v == nil {
		number = max(0, r.Number)
	}
	if s.view != nil {
		go s.view.Close()
	}
	s.view, s.conds, s.tail, s.jump = v, conds, nil, -1
	b.p.notices.drop(aboutJump)
	s.shown = s.f
	if v != nil {
		s.shown = v
	}
	s.pages.SetSource(s.ctx, s.shown)
	b.editor.close()
	b.rebuild()
	b.p.grid.ScrollTo(0)
	b.p.showRow(number)
	from, n := b.p.grid.InSight()
	s.pages.Want(from, n)
	b.p.sayIfEmpty()
	b.p.side.column.filterChanged()
	b.p.refreshFooter()
	if v != nil {
		go b.follow(s, v)
	}
}

// follow tells ten times a second how far a view has come, until it is complete.
func (b *filterBar) follow(s *session, v filtered) {
	every := newTicker(s.ctx, v.Done())
	for every() {
		b.p.run(s, func() {
			if s.view == v {
				b.p.progressed(false)
			}
		})
	}
	b.p.run(s, func() {
		if s.view == v {
			b.p.progressed(false)
		}
	})
}

// progressed says how many rows meet the conditions by now.
func (b *filterBar) progressed() {
	height := b.chips.MinSize().Height
	b.say()
	b.chips.Refresh()
	if b.chips.MinSize().Height != height {
		b.p.headChanged()
	}
}

func (b *filterBar) say() {
	s := b.p.s
	if s.view == nil {
		b.count.Set("")
		return
	}
	n, final := s.view.Total()
	all, known := s.f.Total()
	pr := s.view.Progress()
	switch {
	case final && known:
		b.count.Set(fmt.Sprintf("%s of %s rows", group(n), group(all)))
	case pr.Err != nil:
		b.count.Set(sentence(fmt.Errorf("filtering stopped after %s: %w", plural(n, "row"), pr.Err)))
	default:
		b.count.Set(fmt.Sprintf("%s so far, %d %% of the file", plural(n, "row"), min(99, percent(pr.Bytes, pr.TotalBytes))))
	}
}

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
	tokenPad   = 11
	tokenCross = 22
)

// Tapped changes the condition, or takes it away where the cross is.
func (t *token) Tapped(e *fyne.PointEvent) {
	if e.Position.X > t.Size().Width-tokenCross-4 {
		t.remove()
		return
	}
	t.Pressable.Tapped(e)
}

// TypedKey takes the condition away with Delete.
func (t *token) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyDelete || e.Name == fyne.KeyBackspace {
		t.remove()
		return
	}
	t.Pressable.TypedKey(e)
}

// CreateRenderer draws the chip; it is the toolkit's to call.
func (t *token) CreateRenderer() fyne.WidgetRenderer {
	r := &tokenRenderer{t: t, box: canvas.NewRectangle(color.Transparent), text: canvas.NewText(t.text, color.Transparent), cross: canvas.NewText("×", color.Transparent)}
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
}

func (r *tokenRenderer) Destroy() {}
func (r *tokenRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.box, r.text, r.cross}
}

func (r *tokenRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.text.MinSize().Width+tokenPad+tokenCross, look.ChipHeight)
}

func (r *tokenRenderer) Layout(s fyne.Size) {
	r.box.Resize(s)
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
	if r.t.Focused() || r.t.Hovered() {
		r.box.StrokeWidth, r.box.StrokeColor = 1, c(theme.ColorNamePrimary)
	}
	r.text.Color, r.cross.Color = c(theme.ColorNamePrimary), c(theme.ColorNamePrimary)
	r.box.Refresh()
	r.text.Refresh()
	r.cross.Refresh()
}

var _ fyne.Widget = (*token)(nil)
