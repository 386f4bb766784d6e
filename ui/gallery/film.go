package main

import (
	"cmp"
	"image"
	"image/color"
	"image/gif"
	"os"
	"slices"

	"fyne.io/fyne/v2"
	xdraw "golang.org/x/image/draw"

	"sluice/pipeline"
	"sluice/ui/present"
)

// filmName is the film of the README, beside the pictures.
const filmName = "film.gif"

// filmSize is small enough for a page that is read on a telephone.
var filmSize = image.Rect(0, 0, 896, 560)

// take is one picture of the film, for so long.
type take struct {
	scene scene
	shown int // hundredths of a second
}

// film is an export from the choice of a date to the rows of its files.
func film(work string) []take {
	export := func(in present.Inputs) scene {
		return plain("", func() fyne.CanvasObject { return exportScreen(in) })
	}
	takes := []take{{export(ready()), 150}}
	for _, percent := range []int64{4, 17, 33, 52, 74, 93} {
		takes = append(takes, take{export(runningAt(percent)), 55})
	}
	return append(takes, take{export(completed()), 180}, take{filesScene("", work, nil), 300})
}

// runningAt is the export of running at another moment.
func runningAt(percent int64) present.Inputs {
	in := running()
	in.Progress.Done = percent
	files := in.Progress.Files
	all := []int64{61_204, 1_482, 2_071_300, 1_502_771, 9_640_090}
	begins := []int64{0, 2, 3, 48, 62, 100} // in percent of the whole
	for i := range files {
		f := &files[i]
		*f = pipeline.FileProgress{Name: f.Name, State: pipeline.FileWaiting, Expected: all[i]}
		switch {
		case percent >= begins[i+1]:
			f.State, f.Rows = pipeline.FileDone, all[i]
		case percent >= begins[i]:
			f.State, f.Rows = pipeline.FileWriting, all[i]*(percent-begins[i])/(begins[i+1]-begins[i])
		}
		f.Bytes = f.Rows * []int64{67, 270, 4_900, 410, 160}[i]
	}
	return in
}

// writeFilm draws the film.
func writeFilm(path, work string) error {
	out := &gif.GIF{LoopCount: 0}
	var frames []*image.RGBA
	for _, t := range film(work) {
		p, err := picture(t.scene)
		if err != nil {
			return err
		}
		small := image.NewRGBA(filmSize)
		xdraw.CatmullRom.Scale(small, filmSize, p, p.Bounds(), xdraw.Src, nil)
		frames = append(frames, small)
		out.Delay = append(out.Delay, t.shown)
	}
	colors := palette(frames)
	var last *image.Paletted
	for _, f := range frames {
		whole := image.NewPaletted(filmSize, colors)
		xdraw.Draw(whole, filmSize, f, image.Point{}, xdraw.Src)
		out.Image = append(out.Image, whole.SubImage(changed(last, whole)).(*image.Paletted))
		last = whole
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := gif.EncodeAll(f, out); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// changed is the part of a frame that is not as in the one before.
func changed(last, next *image.Paletted) image.Rectangle {
	if last == nil {
		return next.Bounds()
	}
	var r image.Rectangle
	for y := range filmSize.Dy() {
		for x := range filmSize.Dx() {
			if last.ColorIndexAt(x, y) != next.ColorIndexAt(x, y) {
				r = r.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	if r.Empty() {
		return image.Rect(0, 0, 1, 1) // a frame has at least a pixel
	}
	return r
}

// palette are the colours that most pixels of all frames have: a window has few, and
// the edges of letters are between them.
func palette(frames []*image.RGBA) (colors color.Palette) {
	type bucket struct {
		key      uint32
		n        int
		color    color.RGBA
		ofColors map[color.RGBA]int
	}
	buckets := map[uint32]*bucket{}
	for _, f := range frames {
		for i := 0; i < len(f.Pix); i += 4 {
			c := color.RGBA{R: f.Pix[i], G: f.Pix[i+1], B: f.Pix[i+2], A: 255}
			key := uint32(c.R>>3)<<16 | uint32(c.G>>3)<<8 | uint32(c.B>>3)
			b := buckets[key]
			if b == nil {
				b = &bucket{key: key, ofColors: map[color.RGBA]int{}}
				buckets[key] = b
			}
			b.n++
			b.ofColors[c]++
			if b.ofColors[c] > b.ofColors[b.color] {
				b.color = c
			}
		}
	}
	all := make([]*bucket, 0, len(buckets))
	for _, b := range buckets {
		all = append(all, b)
	}
	slices.SortFunc(all, func(a, b *bucket) int { return cmp.Or(b.n-a.n, cmp.Compare(a.key, b.key)) })
	for _, b := range all[:min(256, len(all))] {
		colors = append(colors, b.color)
	}
	return colors
}
