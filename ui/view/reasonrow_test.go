package view

import (
	"testing"

	"fyne.io/fyne/v2"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
)

// TestReasonsAreNotCut: why an export stays or goes is read in full, below its line where the
// window is narrow, and no line lies on another.
func TestReasonsAreNotCut(t *testing.T) {
	lightApp(t)
	r := NewRetention()
	why := texts.T.Retention.Newest + " " + texts.T.Retention.ByNumber
	w := inWindow(t, r.Object)
	for _, width := range []float32{540, 652, 776, 1400} {
		w.Resize(fyne.NewSize(width, 600))
		r.Render(RetentionModel{Rows: []present.RetentionRow{{Job: "12", Ended: "2026-11-29 23:58", Size: "2.1 GB", Why: why}, {Job: "11", Why: why}}})
		lines := r.table.Objects[2:]
		for i, o := range lines {
			line := o.(*fyne.Container)
			reason := line.Objects[reasonColumn].(*look.Paragraph)
			if reason.Text() != why || reason.MinSize().Height > reason.Size().Height+1 || reason.Position().Y+reason.Size().Height > line.Size().Height {
				t.Errorf("%v wide: the reason needs %v, gets %v in %v", width, reason.MinSize(), reason.Size(), line.Size())
			}
			if one := fyne.MeasureText(why, look.SizeTable, fyne.TextStyle{}).Width; reason.Position().Y == 0 && reason.Size().Width < one {
				t.Errorf("%v wide: the reason is %v wide in its column, and needs %v", width, reason.Size().Width, one)
			}
			if i > 0 && line.Position().Y < lines[i-1].Position().Y+lines[i-1].Size().Height {
				t.Errorf("%v wide: line %d lies on the one before it", width, i)
			}
		}
	}
}
