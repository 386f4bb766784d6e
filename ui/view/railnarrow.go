package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/texts"
)

// RailWish is how wide somebody wants the rail.
type RailWish string

// The wishes.
const (
	RailAsRoom RailWish = "" // as the window has room
	RailNarrow RailWish = "narrow"
	RailWide   RailWish = "wide"
)

// railFolds is the width of a window below which the rail shows its icons alone.
const railFolds float32 = 960

// railWidth is how wide the rail is beside a page, in a window of a width: what the page needs
// it gets first.
func (f *Frame) railWidth(all, page float32) float32 {
	f.width, f.tight = all, all < page+look.RailWidth
	if f.tight || f.wish == RailNarrow || f.wish == RailAsRoom && all < railFolds {
		return look.NarrowRail
	}
	return look.RailWidth
}

// SetRail says how wide somebody wants the rail.
func (f *Frame) SetRail(wish RailWish) {
	f.wish = wish
	f.Object.Refresh()
}

// OtherRail is the wish for the rail folded if it is not, and unfolded if it is: the width of
// the window decides again where it comes to the same. ok is false where there is no room.
func (f *Frame) OtherRail() (wish RailWish, ok bool) {
	folded, room := f.railWidth(f.width, f.content.MinSize().Width) == look.NarrowRail, f.width >= railFolds
	switch {
	case f.tight:
		return f.wish, false
	case folded != room:
		return map[bool]RailWish{true: RailWide, false: RailNarrow}[folded], true
	}
	return RailAsRoom, true
}

// railFit is the layout of the rail: where it gets less than its width it shows icons alone.
type railFit struct{ rail *Rail }

func (f railFit) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.NarrowRail, o[0].MinSize().Height)
}

func (f railFit) Layout(o []fyne.CanvasObject, size fyne.Size) {
	f.rail.setNarrow(size.Width < look.RailWidth)
	o[0].Move(fyne.Position{})
	o[0].Resize(size)
}

// setNarrow shows the icons alone, or all.
func (r *Rail) setNarrow(on bool) {
	if r.narrow == on {
		return
	}
	r.narrow = on
	r.name.Hidden = on
	for _, b := range r.foot {
		b.SetCompact(on)
	}
	for _, h := range r.headings {
		h.SetNarrow(on)
	}
	for _, w := range r.items {
		w.SetNarrow(on)
	}
	r.Tips.Away()
}

// Narrow reports whether the rail shows its icons alone.
func (r *Rail) Narrow() bool { return r.narrow }

// hover shows the tip of a part of the rail, or takes it away.
func (r *Rail) hover(over bool, o fyne.CanvasObject, tip string) {
	if over {
		r.Tips.Over(o, tip)
		return
	}
	r.Tips.Away()
}

// newHead is the name of the program, and what folds the rail.
func (r *Rail) newHead() fyne.CanvasObject {
	t := texts.T.Rail
	r.name = look.NewTitle(texts.T.App.Name, 16)
	r.folder = look.NewQuiet(t.Fold, "rail", func() { r.Tips.Away(); r.OnNarrow() })
	r.folder.SetCompact(true)
	r.folder.OnHover = func(over bool) {
		tip := t.Fold
		if r.narrow {
			tip = t.Unfold
		}
		r.hover(over, r.folder, tip)
	}
	return container.New(railHead{r}, look.NewIcon("logo", 28, look.ColorAccent), r.name, r.folder)
}

// railHead puts logo, name and the button that folds beside each other, or in a narrow rail
// below each other.
type railHead struct{ rail *Rail }

const (
	logoSize  float32 = 28
	headEdge  float32 = 20
	headBelow float32 = 10
)

func (h railHead) MinSize(o []fyne.CanvasObject) fyne.Size {
	height := headEdge + logoSize + headBelow
	if h.rail.narrow {
		height += o[2].MinSize().Height + 6
	}
	return fyne.NewSize(logoSize, height)
}

func (h railHead) Layout(o []fyne.CanvasObject, size fyne.Size) {
	logo, button := fyne.NewPos(headEdge, headEdge), o[2].MinSize()
	place := fyne.NewPos(size.Width-12-button.Width, headEdge+(logoSize-button.Height)/2)
	if h.rail.narrow {
		logo.X = (size.Width - logoSize) / 2
		place = fyne.NewPos((size.Width-button.Width)/2, headEdge+logoSize+6)
	}
	o[0].Move(logo)
	o[0].Resize(fyne.NewSquareSize(logoSize))
	name := o[1].MinSize().Height
	o[1].Move(fyne.NewPos(headEdge+logoSize+10, headEdge+(logoSize-name)/2))
	o[1].Resize(fyne.NewSize(max(0, place.X-headEdge-logoSize-10), name))
	o[2].Move(place)
	o[2].Resize(button)
}
