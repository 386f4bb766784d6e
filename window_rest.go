//go:build !headless && !ci

package main

import (
	"time"

	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.4/glfw"

	"sluice/ui/rest"
)

// newRester rests in the window system, beside Fyne: GLFW is what Fyne itself asks
// for events, sixty times a second.
func newRester() *rest.Rester {
	return rest.New(rest.Options{
		Do:   fyne.Do,
		Wait: func(d time.Duration) { glfw.WaitEventsTimeout(d.Seconds()) },
		Wake: glfw.PostEmptyEvent,
	})
}
