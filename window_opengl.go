//go:build !headless && !ci

package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"

	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.4/glfw"
)

func init() { openGL = tryOpenGL }

// tryOpenGL makes a window as the toolkit does, one that is not shown, and names what would
// draw it. It must run on the goroutine of main, and not beside the window.
func tryOpenGL() (driver string, err error) {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return "", errors.New("there is no display: neither DISPLAY nor WAYLAND_DISPLAY is set")
	}
	defer func() {
		if r := recover(); r != nil { // so does the binding answer some complaints of the system
			err = fmt.Errorf("%v", r)
		}
	}()
	if err := glfw.Init(); err != nil {
		return "", err
	}
	defer glfw.Terminate()
	glfw.WindowHint(glfw.Visible, glfw.False)
	hintContext()
	w, err := glfw.CreateWindow(16, 16, "Sluice", nil, nil)
	if err != nil {
		return "", err
	}
	defer w.Destroy()
	return driverOf(w)
}

// driverOf names what draws a window.
func driverOf(w *glfw.Window) (string, error) {
	w.MakeContextCurrent()
	defer glfw.DetachCurrentContext()
	return drivenBy()
}

// drawnBy names what draws a window that is open.
func drawnBy(w fyne.Window) (driver string) {
	if c, ok := w.(interface{ RunWithContext(func()) }); ok {
		fyne.DoAndWait(func() {
			c.RunWithContext(func() { driver, _ = drivenBy() })
		})
	}
	return driver
}
