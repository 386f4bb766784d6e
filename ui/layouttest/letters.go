package layouttest

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"sluice/assets/fonts"
)

// BringLetters lets what has no display measure and draw the letters of East Asia as a
// window does. Without one the toolkit looks at no fonts but its own, in which they all
// are boxes of one width. Ours takes the place of the emoji there, and must do so before
// the first text is measured.
func BringLetters() error {
	emoji, ok := theme.DefaultEmojiFont().(*fyne.StaticResource)
	if !ok {
		return errors.New("the toolkit brings no emoji whose place can be taken")
	}
	letters, err := fonts.EastAsia()
	if err != nil {
		return err
	}
	emoji.StaticContent = letters
	return nil
}
