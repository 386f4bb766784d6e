package look

import (
	"image/color"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"sluice/assets"
	"sluice/ui/look/looktest"
	"sluice/ui/tone"
)

func lookApp(t *testing.T, mode Mode) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(NewTheme(mode))
}

// TestContrast holds every text on every ground it stands on to 4.5 : 1 (WCAG AA).
func TestContrast(t *testing.T) {
	pairs := [][2]fyne.ThemeColorName{
		{ColorText, theme.ColorNameBackground}, {ColorText, ColorSurface}, {ColorText, ColorSunken}, {ColorText, ColorChosen}, {ColorText, ColorHover},
		{ColorMuted, theme.ColorNameBackground}, {ColorMuted, ColorSurface}, {ColorMuted, ColorSunken}, {ColorMuted, ColorChosen},
		{ColorFaint, ColorSurface}, {ColorOn, ColorAccent}, {ColorAccent, ColorSurface},
	}
	for k := tone.Neutral; k <= tone.Bad; k++ {
		pairs = append(pairs, [2]fyne.ThemeColorName{ToneColor(k), ToneTint(k)}, [2]fyne.ThemeColorName{ToneColor(k), ColorSurface},
			[2]fyne.ThemeColorName{ColorText, ToneTint(k)})
	}
	for _, variant := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
		th := NewTheme(System)
		for _, p := range pairs {
			if c := looktest.Contrast(th.Color(p[0], variant), th.Color(p[1], variant)); c < 4.5 {
				t.Errorf("variant %d: %s on %s has a contrast of %.2f", variant, p[0], p[1], c)
			}
		}
	}
}

func TestThemeKnowsEveryColour(t *testing.T) {
	lookApp(t, Light)
	test.AssertAllColorNamesDefined(t, NewTheme(System), "sluice")
	light, dark := NewTheme(Light), NewTheme(Dark)
	for name := range palettes[theme.VariantLight] {
		if _, ok := palettes[theme.VariantDark][name]; !ok {
			t.Errorf("%s has no dark colour", name)
		}
	}
	if light.Color(ColorSurface, theme.VariantDark) != palettes[theme.VariantLight][ColorSurface] ||
		dark.Color(ColorSurface, theme.VariantLight) != palettes[theme.VariantDark][ColorSurface] {
		t.Error("a forced mode follows the desktop")
	}
}

func TestEveryIconIsDrawn(t *testing.T) {
	lookApp(t, Light)
	for _, name := range assets.IconNames() {
		icon := NewIcon(name, 24, ColorText)
		w := test.NewTempWindow(t, NewFixed(24, 24, icon))
		w.SetPadded(false)
		w.Resize(fyne.NewSize(24, 24))
		img := w.Canvas().Capture()
		ground, ink := img.At(0, 0), 0
		for y := range img.Bounds().Dy() {
			for x := range img.Bounds().Dx() {
				if img.At(x, y) != ground {
					ink++
				}
			}
		}
		if ink < 20 {
			t.Errorf("icon %s has %d pixels of ink", name, ink)
		}
	}
}

func TestFit(t *testing.T) {
	lookApp(t, Light)
	for _, text := range []string{"analytics_events", "Größe Ωμέγα und noch viel mehr", "मानक हिन्दी पाठ जो लंबा है", "x", strings.Repeat("wide ", 500)} {
		full := fyne.MeasureText(text, SizeBody, fyne.TextStyle{}).Width
		for _, width := range []float32{20, 57, 100, full, full + 10} {
			got := Fit(text, width, SizeBody, fyne.TextStyle{})
			if !utf8.ValidString(got) {
				t.Errorf("%q at %v is cut within a letter: %q", text, width, got)
			}
			if w := fyne.MeasureText(got, SizeBody, fyne.TextStyle{}).Width; w > width+0.5 && got != "…" {
				t.Errorf("%q takes %v of %v", got, w, width)
			}
			if width >= full && got != text {
				t.Errorf("%q was cut although it fits", text)
			}
		}
	}
}

func TestWrapLosesNoWord(t *testing.T) {
	lookApp(t, Light)
	text := "The search index of this site is out of date, so the export could miss content."
	lines := Wrap(text, 200, SizeTable, fyne.TextStyle{})
	if len(lines) < 3 || strings.Join(lines, " ") != text {
		t.Errorf("lines are %q", lines)
	}
	long := "Größe_" + strings.Repeat("unbreakable_中文_", 20)
	lines = Wrap("so "+long+" ends", 100, SizeTable, fyne.TextStyle{})
	if strings.ReplaceAll(strings.Join(lines, ""), " ", "") != "so"+long+"ends" {
		t.Errorf("a long word gave %q", lines)
	}
	for _, line := range lines {
		if w := fyne.MeasureText(line, SizeTable, fyne.TextStyle{}).Width; w > 100 || !utf8.ValidString(line) {
			t.Errorf("%q takes %v of 100", line, w)
		}
	}
	if got := Wrap("narrow", 1, SizeTable, fyne.TextStyle{}); len(got) != 6 {
		t.Errorf("where not even a letter has room: %q", got)
	}
}

// TestColumnGivesParagraphsTheirHeight lays a wrapping text out in nested
// containers: what follows it must stand below its last line.
func TestColumnGivesParagraphsTheirHeight(t *testing.T) {
	lookApp(t, Light)
	p := NewParagraph(strings.Repeat("word ", 60), SizeBody, ColorText)
	below := NewCaption("below")
	card := NewCard(NewColumn(8, p, below))
	w := test.NewTempWindow(t, NewColumn(0, card, NewCaption("end")))
	w.Resize(fyne.NewSize(300, 900))
	if p.Size().Height < 100 {
		t.Fatalf("the paragraph is %v high", p.Size().Height)
	}
	if gap := below.Position().Y - p.Size().Height; gap < 7.5 || gap > 8.5 {
		t.Errorf("the gap below the paragraph is %v", gap)
	}
	if card.Size().Height < p.Size().Height+2*CardPaddingY {
		t.Errorf("the card is %v high around a paragraph of %v", card.Size().Height, p.Size().Height)
	}
}

func TestButtonStates(t *testing.T) {
	lookApp(t, Light)
	taps := 0
	b := NewButton(Primary, "Start", "started", func() { taps++ })
	w := test.NewTempWindow(t, container.NewCenter(b))
	test.Tap(b)
	w.Canvas().Focus(b)
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if taps != 3 {
		t.Errorf("%d taps, want 3: pointer, space, return", taps)
	}
	b.Disable()
	before := taps
	b.Tapped(nil)
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if taps != before {
		t.Error("a disabled button was tapped")
	}
	if h := b.MinSize().Height; h != ControlHeight {
		t.Errorf("a button is %v high", h)
	}
}

func TestKeysThatAreNoClickReachTheWindow(t *testing.T) {
	lookApp(t, Light)
	b := NewButton(Outlined, "Here", "", nil)
	w := test.NewTempWindow(t, b)
	var got fyne.KeyName
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { got = e.Name })
	w.Canvas().Focus(b)
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF5})
	if got != fyne.KeyF5 {
		t.Errorf("the window got %q", got)
	}
}

func TestTabsByKeyboard(t *testing.T) {
	lookApp(t, Light)
	chosen := -1
	tabs := NewTabs([]string{"Export", "History", "Files"}, func(i int) { chosen = i })
	w := test.NewTempWindow(t, tabs)
	w.Canvas().Focus(tabs.items[0])
	tabs.items[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if chosen != 1 || w.Canvas().Focused() != tabs.items[1] {
		t.Errorf("right chose %d", chosen)
	}
	tabs.items[1].TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	tabs.items[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if chosen != 0 {
		t.Errorf("left chose %d", chosen)
	}
}

func TestAreaDrawsItsLine(t *testing.T) {
	lookApp(t, Light)
	a := NewArea(100, 40)
	a.Set([]float64{0, 10, 10, 5})
	img := a.draw(100, 40)
	line := palettes[theme.VariantLight][ToneColor(tone.Active)]
	for x := 40; x < 60; x++ {
		found := false
		for y := range 40 {
			if img.At(x, y) == color.Color(line) {
				found = true
			}
		}
		if !found {
			t.Fatalf("column %d has no line", x)
		}
	}
}

func TestMonth(t *testing.T) {
	lookApp(t, Light)
	var picked time.Time
	day := time.Date(2026, 1, 31, 23, 0, 0, 0, time.UTC)
	title := func(t time.Time) string { return t.Format("2006-01") }
	m := NewMonth(day, time.Date(2026, 3, 15, 0, 0, 0, 0, time.UTC), [7]string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}, time.Monday, title, func(d time.Time) { picked = d })
	test.NewTempWindow(t, m)
	if m.title.Text() != "2026-01" || !m.days[3].inMonth || m.days[2].inMonth {
		t.Errorf("January 2026 begins on a Thursday; it shows %s", m.title.Text())
	}
	test.Tap(m.next)
	if m.title.Text() != "2026-02" {
		t.Errorf("after January 31st comes %s", m.title.Text())
	}
	test.Tap(m.next)
	if !m.next.Disabled() {
		t.Error("it goes on behind the last day")
	}
	for _, c := range m.days {
		if c.inMonth && c.Disabled() != (c.day.Day() > 15) {
			t.Errorf("day %d disabled: %v", c.day.Day(), c.Disabled())
		}
	}
	m.days[6].Tapped(nil) // Sunday the first
	if got := picked.Format(time.DateOnly); got != "2026-03-01" {
		t.Errorf("picked %s", got)
	}
}

func TestCenteredFlow(t *testing.T) {
	box := func(width, height float32) fyne.CanvasObject {
		return NewFixed(width, height, NewText("", SizeBody, ColorText))
	}
	a, b, c := box(40, 20), box(50, 30), box(60, 20)
	hidden := box(70, 90)
	hidden.Hide()
	flow := NewCenteredFlow(10, 5, a, hidden, b, c)
	flow.Resize(fyne.NewSize(120, 100))
	for name, tt := range map[string]struct {
		object fyne.CanvasObject
		want   fyne.Position
	}{"first": {a, fyne.NewPos(10, 5)}, "second": {b, fyne.NewPos(60, 0)}, "next line": {c, fyne.NewPos(30, 35)}} {
		if got := tt.object.Position(); got != tt.want {
			t.Errorf("%s is at %v, want %v", name, got, tt.want)
		}
	}
	if h := flow.MinSize().Height; h != 55 {
		t.Errorf("%v high, want 55", h)
	}
}

// TestWrapKeepsUnits: a number and its unit stay together, and a word that is longer than a
// line begins where the one before it ends.
func TestWrapKeepsUnits(t *testing.T) {
	lookApp(t, Light)
	const text = "newest change 2026-11-22 23:58 · 18.4 MB"
	width := fyne.MeasureText(text, SizeTable, fyne.TextStyle{}).Width - 4
	if lines := Wrap(text, width, SizeTable, fyne.TextStyle{}); len(lines) != 2 || lines[1] != "18.4 MB" {
		t.Errorf("lines are %q", lines)
	}
	lines := Wrap("to s3://data-lake-of-the-whole-company/confluence", 200, SizeTable, fyne.TextStyle{})
	if len(lines) != 2 || !strings.HasPrefix(lines[0], "to s3://data") {
		t.Errorf("lines are %q", lines)
	}
}
