package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestJapaneseIsMeasuredByItsLetters: a letter of Japanese is as wide as it is high, and
// small ones and signs are narrower: none is the box that stands for a missing one.
func TestJapaneseIsMeasuredByItsLetters(t *testing.T) {
	test.NewTempApp(t)
	width := func(s string) float32 { return fyne.MeasureText(s, 20, fyne.TextStyle{}).Width }
	for _, letter := range []string{"日", "の", "カ"} {
		if w := width(letter); w < 17 || w > 21 {
			t.Errorf("%s is %v wide at a size of 20", letter, w)
		}
	}
	if width("日本語") == width("\U0010fffd\U0010fffd\U0010fffd") {
		t.Error("letters are as wide as those that no font has")
	}
}
