package view

import (
	"fyne.io/fyne/v2"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
)

// linkWidth is what the widest of links needs that take each other's place.
func linkWidth(words ...string) (width float32) {
	for _, w := range words {
		width = max(width, look.NewLink(w, "", nil).MinSize().Width)
	}
	return width
}

// linksWidth is what the links of a job need beside each other.
func linksWidth(m HistoryModel) float32 {
	t := texts.T.History
	width := linkWidth(t.Details)
	switch {
	case m.Fetch != nil && m.HasFiles && m.Mounted: // a job can be opened where it lies, and fetched
		width += linkWidth(t.Files) + linkWidth(t.Fetch, t.FetchStop)
	case m.Fetch != nil: // what is here is not fetched
		width += linkWidth(t.Files, t.Fetch, t.FetchStop)
	case m.HasFiles:
		width += linkWidth(t.Files)
	}
	if m.Resume != 0 {
		width += linkWidth(t.Resume)
	}
	return width
}

// noteLines bounds what stands above the table, which needs room in a small window.
const noteLines = 4

// The height of the bars: in a low window the jobs need the room.
const leastBars, mostBars float32 = 84, 150

// chartOver puts the chart and a note over the table: the chart is as high as a part of the
// window allows.
type chartOver struct{ look.Column }

func (c chartOver) Layout(o []fyne.CanvasObject, size fyne.Size) {
	chart := o[0].MinSize().Height
	height := min(chart+mostBars-leastBars, max(chart, size.Height/3))
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(size.Width, height))
	below := o[1:]
	c.Column.Layout(below, fyne.NewSize(size.Width, size.Height-height-c.Gap))
	for _, one := range below {
		one.Move(one.Position().AddXY(0, height+c.Gap))
	}
}

// statusColumn is where the status stands, which has at least and at most so much room.
const (
	statusColumn                     = 1
	narrowStatus, wideStatus float32 = 106, 168
)

// leastStatus is the width that the longest status of the jobs needs: it is not cut before a
// column is left out.
func leastStatus(rows []present.HistoryRow) float32 {
	least, measured := narrowStatus, map[string]bool{}
	for _, r := range rows {
		if !measured[r.Sign.Word] {
			measured[r.Sign.Word] = true
			least = max(least, look.NewPill(r.Sign.Word, r.Sign.Icon, r.Sign.Tone).MinSize().Width)
		}
	}
	return min(least, wideStatus)
}
