package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"sluice/ui/tone"
)

// Names of the colours that Fyne has no name for. The others are Fyne's own:
// the background, the foreground, the primary colour and so on.
const (
	ColorSurface fyne.ThemeColorName = "sluice.surface" // cards and the rail
	ColorSunken  fyne.ThemeColorName = "sluice.sunken"  // wells, disabled controls, empty bars
	ColorLine    fyne.ThemeColorName = "sluice.line"    // borders and separators
	ColorText    fyne.ThemeColorName = theme.ColorNameForeground
	ColorMuted   fyne.ThemeColorName = "sluice.muted" // captions
	ColorFaint   fyne.ThemeColorName = "sluice.faint" // placeholders, disabled text
	ColorAccent  fyne.ThemeColorName = theme.ColorNamePrimary
	ColorOn      fyne.ThemeColorName = theme.ColorNameForegroundOnPrimary
	ColorChosen  fyne.ThemeColorName = "sluice.chosen" // tint of a selected row, chip or source
	ColorHover   fyne.ThemeColorName = "sluice.hover"  // tint under the pointer
	ColorNone    fyne.ThemeColorName = ""              // transparent
)

var toneNames = [...]fyne.ThemeColorName{
	tone.Neutral: "sluice.neutral", tone.Active: "sluice.active", tone.Good: "sluice.good",
	tone.Caution: "sluice.caution", tone.Bad: "sluice.bad",
}

// ToneColor is the name of the text and icon colour of a tone.
func ToneColor(t tone.Tone) fyne.ThemeColorName { return toneNames[t] }

// ToneTint is the name of the background that belongs to a tone.
func ToneTint(t tone.Tone) fyne.ThemeColorName { return toneNames[t] + ".tint" }

// Sizes of the grid, in Fyne's device-independent pixels.
const (
	RailWidth     float32 = 248
	NarrowRail    float32 = 68 // with icons alone
	PageMarginX   float32 = 28
	PageMarginY   float32 = 20
	CardRadius    float32 = 12
	CardPaddingX  float32 = 24
	CardPaddingY  float32 = 20
	Gap           float32 = 16
	Bleed         float32 = 4 // room around cards in a scroller, so that frames are not clipped
	ControlHeight float32 = 36
	ControlRadius float32 = 8
	ChipHeight    float32 = 28
	Hairline      float32 = 1
)

// The type scale.
const (
	SizeStatus  float32 = 28 // the status word, bold
	SizeTitle   float32 = 20 // page titles, bold
	SizeCard    float32 = 15 // card titles, bold
	SizeBody    float32 = 14
	SizeTable   float32 = 13
	SizeCaption float32 = 12
	SizeGroup   float32 = 11 // group captions, capitals
)

// palette maps the names to the colours of one variant.
type palette map[fyne.ThemeColorName]color.NRGBA

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

func withAlpha(c color.NRGBA, a uint8) color.NRGBA {
	c.A = a
	return c
}

// tokens are the colours that both variants are made of, in one row each.
type tokens struct {
	background, surface, sunken, line, field   uint32 // field: the border of what is typed into
	text, muted, faint, accent, on             uint32
	active, activeTint, good, goodTint         uint32
	caution, cautionTint, neutral, neutralTint uint32
	bad, badTint, hover                        uint32
	focus                                      uint32 // what the toolkit fills its own controls with where the keyboard is
	shadow                                     uint8
}

var lightTokens = tokens{
	background: 0xF5F6F8, surface: 0xFFFFFF, sunken: 0xEEF0F4, line: 0xDFE3EA, field: 0xC9CFD9,
	text: 0x18212E, muted: 0x566172, faint: 0x646E7D, accent: 0x2B5FD9, on: 0xFFFFFF,
	active: 0x2B5FD9, activeTint: 0xE6EEFF, good: 0x15794A, goodTint: 0xDFF5E9,
	caution: 0x8F5A00, cautionTint: 0xFFF1D2, neutral: 0x4E5B6E, neutralTint: 0xE8ECF2,
	bad: 0xB3261E, badTint: 0xFDE7E5, hover: 0xF0F3F8, focus: 0x6A8CE2, shadow: 0x2a,
}

var darkTokens = tokens{
	background: 0x11151B, surface: 0x191F28, sunken: 0x11161D, line: 0x2A3340, field: 0x5A6A80,
	text: 0xE7EBF1, muted: 0x9BA7B7, faint: 0x8894A5, accent: 0x7FA6FF, on: 0x0C1524,
	active: 0x8AB0FF, activeTint: 0x1B2C4D, good: 0x5BD39A, goodTint: 0x14352A,
	caution: 0xF2BD62, cautionTint: 0x3B2C11, neutral: 0xA9B5C5, neutralTint: 0x262F3B,
	bad: 0xFF8E84, badTint: 0x43201E, hover: 0x202835, focus: 0x4768AC, shadow: 0x80,
}

var palettes = map[fyne.ThemeVariant]palette{
	theme.VariantLight: lightTokens.palette(),
	theme.VariantDark:  darkTokens.palette(),
}

func (t tokens) palette() palette {
	p := palette{
		ColorSurface: rgb(t.surface), ColorSunken: rgb(t.sunken), ColorLine: rgb(t.line),
		ColorMuted: rgb(t.muted), ColorFaint: rgb(t.faint), ColorChosen: rgb(t.activeTint), ColorHover: rgb(t.hover),

		theme.ColorNameBackground:          rgb(t.background),
		theme.ColorNameForeground:          rgb(t.text),
		theme.ColorNamePrimary:             rgb(t.accent),
		theme.ColorNameForegroundOnPrimary: rgb(t.on),
		theme.ColorNameHyperlink:           rgb(t.accent),
		theme.ColorNamePlaceHolder:         rgb(t.faint),
		theme.ColorNameDisabled:            rgb(t.faint),
		theme.ColorNameDisabledButton:      rgb(t.sunken),
		theme.ColorNameButton:              rgb(t.sunken),
		theme.ColorNameInputBackground:     rgb(t.surface),
		theme.ColorNameInputBorder:         rgb(t.field),
		theme.ColorNameSeparator:           rgb(t.line),
		theme.ColorNameHeaderBackground:    rgb(t.surface),
		theme.ColorNameMenuBackground:      rgb(t.surface),
		theme.ColorNameOverlayBackground:   rgb(t.surface),
		theme.ColorNameHover:               rgb(t.hover),
		theme.ColorNamePressed:             rgb(t.line),
		theme.ColorNameSelection:           rgb(t.activeTint),
		theme.ColorNameFocus:               rgb(t.focus),
		theme.ColorNameScrollBar:           withAlpha(rgb(t.muted), 0x99),
		theme.ColorNameScrollBarBackground: withAlpha(rgb(t.muted), 0x11),
		theme.ColorNameShadow:              {A: t.shadow},
		theme.ColorNameError:               rgb(t.bad),
		theme.ColorNameForegroundOnError:   rgb(t.on),
		theme.ColorNameSuccess:             rgb(t.good),
		theme.ColorNameForegroundOnSuccess: rgb(t.on),
		theme.ColorNameWarning:             rgb(t.caution),
		theme.ColorNameForegroundOnWarning: rgb(t.on),
	}
	for k, pair := range map[tone.Tone][2]uint32{
		tone.Neutral: {t.neutral, t.neutralTint}, tone.Active: {t.active, t.activeTint},
		tone.Good: {t.good, t.goodTint}, tone.Caution: {t.caution, t.cautionTint}, tone.Bad: {t.bad, t.badTint},
	} {
		p[ToneColor(k)], p[ToneTint(k)] = rgb(pair[0]), rgb(pair[1])
	}
	return p
}
