package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Bounded shows its content in a height that others decide on: where it is higher, it scrolls.
type Bounded struct {
	Object *fyne.Container

	scroll *container.Scroll
	most   float32
}

// LeastBounded is the height that content keeps, if it needs as much.
const LeastBounded float32 = 64

// NewBounded returns content with its least height.
func NewBounded(content fyne.CanvasObject) *Bounded {
	b := &Bounded{scroll: container.NewVScroll(content), most: LeastBounded}
	b.Object = container.New(b, b.scroll)
	return b
}

// SetMost gives the content a height that it may have.
func (b *Bounded) SetMost(height float32) { b.most = max(LeastBounded, height) }

// Slack is what the content has of the height above its least.
func (b *Bounded) Slack() float32 { return max(0, b.MinSize(nil).Height-LeastBounded) }

// MinSize is that of the content, as far as it may be as high.
func (b *Bounded) MinSize([]fyne.CanvasObject) fyne.Size {
	size := b.scroll.Content.MinSize()
	return fyne.NewSize(size.Width, min(size.Height, b.most))
}

// Layout gives the content its width first: its text wraps.
func (b *Bounded) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	widthFirst{scroll: b.scroll}.Layout(nil, size)
}
