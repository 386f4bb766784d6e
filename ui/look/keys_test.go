package look

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"sluice/ui/keymap"
	"sluice/ui/keymap/keytest"
	"sluice/ui/tone"
)

// month is a calendar in a window that has the keyboard.
func month(t *testing.T, chosen, last string, picked *string) *Month {
	t.Helper()
	day := func(s string) time.Time {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	m := NewMonth(day(chosen), day(last), [7]string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}, time.Monday, func(t time.Time) string { return t.Format("2006-01") },
		func(d time.Time) { *picked = d.Format(time.DateOnly) })
	m.Focus(test.NewTempWindow(t, m).Canvas())
	return m
}

func TestCalendarByKeyboard(t *testing.T) {
	lookApp(t, Light)
	ctrl, shift := keymap.Ctrl, keymap.Shift
	for _, step := range []struct {
		from string
		keys []keymap.Stroke
		want string
	}{
		{"2026-03-10", keymap.Keys(fyne.KeyRight), "2026-03-11"},
		{"2026-03-01", keymap.Keys(fyne.KeyLeft), "2026-02-28"},
		{"2026-03-03", keymap.Keys(fyne.KeyUp), "2026-02-24"},
		{"2026-03-10", keymap.Keys(fyne.KeyDown), "2026-03-17"},
		{"2025-03-31", keymap.Keys(fyne.KeyPageUp), "2025-02-28"},
		{"2026-01-31", keymap.Keys(fyne.KeyPageDown), "2026-02-28"},
		{"2024-02-29", shift(fyne.KeyPageDown), "2025-02-28"},
		{"2026-03-10", ctrl(fyne.KeyPageUp), "2025-03-10"},
		{"2026-03-10", keymap.Keys(fyne.KeyHome), "2026-03-01"},
		{"2026-02-10", keymap.Keys(fyne.KeyEnd), "2026-02-28"},
		{"2026-03-10", keymap.Keys(fyne.KeyEnd), "2026-03-20"},                    // the last day that can be taken
		{"2026-03-19", keymap.Keys(fyne.KeyDown, fyne.KeyPageDown), "2026-03-20"}, // no further
		{"2027-01-01", keymap.Keys(fyne.KeyLeft), "2026-03-19"},                   // a day ahead counts as the last
		{"2026-03-10", keymap.Keys(fyne.KeyUp, fyne.KeyRight, fyne.KeyDown), "2026-03-11"},
	} {
		picked := ""
		m := month(t, step.from, "2026-03-20", &picked)
		for _, s := range step.keys {
			keytest.Send(t, m.grid, s)
		}
		keytest.Send(t, m.grid, keymap.Keys(fyne.KeyReturn)[0])
		if picked != step.want {
			t.Errorf("from %s %v goes to %s, want %s", step.from, step.keys, picked, step.want)
		}
	}
}

func TestListedKeysWorkAndNoOthers(t *testing.T) {
	lookApp(t, Light)
	inWindow := func(o fyne.CanvasObject, focus fyne.Focusable) fyne.Canvas {
		w := test.NewTempWindow(t, container.NewStack(o))
		w.Resize(fyne.NewSize(400, 400))
		w.Canvas().Focus(focus)
		return w.Canvas()
	}
	t.Run("calendar", func(t *testing.T) {
		picked := ""
		keytest.Walk(t, MonthKeys().Strokes(), func(keymap.Stroke) (any, func() string) {
			picked = ""
			m := month(t, "2020-03-10", "2026-03-20", &picked)
			return m.grid, func() string { return m.At().Format(time.DateOnly) + " " + m.title.Text() + " " + picked }
		})
	})
	t.Run("list", func(t *testing.T) {
		keytest.Walk(t, ListKeys().Strokes(), func(keymap.Stroke) (any, func() string) {
			taken := -1
			l := NewList(func() int { return 40 }, func() fyne.CanvasObject { return NewText("", SizeBody, ColorText) },
				func(i int, o fyne.CanvasObject) { o.(*Text).Set(fmt.Sprint(i)) }, func(i int) { taken = i })
			l.Mark(15)
			menu := -1
			l.OnMenu = func(i int, _ fyne.Position) { menu = i }
			inWindow(l, l)
			return l, func() string { return fmt.Sprint(l.At(), taken, menu) }
		})
	})
	t.Run("choice", func(t *testing.T) {
		keytest.Walk(t, SelectKeys().Strokes(), func(keymap.Stroke) (any, func() string) {
			s := NewSelect([]string{"a", "b", "c"}, nil)
			s.SetSelectedIndex(1)
			c := inWindow(container.NewCenter(s), s)
			return s, func() string { return fmt.Sprint(s.Selected, len(c.Overlays().List())) }
		})
	})
	t.Run("control", func(t *testing.T) {
		keytest.Walk(t, ControlKeys().Strokes(), func(keymap.Stroke) (any, func() string) {
			taps := 0
			b := NewButton(Outlined, "b", "", func() { taps++ })
			inWindow(container.NewCenter(b), b)
			return b, func() string { return fmt.Sprint(taps) }
		})
	})
	t.Run("tabs", func(t *testing.T) {
		known := append(TabKeys().Strokes(), ControlKeys().Strokes()...)
		keytest.Walk(t, known, func(s keymap.Stroke) (any, func() string) {
			tabs := NewTabs([]string{"a", "b", "c"}, nil)
			tabs.Choose(1)
			item := tabs.items[1]
			if s.Key == fyne.KeyReturn || s.Key == fyne.KeySpace {
				item = tabs.items[2]
			}
			inWindow(container.NewCenter(tabs), item)
			return item, func() string { return fmt.Sprint(tabs.Chosen()) }
		})
	})
	t.Run("source", func(t *testing.T) {
		known := append(RailKeys().Strokes(), ControlKeys().Strokes()...)
		keytest.Walk(t, known, func(keymap.Stroke) (any, func() string) {
			step, moved, taps, menus := 0, 0, 0, 0
			r := NewRailItem()
			r.Set("server", "Wiki", "completed", "up", tone.Good, false)
			r.OnTapped, r.OnStep, r.OnMove = func() { taps++ }, func(by int) { step = by }, func(by int) { moved = by }
			r.OnMenu = func(fyne.Position) { menus++ }
			inWindow(container.NewCenter(r), r)
			return r, func() string { return fmt.Sprint(step, moved, taps, menus) }
		})
	})
	t.Run("field", func(t *testing.T) {
		opened := 0
		f := NewField("", nil)
		f.OnOpen = func() { opened++ }
		c := inWindow(container.NewCenter(f), f)
		keytest.Send(t, f, FieldKeys().Strokes()[0])
		if opened != 1 {
			t.Error("the field does not open what it chooses from")
		}
		passed := map[keymap.Stroke]bool{}
		c.SetOnTypedKey(func(e *fyne.KeyEvent) { passed[keymap.Typed(e)] = true })
		for _, s := range keymap.Keys(fyne.KeyEscape, fyne.KeyF1, fyne.KeyF3, fyne.KeyF6, fyne.KeyPageDown) {
			if keytest.Send(t, f, s); !passed[s] {
				t.Errorf("%s does not get to the window", s)
			}
		}
	})
}
