// Gallery draws the screens of the window as pictures, without a display: the
// real views with made-up data, in light and dark.
//
//	go run -tags migrated_fynedo ./ui/gallery -out DIR
//	go run -tags migrated_fynedo ./ui/gallery -icon assets/icon.png
package main

import (
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sluice/ui/look"
)

func main() {
	out := flag.String("out", "screenshots", "folder for the pictures")
	only := flag.String("only", "", "draw only the scenes whose name contains this")
	icon := flag.String("icon", "", "draw only the application's icon, into this file")
	flag.Parse()
	if err := run(*out, *only, *icon); err != nil {
		fmt.Fprintln(os.Stderr, "gallery:", err)
		os.Exit(1)
	}
}

func run(out, only, icon string) error {
	app := test.NewApp()
	defer app.Quit()
	if icon != "" {
		return writeIcon(icon)
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "sluice-gallery-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	for _, mode := range []look.Mode{look.Light, look.Dark} {
		app.Settings().SetTheme(look.NewTheme(mode))
		for _, s := range scenes(work) {
			name := fmt.Sprintf("%s-%s.png", s.name, mode)
			if !strings.Contains(name, only) {
				continue
			}
			if err := draw(filepath.Join(out, name), s); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			fmt.Println(filepath.Join(out, name))
		}
	}
	if !strings.Contains(filmName, only) {
		return nil
	}
	app.Settings().SetTheme(look.NewTheme(look.Light))
	fmt.Println(filepath.Join(out, filmName))
	return writeFilm(filepath.Join(out, filmName), work)
}

// draw writes the picture of a scene.
func draw(path string, s scene) error {
	picture, err := picture(s)
	if err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := png.Encode(f, picture); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// picture is what the window of a scene shows.
func picture(s scene) (image.Image, error) {
	var drawn image.Image
	err := show(s, func(c fyne.Canvas) { drawn = c.Capture() })
	return drawn, err
}

// show lays a scene out in a window, of 1280 × 800 if the scene says nothing else, for
// somebody to look at.
func show(s scene, at func(fyne.Canvas)) error {
	w := test.NewWindow(nil)
	defer w.Close()
	w.SetPadded(false)
	object, finish, err := s.build()
	if err != nil {
		return err
	}
	defer finish()
	w.SetContent(object)
	high := float32(800)
	if s.high > 0 {
		high = s.high
	}
	w.Resize(fyne.NewSize(1280, high))
	if s.ready != nil {
		if err := s.ready(w); err != nil {
			return err
		}
	}
	at(w.Canvas())
	return nil
}
