package grid

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

func plainRuler(t *testing.T) *ruler {
	test.NewTempApp(t)
	ru := newRuler(theme.DefaultTheme(), 13, fyne.TextStyle{})
	if ru.face == nil {
		t.Fatal("the theme's font can't be read")
	}
	return ru
}

func TestSimpleTextIsDrawnHereTheRestByTheToolkit(t *testing.T) {
	ru := plainRuler(t)
	for s, want := range map[string]bool{
		"": true, "Release checklist, Q4": true, "Größe Ωμέγα Привет": true, "a¶b … ‹NUL› – “x”": true, "Novák Søren Łódź": true,
		"中文": false, "العربية": false, "हिन्दी": false, "👩\u200d💻": false, "e\u0301": false, "tab\t": false, "→": false,
	} {
		if got := ru.face.simple(s); got != want {
			t.Errorf("%q is simple: %v, want %v", s, got, want)
		}
	}
}

// inked is the smallest rectangle that holds all that is drawn.
func inked(img *image.RGBA) image.Rectangle {
	var r image.Rectangle
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			if img.RGBAAt(x, y).A > 40 {
				r = r.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return r
}

func TestRunsStandWhereTheyShould(t *testing.T) {
	ru := plainRuler(t)
	draw := func(a Align, scale float64) image.Rectangle {
		img := image.NewRGBA(image.Rect(0, 0, int(200*scale), int(40*scale)))
		run{box: box{10, 8, 180, 18}, text: "12,000,000", color: color.NRGBA{A: 255}, align: a, ruler: ru}.paint(img, scale)
		return inked(img)
	}
	for _, scale := range []float64{1, 1.5, 2} {
		left, right := draw(AlignLeft, scale), draw(AlignRight, scale)
		near := func(got int, want float64) bool { return got >= int(want*scale)-2 && got <= int(want*scale)+2 }
		if !near(left.Min.X, 11) || !near(right.Max.X, 189) {
			t.Errorf("at scale %v the text is at %v on the left, %v on the right", scale, left, right)
		}
		if left.Dx() != right.Dx() && left.Dx() != right.Dx()+1 && left.Dx() != right.Dx()-1 || left.Min.Y < int(8*scale) || left.Max.Y > int(30*scale) {
			t.Errorf("at scale %v the text covers %v and %v", scale, left, right)
		}
		toolkit := float64(fyne.MeasureText("12,000,000", 13, fyne.TextStyle{}).Width) * scale
		if w := float64(left.Dx()); w < toolkit*0.93 || w > toolkit*1.02 {
			t.Errorf("at scale %v the text is %v wide, the toolkit's %v", scale, w, toolkit)
		}
	}
}

func TestAPageIsDrawnAnewOnlyWhenSomethingChanged(t *testing.T) {
	ru := plainRuler(t)
	p := newPage()
	p.resize(100, 20)
	show := func(s string) *image.RGBA {
		p.begin()
		p.runs = append(p.runs, run{box: box{0, 0, 100, 18}, text: s, color: color.NRGBA{R: 200, A: 255}, ruler: ru})
		p.end()
		return p.paint(100, 20).(*image.RGBA)
	}
	first := inked(show("one"))
	if longer := inked(show("one and more")); longer.Max.X <= first.Max.X {
		t.Errorf("a longer text covers %v, a shorter one %v", longer, first)
	}
	if again := inked(show("one")); again != first {
		t.Errorf("the picture kept what was on it: %v, at first %v", again, first)
	}
}
