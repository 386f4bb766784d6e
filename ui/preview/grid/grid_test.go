package grid

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"sluice/ui/keymap"
)

// synthetic is a table of any size whose cells say where they are.
type synthetic struct{ rows int64 }

func (s synthetic) Rows() int64 { return s.rows }
func (s synthetic) Cell(row int64, col int) Cell {
	return Cell{Text: fmt.Sprintf("r%d c%d", row, col)}
}
func (s synthetic) RowLabel(row int64) (string, Tone) { return fmt.Sprint(row), TonePlain }
func (s synthetic) WidestLabel() string               { return fmt.Sprint(s.rows) }

func columns(n int) []Column {
	out := make([]Column, n)
	for i := range out {
		out[i] = Column{Title: fmt.Sprintf("col%d", i), Width: 140}
	}
	return out
}

func shown(t *testing.T, o Options, cols int) (*Grid, fyne.Window) {
	t.Helper()
	test.NewTempApp(t)
	g := New(o)
	g.SetColumns(columns(cols))
	w := test.NewTempWindow(t, g)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1000, 700))
	return g, w
}

func has(g *Grid, want string) bool {
	for _, s := range g.Texts() {
		if s == want {
			return true
		}
	}
	return false
}

func key(g *Grid, n fyne.KeyName) { g.TypedKey(&fyne.KeyEvent{Name: n}) }

func ctrl(g *Grid, n fyne.KeyName) {
	g.TypedShortcut(&desktop.CustomShortcut{KeyName: n, Modifier: fyne.KeyModifierShortcutDefault})
}

func TestRowsAreDrawnRightAtAnyRowCount(t *testing.T) {
	for _, rows := range []int64{10, 100_000_000, 3_000_000_000} {
		t.Run(fmt.Sprint(rows), func(t *testing.T) {
			g, _ := shown(t, Options{Model: synthetic{rows}}, 8)
			g.DataChanged()
			ctrl(g, fyne.KeyEnd)
			last := rows - 1
			for _, want := range []string{fmt.Sprint(last), fmt.Sprintf("r%d c0", last), fmt.Sprint(last - 5), fmt.Sprintf("r%d c1", last-5)} {
				if !has(g, want) {
					t.Errorf("%q is not drawn at the end: %v", want, g.Texts())
				}
			}
			if row, _ := g.FocusCell(); row != last {
				t.Errorf("the cursor is at row %d", row)
			}
			ctrl(g, fyne.KeyHome)
			if !has(g, "r0 c0") || has(g, fmt.Sprintf("r%d c0", last)) && rows > 20 {
				t.Errorf("the start shows %v", g.Texts())
			}
		})
	}
}

func TestOnlyCellsInSightAreObjects(t *testing.T) {
	g, _ := shown(t, Options{Model: synthetic{3_000_000_000}}, 2000)
	g.DataChanged()
	for range 50 {
		key(g, fyne.KeyPageDown)
		key(g, fyne.KeyEnd)
		key(g, fyne.KeyHome)
	}
	n := len(g.rows.texts) + len(g.cells.texts) + len(g.rows.fills) + len(g.cells.fills)
	if n > 400 {
		t.Errorf("%d objects for one screen of cells", n)
	}
	key(g, fyne.KeyEnd)
	if !has(g, "col1999") {
		t.Errorf("End does not show the last of 2,000 columns: %v", g.Texts()[:10])
	}
}

func TestKeysMoveTheCursorAndTheView(t *testing.T) {
	var cells []string
	g, w := shown(t, Options{
		Model:    synthetic{1000},
		OnCursor: func(row int64, col int) { cells = append(cells, fmt.Sprintf("%d/%d", row, col)) },
	}, 3)
	g.DataChanged()
	w.Canvas().Focus(g)
	for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyRight, fyne.KeyPageDown, fyne.KeyUp, fyne.KeyEnd, fyne.KeyHome, fyne.KeyUp} {
		key(g, k)
	}
	if got, want := strings.Join(cells, " "), "1/0 1/1 20/1 19/1 19/2 19/0 18/0"; got != want {
		t.Errorf("the cursor went %s, want %s", got, want)
	}
}

func TestClickSelectsTheCellUnderThePointer(t *testing.T) {
	g, _ := shown(t, Options{Model: synthetic{100_000_000}}, 4)
	g.DataChanged()
	g.ScrollTo(90_000_000)
	x := float32(g.left() + 140 + 20)
	g.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, HeaderHeight+3*RowHeight+5)}})
	if row, col := g.FocusCell(); row != 90_000_003 || col != 1 {
		t.Errorf("the click chose row %d column %d", row, col)
	}
}

func TestDraggingAnEdgeResizesItsColumn(t *testing.T) {
	told := 0
	g, _ := shown(t, Options{Model: synthetic{100}, OnWidths: func() { told++ }}, 4)
	g.DataChanged()
	x := float32(g.left() + 140)
	g.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x-2, 10)}})
	if g.Cursor() != desktop.HResizeCursor {
		t.Error("the pointer does not tell that the edge can be dragged")
	}
	g.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: fyne.NewPos(x-2, 10)}})
	g.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x+58, 10)}})
	g.DragEnd()
	if w := g.columns.At(0).Width; w != 200 || told != 1 {
		t.Errorf("the column is %v wide, told %d times", w, told)
	}
	g.TypedRune('-')
	if w := g.columns.At(0).Width; w != 184 {
		t.Errorf("after a minus the column is %v wide", w)
	}
}

func TestScrollBarReachesFirstAndLastRow(t *testing.T) {
	g, _ := shown(t, Options{Model: synthetic{100_000_000}}, 4)
	g.DataChanged()
	x := float32(g.bodyWidth() + 6)
	at := func(y float32) fyne.Position { return fyne.NewPos(x, y) }
	g.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: at(HeaderHeight + 3)}})
	g.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at(5000)}})
	if from, n := g.InSight(); from+n != 100_000_000 {
		t.Errorf("dragged to the end, the rows end at %d", from+n)
	}
	g.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at(-5000)}})
	g.DragEnd()
	if from, _ := g.InSight(); from != 0 {
		t.Errorf("dragged to the start, the first row is %d", from)
	}
}

func TestFrozenColumnsStayWhenOthersScroll(t *testing.T) {
	g, _ := shown(t, Options{Model: synthetic{100}}, 40)
	g.Columns().Freeze(2, true)
	g.ColumnsChanged()
	g.DataChanged()
	key(g, fyne.KeyEnd)
	if !has(g, "col2") || !has(g, "r0 c2") || !has(g, "col39") || has(g, "col5") {
		t.Errorf("drawn after End: %v", g.Texts())
	}
	if row, col := g.FocusCell(); row != 0 || col != 39 {
		t.Errorf("cursor %d/%d", row, col)
	}
}

func TestWheelTurnsAreGathered(t *testing.T) {
	clock, steps := time.Unix(0, 0), 0
	w := wheel{every: 12 * time.Millisecond, dispatch: func(func()) {}, apply: func(_, dy float64) { steps++ }, now: func() time.Time { return clock }}
	for range 100 {
		w.turn(0, 10)
	}
	if steps != 1 || w.dy != 990 {
		t.Fatalf("100 turns at once made %d steps, %v gathered", steps, w.dy)
	}
	clock = clock.Add(12 * time.Millisecond)
	w.flush()
	if steps != 2 || w.dy != 0 {
		t.Fatalf("%d steps, %v left", steps, w.dy)
	}
}

func TestWheelScrollsAndShiftTurnsItSideways(t *testing.T) {
	g, _ := shown(t, Options{Model: synthetic{3_000_000_000}}, 40)
	g.DataChanged()
	g.ScrollTo(2_000_000_000)
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -10)})
	if from, _ := g.InSight(); from != 2_000_000_003 {
		t.Errorf("one notch of the wheel went to row %d", from)
	}
	held := keymap.Held
	defer func() { keymap.Held = held }()
	keymap.Held = func() fyne.KeyModifier { return fyne.KeyModifierShift }
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -10)})
	if from, _ := g.InSight(); from != 2_000_000_003 || g.scrollX != 60 {
		t.Errorf("with Shift the wheel went to row %d, %v pixels aside", from, g.scrollX)
	}
}

func TestCellTextIsCutToItsColumn(t *testing.T) {
	test.NewTempApp(t)
	ru := newRuler(fyne.CurrentApp().Settings().Theme(), 13, fyne.TextStyle{})
	long := strings.Repeat("Größe Ωμέγα ", 100_000)
	got := ru.fit(long, 120)
	if w := fyne.MeasureText(got, 13, fyne.TextStyle{}).Width; w > 121 || !strings.HasSuffix(got, ellipsis) || len(got) < 8 {
		t.Errorf("cut to %q, %v pixels", got, w)
	}
	if got := ru.fit("short", 120); got != "short" {
		t.Errorf("a text that fits became %q", got)
	}
	if got := ru.fit("wide", 3); got != "" {
		t.Errorf("no room, yet %q is drawn", got)
	}
}

// TestStepCostDoesNotGrowWithRows compares what a step creates at a thousand rows
// and at three billion, which is exact where a clock would not be.
func TestStepCostDoesNotGrowWithRows(t *testing.T) {
	cost := func(rows int64) float64 {
		g, _ := shown(t, Options{Model: synthetic{rows}}, 16)
		g.DataChanged()
		g.Select(rows/2, 0)
		return testing.AllocsPerRun(50, func() { key(g, fyne.KeyPageDown) })
	}
	small, large := cost(10_000), cost(3_000_000_000)
	t.Logf("10,000 rows: %.0f allocations; 3,000,000,000 rows: %.0f allocations", small, large)
	if large > small*1.2+50 {
		t.Errorf("a step makes %.0f allocations at 3 billion rows, %.0f at 10,000", large, small)
	}
}

func TestMenuOpensByMouseAndKey(t *testing.T) {
	var got []string
	g, _ := shown(t, Options{Model: synthetic{100}, OnMenu: func(row int64, col int, at fyne.Position) {
		got = append(got, fmt.Sprintf("%d/%d", row, col))
	}}, 4)
	g.DataChanged()
	press := func(x, y float32) {
		g.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonSecondary, PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}})
	}
	press(float32(g.left())+20, HeaderHeight+10+RowHeight)
	press(float32(g.left())+160, 10)
	g.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt})
	if s := strings.Join(got, " "); s != "1/0 -1/1 1/1" {
		t.Errorf("menus asked for: %s", s)
	}
}

func TestLinesDrawOnlyWhatIsInSight(t *testing.T) {
	test.NewTempApp(t)
	l := NewLines()
	w := test.NewTempWindow(t, l)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, 300))
	made, marked := 0, -1
	l.OnTapped = func(mark int) { marked = mark }
	l.SetSource(func(width int) []Line {
		made = width
		out := make([]Line, 200_000)
		for i := range out {
			out[i] = Line{Text: fmt.Sprintf("line %d", i), Mark: i / 10}
		}
		return out
	}, false)
	if n := len(l.layer.texts); n > 40 || made < 30 {
		t.Errorf("%d texts for one screen, lines of %d places", n, made)
	}
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	if got := l.Text(); got[len(got)-1] != "line 199999" {
		t.Errorf("the end shows %q", got[len(got)-1])
	}
	l.Reveal(500)
	l.Tapped(&fyne.PointEvent{Position: fyne.NewPos(20, 5)})
	if marked != 500 {
		t.Errorf("the line at the top has mark %d", marked)
	}
	before := made
	w.Resize(fyne.NewSize(700, 300))
	if made <= before {
		t.Errorf("with more room the lines still have %d places", made)
	}
}
