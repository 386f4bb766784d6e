package look

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"sluice/ui/look/looktest"
	"sluice/ui/tone"
)

// TestButtonsCanBeReadInEveryState holds the words of each kind of button, in each state
// and both themes, to 4.5 : 1 against what they lie on; those of disabled ones too, as
// people read why they cannot be pressed.
func TestButtonsCanBeReadInEveryState(t *testing.T) {
	for _, mode := range []Mode{Light, Dark} {
		lookApp(t, mode)
		th := NewTheme(mode)
		for _, kind := range []ButtonKind{Primary, Outlined, Danger, Quiet, Link} {
			for _, state := range []string{"at rest", "hovered", "disabled"} {
				b := NewButton(kind, "Start", "", nil)
				b.hovered, b.disabled = state == "hovered", state == "disabled"
				fill, _, ink := b.colors()
				if fill == ColorNone {
					fill = ColorSurface
				}
				if c := looktest.Contrast(th.Color(ink, theme.VariantLight), th.Color(fill, theme.VariantLight)); c < 4.5 {
					t.Errorf("%q, kind %d %s: %s on %s has a contrast of %.2f", mode, kind, state, ink, fill, c)
				}
			}
		}
	}
}

func TestPointerOverAButton(t *testing.T) {
	lookApp(t, Light)
	b := NewButton(Outlined, "Save", "save", nil)
	test.NewTempWindow(t, container.NewCenter(b))
	if b.Cursor() != desktop.PointerCursor {
		t.Error("over a button the pointer is no hand")
	}
	b.MouseIn(nil)
	if !b.Hovered() {
		t.Error("the pointer is over the button, which does not know")
	}
	b.SetEnabled(false)
	if b.Hovered() || b.Cursor() != desktop.DefaultCursor {
		t.Error("a disabled button answers the pointer")
	}
	b.SetEnabled(true)
	b.MouseOut()
	if b.Hovered() {
		t.Error("the pointer left, and the button does not know")
	}
}

func TestButtonsGrowWithTheirWords(t *testing.T) {
	lookApp(t, Light)
	b := NewButton(Outlined, "Save", "", nil)
	short := b.MinSize().Width
	b.SetText("Save all of it")
	if b.Text() != "Save all of it" || b.MinSize().Width <= short {
		t.Errorf("%q needs %v, and %v before", b.Text(), b.MinSize().Width, short)
	}
	words := b.MinSize().Width
	b.SetIcon("save")
	if b.MinSize().Width <= words {
		t.Error("an icon takes no room")
	}
	if icon := NewButton(Outlined, "", "close", nil).MinSize(); icon.Width > 2*ControlHeight || icon.Height != ControlHeight {
		t.Errorf("a button with an icon alone needs %v", icon)
	}
}

func TestChipIsChosenByClickAndKey(t *testing.T) {
	lookApp(t, Light)
	taps := 0
	c := NewChip("365 days", "", nil)
	c.OnTapped = func() { taps++; c.SetChosen(true) }
	w := test.NewTempWindow(t, container.NewCenter(c))
	rest := c.MinSize().Width
	test.Tap(c)
	if taps != 1 || !c.Chosen() {
		t.Fatalf("%d taps, chosen %v", taps, c.Chosen())
	}
	w.Canvas().Focus(c)
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	c.Disable()
	c.Tapped(nil)
	if taps != 2 {
		t.Errorf("%d taps, want 2: the disabled chip does nothing", taps)
	}
	c.Set("365 days", "1,000")
	if c.wanted().Width <= rest || c.Text() != "365 days" {
		t.Errorf("with a figure behind it the chip wants %v, %v without", c.wanted().Width, rest)
	}
	if long := NewChip(strings.Repeat("a very long name ", 20), "", nil); long.MinSize().Width > leastChip+20 {
		t.Errorf("a chip of a long text needs %v at least", long.MinSize().Width)
	}
}

func TestToggleTellsWhatChanges(t *testing.T) {
	lookApp(t, Light)
	var told []bool
	toggle := NewToggle("Force", func(on bool) { told = append(told, on) })
	test.NewTempWindow(t, container.NewCenter(toggle))
	toggle.SetOn(false) // as it is
	test.Tap(toggle)
	test.Tap(toggle)
	toggle.SetOn(true)
	if len(told) != 3 || !told[0] || told[1] || !told[2] || !toggle.On() {
		t.Errorf("told %v", told)
	}
	if toggle.icon != "checkbox-on" {
		t.Errorf("a toggle that is on shows %q", toggle.icon)
	}
	toggle.Disable()
	test.Tap(toggle)
	if !toggle.On() {
		t.Error("a disabled toggle was switched")
	}
}

// TestAToggleIsReadWhole: what it switches is not cut while there is room, and stays within its
// line where there is none.
func TestAToggleIsReadWhole(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(Light))
	toggle := NewToggle("Auch wenn ein geplanter Lauf abgeschlossen worden ist, und nichts fehlt", nil)
	w := test.NewTempWindow(t, NewFlow(8, 8, toggle))
	for _, c := range []struct {
		width float32
		whole bool
	}{{900, true}, {420, false}} {
		w.Resize(fyne.NewSize(c.width, 80))
		label := test.WidgetRenderer(toggle).(*buttonRenderer).label
		if whole := label.Size().Width >= label.wanted().Width; whole != c.whole {
			t.Errorf("%v wide: the words get %v of %v", c.width, label.Size().Width, label.wanted().Width)
		}
		if right := label.Position().X + label.Size().Width; right > toggle.Size().Width || toggle.Size().Width > c.width {
			t.Errorf("%v wide: the words end at %v of %v", c.width, right, toggle.Size().Width)
		}
	}
}

func TestSortHeadShowsTheOrder(t *testing.T) {
	lookApp(t, Light)
	taps := 0
	h := NewSortHead("rows", true, func() { taps++ })
	w := test.NewTempWindow(t, container.NewCenter(h))
	for order, want := range map[Order]string{Unsorted: "rows", Ascending: "rows ↑", Descending: "rows ↓"} {
		h.SetOrder(order)
		if h.label.Text() != want || h.Text() != "rows" {
			t.Errorf("order %d: it says %q", order, h.label.Text())
		}
	}
	w.Canvas().Focus(h)
	h.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if taps != 1 {
		t.Errorf("%d sorts by keyboard", taps)
	}
}

func TestRailItemStepsByArrows(t *testing.T) {
	lookApp(t, Light)
	r := NewRailItem()
	w := test.NewTempWindow(t, r)
	r.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) // nobody listens
	var steps []int
	r.OnStep = func(by int) { steps = append(steps, by) }
	w.Canvas().Focus(r)
	r.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	r.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if len(steps) != 2 || steps[0] != -1 || steps[1] != 1 {
		t.Errorf("steps %v", steps)
	}
	r.Set("server", "wiki.db", "completed", "Completed", tone.Good, true)
	if r.Text() != "wiki.db" || !r.Chosen() || r.line.Text() != "Completed" {
		t.Errorf("the entry says %q, %q", r.Text(), r.line.Text())
	}
}

func TestFieldKeysAreItsOwnOrTheWindows(t *testing.T) {
	lookApp(t, Light)
	changed, left, opened := "", 0, 0
	f := NewField("Name", func(s string) { changed = s })
	f.OnLeft, f.OnOpen = func() { left++ }, func() { opened++ }
	w := test.NewTempWindow(t, f)
	var window []fyne.KeyName
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { window = append(window, e.Name) })
	w.Canvas().Focus(f)
	test.Type(f, "wiki")
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF5})
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if changed != "wik" || len(window) != 2 {
		t.Errorf("the text is %q, the window got %v", changed, window)
	}
	f.OnKey = func(k fyne.KeyName) bool { return k == fyne.KeyEscape }
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if len(window) != 2 {
		t.Error("a key that the field has a use for reached the window")
	}
	f.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt})
	w.Canvas().Unfocus()
	if opened != 1 || left != 1 {
		t.Errorf("opened %d times, left %d times", opened, left)
	}
	f.CursorColumn = 1
	f.Change("wik")
	if f.CursorColumn != 1 {
		t.Error("the same text moved the cursor")
	}
}

func TestWrongFieldHasARedEdge(t *testing.T) {
	for _, mode := range []Mode{Light, Dark} {
		lookApp(t, mode)
		f := NewField("", nil)
		r := f.CreateRenderer().(*fieldRenderer)
		if r.edge.Visible() {
			t.Errorf("%q: a field that is right has a red edge", mode)
		}
		f.SetWrong(true)
		r.paint()
		if !f.Wrong() || !r.edge.Visible() || r.edge.StrokeColor != currentColor(ToneColor(tone.Bad)) {
			t.Errorf("%q: the edge of a wrong field is %v, seen %v", mode, r.edge.StrokeColor, r.edge.Visible())
		}
		f.SetWrong(false)
		if r.paint(); r.edge.Visible() {
			t.Errorf("%q: a mended field keeps its edge", mode)
		}
	}
}

func TestListByKeyboard(t *testing.T) {
	lookApp(t, Light)
	var taken []int
	l := NewList(func() int { return 25 }, func() fyne.CanvasObject { return NewText("", SizeBody, ColorText) },
		func(i int, o fyne.CanvasObject) { o.(*Text).Set(strings.Repeat("x", i+1)) }, func(i int) { taken = append(taken, i) })
	w := test.NewTempWindow(t, l)
	w.Resize(fyne.NewSize(200, 200))
	w.Canvas().Focus(l)
	for _, c := range []struct {
		key fyne.KeyName
		at  int
	}{
		{fyne.KeyDown, 1}, {fyne.KeyPageDown, 11}, {fyne.KeyUp, 10}, {fyne.KeyEnd, 24}, {fyne.KeyDown, 24}, {fyne.KeyPageUp, 14},
		{fyne.KeyHome, 0}, {fyne.KeyUp, 0}, {fyne.KeyPageUp, 0},
	} {
		if l.TypedKey(&fyne.KeyEvent{Name: c.key}); l.At() != c.at {
			t.Errorf("after %s the keyboard is on line %d, want %d", c.key, l.At(), c.at)
		}
	}
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	l.Mark(7)
	if l.At() != 7 || len(taken) != 1 || taken[0] != 0 {
		t.Errorf("at line %d, taken %v: marking takes nothing", l.At(), taken)
	}
}

func TestSelectAndCheckByKeyboard(t *testing.T) {
	lookApp(t, Light)
	chosen := ""
	s := NewSelect([]string{"is", "is not", "contains"}, func(c string) { chosen = c })
	check := NewCheck("Ignore case")
	w := test.NewTempWindow(t, container.NewVBox(s, check))
	s.SetSelectedIndex(0)
	w.Canvas().Focus(s)
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if chosen != "is not" {
		t.Errorf("the next choice is %q", chosen)
	}
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if chosen != "is" {
		t.Errorf("the previous choice is %q", chosen)
	}
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if w.Canvas().Overlays().Top() == nil {
		t.Error("return opens no list")
	}
	w.Canvas().Overlays().Remove(w.Canvas().Overlays().Top())
	w.Canvas().Focus(check)
	check.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if !check.Checked {
		t.Error("return does not check the box")
	}
}

func TestPillsAndStatesCarryTheirTone(t *testing.T) {
	lookApp(t, Light)
	p := NewPill("Completed", "completed", tone.Good)
	wide := p.MinSize().Width
	p.Set("Cancellation requested", "cancelling", tone.Caution)
	if p.Text() != "Cancellation requested" || p.MinSize().Width <= wide {
		t.Errorf("the pill says %q and needs %v", p.Text(), p.MinSize().Width)
	}
	if p.box.Fill != ToneTint(tone.Caution) {
		t.Errorf("the pill lies on %s", p.box.Fill)
	}
	r := NewRailItem()
	r.Set("server", "Wiki", "failed", "Failed", tone.Bad, false)
	if r.sign.name != "failed" || r.sign.color != ToneColor(tone.Bad) {
		t.Errorf("the state in the rail is %s in %s", r.sign.name, r.sign.color)
	}
	r.Set("server", "Wiki", "unreachable", "Unreachable", tone.Neutral, false)
	if r.sign.name != "unreachable" || r.sign.color != ToneColor(tone.Neutral) {
		t.Errorf("the state in the rail stays %s in %s", r.sign.name, r.sign.color)
	}
}

func TestFactsKeepTheirWidgets(t *testing.T) {
	lookApp(t, Light)
	f := NewFacts()
	f.Set([]Fact{{Caption: "Rows", Value: "1"}, {Caption: "Entities", Value: "2"}})
	first := f.wrap.Objects[0]
	f.Set([]Fact{{Caption: "Rows", Value: "10"}})
	if len(f.wrap.Objects) != 1 || f.wrap.Objects[0] != first || first.(*factView).value.Text() != "10" {
		t.Error("a fact that stays has a new widget, or an old value")
	}
}

func TestIconsTakeTheColourOfTheTheme(t *testing.T) {
	drawn := map[Mode]string{}
	for _, mode := range []Mode{Light, Dark} {
		lookApp(t, mode)
		i := NewIcon("failed", 16, ToneColor(tone.Bad))
		r := i.CreateRenderer()
		drawn[mode] = r.Objects()[0].(*canvas.Image).Resource.Name()
		if i.MinSize() != fyne.NewSquareSize(16) {
			t.Errorf("an icon of 16 needs %v", i.MinSize())
		}
	}
	if drawn[Light] == drawn[Dark] {
		t.Errorf("an icon is %q in both themes", drawn[Light])
	}
}
