// Command shots draws the preview pane in its states, light and dark, as PNG files:
//
//	go run ./ui/preview/shots DIR [FILE.csv ROW]
//
// Without a file it writes a small job of its own into a temporary folder first.
// With one it shows that file at a row, counted from 1. It needs no display.
package main

import (
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sluice/ui/look"
	"sluice/ui/preview"
)

const width, height = 1280, 800

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "shots:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 && len(args) != 3 {
		return errors.New("usage: shots DIR [FILE.csv ROW]")
	}
	dir := args[0]
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	scenes := jobScenes
	file := ""
	if len(args) == 3 {
		row, err := strconv.ParseInt(args[2], 10, 64)
		if err != nil {
			return fmt.Errorf("row %q: %w", args[2], err)
		}
		file = args[1]
		scenes = []scene{{"row", func(s *stage) error { return s.row(row - 1) }}}
	} else {
		job, err := writeJob()
		if err != nil {
			return err
		}
		defer os.RemoveAll(filepath.Dir(job))
		file = job
	}
	for _, mode := range []look.Mode{look.Light, look.Dark} {
		for _, sc := range scenes {
			if err := draw(dir, file, mode, sc); err != nil {
				return fmt.Errorf("%s, %s: %w", sc.name, mode, err)
			}
		}
	}
	return nil
}

// scene is a state of the pane and how to get there.
type scene struct {
	name string
	play func(s *stage) error
}

// stage is a pane in a window of its own. Its queue holds what the pane's work in
// the background hands over; it is worked off on the goroutine that plays.
type stage struct {
	app   fyne.App
	w     fyne.Window
	p     *preview.Pane
	queue chan func()
	file  string
}

func draw(dir, file string, mode look.Mode, sc scene) error {
	s := &stage{queue: make(chan func(), 1024), file: file}
	s.app = test.NewApp()
	defer s.app.Quit()
	s.app.Settings().SetTheme(look.NewTheme(mode))
	s.p = preview.New(preview.Options{
		Dispatch:  func(f func()) { s.queue <- f },
		Clipboard: s.app.Clipboard(),
		Now:       func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) },
	})
	s.w = test.NewWindow(look.NewInset(look.PageMarginX, look.PageMarginY, s.p.Object()))
	defer s.w.Close()
	s.w.SetPadded(false)
	s.w.Resize(fyne.NewSize(width, height))
	if err := sc.play(s); err != nil {
		return err
	}
	name := filepath.Join(dir, "preview-"+sc.name+"-"+string(mode)+".png")
	out, err := os.Create(name)
	if err != nil {
		return err
	}
	defer out.Close()
	if err := png.Encode(out, s.w.Canvas().Capture()); err != nil {
		return err
	}
	fmt.Println(name)
	return out.Close()
}

// until works the queue off until cond holds.
func (s *stage) until(what string, cond func() bool) error {
	deadline := time.After(5 * time.Minute)
	for !cond() {
		select {
		case f := <-s.queue:
			f()
		case <-deadline:
			return fmt.Errorf("waited in vain for %s; the pane says %q", what, s.p.Footer())
		}
	}
	return nil
}

// rest works the queue off for a while.
func (s *stage) rest(d time.Duration) {
	for end := time.After(d); ; {
		select {
		case f := <-s.queue:
			f()
		case <-end:
			return
		}
	}
}
