package main

import (
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/test"

	"sluice/pipeline"
	"sluice/ui/look"
)

const (
	pictures = "../../docs/screenshots"
	// apart is how far a colour may be from what it was, and others how many pixels
	// may be further: letters are not drawn alike on every kind of computer.
	apart  = 48
	others = 60
)

// TestPicturesOfTheDocumentationAreThoseOfTheWindow draws every scene anew and compares
// it with what the documentation shows. make screenshots draws those again that differ.
func TestPicturesOfTheDocumentationAreThoseOfTheWindow(t *testing.T) {
	app := test.NewTempApp(t)
	known := map[string]bool{}
	for _, mode := range []look.Mode{look.Light, look.Dark} {
		app.Settings().SetTheme(look.NewTheme(mode))
		for _, s := range scenes(t.TempDir()) {
			name := fmt.Sprintf("%s-%s.png", s.name, mode)
			known[name] = true
			got, err := picture(s)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			want, err := kept(filepath.Join(pictures, name))
			if err != nil {
				t.Errorf("%v: run make screenshots", err)
				continue
			}
			if n := differing(got, want); n > others {
				t.Errorf("docs/screenshots/%s is stale, %d pixels differ: run make screenshots, and look at it", name, n)
			}
		}
	}
	files, err := filepath.Glob(filepath.Join(pictures, "*.png"))
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no pictures: %v", err)
	}
	for _, f := range files {
		if !known[filepath.Base(f)] {
			t.Errorf("%s shows no scene: remove it", f)
		}
	}
}

func kept(path string) (image.Image, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return png.Decode(f)
}

// differing counts the pixels that two pictures do not share.
func differing(a, b image.Image) (n int) {
	if a.Bounds() != b.Bounds() {
		return a.Bounds().Dx() * a.Bounds().Dy()
	}
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if far(a.At(x, y), b.At(x, y)) {
				n++
			}
		}
	}
	return n
}

func far(a, b color.Color) bool {
	ra, ga, ba, _ := a.RGBA()
	rb, gb, bb, _ := b.RGBA()
	for _, d := range [3]int{int(ra) - int(rb), int(ga) - int(gb), int(ba) - int(bb)} {
		if d > apart<<8 || d < -apart<<8 {
			return true
		}
	}
	return false
}

// TestDifferenceIsSeen: a picture that shows something else is not taken for the same.
func TestDifferenceIsSeen(t *testing.T) {
	a, b := image.NewNRGBA(image.Rect(0, 0, 40, 30)), image.NewNRGBA(image.Rect(0, 0, 40, 30))
	if n := differing(a, b); n != 0 {
		t.Errorf("%d pixels of the same picture differ", n)
	}
	b.Set(3, 4, color.White)
	b.Set(3, 5, color.NRGBA{R: apart - 8, A: 255})
	if n := differing(a, b); n != 1 {
		t.Errorf("%d pixels differ, want 1", n)
	}
	if n := differing(a, image.NewNRGBA(image.Rect(0, 0, 40, 31))); n != 1200 {
		t.Errorf("a picture of another size differs by %d", n)
	}
}

// TestFilm: the film of the README is small, has every picture, and is of this window.
func TestFilm(t *testing.T) {
	const most = 1 << 20
	info, err := os.Stat(filepath.Join(pictures, filmName))
	if err != nil || info.Size() > most {
		t.Fatalf("the film: %v, %v", info, err)
	}
	f, err := os.Open(filepath.Join(pictures, filmName))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := gif.DecodeAll(f)
	if err != nil {
		t.Fatal(err)
	}
	want := film(t.TempDir())
	if len(got.Image) != len(want) || got.Image[0].Bounds() != filmSize {
		t.Errorf("%d pictures of %v, and there are %d takes: run make screenshots", len(got.Image), got.Image[0].Bounds(), len(want))
	}
	for i, in := range []int64{4, 93} {
		files := runningAt(in).Progress.Files
		if done := files[0].State == pipeline.FileDone; !done || files[4].State != []pipeline.FileState{pipeline.FileWaiting, pipeline.FileWriting}[i] {
			t.Errorf("at %d percent: %+v", in, files)
		}
	}
}
