package chart

import (
	"fmt"
	"image"
	"image/png"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"

	"sluice/ui/look"
	"sluice/wholefile"
)

// The size of a picture in pixels of the toolkit, and how many of a screen it has for each.
const (
	pictureWidth = 900
	pictureScale = 2
)

// Picture draws a chart with its title, in the colours of the window. It runs on the UI
// goroutine.
func Picture(m Model, title string) image.Image {
	drawing := New()
	drawing.Set(m)
	height := Height(m)
	if m.Lines {
		height = 420
	}
	head := look.NewTitle(title, look.SizeCard).Elide()
	content := look.NewInset(24, 20, look.NewColumn(14, head, look.NewFixed(0, height, drawing)))
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetScale(pictureScale)
	c.SetContent(content)
	c.Resize(fyne.NewSize(pictureWidth, content.MinSize().Height))
	return c.Capture()
}

// WritePNG writes a picture at path, whole or not at all; only its owner may read it.
func WritePNG(path string, img image.Image) error {
	f, err := wholefile.Create(path)
	if err != nil {
		return fmt.Errorf("save the chart: %w", err)
	}
	if err := png.Encode(f, img); err != nil {
		_ = f.Discard() // the error of the writing is the one that counts
		return fmt.Errorf("save the chart as %s: %w", path, err)
	}
	if err := f.Commit(); err != nil {
		return fmt.Errorf("save the chart as %s: %w", path, err)
	}
	return nil
}
