package look

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestDeckMakesWhatIsShown: nothing is made before somebody looks at it, and nothing twice; what
// is not shown does not lie in the window.
func TestDeckMakesWhatIsShown(t *testing.T) {
	test.NewTempApp(t)
	var made [3]int
	var makes []func() fyne.CanvasObject
	for i := range made {
		makes = append(makes, func() fyne.CanvasObject {
			made[i]++
			return NewText("card", SizeBody, ColorText)
		})
	}
	d := NewDeck(makes...)
	if made != [3]int{} || d.Shown() != nil {
		t.Fatalf("before anything is shown it has made %v", made)
	}
	if !d.Show(1) || d.Show(1) {
		t.Error("it does not tell that another is shown")
	}
	second := d.Shown()
	d.Show(0)
	if second.Visible() || !d.Shown().Visible() || len(d.Object.Objects) != 1 {
		t.Error("what is not shown lies in the window, or can be seen")
	}
	d.Show(1)
	if d.Shown() != second || !second.Visible() || made != [3]int{1, 1, 0} {
		t.Errorf("it has made %v, or shows another than before", made)
	}
	if d.Show(3); d.Shown() != nil || second.Visible() {
		t.Error("where there is nothing it shows something")
	}
}

// TestDeckOfWhatIsMade shows the objects themselves.
func TestDeckOfWhatIsMade(t *testing.T) {
	test.NewTempApp(t)
	a, b := NewText("a", SizeBody, ColorText), NewText("b", SizeBody, ColorText)
	d := NewDeck(Made(a, b)...)
	if d.Show(1); d.Shown() != fyne.CanvasObject(b) {
		t.Errorf("it shows %v", d.Shown())
	}
}
