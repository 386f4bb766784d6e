package preview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

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
	b.object = container.NewStack(b.chips)
	return b
}

func (b *filterBar) reset() {
	b.asked++
	b.editor.close()
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
	for i, c := range s.conds {
		objects = append(objects, newToken(conditionText(c, s.header), func() { b.edit(i, c.Column) }, func() { b.remove(i) }))
	}
	objects = append(objects, look.NewChip(t.Add, "", b.editNew), inLine(b.count))
	if len(s.conds) > 1 {
		objects = append(objects, inLine(look.NewLink(t.Clear, "", func() { b.apply(nil) })))
	}
	b.chips.Objects = objects
	b.progressed()
	b.on.headChanged()
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
		b.apply(append(append([]csvfile.Condition(nil), s.conds...), c))
	}
}

func (b *filterBar) remove(i int) {
	s := b.on.current()
	b.apply(append(append([]csvfile.Condition(nil), s.conds[:i]...), s.conds[i+1:]...))
	b.on.Focus()
}

// apply shows the rows that meet conds, all rows when there are none.
func (b *filterBar) apply(conds []csvfile.Condition) {
	s := b.on.current()
	b.asked++
	asked := b.asked
	if len(conds) == 0 {
		b.take(nil, nil)
		return
	}
	go func() {
		v, err := s.f.filter(s.ctx, conds)
		b.on.dispatch(func() {
			switch {
			case b.on.current() != s || asked != b.asked:
				if v != nil && err == nil {
					go v.Close()
				}
			case err != nil:
				b.editor.refuse(err)
			default:
				b.take(v, conds)
			}
		})
	}()
}

// take shows a view, or the file itself when v is nil, and stays near the row
// that was in focus where that is possible.
func (b *filterBar) take(v filtered, conds []csvfile.Condition) {
	s := b.on.current()
	focus, _ := b.on.focusCell()
	number := int64(0)
	if r, ok := b.on.record(focus); ok && v == nil {
		number = max(0, r.Number)
	}
	if s.view != nil {
		go s.view.Close()
	}
	s.view, s.conds, s.tail, s.jump = v, conds, nil, -1
	b.notices.drop(aboutJump)
	s.shown = s.f
	if v != nil {
		s.shown = v
	}
	s.pages.SetSource(s.ctx, s.shown)
	b.editor.close()
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
		b.count.Set(said(t.Stopped.Of(n, pr.Err)))
	default:
		b.count.Set(t.SoFar.Of(n, min(99, percent(pr.Bytes, pr.TotalBytes))))
	}
}
