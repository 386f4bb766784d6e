//go:build !headless

package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"sluice/assets/fonts"
)

// toolkitEmoji is the toolkit's font of emoji, to be offered with ours; nil where it
// brings none.
//
// The toolkit reads its 4.2 MB with the first letter of each style of text, and keeps
// them once for each style, whether or not an emoji is to be drawn.
func toolkitEmoji() []fonts.File {
	if emoji := emojiOf(theme.DefaultEmojiFont()); emoji != nil {
		return []fonts.File{{Name: emoji.StaticName, Content: emoji.StaticContent, Embedded: true}}
	}
	return nil
}

// setEmojiAside has the toolkit find its emoji where those of the system lie, which it
// reads when it has a letter of theirs to draw. In its list of fonts the signs, which
// stand there too and are small, take the place.
func setEmojiAside() {
	if emoji := emojiOf(theme.DefaultEmojiFont()); emoji != nil {
		emoji.StaticContent = theme.DefaultSymbolFont().Content()
	}
}

func emojiOf(font fyne.Resource) *fyne.StaticResource {
	emoji, _ := font.(*fyne.StaticResource) // the toolkit may do without, or bring it otherwise
	return emoji
}
