//go:build linux

// Empty opens a window of Fyne with nothing in it: what any program of this
// toolkit takes on this machine.
package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
)

func main() {
	w := app.NewWithID("app.sluice.empty").NewWindow("Empty")
	w.Resize(fyne.NewSize(1280, 800))
	w.ShowAndRun()
}
