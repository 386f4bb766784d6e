package view

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sluice/ui/look"
	"sluice/ui/texts"
)

// TestRailFoldsToItsIcons: in a narrow window, or when it is wanted, and never where the page
// would have no room beside it. The other wish turns what is.
func TestRailFoldsToItsIcons(t *testing.T) {
	lightApp(t)
	for name, c := range map[string]struct {
		width, page float32
		wish        RailWish
		narrow      bool
		other       RailWish
		ok          bool
	}{
		"wide":              {1200, 500, RailAsRoom, false, RailNarrow, true},
		"wide, folded":      {1200, 500, RailNarrow, true, RailAsRoom, true},
		"wide, unfolded":    {1200, 500, RailWide, false, RailNarrow, true},
		"narrow":            {900, 500, RailAsRoom, true, RailWide, true},
		"narrow, unfolded":  {900, 500, RailWide, false, RailAsRoom, true},
		"narrow, folded":    {900, 500, RailNarrow, true, RailWide, true},
		"without room":      {600, 500, RailWide, true, RailWide, false},
		"a page that needs": {1200, 1000, RailAsRoom, true, RailAsRoom, false},
	} {
		r := NewRail()
		r.Render([]RailGroup{railOf(3, "s1")})
		f := NewFrame(r.Object)
		f.Show(look.NewFixed(c.page, 300, look.Space(0, 0)), true)
		f.SetRail(c.wish)
		w := inWindow(t, f.Object)
		w.SetPadded(false)
		w.Resize(fyne.NewSize(c.width, 600))
		if f.Object.Size().Width != c.width {
			t.Errorf("%s: the window cannot be narrower than %v", name, f.Object.Size().Width)
		}
		if r.Narrow() != c.narrow {
			t.Errorf("%s: folded %v", name, r.Narrow())
		}
		if other, ok := f.OtherRail(); other != c.other || ok != c.ok {
			t.Errorf("%s: the other wish is %q, %v", name, other, ok)
		}
	}
}

// TestNarrowRailTells: what has no room in it stands in tips; unfolded it has its words again.
func TestNarrowRailTells(t *testing.T) {
	lightApp(t)
	r := NewRail()
	r.Tips = look.NewTips(func(_ time.Duration, f func()) func() { f(); return func() {} })
	r.Render([]RailGroup{railOf(3, "s1")})
	w := inWindow(t, r.Object)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(look.NarrowRail, 600))
	item, add := r.items["s1"], r.foot[0]
	if got := item.Size().Width; got > look.NarrowRail || add.Size().Width > look.NarrowRail || add.MinSize().Width > 40 || add.Text() == "" {
		t.Errorf("an entry is %v wide, a button %v", got, add.Size().Width)
	}
	for want, o := range map[string]desktop.Hoverable{"Server s1\nhttps://s1": item, add.Text(): add, "PROD": r.headings["prod"], texts.T.Rail.Unfold: r.folder} {
		o.MouseIn(&desktop.MouseEvent{})
		if got := r.Tips.Text(); got != want {
			t.Errorf("the tip of %q is %q", want, got)
		}
		o.MouseOut()
	}
	w.Resize(fyne.NewSize(look.RailWidth, 600))
	add.MouseIn(&desktop.MouseEvent{})
	if r.Narrow() || r.Tips.Text() != "" || add.MinSize().Width < 40 {
		t.Errorf("unfolded: narrow %v, tip %q, a button needs %v", r.Narrow(), r.Tips.Text(), add.MinSize().Width)
	}
}
