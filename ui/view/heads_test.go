package view

import (
	"testing"

	"fyne.io/fyne/v2"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
)

// inLanguages runs a test in each language, and goes back to the one before.
func inLanguages(t *testing.T, run func(t *testing.T)) {
	t.Helper()
	before := texts.T
	defer func() { texts.T = before }()
	for _, l := range texts.Languages() {
		if _, err := texts.UseLanguage(l.Tag); err != nil {
			t.Fatal(err)
		}
		t.Run(l.Tag, run)
	}
}

// TestHeadsAreNotCut: whatever the language, each title that is shown has room for itself and the
// arrow of its order, however narrow the window is, and the columns fit.
func TestHeadsAreNotCut(t *testing.T) {
	inLanguages(t, func(t *testing.T) {
		lightApp(t)
		h := NewHistory(NewCompare())
		h.Render(HistoryModel{Rows: []present.HistoryRow{{ID: 1}}, HasFiles: true, Mounted: true})
		all, kept := NewAllHistory(), NewRetention()
		for name, c := range map[string]columns{"history": h.columns, "of all": all.columns, "kept": kept.columns} {
			for _, width := range []float32{600, 776, 1000} {
				shown, gap, _ := c.fit(width)
				if needs := c.needs(shown, gap, least); needs > width {
					t.Errorf("%s, %v wide: the columns need %v", name, width, needs)
				}
				for i, col := range c {
					title := fyne.MeasureText(col.title+" \u2193", look.SizeCaption, fyne.TextStyle{Bold: true}).Width
					if got := c.widthOf(i, width); col.title != "" && shown[i] && got < title {
						t.Errorf("%s, %v wide: the title %q needs %v, and gets %v", name, width, col.title, title, got)
					}
				}
			}
		}
	})
}
