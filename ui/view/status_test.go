package view

import (
	"testing"

	"fyne.io/fyne/v2"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/tone"
)

// TestAStatusStaysInItsColumn: however long it is and however narrow the window, a status
// ends before the time beside it; the usual ones are not cut.
func TestAStatusStaysInItsColumn(t *testing.T) {
	lightApp(t)
	for _, word := range []string{"Completed", "Completed, redacted", "Completed, forced, redacted, and of a very long name"} {
		h := NewHistory(NewCompare())
		row := h.newRow().(*listRow).data.(*historyRow)
		h.Render(HistoryModel{Rows: []present.HistoryRow{{ID: 1, Sign: present.Sign{Word: word, Icon: "completed", Tone: tone.Good}, Started: "2026-11-29 23:58"}}, HasFiles: true})
		h.fillRow(0, newListRow(row.Container, row))
		for _, width := range []float32{560, 640, 1000} {
			row.Resize(fyne.NewSize(width, rowHeight))
			cell, next := row.Objects[statusColumn], row.Objects[statusColumn+1]
			right := cell.Position().X + row.pill.Position().X + row.pill.Size().Width
			if right > next.Position().X {
				t.Errorf("at %v, %q reaches to %v, and the time begins at %v", width, word, right, next.Position().X)
			}
			if whole := look.NewPill(word, "completed", tone.Good).MinSize().Width; whole <= wideStatus && row.pill.Size().Width < whole {
				t.Errorf("at %v, %q is cut: %v of %v", width, word, row.pill.Size().Width, whole)
			}
		}
	}
}
