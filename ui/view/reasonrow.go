package view

import (
	"fyne.io/fyne/v2"

	"sluice/ui/look"
)

// reasonColumn is the last column of what becomes of exports: why, in a sentence.
const reasonColumn = 4

// reasonRow is a row whose last cell, a paragraph, goes below the others where its column is
// too narrow for it: a reason is never cut.
type reasonRow struct {
	columns
	width float32
}

// below reports whether the reason goes below.
func (r *reasonRow) below(reason fyne.CanvasObject) bool {
	p := reason.(*look.Paragraph)
	return r.width > 0 && fyne.MeasureText(p.Text(), look.SizeTable, fyne.TextStyle{}).Width > r.widthOf(reasonColumn, r.width)
}

// reasonBelow is the space below a reason.
const reasonBelow float32 = 8

func (r *reasonRow) MinSize(o []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(leastTable, rowHeight)
	if reason := o[reasonColumn]; r.below(reason) {
		size.Height += reason.MinSize().Height + reasonBelow
	}
	return size
}

func (r *reasonRow) Layout(o []fyne.CanvasObject, size fyne.Size) {
	r.width = size.Width
	r.columns.Layout(o, fyne.NewSize(size.Width, rowHeight))
	reason := o[reasonColumn]
	if !r.below(reason) {
		return
	}
	left := o[1].Position().X
	reason.Resize(fyne.NewSize(size.Width-left-columnPadding, reason.MinSize().Height))
	reason.Move(fyne.NewPos(left, rowHeight))
	reason.Resize(fyne.NewSize(reason.Size().Width, reason.MinSize().Height))
}
