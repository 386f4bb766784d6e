package preview

import (
	"slices"

	"fyne.io/fyne/v2"

	"sluice/csvfile"
	"sluice/ui/look"
	"sluice/ui/texts"
)

// filterBar holds the conditions as chips, the editor for one of them, and how
// many rows meet them.
type filterBar struct {
	on      filterOn
	notices *notices
	object  *fyne.Container
	chips   *fyne.Container
	count   *look.Text
	editor  *conditionEditor
	text    *exprEditor
	asked   uint64
}

// filterOn is what the conditions need of the table.
type filterOn interface {
	sight
	stand
	dispatch(do func()) // on the UI goroutine
	inSight() (from, n int64)
	otherRows(near int64)    // other rows are shown now
	progressed(changed bool) // more is known about them
	sortAgain()              // they are sorted as those before were
}

func newFilterBar(on filterOn, n *notices, l *layers) *filterBar {
	b := &filterBar{on: on, notices: n}
	b.chips = look.NewFlow(8, 6)
	b.count = look.NewText("", look.SizeTable, look.ColorMuted)
	b.editor = newConditionEditor(on, l, b.apply)
	b.text = newExprEditor(on, l, b.apply)
	b.object = b.chips
	return b
}

func (b *filterBar) reset() {
	b.asked++
	b.editor.close()
	b.text.close()
	b.chips.RemoveAll()
	b.on.headChanged()
}

// opened offers conditions for a file that has columns.
func (b *filterBar) opened() {
	if len(b.on.current().header) == 0 {
		return
	}
	b.rebuild()
}

// rebuild makes the chips anew.
func (b *filterBar) rebuild() {
	s, t := b.on.current(), texts.T.Preview.Filter
	objects := []fyne.CanvasObject{inLine(look.NewText(t.Title, look.SizeTable, look.ColorMuted))}
	for i, e := range s.terms {
		objects = append(objects, newToken(termText(e, s.header), func() { b.editTerm(i) }, func() { b.remove(i) }))
	}
	objects = append(objects, look.NewChip(t.Add, "", b.editNew), look.NewChip(t.AsText, "", b.editText), inLine(b.count))
	if len(s.terms) > 1 {
		objects = append(objects, inLine(look.NewLink(t.Clear, "", func() { b.apply(nil) })))
	}
	b.chips.Objects = objects
	b.progressed()
	b.on.headChanged()
}

// editText opens the whole filter as text.
func (b *filterBar) editText() {
	if s := b.on.current(); s != nil && len(s.header) > 0 {
		b.editor.close()
		b.text.open(s.terms)
	}
}

// editTerm opens what a chip says: in the editor for conditions, or as text if that has no
// fields for it.
func (b *filterBar) editTerm(i int) {
	if e := b.on.current().terms[i]; editable(e) {
		b.edit(i, e.Is.Column)
		return
	}
	b.editText()
}

// inLine gives a text the height of the chips beside it.
func inLine(o fyne.CanvasObject) fyne.CanvasObject { return look.NewFixed(0, look.ChipHeight, o) }

// editNew opens the editor for a condition on the column in focus.
func (b *filterBar) editNew() {
	if b.on.current() != nil {
		_, col := b.on.focusCell()
		b.edit(-1, col)
	}
}

// edit opens the editor for condition i, or for a new one on column col when i is -1.
func (b *filterBar) edit(i, col int) {
	s := b.on.current()
	if s == nil || len(s.header) == 0 {
		return
	}
	c := csvfile.Condition{Column: col}
	if i >= 0 {
		c = s.terms[i].Is
	} else {
		k := choices[suggested(b.sampleOf(col))]
		c.Op, c.Not, c.IgnoreCase = k.op, k.not, true
	}
	b.text.close()
	b.editor.open(i, c)
}

// sampleOf is what is in sight of a column.
func (b *filterBar) sampleOf(col int) []string {
	var out []string
	from, n := b.on.inSight()
	for row := from; row < from+n; row++ {
		if r, ok := b.on.record(row); ok && col < len(r.Fields) {
			out = append(out, r.Fields[col])
		}
	}
	return out
}

func (b *filterBar) add(c csvfile.Condition) {
	if s := b.on.current(); s != nil {
		b.apply(append(slices.Clone(s.terms), csvfile.Is(c)))
	}
}

func (b *filterBar) remove(i int) {
	b.apply(slices.Delete(slices.Clone(b.on.current().terms), i, i+1))
	b.on.Focus()
}

// apply shows the rows that meet all terms, all rows when there are none.
func (b *filterBar) apply(terms []csvfile.Expr) {
	s := b.on.current()
	b.asked++
	asked := b.asked
	if len(terms) == 0 {
		b.take(nil, nil)
		return
	}
	go func() {
		v, err := s.f.filter(s.ctx, csvfile.And(terms))
		b.on.dispatch(func() {
			switch {
			case b.on.current() != s || asked != b.asked:
				if v != nil && err == nil {
					go v.Close()
				}
			case err != nil:
				b.refuse(err)
			default:
				b.take(v, terms)
			}
		})
	}()
}

// refuse says what is wrong where the filter was typed.
func (b *filterBar) refuse(err error) {
	if b.text.object.Visible() {
		b.text.refuse(err)
		return
	}
	b.editor.refuse(err)
}

// take shows a view, or the file itself when v is nil, and stays near the row
// that was in focus where that is possible.
func (b *filterBar) take(v filtered, terms []csvfile.Expr) {
	s := b.on.current()
	focus, _ := b.on.focusCell()
	number := int64(0)
	if r, ok := b.on.record(focus); ok && v == nil {
		number = max(0, r.Number)
	}
	if s.view != nil {
		go s.view.Close()
	}
	s.view, s.terms, s.tail, s.jump = v, terms, nil, -1
	b.notices.drop(aboutJump)
	s.shown = s.f
	if v != nil {
		s.shown = v
	}
	s.pages.SetSource(s.ctx, s.shown)
	b.editor.close()
	b.text.close()
	b.rebuild()
	b.on.otherRows(number)
	b.on.sortAgain()
	if v != nil {
		go b.follow(s, v)
	}
}

// follow tells ten times a second how far a view has come, until it is complete.
func (b *filterBar) follow(s *session, v filtered) {
	every := newTicker(s.ctx, v.Done())
	for every() {
		b.on.run(s, func() {
			if s.view == v {
				b.on.progressed(false)
			}
		})
	}
	b.on.run(s, func() {
		if s.view == v {
			b.on.progressed(false)
		}
	})
}

// progressed says how many rows meet the conditions by now.
func (b *filterBar) progressed() {
	height := b.chips.MinSize().Height
	b.say()
	b.chips.Refresh()
	if b.chips.MinSize().Height != height {
		b.on.headChanged()
	}
}

func (b *filterBar) say() {
	s := b.on.current()
	if s.view == nil {
		b.count.Set("")
		return
	}
	t := texts.T.Preview.Filter
	n, final := s.view.Total()
	all, known := s.f.Total()
	pr := s.view.Progress()
	switch {
	case final && known:
		b.count.Set(t.Matching.Of(all, group(n)))
	case pr.Err != nil:
		b.count.Set(said(t.Stopped.Of(n, texts.Error(pr.Err))))
	default:
		b.count.Set(t.SoFar.Of(n, min(99, percent(pr.Bytes, pr.TotalBytes))))
	}
}
