package look

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"sluice/ui/look/looktest"
	"sluice/ui/tone"
)

// ringedControls are the controls of this package, each in each of its looks: what is drawn,
// and what takes the keyboard.
func ringedControls() map[string]func() (fyne.CanvasObject, fyne.Focusable) {
	pressable := func(o interface {
		fyne.CanvasObject
		fyne.Focusable
	}) (fyne.CanvasObject, fyne.Focusable) {
		return o, o
	}
	controls := map[string]func() (fyne.CanvasObject, fyne.Focusable){
		"toggle": func() (fyne.CanvasObject, fyne.Focusable) { return pressable(NewToggle("Force", nil)) },
		"chip":   func() (fyne.CanvasObject, fyne.Focusable) { return pressable(NewChip("30 days", "7", nil)) },
		"chosen chip": func() (fyne.CanvasObject, fyne.Focusable) {
			c := NewChip("30 days", "", nil)
			c.SetChosen(true)
			return c, c
		},
		"title":        func() (fyne.CanvasObject, fyne.Focusable) { return pressable(NewSortHead("job", false, nil)) },
		"field":        func() (fyne.CanvasObject, fyne.Focusable) { return pressable(NewField("a name", nil)) },
		"secret field": func() (fyne.CanvasObject, fyne.Focusable) { return pressable(NewSecretField(nil)) },
		"wrong field": func() (fyne.CanvasObject, fyne.Focusable) {
			f := NewField("a name", nil)
			f.SetWrong(true)
			return f, f
		},
		"icon of a field": func() (fyne.CanvasObject, fyne.Focusable) {
			f := NewField("2026-11-23", nil)
			icon := NewFieldIcon("calendar", nil)
			f.ActionItem = icon
			return NewFixed(150, ControlHeight, f), icon
		},
		"choice": func() (fyne.CanvasObject, fyne.Focusable) { return pressable(NewSelect([]string{"a", "b"}, nil)) },
		"box":    func() (fyne.CanvasObject, fyne.Focusable) { return pressable(NewCheck("Ignore case")) },
		"list": func() (fyne.CanvasObject, fyne.Focusable) {
			l := NewList(func() int { return 5 }, func() fyne.CanvasObject { return NewText("a line", SizeTable, ColorText) }, func(int, fyne.CanvasObject) {}, nil)
			l.Mark(2)
			return NewFixed(200, 160, l), l
		},
		"calendar": func() (fyne.CanvasObject, fyne.Focusable) {
			day := time.Date(2026, 3, 11, 0, 0, 0, 0, time.UTC)
			m := NewMonth(day, day.AddDate(0, 0, 9), [7]string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}, time.Monday, func(time.Time) string { return "March" }, nil)
			return m, m.grid
		},
		"tab": func() (fyne.CanvasObject, fyne.Focusable) {
			tabs := NewTabs([]string{"Export", "History"}, nil)
			return tabs, tabs.items[1]
		},
		"heading of the rail": func() (fyne.CanvasObject, fyne.Focusable) {
			h := NewRailHeading(nil)
			h.Set("SERVERS", "3", "warning", tone.Caution)
			return h, h
		},
		"source": func() (fyne.CanvasObject, fyne.Focusable) {
			r := NewRailItem()
			r.Set("server", "Wiki", "completed", "up", tone.Good, false)
			return r, r
		},
		"chosen source": func() (fyne.CanvasObject, fyne.Focusable) {
			r := NewRailItem()
			r.Set("server", "Wiki", "completed", "up", tone.Good, true)
			return r, r
		},
	}
	for kind, name := range map[ButtonKind]string{Outlined: "button", Primary: "primary button", Danger: "dangerous button", Quiet: "quiet button", Link: "link"} {
		controls[name] = func() (fyne.CanvasObject, fyne.Focusable) {
			return pressable(NewButton(kind, "Start export", "started", nil))
		}
	}
	return controls
}

// TestRingStandsOut looks at each control with the keyboard on it, in both themes and
// on each ground that it stands on: what shows it has a contrast of 3 : 1 at least.
func TestRingStandsOut(t *testing.T) {
	grounds := map[string]fyne.ThemeColorName{"page": theme.ColorNameBackground, "card": ColorSurface, "well": ColorSunken,
		"warning": ToneTint(tone.Caution), "error": ToneTint(tone.Bad)}
	for _, mode := range []Mode{Light, Dark} {
		lookApp(t, mode)
		for name, control := range ringedControls() {
			lowest := 21.0
			for ground, fill := range grounds {
				t.Run(string(mode)+" "+name+" on a "+ground, func(t *testing.T) {
					object, keyboard := control()
					box := newBox(&Box{Fill: fill, PaddingX: 20, PaddingY: 20, Content: container.NewCenter(object)})
					w := test.NewTempWindow(t, box)
					w.SetPadded(false)
					w.Resize(object.MinSize().AddWidthHeight(60, 60))
					lowest = min(lowest, looktest.Ring(t, w, keyboard))
				})
			}
			t.Logf("%s %s: %.1f", mode, name, lowest)
		}
	}
}

// TestFocusOfTheToolkitStandsOut: its own dialogs and menus fill what has the
// keyboard, so the fill stands out, and what is written on it can be read.
func TestFocusOfTheToolkitStandsOut(t *testing.T) {
	for _, variant := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
		th := NewTheme(System)
		focus := th.Color(theme.ColorNameFocus, variant)
		for _, ground := range []fyne.ThemeColorName{ColorSurface, theme.ColorNameBackground, theme.ColorNameMenuBackground, theme.ColorNameOverlayBackground} {
			if c := looktest.Contrast(focus, th.Color(ground, variant)); c < 3 {
				t.Errorf("variant %d: %.2f on %s", variant, c, ground)
			}
		}
		if c := looktest.Contrast(focus, th.Color(theme.ColorNameForeground, variant)); c < 4.5 {
			t.Errorf("variant %d: text on it has a contrast of %.2f", variant, c)
		}
	}
}
