package statusicon

import (
	"bytes"
	"image"

	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"

	"sluice/assets"
	"sluice/ui/present"
)

// pixmap is a picture on the bus: (iiay), ARGB with the alpha first, not premultiplied.
type pixmap struct {
	Width, Height int32
	Pixels        []byte
}

// sides are the sizes that panels ask for, in pixels: they scale no picture well.
var sides = []int{16, 22, 24, 32, 48, 64}

// pixmaps are the drawing of a state in all sizes.
func pixmaps(s present.TrayState) (list []pixmap) {
	for _, side := range sides {
		list = append(list, pixmap{int32(side), int32(side), argb(drawSVG(assets.StatusIcon(string(s)), side))})
	}
	return list
}

// drawSVG draws an SVG of ours. One that cannot be read is a mistake in the program.
func drawSVG(svg []byte, side int) *image.RGBA {
	drawing, err := oksvg.ReadIconStream(bytes.NewReader(svg))
	if err != nil {
		panic(err)
	}
	drawing.SetTarget(0, 0, float64(side), float64(side))
	img := image.NewRGBA(image.Rect(0, 0, side, side))
	drawing.Draw(rasterx.NewDasher(side, side, rasterx.NewScannerGV(side, side, img, img.Bounds())), 1)
	return img
}

// argb are the pixels of a picture as the bus has them.
func argb(img *image.RGBA) []byte {
	pixels := make([]byte, 0, len(img.Pix))
	for at := 0; at < len(img.Pix); at += 4 {
		r, g, b, a := img.Pix[at], img.Pix[at+1], img.Pix[at+2], img.Pix[at+3]
		pixels = append(pixels, a, straight(r, a), straight(g, a), straight(b, a))
	}
	return pixels
}

// straight takes the alpha out of a colour.
func straight(c, a uint8) byte {
	if a == 0 {
		return 0
	}
	return byte(min(255, int(c)*255/int(a)))
}
