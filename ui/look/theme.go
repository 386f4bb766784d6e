package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Mode says whether the window is light or dark.
type Mode string

// The modes.
const (
	System Mode = ""      // as the desktop is
	Light  Mode = "light" // always light
	Dark   Mode = "dark"  // always dark
)

// Theme is Sluice's theme: Fyne's own fonts and icons in the palette, the radii
// and the type scale of this package.
type Theme struct {
	mode Mode
	base fyne.Theme
}

var _ fyne.Theme = (*Theme)(nil)

// NewTheme returns the theme in a mode.
func NewTheme(mode Mode) *Theme { return &Theme{mode: mode, base: theme.DefaultTheme()} }

// Color returns the colour of a name: ours, else Fyne's.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	switch t.mode {
	case Light:
		variant = theme.VariantLight
	case Dark:
		variant = theme.VariantDark
	}
	if name == ColorNone {
		return color.Transparent
	}
	p, ok := palettes[variant]
	if !ok {
		p = palettes[theme.VariantLight]
	}
	if c, ok := p[name]; ok {
		return c
	}
	return t.base.Color(name, variant)
}

// Font returns Fyne's font: Noto Sans, whose figures have equal widths.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource { return t.base.Font(style) }

// Icon returns Fyne's icon.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource { return t.base.Icon(name) }

// Size returns the size of a name: from the grid, else Fyne's.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return SizeBody
	case theme.SizeNameCaptionText:
		return SizeCaption
	case theme.SizeNameSubHeadingText:
		return SizeCard
	case theme.SizeNameHeadingText:
		return SizeTitle
	case theme.SizeNameInputRadius, theme.SizeNameButtonRadius, theme.SizeNameMenuRadius, theme.SizeNamePopupRadius:
		return ControlRadius
	case theme.SizeNameCardRadius, theme.SizeNameDialogRadius:
		return CardRadius
	case theme.SizeNameSelectionRadius:
		return 4
	case theme.SizeNameInputBorder:
		return inputBorder
	case theme.SizeNameScrollBar:
		return 10
	}
	return t.base.Size(name)
}

// inputBorder is how wide the line around an input is.
const inputBorder float32 = 1

// currentColor looks a name up in the theme that is in force now. Under another
// theme than ours, whose names it does not know, the light palette helps out.
func currentColor(name fyne.ThemeColorName) color.Color {
	if name == ColorNone {
		return color.Transparent
	}
	s := fyne.CurrentApp().Settings()
	if _, ours := s.Theme().(*Theme); !ours {
		if c, ok := palettes[theme.VariantLight][name]; ok {
			return c
		}
	}
	return s.Theme().Color(name, s.ThemeVariant())
}
