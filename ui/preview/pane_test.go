package preview

import (
	"context"
	"errors"
	"image/color"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"sluice/csvfile"
	"sluice/ui/keymap"
	"sluice/ui/look"
	"sluice/ui/preview/grid"
)

func ctrl(k fyne.KeyName) *desktop.CustomShortcut {
	return &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault}
}

func TestAFileOfThreeBillionRowsShowsAnyRow(t *testing.T) {
	withPane(t, newFake(3_000_000_000, "id", "title", "when"), nil, func(b *bench) {
		b.sees("rows 1–")
		b.sees("of 3,000,000,000")
		b.do(func() { b.p.goToTyped("2,999,999,990") })
		b.settle()
		label, text := b.cell(2_999_999_989, 1)
		if label != "2,999,999,990" || text != "r2999999989 c1" {
			t.Errorf("row %q shows %q", label, text)
		}
		b.sees("–2,999,999,999 of 3,000,000,000")
		b.do(func() { b.p.grid.TypedShortcut(ctrl(fyne.KeyHome)) })
		b.settle()
		if label, text := b.cell(0, 0); label != "1" || text != "r0 c0" {
			t.Errorf("row %q shows %q", label, text)
		}
	})
}

func TestARowThatIsNotThereIsSaid(t *testing.T) {
	withPane(t, newFake(100, "id"), nil, func(b *bench) {
		b.do(func() { b.p.goToTyped("101") })
		b.sees("There is no row 101: the last one is row 100.")
		b.do(func() { b.p.goToTyped("seven") })
		b.sees(`"seven" is no row number`)
	})
}

func TestAJumpBeforeTheIndexIsThereWaitsVisibly(t *testing.T) {
	f := newFake(1_000_000, "id")
	f.indexed, f.final = 10_000, false
	withPane(t, f, nil, func(b *bench) {
		b.sees("of 10,000 so far · indexed 1 %")
		b.do(func() { b.p.goToTyped("900,000") })
		b.sees("Going to row 900,000. Row 10,000 is reached so far, 1 % of the file.")
		f.set(func() { f.indexed = 950_000 })
		b.later(time.Second)
		if row, _ := b.focus(); row != 899_999 {
			t.Errorf("the focus is on row %d", row)
		}
		b.do(func() {
			if len(b.p.notices.texts()) > 0 {
				t.Errorf("notices %v", b.p.notices.texts())
			}
		})
		if _, text := b.cell(899_999, 0); text != "r899999 c0" {
			t.Errorf("the row shows %q", text)
		}
	})
}

func TestTheEndIsShownBeforeTheIndexIsThere(t *testing.T) {
	f := newFake(1_000_000, "id")
	f.indexed, f.final = 10_000, false
	withPane(t, f, nil, func(b *bench) {
		b.do(func() { b.p.grid.TypedShortcut(ctrl(fyne.KeyEnd)) })
		b.settle()
		row, _ := b.focus()
		if label, text := b.cell(row, 0); label != "" || text != "r999999 c0" {
			t.Errorf("the last row, labelled %q, shows %q", label, text)
		}
		b.sees("of the file; their numbers come with the index")
		f.set(func() { f.indexed, f.final = 1_000_000, true; close(f.done) })
		b.later(time.Second)
		row, _ = b.focus()
		if label, text := b.cell(row, 0); label != "1,000,000" || text != "r999999 c0" {
			t.Errorf("with the index the row, labelled %q, shows %q", label, text)
		}
	})
}

func TestErrorsAreSaidInPlace(t *testing.T) {
	withPane(t, newFake(10, "id"), nil, func(b *bench) {
		b.do(func() {
			b.p.canvas().Focus(b.p.goRow)
			b.p.Open("missing.csv")
		})
		b.settle()
		b.do(func() {
			if got := b.p.Message(); got != "Cannot open missing.csv: there is no such file; check the name." {
				t.Errorf("the pane says %q", got)
			}
			if b.p.toolbar.Visible() {
				t.Error("tools are offered that do nothing without a file")
			}
			if b.p.canvas().Focused() == b.p.goRow {
				t.Error("a field that is out of sight has the keyboard")
			}
			if b.p.Open("fake.csv"); !b.p.toolbar.Visible() {
				t.Error("the tools are not there for the next file")
			}
		})
	})
}

func TestEmptyFilesSaySo(t *testing.T) {
	empty := newFake(0)
	withPane(t, empty, nil, func(b *bench) { b.sees("fake.csv is empty: it has no header and no rows.") })
	bare := newFake(0, "a", "b")
	bare.info.Size = 4
	withPane(t, bare, nil, func(b *bench) { b.sees("fake.csv has a header and no rows.") })
}

func TestAReadErrorIsSaidAndCanBeTriedAgain(t *testing.T) {
	f := newFake(1_000_000, "id")
	withPane(t, f, nil, func(b *bench) {
		f.set(func() { f.err = errors.New("input/output error") })
		b.do(func() { b.p.GoTo(500_000) })
		b.settle()
		b.sees("These rows cannot be read: input/output error.")
		f.set(func() { f.err = nil })
		b.do(func() { b.p.s.pages.Retry() })
		b.settle()
		if _, text := b.cell(500_000, 0); text != "r500000 c0" {
			t.Errorf("the row shows %q", text)
		}
	})
}

func TestAChangedFileOffersToReload(t *testing.T) {
	f := newFake(100, "id")
	withPane(t, f, nil, func(b *bench) {
		f.set(func() { f.changed = true })
		b.later(5 * time.Second)
		b.sees("This file has changed on disk.")
		f.set(func() { f.changed = false })
		b.do(b.p.Reload)
		b.settle()
		b.do(func() {
			if n := b.p.notices.texts(); len(n) > 0 {
				t.Errorf("after reloading: %v", n)
			}
		})
		b.sees("rows 1–")
	})
}

func TestLateAnswersOfAnotherFileAreDropped(t *testing.T) {
	var slow chan struct{}
	f := newFake(100, "id")
	other := newFake(7, "id")
	withPane(t, f, func(o *Options) {
		slow = make(chan struct{})
		o.open = func(_ context.Context, path string, _ csvfile.Reading, _ bool) (file, error) {
			if path == "slow.csv" {
				<-slow
				return other, nil
			}
			return f, nil
		}
	}, func(b *bench) {
		b.do(func() { b.p.Open("slow.csv") })
		b.do(func() { b.p.Open("fake.csv") })
		b.settle()
		close(slow)
		b.settle()
		b.sees("of 100")
		if !other.closed {
			t.Error("the file that came too late was left open")
		}
	})
}

func TestFilterAndItsWords(t *testing.T) {
	withPane(t, newFake(1000, "id", "title"), nil, func(b *bench) {
		b.do(func() { b.p.Filter(csvfile.Condition{Column: 1, Op: csvfile.OpContains, Text: "x"}) })
		b.settle()
		b.sees("of 100 that match · of 1,000")
		b.sees("100 of 1,000 rows")
		if label, text := b.cell(3, 0); label != "31" || text != "r30 c0" {
			t.Errorf("the fourth row, labelled %q, shows %q", label, text)
		}
		b.do(func() { b.p.filter.remove(0) })
		b.settle()
		b.sees("of 1,000 · indexed 100 %")
	})
}

func TestABadConditionIsSaid(t *testing.T) {
	withPane(t, newFake(1000, "id", "title"), nil, func(b *bench) {
		b.do(func() {
			b.p.filter.edit(-1, 1)
			b.p.filter.editor.kind.SetSelectedIndex(choiceOf(csvfile.Condition{Op: csvfile.OpMatches}))
			b.p.filter.editor.done()
			if got := b.p.filter.editor.failed.Text(); got == "" {
				t.Error("a condition without a text is taken")
			}
			b.p.filter.editor.text.SetText("(")
			b.p.filter.editor.done()
		})
		b.settle()
		b.do(func() {
			if got := b.p.filter.editor.failed.Text(); got != "The expression is not complete." {
				t.Errorf("the editor says %q", got)
			}
		})
	})
}

func TestTheEditorMakesTheCondition(t *testing.T) {
	withPane(t, newFake(1000, "id", "title", "when"), nil, func(b *bench) {
		b.do(func() {
			b.p.grid.Select(0, 2)
			b.p.filter.editNew()
			e := b.p.filter.editor
			e.kind.SetSelectedIndex(choiceOf(csvfile.Condition{Op: csvfile.OpTime}))
			e.from.SetText("2026-01-01")
			e.from.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		})
		b.settle()
		b.do(func() {
			want := csvfile.Condition{Column: 2, Op: csvfile.OpTime, Min: "2026-01-01"}
			if diff := cmp.Diff([]csvfile.Expr{csvfile.Is(want)}, b.p.s.terms); diff != "" {
				t.Errorf("conditions %+v", b.p.s.terms)
			}
		})
		b.do(func() {
			b.p.filter.edit(0, 2)
			b.p.filter.editor.to.SetText("2026-02-01")
			b.p.filter.editor.done()
		})
		b.settle()
		b.do(func() {
			if len(b.p.s.terms) != 1 || b.p.s.terms[0].Is.Max != "2026-02-01" {
				t.Errorf("after a change: %+v", b.p.s.terms)
			}
		})
	})
}

func TestFindGoesFromHitToHit(t *testing.T) {
	f := newFake(1_000_000, "id", "title")
	f.hits = []csvfile.Hit{{Row: 0, Column: 0}, {Row: 500_000, Column: 1}, {Row: 500_007, Column: 0}}
	withPane(t, f, nil, func(b *bench) {
		at := func(row int64, col int) {
			t.Helper()
			b.settle()
			if r, c := b.focus(); r != row || c != col {
				t.Errorf("the focus is on row %d column %d, not on %d, %d", r, c, row, col)
			}
		}
		b.do(func() { b.p.Find("c") })
		at(0, 0) // the cell in focus is a hit itself
		b.sees("3 cells in the file")
		b.do(func() { b.p.find.step(true) })
		at(500_000, 1)
		b.do(func() { b.p.key(&fyne.KeyEvent{Name: fyne.KeyF3}) })
		at(500_007, 0)
		b.do(func() { b.p.key(&fyne.KeyEvent{Name: fyne.KeyF3}) })
		at(500_007, 0)
		b.sees("no more below")
		b.do(func() { b.p.Press(keymap.Shift(fyne.KeyF3)[0]) })
		at(500_000, 1)
	})
}

func TestFindSkipsRowsThatTheFilterHides(t *testing.T) {
	f := newFake(1_000_000, "id", "title")
	f.hits = []csvfile.Hit{{Row: 15, Column: 0}, {Row: 20, Column: 1}, {Row: 33, Column: 0}, {Row: 500_000, Column: 0}}
	withPane(t, f, nil, func(b *bench) {
		b.do(func() { b.p.Filter(csvfile.Condition{Column: 0, Text: "x"}) })
		b.settle()
		for i, want := range []int64{2, 50_000} {
			b.do(func() { b.p.Find("c") })
			b.settle()
			if row, _ := b.focus(); row != want {
				t.Errorf("hit %d is shown at %d, want %d", i, row, want)
			}
		}
		b.do(func() { b.p.find.step(false) })
		b.settle()
		if row, col := b.focus(); row != 2 || col != 1 {
			t.Errorf("the previous hit is shown at %d, %d", row, col)
		}
	})
}

func TestCopyTakesTheWholeCellAndTheRow(t *testing.T) {
	f := newFake(100, "id", "title")
	f.cell = func(row int64, col int) string { return []string{"12", "a\tb \"c\""}[col] }
	withPane(t, f, nil, func(b *bench) {
		b.do(func() { b.p.grid.Select(3, 1); b.p.grid.TypedShortcut(&fyne.ShortcutCopy{}) })
		b.settle()
		if got := b.o.Clipboard.Content(); got != "a\tb \"c\"" {
			t.Errorf("copied %q", got)
		}
		b.do(b.p.copier.row)
		b.settle()
		if got := b.o.Clipboard.Content(); got != "12\t\"a\tb \"\"c\"\"\"" {
			t.Errorf("copied %q", got)
		}
	})
}

func TestWidthsAreRememberedByKind(t *testing.T) {
	store := &MemoryStore{}
	withPane(t, newFake(100, "id", "title"), func(o *Options) { o.Store = store }, func(b *bench) {
		b.do(func() {
			b.p.changeColumns(func(c *grid.Columns) { c.Resize(1, 333); c.Freeze(0, true) })
			b.p.Open("other.csv")
		})
		b.settle()
		b.do(func() {
			if c := b.p.grid.Columns(); c.At(1).Width != 333 || !c.At(0).Frozen {
				t.Errorf("the next file of the kind has %+v", c.Copy())
			}
		})
	})
}

func TestInstanceURLIsHiddenUntilSomebodyShowsIt(t *testing.T) {
	store := &MemoryStore{}
	const name = "pages_job7_2026_11_22T03_32_18Z.csv"
	hidden := func(b *bench) (n int) {
		b.do(func() { b.p.Open(name) })
		b.settle()
		b.do(func() { n = b.p.grid.Columns().HiddenCount() })
		return n
	}
	withPane(t, newFake(100, "page_id", "instance_url", "page_title"), func(o *Options) { o.Store = store }, func(b *bench) {
		if n := hidden(b); n != 1 {
			t.Errorf("%d columns are hidden at first", n)
		}
		b.sees("1 column hidden")
		b.do(func() { b.p.showAllColumns() })
		if n := hidden(b); n != 0 {
			t.Errorf("%d columns are hidden although somebody has shown all", n)
		}
	})
}

func TestProfileOnDemandAndByItself(t *testing.T) {
	f := newFake(1000, "id", "title")
	withPane(t, f, nil, func(b *bench) {
		b.later(time.Second) // the file is small: the focus rests on its first column
		b.sees("Distinct (about)")
		b.sees("41,900")
		b.sees("(empty)")
	})
	f = newFake(1<<40, "id", "title")
	withPane(t, f, nil, func(b *bench) {
		b.later(time.Second)
		b.do(func() {
			if b.shows("Distinct (about)") {
				t.Error("a large file was profiled without being asked")
			}
		})
		b.do(b.p.profileFocused)
		b.settle()
		b.sees("41,900")
	})
}

// TestSavePanelLeavesTheTableItsRows: in a low window what belongs to the form scrolls, and the
// window may be as low while the panel is open; in a high one all of it is seen.
func TestSavePanelLeavesTheTableItsRows(t *testing.T) {
	withPane(t, newFake(1000, "id", "title", "when"), func(o *Options) { o.ChooseSave = func(string, func(string)) {} }, func(b *bench) {
		b.do(func() {
			for _, size := range []fyne.Size{{Width: 1100, Height: 800}, {Width: 776, Height: 490}} {
				b.w.Resize(size)
				b.p.save.open()
				details, content := b.p.save.details, b.p.save.details.Object.Objects[0].(*container.Scroll).Content
				if table := b.p.root.Objects[1].Size().Height; table < lowTable || size.Height > 700 && table < leastTable {
					t.Errorf("at %v the table has %v", size, table)
				}
				if needs := b.p.root.MinSize().Height; needs > size.Height {
					t.Errorf("at %v it needs %v", size, needs)
				}
				if whole := details.Object.Size().Height >= content.MinSize().Height; whole != (size.Height > 700) {
					t.Errorf("at %v the details are seen whole: %v", size, whole)
				}
				b.p.save.close()
			}
		})
	})
}

func TestSaveShowsProgressAndTakesItsOptions(t *testing.T) {
	f := newFake(1000, "id", "title", "when")
	var suggested string
	withPane(t, f, func(o *Options) {
		o.ChooseSave = func(name string, done func(string)) {
			suggested = name
			done("/nowhere/out.csv")
		}
	}, func(b *bench) {
		b.do(func() {
			b.p.changeColumns(func(c *grid.Columns) { c.Hide(1, true) })
			b.p.save.open()
			b.p.save.safe.SetOn(true)
			b.p.save.only.SetOn(true)
			b.p.save.choose()
		})
		b.settle()
		b.sees("Saved 12 rows, 3.4 kB, as /nowhere/out.csv.")
		if suggested != "fake-view.csv" {
			t.Errorf("suggested %q", suggested)
		}
		if o := f.saved[0]; !o.SpreadsheetSafe || len(o.Columns) != 2 || o.Columns[1] != 2 {
			t.Errorf("saved with %+v", o)
		}
		f.saving = context.Canceled
		b.do(func() { b.p.save.open(); b.p.save.choose() })
		b.settle()
		b.do(b.p.save.end)
		b.settle()
		b.sees("Saving was cancelled; out.csv was not written.")
	})
}

func TestRecordShowsEveryField(t *testing.T) {
	withPane(t, newFake(100, "id", "title"), nil, func(b *bench) {
		b.do(func() {
			b.p.grid.Select(41, 1)
			b.p.side.showRecord()
			lines := b.p.side.cell.lines.Text()
			want := []string{"id", "  r41 c0", "title", "  r41 c1"}
			for i, w := range want {
				if i >= len(lines) || lines[i] != w {
					t.Fatalf("the record shows %q", lines)
				}
			}
			b.p.side.cell.tapped(0)
		})
		if _, col := b.focus(); col != 0 {
			t.Errorf("a click on a field put the focus on column %d", col)
		}
	})
}

func TestRaggedRowsAreShownAndMarked(t *testing.T) {
	f := newFake(100, "id", "title")
	withPane(t, f, nil, func(b *bench) {
		b.do(func() {
			b.p.s.pages.Seed([]csvfile.Row{{Number: 0, Fields: []string{"only one"}}, {Number: 1, Fields: []string{"a", "b", "c"}}})
			if label, tone := b.p.model.RowLabel(0); label != "! 1" || tone != grid.ToneWarning {
				t.Errorf("a short row is labelled %q", label)
			}
			if c := b.p.model.Cell(0, 1); c.Text != noField {
				t.Errorf("a missing field shows as %q", c.Text)
			}
			b.p.grid.Select(1, 0)
			b.p.side.showRecord()
		})
		b.sees("3 of 2 fields")
		b.do(func() {
			lines := b.p.side.cell.lines.Text()
			if len(lines) < 6 || lines[4] != "field 3 (no such column)" || lines[5] != "  c" {
				t.Errorf("the record shows %q", lines)
			}
		})
	})
}

func TestAnUnclosedQuoteIsTold(t *testing.T) {
	f := newFake(100, "id")
	f.info.Findings = []csvfile.Finding{{Kind: csvfile.UnclosedQuote, Count: 1, Places: []csvfile.Place{{Row: 41, Offset: 12_345}}}}
	withPane(t, f, nil, func(b *bench) {
		b.later(time.Second)
		b.sees("In row 42, at byte 12,345 of the file, a quote opens a cell and nothing closes it")
	})
}

// TestStepsDoNotCostMoreWithMoreRows holds the budget of a step of the table with
// everything that follows from it in the pane, at two row counts.
func TestStepsDoNotCostMoreWithMoreRows(t *testing.T) {
	header := make([]string, 16)
	for i := range header {
		header[i] = "column"
	}
	cost := func(rows int64) (allocs float64) {
		withPane(t, newFake(rows, header...), nil, func(b *bench) {
			b.do(func() { b.p.GoTo(rows / 2) })
			b.settle()
			step := func() {
				b.do(func() { b.p.grid.Step(grid.MovePageDown) })
				b.settle()
			}
			allocs = testing.AllocsPerRun(30, step)
		})
		return allocs
	}
	small, large := cost(100_000), cost(3_000_000_000)
	t.Logf("a page: %.0f allocations in 100,000 rows, %.0f in 3,000,000,000", small, large)
	if large > small*1.2+200 {
		t.Errorf("a page makes %.0f allocations in 3 billion rows, %.0f in 100,000", large, small)
	}
}

// TestSideOfALowPane: the card of the cell keeps the height that it needs, that of the
// column scrolls in what is left of it, and where that is too little, both scroll.
func TestSideOfALowPane(t *testing.T) {
	test.NewTempApp(t)
	card, second := canvas.NewRectangle(color.Black), canvas.NewRectangle(color.Black)
	card.SetMinSize(fyne.NewSize(100, 260))
	second.SetMinSize(fyne.NewSize(100, 170))
	first := look.NewWholeScroll(card)
	pane := container.New(twoCards{}, first, second)
	scroll := look.NewScroll(pane)
	for _, c := range []struct{ height, first, second, all float32 }{
		{600, 260, 600 - 260 - frameGap, 600},
		{400, 400 - frameGap - 170, 170, 400},
		{180, leastFirst, 170, leastFirst + frameGap + 170},
	} {
		scroll.Resize(fyne.NewSize(300, c.height))
		if first.Size().Height != c.first || second.Size().Height != c.second || pane.Size().Height != c.all {
			t.Errorf("of %v the first gets %v, the second %v, in all %v", c.height, first.Size().Height, second.Size().Height, pane.Size().Height)
		}
		if card.Size().Height < 260 {
			t.Errorf("of %v the card itself gets %v: it cannot be scrolled to its end", c.height, card.Size().Height)
		}
	}
}
