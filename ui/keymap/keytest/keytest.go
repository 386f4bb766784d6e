// Package keytest sends keys to widgets as the toolkit does, for tests that hold what
// widgets do against the tables that say what they do.
package keytest

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sluice/ui/keymap"
)

// Send types a stroke into what has the keyboard, the way that the desktop's driver
// hands it on.
func Send(t testing.TB, to any, s keymap.Stroke) {
	t.Helper()
	focusable, ok := to.(fyne.Focusable)
	if !ok {
		t.Fatalf("%T takes no keys", to)
	}
	switch {
	case s.Rune != 0:
		focusable.TypedRune(s.Rune)
	case s.Mod&^fyne.KeyModifierShift != 0:
		if shortcutable, ok := to.(fyne.Shortcutable); ok {
			shortcutable.TypedShortcut(shortcut(s))
		}
	default:
		held := keymap.Held
		keymap.Held = func() fyne.KeyModifier { return s.Mod }
		defer func() { keymap.Held = held }()
		focusable.TypedKey(&fyne.KeyEvent{Name: s.Key})
	}
}

func shortcut(s keymap.Stroke) fyne.Shortcut {
	if s.Key == fyne.KeyC && s.Mod == fyne.KeyModifierShortcutDefault {
		return &fyne.ShortcutCopy{}
	}
	return &desktop.CustomShortcut{KeyName: s.Key, Modifier: s.Mod}
}

// Others are strokes of a keyboard that are not among some: with nothing held, and
// with each of the modifiers.
func Others(known []keymap.Stroke) (list []keymap.Stroke) {
	names := []fyne.KeyName{fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd,
		fyne.KeyReturn, fyne.KeySpace, fyne.KeyEscape, fyne.KeyDelete, fyne.KeyBackspace, fyne.KeyInsert, fyne.KeyPeriod, fyne.KeyMinus, fyne.KeyPlus,
		fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6, fyne.KeyF7, fyne.KeyF8, fyne.KeyF9, fyne.KeyF10}
	for r := 'A'; r <= 'Z'; r++ {
		names = append(names, fyne.KeyName(r))
	}
	for r := '0'; r <= '9'; r++ {
		names = append(names, fyne.KeyName(r))
	}
	const ctrl = fyne.KeyModifierShortcutDefault
	for _, mod := range []fyne.KeyModifier{0, fyne.KeyModifierShift, ctrl, ctrl | fyne.KeyModifierShift, fyne.KeyModifierAlt} {
		for _, s := range keymap.With(mod, names...) {
			if !slices.Contains(known, s) {
				list = append(list, s)
			}
		}
	}
	return list
}

// Walk holds a widget against its table: each stroke of the table changes what state
// tells, and no other stroke does. fresh makes the widget anew, ready for the stroke,
// and gives what has the keyboard.
func Walk(t *testing.T, strokes []keymap.Stroke, fresh func(s keymap.Stroke) (keyboard any, state func() string)) {
	t.Helper()
	for _, s := range strokes {
		keyboard, state := fresh(s)
		before := state()
		if Send(t, keyboard, s); state() == before {
			t.Errorf("%s is listed and does nothing: %s", s, before)
		}
	}
	keyboard, state := fresh(keymap.Stroke{})
	before := state()
	for _, s := range Others(strokes) {
		if Send(t, keyboard, s); state() != before {
			t.Errorf("%s is not listed and changes %s to %s", s, before, state())
			before = state()
		}
	}
}
