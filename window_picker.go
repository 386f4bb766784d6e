//go:build !headless

package main

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"

	"sluice/ui"
	"sluice/ui/chooser/portal"
	"sluice/ui/texts"
)

// pickerFor is the desktop's own dialog for files, above a window; nil where the system has
// none.
func pickerFor(window func() fyne.Window) ui.Picker {
	t := texts.T.Chooser
	words := portal.Words{OpenFile: t.OpenFile, OpenFolder: t.OpenFolder, SaveFile: t.SaveFile, Suited: t.Suited, All: t.AllFiles}
	return portal.New(words, func() string { return named(window()) })
}

// named is the name of a window for a portal; "" where it has none.
func named(w fyne.Window) (name string) {
	if native, ok := w.(driver.NativeWindow); ok {
		fyne.DoAndWait(func() {
			native.RunNative(func(context any) {
				if c, ok := context.(driver.X11WindowContext); ok {
					name = fmt.Sprintf("x11:%x", c.WindowHandle)
				}
			})
		})
	}
	return name
}
