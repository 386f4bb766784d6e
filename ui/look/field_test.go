package look

import (
	"reflect"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"sluice/ui/keymap/keytest"
)

// TestSecretIsShownByKeyboard and hidden again; it stays a secret.
func TestSecretIsShownByKeyboard(t *testing.T) {
	lookApp(t, Light)
	f := NewSecretField(nil)
	w := test.NewTempWindow(t, NewFixed(200, ControlHeight, f))
	w.Resize(fyne.NewSize(300, 100))
	w.Canvas().Focus(f)
	test.Type(f, "hush")
	w.Canvas().FocusNext()
	for _, hidden := range []bool{false, true} {
		before := w.Canvas().Capture()
		keytest.Send(t, w.Canvas().Focused(), ControlKeys().Strokes()[0])
		if f.Password != hidden || f.Text != "hush" || !f.Secret() {
			t.Errorf("hidden: %v, holds %q", f.Password, f.Text)
		}
		if reflect.DeepEqual(before, w.Canvas().Capture()) {
			t.Error("nothing of that is seen")
		}
	}
}

// TestTheWheelOverAFieldScrollsThePage: and a field that lies in nothing scrolls its line.
func TestTheWheelOverAFieldScrollsThePage(t *testing.T) {
	lookApp(t, Light)
	page, alone := NewField("", nil), NewField("", nil)
	alone.SetText(strings.Repeat("long ", 60))
	scroll := container.NewVScroll(NewColumn(0, NewFixed(120, ControlHeight, page), NewFixed(120, 400, NewText("", SizeBody, ColorText))))
	w := test.NewTempWindow(t, container.NewBorder(nil, NewFixed(120, ControlHeight, alone), nil, nil, scroll))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(120, 200))
	test.Scroll(w.Canvas(), fyne.NewPos(60, ControlHeight/2), 0, -50)
	if scroll.Offset.Y == 0 {
		t.Error("the page stands still")
	}
	test.Scroll(w.Canvas(), fyne.NewPos(60, 200-ControlHeight/2), 0, -50)
	if scroll.Offset.Y != 50 {
		t.Errorf("the page is at %v", scroll.Offset.Y)
	}
}

// TestALongLineIsOnlyALine: a text that is longer than its field has no bar below it,
// and no shadow at its ends.
func TestALongLineIsOnlyALine(t *testing.T) {
	for name, mode := range map[string]Mode{"light": Light, "dark": Dark} {
		lookApp(t, mode)
		f := NewField("", nil)
		w := test.NewTempWindow(t, NewFixed(120, ControlHeight, f))
		w.Resize(fyne.NewSize(120, ControlHeight))
		w.SetPadded(false)
		empty := w.Canvas().Capture()
		f.SetText(strings.Repeat(" ", 60))
		f.CursorColumn = 30 // in the midst: something is hidden at both ends
		f.Refresh()
		if got := w.Canvas().Capture(); !reflect.DeepEqual(empty, got) {
			t.Errorf("%s: more is drawn than nothing", name)
		}
	}
}

// readLetters counts how often letters are read from their file.
type readLetters struct {
	fyne.Theme
	times *int
}

func (r readLetters) Font(style fyne.TextStyle) fyne.Resource {
	*r.times++
	return r.Theme.Font(style)
}

// TestFieldsShareTheirLetters: the toolkit reads the fonts anew for whatever has a theme of
// its own, two megabytes each time.
func TestFieldsShareTheirLetters(t *testing.T) {
	lookApp(t, Light)
	times := 0
	test.ApplyTheme(t, readLetters{NewTheme(Light), &times})
	column := NewColumn(0, NewFixed(120, ControlHeight, NewText("Title", SizeBody, ColorText)))
	w := test.NewTempWindow(t, column)
	w.Resize(fyne.NewSize(120, 300))
	w.Canvas().Capture()
	if times == 0 {
		t.Fatal("the letters of the theme were not asked for")
	}
	times = 0
	for _, text := range []string{"one", "two", "three"} {
		f := NewField("", nil)
		f.SetText(text)
		column.Add(NewFixed(120, ControlHeight, f))
	}
	w.Canvas().Capture()
	if times > 0 {
		t.Errorf("letters were read %d times for fields", times)
	}
}

// TestAFieldHasTheLineOfAChoice: where both stand below each other, the lines around them
// have one place, one width and one colour.
func TestAFieldHasTheLineOfAChoice(t *testing.T) {
	for _, mode := range []Mode{Light, Dark} {
		lookApp(t, mode)
		around := func(o fyne.Widget) (at fyne.Position, size fyne.Size, width float32, ink any) {
			o.Resize(fyne.NewSize(200, ControlHeight))
			for _, part := range test.WidgetRenderer(o).Objects() {
				if r, ok := part.(*canvas.Rectangle); ok && r.Visible() && r.StrokeWidth > 0 {
					return r.Position(), r.Size(), r.StrokeWidth, r.StrokeColor
				}
			}
			t.Fatalf("%T has no line around it", o)
			return
		}
		at, size, width, ink := around(NewSelect([]string{"a"}, nil))
		for name, f := range map[string]*Field{"field": NewField("a", nil), "secret field": NewSecretField(nil)} {
			if a, s, w, i := around(f); a != at || s != size || w != width || i != ink {
				t.Errorf("%s, %s: at %v, %v, %v wide, %v; that of a choice at %v, %v, %v wide, %v", mode, name, a, s, w, i, at, size, width, ink)
			}
		}
	}
}
