package preview

import (
	"testing"

	"fyne.io/fyne/v2"

	"sluice/ui/keymap"
	"sluice/ui/look"
)

// TestThePanelIsMovedAndFolded: within what table and panel need, and stays so for the next
// file.
func TestThePanelIsMovedAndFolded(t *testing.T) {
	store := &MemoryStore{}
	kept := func(o *Options) { o.Store = store }
	drag := func(b *bench, by float32) {
		d := b.p.divided.divider
		d.Dragged(&fyne.DragEvent{Dragged: fyne.Delta{DX: by}})
		d.DragEnd()
	}
	panel := func(b *bench) float32 {
		if !b.p.side.object.Visible() {
			return 0
		}
		return b.p.side.object.Size().Width - 2*look.Bleed
	}
	withPane(t, newFake(100, "id", "title"), kept, func(b *bench) {
		b.do(func() {
			if got := panel(b); got != sideWidth {
				t.Errorf("at first the panel is %v wide", got)
			}
			drag(b, -120)
			table := b.p.root.Objects[1].Size().Width
			if got := panel(b); got != sideWidth+120 || table+got+frameGap != b.p.root.Size().Width {
				t.Errorf("dragged, the panel is %v wide and the table %v", got, table)
			}
			drag(b, -9000)
			if got := b.p.root.Objects[1].Size().Width; got != leastTableWidth-frameGap {
				t.Errorf("the table keeps %v", got)
			}
			drag(b, 9000)
			if got := panel(b); got != leastSide {
				t.Errorf("the panel keeps %v", got)
			}
			b.p.divided.divider.Tapped(nil)
			if got := panel(b); got != 0 || !b.p.divided.divider.Visible() {
				t.Errorf("folded, the panel is %v wide", got)
			}
		})
	})
	withPane(t, newFake(100, "id", "title"), kept, func(b *bench) {
		b.do(func() {
			if got := panel(b); got != 0 {
				t.Errorf("the next file shows a panel of %v", got)
			}
			b.p.Press(keymap.Shift(fyne.KeyF4)[0])
			if got := panel(b); got != leastSide {
				t.Errorf("unfolded, the panel is %v wide", got)
			}
		})
	})
}
