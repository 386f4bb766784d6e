package preview

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/csvfile"
	"sluice/csvfile/grouptext"
	"sluice/ui/look"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// groupBar says what the rows shown are grouped by and what is computed, and shows the
// groups in place of the rows: a job with progress that can be cancelled.
type groupBar struct {
	on      groupOn
	layers  *layers
	notices *notices
	object  *fyne.Container
	button  *look.Button
	keys    *look.Field
	asked   *look.Field
	start   *look.Button
	cancel  *look.Button
	words   *look.Text
	bar     *look.Bar
	running *fyne.Container
	failed  *look.Paragraph
	view    *groupView

	stop   context.CancelFunc
	number uint64 // of the last run; late answers have another
	result *grouped
	before []csvfile.Expr // in force when the groups were made
}

// groupOn is what grouping needs of the table.
type groupOn interface {
	sight
	stand
	dispatch(do func())            // on the UI goroutine
	showGroups(on bool)            // the groups take the place of the rows, or give it back
	filterBy(terms []csvfile.Expr) // shows the rows that meet all of them
	columnSample(col int) []string
}

func newGroupBar(on groupOn, n *notices, l *layers, ask func(suggested string, done func(path string))) *groupBar {
	t := texts.T.Preview.Groups
	b := &groupBar{on: on, layers: l, notices: n}
	b.view = newGroupView(b, ask)
	b.button = look.NewButton(look.Outlined, t.Button, "", b.ask)
	run := func(string) { b.run() }
	b.keys, b.asked = newField(t.KeysExample, run), newField(t.AskedExample, run)
	for _, f := range []*look.Field{b.keys, b.asked} {
		f.OnKey = onEscape(b.close)
		f.OnChanged = func(string) { f.SetWrong(false) }
	}
	b.start = look.NewButton(look.Primary, t.Start, "", b.run)
	b.cancel = look.NewButton(look.Outlined, t.Cancel, "", b.end)
	b.words = look.NewText("", look.SizeTable, look.ColorText).Elide()
	b.bar = look.NewBar()
	b.running = look.NewColumn(8, look.NewStretchRow(12, 0, b.words, b.cancel), b.bar)
	b.failed = look.NewParagraph("", look.SizeTable, look.ToneColor(tone.Bad))
	title := look.NewStretchRow(12, 0, look.NewText(t.Title, look.SizeTable, look.ColorText).Elide(), look.NewLink(t.Back, "", b.close))
	field := func(caption string, f *look.Field) fyne.CanvasObject {
		return look.NewColumn(5, look.NewCaption(caption), f)
	}
	line := look.NewStretchRow(10, 0, container.NewGridWithColumns(2, field(t.By, b.keys), field(t.Asked, b.asked)), look.NewColumn(5, look.NewCaption(" "), b.start))
	b.object = look.NewColumn(0, look.NewWell(look.NewColumn(8, title, line, b.failed, b.running)))
	b.object.Hide()
	b.failed.Hide()
	b.running.Hide()
	return b
}

// reset lets go of what belongs to the file that is closed.
func (b *groupBar) reset() {
	b.end()
	b.hide()
	b.drop()
}

// drop lets go of the groups.
func (b *groupBar) drop() {
	if b.result != nil {
		b.view.show(nil)
		b.result.close()
		b.result = nil
	}
	b.notices.drop(aboutGroups)
}

func (b *groupBar) hide() {
	b.object.Hide()
	b.layers.set(b, false, nil)
	b.on.showGroups(false)
	b.on.headChanged()
}

// close goes back to the rows.
func (b *groupBar) close() {
	b.end()
	b.hide()
	b.on.Focus()
}

// open shows the fields.
func (b *groupBar) open() {
	b.complain("", nil)
	b.object.Show()
	b.layers.set(b, true, b.close)
	b.on.headChanged()
	b.on.giveKeys(b.keys)
}

// complain says what is wrong with what was asked.
func (b *groupBar) complain(sentence string, f *look.Field) {
	b.failed.Set(sentence)
	shown(b.failed, sentence != "")
	if f != nil {
		f.SetWrong(true)
	}
	b.on.headChanged()
}

// run groups the rows shown by what is written in the fields.
func (b *groupBar) run() {
	s := b.on.current()
	if s == nil || b.stop != nil {
		return
	}
	if _, err := grouptext.Parse(b.keys.Text, "", s.header); err != nil {
		b.complain(sentence(err), b.keys)
		return
	}
	by, err := grouptext.Parse(b.keys.Text, b.asked.Text, s.header)
	if err != nil {
		b.complain(sentence(err), b.asked)
		return
	}
	b.complain("", nil)
	ctx, stop := context.WithCancel(s.ctx)
	b.stop = stop
	b.number++
	number, view, tell := b.number, s.view, newThrottle()
	of := slices.Clone(s.terms)
	b.progressed(0)
	b.running.Show()
	b.on.headChanged()
	go func() {
		g, err := s.f.group(ctx, view, by, func(p csvfile.Progress) {
			if tell.now() {
				b.on.run(s, func() {
					if number == b.number {
						b.progressed(percent(p.Bytes, p.TotalBytes))
					}
				})
			}
		})
		stop()
		b.on.dispatch(func() { b.ended(s, number, g, of, err) })
	}()
}

func (b *groupBar) progressed(share int) {
	b.words.Set(fmt.Sprintf(texts.T.Preview.Groups.Running, min(99, share)))
	b.bar.Set(float64(share)/100, tone.Active)
}

// ended shows the groups, unless nobody waits for them any more.
func (b *groupBar) ended(s *session, number uint64, g *grouped, of []csvfile.Expr, err error) {
	if number != b.number || b.on.current() != s {
		if g != nil {
			go g.Groups.Close()
		}
		return
	}
	b.stop = nil
	b.running.Hide()
	switch {
	case errors.Is(err, context.Canceled):
		b.complain(texts.T.Preview.Groups.Cancelled, nil)
	case err != nil:
		b.complain(sentence(err), nil)
	default:
		b.drop()
		g.of = of
		b.result = g
		b.view.show(g)
		b.on.showGroups(true)
		b.on.headChanged()
		b.view.focus()
	}
}

// end cancels what runs.
func (b *groupBar) end() {
	if b.stop != nil {
		b.stop()
		b.stop = nil
		b.number++
		b.running.Hide()
		b.complain(texts.T.Preview.Groups.Cancelled, nil)
	}
}

// choose shows the rows of a group; a notice leads back to the groups.
func (b *groupBar) choose(row csvfile.Row) {
	conds, ok := b.result.Conditions(row)
	if !ok {
		b.complain(texts.T.Preview.Groups.TooLong, nil)
		return
	}
	s, t := b.on.current(), texts.T.Preview.Groups
	before := s.terms
	b.before = before
	words := ""
	for i, c := range conds {
		if i > 0 {
			words += "; "
		}
		words += shorten(conditionText(c, s.header), 48)
	}
	b.hide()
	b.on.filterBy(csvfile.And(append(slices.Clone(b.result.of), csvfile.All(conds))).Terms())
	b.notices.drop(aboutGroups)
	b.notices.show(aboutGroups, tone.Neutral, fmt.Sprintf(t.RowsOf, words), action{t.BackToGroups, b.again})
	b.on.Focus()
}

// again shows the groups again whose rows were shown.
func (b *groupBar) again() {
	b.notices.drop(aboutGroups)
	if b.result == nil {
		return
	}
	b.on.filterBy(b.before)
	b.open()
	b.on.showGroups(true)
	b.on.headChanged()
	b.view.focus()
}
