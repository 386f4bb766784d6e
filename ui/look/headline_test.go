package look

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// headline is a line with three actions that note that they were done.
func headline(title string, did *string) *Headline {
	h := NewHeadline()
	var actions []Action
	for _, name := range []string{"Open folder", "Verify checksums", "Use these files"} {
		actions = append(actions, Action{Text: name, Do: func() { *did += name + ";" }})
	}
	h.Set(title, actions)
	return h
}

// TestHeadlineKeepsItsTitle: what would cut the title goes into the menu, the least
// important first, and comes back with the width.
func TestHeadlineKeepsItsTitle(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(Light))
	long := strings.Repeat("a name that goes on ", 9)
	for _, c := range []struct {
		title string
		width float32
		menu  int // actions in it
	}{
		{"wiki.db", 900, 0}, {"wiki.db", 450, 1}, {"wiki.db", 300, 2}, {"wiki.db", 150, 3}, {"wiki.db", 900, 0},
		{"wiki-2026-11-22.db", 592, 1}, {"wiki-production-2026-11-22.db", 592, 2}, {long, 592, 3}, {long, 1000, 0},
	} {
		var did string
		h := headline(c.title, &did)
		w := test.NewTempWindow(t, h.Object)
		w.SetPadded(false)
		w.Resize(fyne.NewSize(c.width, 100))
		if n := len(h.Menu()); n != c.menu || h.more.Visible() != (n > 0) {
			t.Errorf("%q at %v: %d actions in the menu, want %d; its button is in sight: %v", c.title, c.width, n, c.menu, h.more.Visible())
		}
		if want := min(h.title.wanted().Width, mostTitle); h.title.Size().Width < want && c.menu < 3 {
			t.Errorf("%q at %v: the title has %v, wants %v", c.title, c.width, h.title.Size().Width, want)
		}
		right := float32(0)
		for _, o := range h.Object.Objects {
			if !o.Visible() || o == fyne.CanvasObject(h.more) {
				continue
			}
			if o.Position().X < right {
				t.Errorf("%q at %v: %v begins at %v, the one before it ends at %v", c.title, c.width, o, o.Position().X, right)
			}
			right = o.Position().X + o.Size().Width
		}
		if right > c.width {
			t.Errorf("%q at %v: it reaches to %v", c.title, c.width, right)
		}
	}
}

// TestHeadlineMenuByKeyboard: the menu is opened and walked with the keyboard, which is
// back on its button afterwards.
func TestHeadlineMenuByKeyboard(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(Light))
	var did string
	h := headline("wiki.db", &did)
	w := test.NewTempWindow(t, h.Object)
	w.Resize(fyne.NewSize(300, 400))
	c := w.Canvas()
	for range 3 {
		c.(interface{ FocusNext() }).FocusNext()
		if c.Focused() == fyne.Focusable(h.more) {
			break
		}
	}
	typed := func(keys ...fyne.KeyName) {
		t.Helper()
		for _, k := range keys {
			if c.Focused() == nil {
				t.Fatalf("nothing has the keyboard for %s", k)
			}
			c.Focused().TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
	typed(fyne.KeyReturn, fyne.KeyReturn)
	typed(fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn)
	typed(fyne.KeyReturn, fyne.KeyEscape)
	if did != "Verify checksums;Use these files;" {
		t.Errorf("done: %q", did)
	}
	if c.Focused() != fyne.Focusable(h.more) {
		t.Errorf("the keyboard is on %v", c.Focused())
	}
}

// TestHeadlineKeepsButtons: a button whose action stays keeps the keyboard, and one
// without an action goes.
func TestHeadlineKeepsButtons(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(Light))
	var did string
	h := headline("wiki.db", &did)
	w := test.NewTempWindow(t, h.Object)
	w.Resize(fyne.NewSize(900, 100))
	w.Canvas().Focus(h.buttons[0])
	h.Set("wiki.db", []Action{{Text: "Open folder", Do: func() { did += "again;" }}})
	if w.Canvas().Focused() != fyne.Focusable(h.buttons[0]) || h.buttons[1].Visible() || h.buttons[2].Visible() {
		t.Error("the keyboard went, or a button without an action stayed")
	}
	test.Tap(h.buttons[0])
	if did != "again;" {
		t.Errorf("done: %q", did)
	}
}

func TestParagraphOfAtMostTwoLines(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(Light))
	p := NewParagraph(strings.Repeat("word ", 40), SizeTable, ColorText).AtMost(2)
	p.Resize(fyne.NewSize(200, 100))
	if len(p.lines) != 2 || !strings.HasSuffix(p.lines[1], "…") {
		t.Errorf("lines %q", p.lines)
	}
	p.Set("a few words")
	if len(p.lines) != 1 || p.lines[0] != "a few words" {
		t.Errorf("lines %q", p.lines)
	}
}
