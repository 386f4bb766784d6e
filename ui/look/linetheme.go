package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// hideBars gives a line the theme of lines. Its text keeps the one that all have: the
// toolkit reads the fonts anew for what has a theme of its own. It keeps what it returns for
// good, by the drawings of the bars.
func hideBars(line *container.Scroll) *container.ThemeOverride {
	text := line.Content
	line.Content = nothing
	of := container.NewThemeOverride(line, lineTheme{}) // of what the line has now
	of.Content = nothing
	of.Refresh() // else it would keep the line, and with it the field and all that its form knows
	line.Content = text
	line.Refresh()
	return of
}

// nothing stands where the text of a line is to keep its theme.
var nothing = canvas.NewRectangle(nil)

// lineTheme is the theme of the line within a field: one that is longer than the field
// has neither a bar below it nor a shadow at its ends, which lie upon the text.
type lineTheme struct{}

var _ fyne.Theme = lineTheme{}

func (lineTheme) now() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

// Color implements fyne.Theme.
func (t lineTheme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	if name == theme.ColorNameShadow {
		return color.Transparent
	}
	return t.now().Color(name, variant)
}

// Size implements fyne.Theme.
func (t lineTheme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameScrollBar, theme.SizeNameScrollBarSmall:
		return 0
	}
	return t.now().Size(name)
}

// Font implements fyne.Theme.
func (t lineTheme) Font(style fyne.TextStyle) fyne.Resource { return t.now().Font(style) }

// Icon implements fyne.Theme.
func (t lineTheme) Icon(name fyne.ThemeIconName) fyne.Resource { return t.now().Icon(name) }
