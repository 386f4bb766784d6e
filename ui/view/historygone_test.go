package view

import (
	"testing"

	"sluice/ui/present"
)

// TestNoFilesAreOffered: the files of a job that are gone can be opened in neither history.
func TestNoFilesAreOffered(t *testing.T) {
	gone, there := present.HistoryRow{ID: 2, Job: "2"}, present.HistoryRow{ID: 1, Job: "1"}
	gone.Measure(0)
	there.Measure(7)
	lightApp(t)
	h, all := NewHistory(NewCompare()), NewAllHistory()
	h.Render(HistoryModel{Rows: []present.HistoryRow{gone, there}, HasFiles: true, Mounted: true})
	rows := []present.AnyRow{{HistoryRow: gone}, {HistoryRow: there}}
	all.Render(AllHistoryModel{Count: 2, Any: true, Row: func(i int) present.AnyRow { return rows[i] }})
	for i, off := range []bool{true, false} {
		line := h.newRow()
		h.fillRow(i, line)
		if got := line.(*listRow).data.(*historyRow).files.Disabled(); got != off {
			t.Errorf("line %d of a source: the link is off: %v", i, got)
		}
		line = all.newRow()
		all.fillRow(i, line)
		if got := line.(*listRow).data.(*anyRow).files.Disabled(); got != off {
			t.Errorf("line %d of all: the link is off: %v", i, got)
		}
	}
}
