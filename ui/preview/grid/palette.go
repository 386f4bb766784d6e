package grid

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"sluice/ui/look"
	"sluice/ui/tone"
)

// palette holds the colours of one theme variant, looked up once per refresh and
// not once per cell.
type palette struct {
	surface, header, line color.Color
	text, muted, faint    color.Color
	warning, accent       color.Color
	band, hit, thumb      color.Color
}

func newPalette(th fyne.Theme, v fyne.ThemeVariant) palette {
	c := func(n fyne.ThemeColorName) color.Color { return th.Color(n, v) }
	return palette{
		surface: c(theme.ColorNameInputBackground),
		header:  c(theme.ColorNameHeaderBackground),
		line:    c(theme.ColorNameSeparator),
		text:    c(theme.ColorNameForeground),
		muted:   c(theme.ColorNamePlaceHolder),
		faint:   c(theme.ColorNameDisabled),
		warning: c(theme.ColorNameWarning),
		accent:  c(theme.ColorNamePrimary),
		band:    c(theme.ColorNameSelection),
		hit:     c(look.ToneTint(tone.Caution)),
		thumb:   c(theme.ColorNameScrollBar),
	}
}

// tone is the colour of a cell's text.
func (p palette) tone(t Tone) color.Color {
	switch t {
	case ToneFaint:
		return p.faint
	case ToneWarning:
		return p.warning
	}
	return p.text
}
