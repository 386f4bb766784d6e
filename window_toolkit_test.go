//go:build !headless

package main

import (
	"bytes"
	"errors"
	"log"
	"log/slog"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
)

// shownWindow is a window of X11, or what is left where none could be made.
type shownWindow struct {
	fyne.Window
	handle uintptr
}

func (w shownWindow) RunNative(f func(any)) { f(driver.X11WindowContext{WindowHandle: w.handle}) }

// TestToolkitLog checks that complaints of the toolkit go to the log, and that the
// one about the window is told to the person although another came after it.
func TestToolkitLog(t *testing.T) {
	var b bytes.Buffer
	said := &toolkitLog{logger: slog.New(slog.NewTextHandler(&b, nil))}
	release := said.take()
	fyne.LogError("window creation error", errors.New("no GLX"))
	fyne.LogError("failed to watch theme settings", errors.New("no bus"))
	log.Print("something else")
	log.Printf("received %q", "Bearer s3cr3t")
	release()
	if strings.Contains(b.String(), "s3cr3t") {
		t.Errorf("the log repeats what a library quotes: %s", b.String())
	}
	if log.Writer() != os.Stderr {
		t.Error("the standard logger was not given back")
	}
	if err := checkShown(shownWindow{handle: 7}, said); err != nil {
		t.Errorf("a window that is there: %v", err)
	}
	err := checkShown(shownWindow{}, said)
	if err == nil || !strings.Contains(err.Error(), "no GLX") || !strings.Contains(err.Error(), "make headless") {
		t.Errorf("a window that is not there: %v", err)
	}
	for _, want := range []string{`complaint="failed to watch theme settings" cause="no bus"`, `says="something else"`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the log lacks %s: %s", want, b.String())
		}
	}
}
