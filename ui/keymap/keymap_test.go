package keymap

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sluice/ui/texts"
)

func TestWords(t *testing.T) {
	for want, strokes := range map[string][]Stroke{
		"Arrows":                                Arrows(),
		"Page Up/Down":                          Keys(fyne.KeyPageUp, fyne.KeyPageDown),
		"Ctrl+Home/End":                         Ctrl(fyne.KeyHome, fyne.KeyEnd),
		"F3, Shift+F3":                          slices.Concat(Keys(fyne.KeyF3), Shift(fyne.KeyF3)),
		"Ctrl+Shift+O":                          With(fyne.KeyModifierShortcutDefault|fyne.KeyModifierShift, fyne.KeyO),
		"Shift+Page Up/Down, Ctrl+Page Up/Down": slices.Concat(Shift(fyne.KeyPageUp, fyne.KeyPageDown), Ctrl(fyne.KeyPageUp, fyne.KeyPageDown)),
		"Ctrl+1/2/3/4":                          Ctrl(fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4),
		"+, -":                                  Runes("+-"),
		"Enter/Space":                           Keys(fyne.KeyReturn, fyne.KeySpace),
		"Esc":                                   Keys(fyne.KeyEscape),
	} {
		if got := words(strokes); got != want {
			t.Errorf("the words are %q, want %q", got, want)
		}
	}
}

// TestWordsInOtherLanguages: keys have the names that stand on the keyboards of a language.
func TestWordsInOtherLanguages(t *testing.T) {
	defer func() { texts.T = texts.English() }()
	all := Keys(fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd, fyne.KeySpace, fyne.KeyDelete, fyne.KeyPageUp, fyne.KeyPageDown)
	for _, tag := range []string{"de", "fr", "es"} { // keyboards of Japan have English names
		if _, err := texts.UseLanguage(tag); err != nil {
			t.Fatal(err)
		}
		for _, s := range all {
			if s.name() == string(s.Key) {
				t.Errorf("%s: the key %s has its English name", tag, s.Key)
			}
		}
	}
	if _, err := texts.UseLanguage("de"); err != nil {
		t.Fatal(err)
	}
	if got := words(slices.Concat(Ctrl(fyne.KeyHome, fyne.KeyEnd), Alt(fyne.KeyUp, fyne.KeyDown))); got != "Strg+Pos1/Ende, Alt+Pfeil auf/ab" {
		t.Errorf("%q", got)
	}
}

func TestRun(t *testing.T) {
	held := Held
	defer func() { Held = held }()
	Held = func() fyne.KeyModifier { return 0 }
	var did []Stroke
	note := func(_ int, s Stroke) { did = append(did, s) }
	m := Map[int]{{slices.Concat(Keys(fyne.KeyReturn), Shift(fyne.KeyF3)), "a", note}, {Ctrl(fyne.KeyC), "b", note}, {Runes("+"), "c", note}, {Keys(fyne.KeyTab), "d", nil}}
	copied, _ := Shortcut(&fyne.ShortcutCopy{})
	custom, _ := Shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyX, Modifier: fyne.KeyModifierShortcutDefault})
	for name, test := range map[string]struct {
		s    Stroke
		want bool
	}{
		"the Enter of the keypad": {Typed(&fyne.KeyEvent{Name: fyne.KeyEnter}), true},
		"without its Shift":       {Typed(&fyne.KeyEvent{Name: fyne.KeyF3}), false},
		"a copy":                  {copied, true},
		"another shortcut":        {custom, false},
		"a letter":                {TypedRune('+'), true},
		"the key of the letter":   {Typed(&fyne.KeyEvent{Name: fyne.KeyPlus}), false},
		"what the toolkit does":   {Typed(&fyne.KeyEvent{Name: fyne.KeyTab}), false},
	} {
		did = nil
		if got := m.Run(7, test.s); got != test.want || len(did) > 1 || got != (len(did) == 1) {
			t.Errorf("%s: %v, done %v", name, got, did)
		}
	}
	Held = func() fyne.KeyModifier { return fyne.KeyModifierShift | fyne.KeyModifierControl }
	if !m.Run(7, Typed(&fyne.KeyEvent{Name: fyne.KeyF3})) {
		t.Error("Shift is not seen")
	}
	if _, ok := Shortcut(&fyne.ShortcutPaste{}); ok {
		t.Error("pasting has no stroke here")
	}
	if lines := m.Lines(); len(lines) != 4 || lines[0] != (Line{"Enter, Shift+F3", "a"}) || len(m.Strokes()) != 5 {
		t.Errorf("lines %v, strokes %v", lines, m.Strokes())
	}
}
