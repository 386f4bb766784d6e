package look

import "fyne.io/fyne/v2/driver/desktop"

// SetCompact shows the icon of the button alone, or its text, too. What it says stays known.
func (b *Button) SetCompact(on bool) {
	if b.compact != on {
		b.compact = on
		b.Refresh()
	}
}

// shown is the text that is drawn.
func (b *Button) shown() string {
	if b.compact {
		return ""
	}
	return b.text
}

// MouseIn implements desktop.Hoverable.
func (b *Button) MouseIn(e *desktop.MouseEvent) {
	b.Pressable.MouseIn(e)
	b.hover(true)
}

// MouseOut implements desktop.Hoverable.
func (b *Button) MouseOut() {
	b.Pressable.MouseOut()
	b.hover(false)
}

func (b *Button) hover(over bool) {
	if b.OnHover != nil {
		b.OnHover(over)
	}
}
