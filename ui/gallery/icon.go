package main

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"sluice/assets"
)

// iconSize is the size that packages of the program want.
const iconSize = 512

// writeIcon draws the application's icon as a PNG. A canvas has no transparency:
// the icon is drawn on black and on white, and what differs is transparent.
func writeIcon(path string) error {
	black, white := drawIcon(color.Black), drawIcon(color.White)
	out := image.NewNRGBA(image.Rect(0, 0, iconSize, iconSize))
	for y := range iconSize {
		for x := range iconSize {
			b := color.NRGBAModel.Convert(black.At(x, y)).(color.NRGBA)
			w := color.NRGBAModel.Convert(white.At(x, y)).(color.NRGBA)
			alpha := 255 - (int(w.G) - int(b.G))
			out.SetNRGBA(x, y, opaque(b, alpha))
		}
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := png.Encode(f, out); err != nil {
		f.Close()
		return fmt.Errorf("write icon: %w", err)
	}
	return f.Close()
}

// opaque takes black out of a colour that was laid over it.
func opaque(c color.NRGBA, alpha int) color.NRGBA {
	if alpha <= 0 {
		return color.NRGBA{}
	}
	scale := func(v uint8) uint8 { return uint8(min(255, int(v)*255/alpha)) }
	return color.NRGBA{R: scale(c.R), G: scale(c.G), B: scale(c.B), A: uint8(min(255, alpha))}
}

func drawIcon(ground color.Color) image.Image {
	picture := canvas.NewImageFromResource(fyne.NewStaticResource("icon.svg", assets.AppIcon))
	w := test.NewWindow(container.NewStack(canvas.NewRectangle(ground), picture))
	defer w.Close()
	w.SetPadded(false)
	w.Resize(fyne.NewSquareSize(iconSize))
	return w.Canvas().Capture()
}
