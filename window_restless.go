//go:build !headless && ci

package main

import (
	"fyne.io/fyne/v2"

	"sluice/ui/rest"
)

// newRester never rests: in this build the window is drawn into memory only.
func newRester() *rest.Rester { return rest.New(rest.Options{Do: fyne.Do}) }

// hidden is false: nobody minimises what is drawn into memory.
func hidden(fyne.Window) bool { return false }

// reveal shows a window.
func reveal(w fyne.Window) { w.Show() }

// drawnBy names nothing: what is drawn into memory needs no driver.
func drawnBy(fyne.Window) string { return "" }
