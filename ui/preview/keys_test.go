package preview

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"sluice/csvfile"
	"sluice/ui/keymap"
	"sluice/ui/keymap/keytest"
	"sluice/ui/look"
	"sluice/ui/preview/grid"
)

// keyboard types into the table as the UI goroutine.
type keyboard struct{ b *bench }

func (k keyboard) FocusGained()                  {}
func (k keyboard) FocusLost()                    {}
func (k keyboard) TypedRune(r rune)              { k.b.do(func() { k.b.p.grid.TypedRune(r) }) }
func (k keyboard) TypedKey(e *fyne.KeyEvent)     { k.b.do(func() { k.b.p.grid.TypedKey(e) }) }
func (k keyboard) TypedShortcut(s fyne.Shortcut) { k.b.do(func() { k.b.p.grid.TypedShortcut(s) }) }

// state is everything that keys change in a pane.
func (b *bench) state() (s string) {
	b.settle()
	b.do(func() {
		row, col := b.p.grid.FocusCell()
		from, _ := b.p.grid.InSight()
		_, width := b.p.grid.Columns().Span(col)
		s = fmt.Sprintf("cell %d/%d from row %d width %v, focus %T, %d above, open %v %v %v %v, record %v, profile %d, find %d, file %d, sort %d, folded %v, clipboard %q",
			row, col, from, width, b.w.Canvas().Focused(), len(b.w.Canvas().Overlays().List()), b.p.filter.editor.object.Visible(), b.p.save.object.Visible(),
			b.p.find.object.Visible(), b.p.groups.object.Visible(), b.p.side.cell.record, b.p.side.column.asked, b.p.find.asked, b.p.asked, b.p.sort.asked, b.p.divided.folded, b.o.Clipboard.Content())
	})
	return s
}

// TestListedKeysWorkInThePreview holds the table and the pane around it against
// their lists: what is listed works, and nothing else does.
func TestListedKeysWorkInThePreview(t *testing.T) {
	f := newFake(1000, "id", "title", "when")
	f.hits = []csvfile.Hit{{Row: 700, Column: 1}, {Row: 10, Column: 1}}
	withPane(t, f, nil, func(b *bench) {
		known := slices.Concat(grid.GridKeys().Strokes(), TableKeys().Strokes(), Keys().Strokes())
		keytest.Walk(t, known, func(s keymap.Stroke) (any, func() string) {
			b.do(func() {
				for b.p.layers.leave() {
				}
				for _, o := range b.w.Canvas().Overlays().List() {
					b.w.Canvas().Overlays().Remove(o)
				}
				b.o.Clipboard.SetContent("")
				b.p.grid.Select(500, 1)
				b.p.Focus()
				if s.Key == fyne.KeyF3 {
					b.p.find.entry.SetText("c")
					b.p.Focus()
				}
			})
			b.settle()
			return keyboard{b}, b.state
		})
	})
}

// TestEscapeClosesOneThingAtATime opens everything around the table, and closes it
// again: the last first, and the table has the keyboard in the end.
func TestEscapeClosesOneThingAtATime(t *testing.T) {
	withPane(t, newFake(1000, "id", "title"), nil, func(b *bench) {
		b.do(func() {
			b.p.find.entry.SetText("c")
			b.p.side.toggle()
			b.p.filter.editNew()
			b.p.save.open()
		})
		open := func() (s string) {
			for _, part := range []struct {
				name string
				on   bool
			}{{"find ", b.p.find.object.Visible()}, {"record ", b.p.side.cell.record}, {"editor ", b.p.filter.editor.object.Visible()}, {"save ", b.p.save.object.Visible()}} {
				if part.on {
					s += part.name
				}
			}
			return s
		}
		for _, want := range []string{"find record editor save ", "find record editor ", "find record ", "find ", ""} {
			b.do(func() {
				if got := open(); got != want {
					t.Errorf("open are %q, want %q", got, want)
				}
				if want == "find record editor save " && b.w.Canvas().Focused() != fyne.Focusable(b.p.save.start) {
					t.Errorf("the keyboard is on %T, not on what was opened last", b.w.Canvas().Focused())
				}
				b.p.Leave()
			})
		}
		b.do(func() {
			if b.p.Leave() || b.w.Canvas().Focused() != fyne.Focusable(b.p.grid) {
				t.Errorf("the keyboard is on %T", b.w.Canvas().Focused())
			}
			b.w.Canvas().Focus(b.p.goRow)
			b.p.goRow.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
			if b.w.Canvas().Focused() != fyne.Focusable(b.p.grid) {
				t.Error("Escape does not lead from the field of the row back to the table")
			}
		})
	})
}

// TestAKeyWaitsForTheFile that is being opened.
func TestAKeyWaitsForTheFile(t *testing.T) {
	withPane(t, newFake(1000, "id", "title"), nil, func(b *bench) {
		b.do(func() {
			b.p.Open("fake.csv")
			if !b.p.Press(keymap.Ctrl(fyne.KeyF)[0]) {
				t.Error("the key is lost")
			}
		})
		b.settle()
		b.do(func() {
			if b.w.Canvas().Focused() != fyne.Focusable(b.p.find.entry) {
				t.Errorf("the keyboard is on %T", b.w.Canvas().Focused())
			}
			b.p.Open("missing.csv")
			b.p.Press(keymap.Ctrl(fyne.KeyF)[0])
		})
		b.settle()
		b.do(func() {
			if b.p.pressed != nil || b.p.opening {
				t.Error("a key waits for a file that does not come")
			}
		})
	})
}

// TestABadConditionIsMarked: the field that is wrong has a red edge and the keyboard.
func TestABadConditionIsMarked(t *testing.T) {
	withPane(t, newFake(1000, "id", "title"), nil, func(b *bench) {
		b.do(func() {
			b.p.filter.edit(-1, 1)
			e := b.p.filter.editor
			e.kind.SetSelectedIndex(choiceOf(csvfile.Condition{Op: csvfile.OpMatches}))
			b.p.Focus()
			e.done()
			if !e.text.Wrong() || b.w.Canvas().Focused() != fyne.Focusable(e.text) {
				t.Error("nothing marks the empty text")
			}
			e.text.SetText("(")
			if e.text.Wrong() {
				t.Error("what is being mended is still marked")
			}
			e.done()
		})
		b.settle()
		b.do(func() {
			if e := b.p.filter.editor; !e.text.Wrong() || e.failed.Text() == "" {
				t.Error("nothing marks the broken expression")
			}
		})
	})
}

// TestAConditionByKeyboard: its chip is a control, and Delete takes it away.
func TestAConditionByKeyboard(t *testing.T) {
	for _, s := range TokenKeys().Strokes() {
		edited, removed := 0, 0
		chip := newToken("id is 1", func() { edited++ }, func() { removed++ })
		keytest.Send(t, chip, s)
		keytest.Send(t, chip, look.ControlKeys().Strokes()[0])
		if removed != 1 || edited != 1 {
			t.Errorf("%s: edited %d times, removed %d times", s, edited, removed)
		}
	}
}
