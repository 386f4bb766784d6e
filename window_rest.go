//go:build !headless && !ci

package main

import (
	"runtime/debug"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.4/glfw"

	"sluice/ui/rest"
)

// hidden tells whether a window is minimised. It is asked on the goroutine of the
// window, once that runs.
func hidden(w fyne.Window) bool {
	c, ok := w.(interface{ RunWithContext(func()) })
	if !ok {
		return false
	}
	away := false
	c.RunWithContext(func() {
		if g := glfw.GetCurrentContext(); g != nil {
			away = g.GetAttrib(glfw.Iconified) == glfw.True
		}
	})
	return away
}

// reveal brings a window to the front that was closed or minimised, or lies behind others.
func reveal(w fyne.Window) {
	w.Show()
	if c, ok := w.(interface{ RunWithContext(func()) }); ok {
		c.RunWithContext(func() {
			if g := glfw.GetCurrentContext(); g != nil && g.GetAttrib(glfw.Iconified) == glfw.True {
				g.Restore()
			}
		})
	}
	w.RequestFocus()
}

// newRester rests in the window system, beside Fyne: GLFW is what Fyne itself asks
// for events, sixty times a second.
func newRester() (r *rest.Rester) {
	started := sync.OnceFunc(func() {
		if giveBack := unneeded(); giveBack != nil {
			r.Do(giveBack)
		}
	})
	r = rest.New(rest.Options{
		Do:   fyne.Do,
		Wait: wait,
		Wake: glfw.PostEmptyEvent,
		Tidy: func() { // what the start, or work, has left over is given back
			debug.FreeOSMemory()
			started()
		},
	})
	return r
}

// wait waits for events. Fyne may have left GLFW just before, which GLFW's binding
// answers with a panic: then there is nothing to wait for.
func wait(d time.Duration) {
	defer func() { _ = recover() }()
	glfw.WaitEventsTimeout(d.Seconds())
}
