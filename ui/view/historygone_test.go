package view

import (
	"testing"

	"fyne.io/fyne/v2"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
)

// filesLinks tells of the links to files that a list shows whether they are off.
func filesLinks(o fyne.CanvasObject) (off []bool) {
	look.Walk(o, func(part fyne.CanvasObject) bool {
		if b, ok := part.(*look.Button); ok && b.Visible() && b.Text() == texts.T.History.Files {
			off = append(off, b.Disabled())
		}
		return true
	})
	return off
}

// TestNoFilesAreOffered: the files of a job that are gone can be opened in neither history.
func TestNoFilesAreOffered(t *testing.T) {
	gone, there := present.HistoryRow{ID: 2, Job: "2"}, present.HistoryRow{ID: 1, Job: "1"}
	gone.Measure(0)
	there.Measure(7)
	check := func(name string, o fyne.CanvasObject, render func()) {
		inWindow(t, o)
		render()
		if off := filesLinks(o); len(off) != 2 || !off[0] || off[1] {
			t.Errorf("%s: the links are off: %v", name, off)
		}
	}
	h := NewHistory(NewCompare())
	check("of a source", h.Object, func() {
		h.Render(HistoryModel{Rows: []present.HistoryRow{gone, there}, HasFiles: true, Mounted: true})
	})
	rows := []present.AnyRow{{HistoryRow: gone}, {HistoryRow: there}}
	all := NewAllHistory()
	check("of all", all.Object, func() {
		all.Render(AllHistoryModel{Count: 2, Any: true, Row: func(i int) present.AnyRow { return rows[i] }})
	})
}
