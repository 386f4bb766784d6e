package keymap

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sluice/ui/texts"
)

// Stroke is a key with what is held down besides. One that types a letter has a rune
// in the place of the key.
type Stroke struct {
	Key  fyne.KeyName
	Mod  fyne.KeyModifier
	Rune rune
}

// Keys are strokes without anything held down.
func Keys(names ...fyne.KeyName) []Stroke { return With(0, names...) }

// Ctrl are strokes with the key that shortcuts have: Ctrl, or Cmd on a Mac.
func Ctrl(names ...fyne.KeyName) []Stroke { return With(fyne.KeyModifierShortcutDefault, names...) }

// Shift are strokes with Shift.
func Shift(names ...fyne.KeyName) []Stroke { return With(fyne.KeyModifierShift, names...) }

// Alt are strokes with Alt.
func Alt(names ...fyne.KeyName) []Stroke { return With(fyne.KeyModifierAlt, names...) }

// With are strokes with modifiers.
func With(mod fyne.KeyModifier, names ...fyne.KeyName) []Stroke {
	list := make([]Stroke, len(names))
	for i, name := range names {
		list[i] = Stroke{Key: name, Mod: mod}
	}
	return list
}

// Runes are the strokes that type letters.
func Runes(letters string) (list []Stroke) {
	for _, r := range letters {
		list = append(list, Stroke{Rune: r})
	}
	return list
}

// Arrows are the four of them.
func Arrows() []Stroke { return Keys(fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight) }

// Menu are the strokes that open the menu which a right click does: the key of the keyboard for
// it, and what stands for that where there is none.
func Menu() []Stroke { return append(Keys(desktop.KeyMenu), Shift(fyne.KeyF10)...) }

// Held gives the modifiers that are held down. The toolkit tells them with a
// shortcut; Shift alone makes none.
var Held = func() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}

// Typed is the stroke of a key that was typed, with Shift if that is held. Both keys
// that are called Enter are one.
func Typed(e *fyne.KeyEvent) Stroke {
	return Stroke{Key: oneEnter(e.Name), Mod: Held() & fyne.KeyModifierShift}
}

// TypedRune is the stroke of a letter.
func TypedRune(r rune) Stroke { return Stroke{Rune: r} }

// Shortcut is the stroke that a shortcut was made of.
func Shortcut(s fyne.Shortcut) (Stroke, bool) {
	switch s := s.(type) {
	case *desktop.CustomShortcut:
		return Stroke{Key: oneEnter(s.KeyName), Mod: s.Modifier}, true
	case *fyne.ShortcutCopy:
		return Stroke{Key: fyne.KeyC, Mod: fyne.KeyModifierShortcutDefault}, true
	}
	return Stroke{}, false
}

func oneEnter(name fyne.KeyName) fyne.KeyName {
	if name == fyne.KeyEnter {
		return fyne.KeyReturn
	}
	return name
}

// shown is the name that people know a key by, where that is another.
func shown(key fyne.KeyName) (string, bool) {
	t := texts.T.Keys
	word, ok := map[fyne.KeyName]string{
		fyne.KeyReturn: t.Enter, fyne.KeyEscape: t.Escape, fyne.KeyPageUp: t.PageUp, fyne.KeyPageDown: t.PageDown, fyne.KeyBackspace: t.Backspace,
		desktop.KeyMenu: t.Menu, fyne.KeyUp: t.Up, fyne.KeyDown: t.Down, fyne.KeyLeft: t.Left, fyne.KeyRight: t.Right, fyne.KeyHome: t.Home, fyne.KeyEnd: t.End,
		fyne.KeySpace: t.Space, fyne.KeyDelete: t.Delete,
	}[key]
	return word, ok
}

func (s Stroke) name() string {
	if s.Rune != 0 {
		return string(s.Rune)
	}
	if word, ok := shown(s.Key); ok {
		return word
	}
	return string(s.Key)
}

// held is what is held down, as people read it.
func (s Stroke) held() string {
	words, t := "", texts.T.Keys
	for _, m := range []struct {
		mod  fyne.KeyModifier
		word string
	}{{fyne.KeyModifierShortcutDefault, t.Ctrl}, {fyne.KeyModifierShift, t.Shift}, {fyne.KeyModifierAlt, t.Alt}} {
		if s.Mod&m.mod != 0 {
			words += m.word + "+"
		}
	}
	return words
}

func (s Stroke) String() string { return s.held() + s.name() }

// words are strokes as people read them: "Arrows", "Ctrl+Home/End", "Page Up/Down".
func words(strokes []Stroke) string {
	if len(strokes) == 4 && same(strokes, Arrows()) {
		return texts.T.Keys.Arrows
	}
	text := ""
	for i, s := range strokes {
		switch {
		case i == 0:
			text = s.String()
		case s.held() == strokes[i-1].held() && s.Rune == 0:
			text += "/" + strings.TrimPrefix(s.name(), commonWord(s.name(), strokes[i-1].name()))
		default:
			text += ", " + s.String()
		}
	}
	return text
}

// commonWord is the first word of two names, with its space, if they share it.
func commonWord(a, b string) string {
	first, _, two := strings.Cut(a, " ")
	if two && strings.HasPrefix(b, first+" ") {
		return first + " "
	}
	return ""
}

func same(a, b []Stroke) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
