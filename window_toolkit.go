//go:build !headless

package main

import (
	"cmp"
	"fmt"
	"log"
	"log/slog"
	"slices"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"

	"sluice/secret"
)

// wayOut ends every sentence about a window that cannot be opened.
const wayOut = "use the commands that \"sluice --help\" lists (\"sluice-headless\", made by \"make headless\", has the same and needs no OpenGL)"

// toolkitLog takes what the toolkit says through the standard logger, which is
// the standard error otherwise: that no session bus is there, for example, and
// whom does it help? It goes to the log, one record for each complaint.
type toolkitLog struct {
	logger *slog.Logger

	mu            sync.Mutex
	reason, cause string // of the complaint that is being told
	noWindow      string // why there is no window, if it said so
}

// noWindowReasons are what Fyne calls it when there will be no window.
var noWindowReasons = []string{"failed to initialise GLFW", "window creation error"}

// take leads the standard logger here until the returned function is called.
func (l *toolkitLog) take() (release func()) {
	flags, out := log.Flags(), log.Writer()
	log.SetFlags(0)
	log.SetOutput(l)
	return func() {
		log.SetFlags(flags)
		log.SetOutput(out)
	}
}

// Write implements io.Writer. A complaint of Fyne comes in up to three calls:
// "Fyne error:", "Cause:" and "At:", with a line each.
func (l *toolkitLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	line := strings.TrimSpace(string(p))
	kind, rest, _ := strings.Cut(line, ":")
	switch rest = strings.TrimSpace(rest); kind {
	case "Fyne error":
		l.reason, l.cause = strings.TrimSuffix(rest, ":"), ""
	case "Cause":
		l.cause = rest
		if slices.Contains(noWindowReasons, l.reason) {
			l.noWindow = rest
		}
	case "At":
		l.logger.Info("toolkit", "complaint", l.reason, "cause", l.cause, "at", rest)
	default:
		l.logger.Info("toolkit", "says", secret.Unquoted(line)) // other libraries speak here, too
	}
	return len(p), nil
}

// whyNone is why there is no window, in the toolkit's words, else what is given.
func (l *toolkitLog) whyNone(otherwise string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return cmp.Or(l.noWindow, otherwise)
}

// checkShown tells whether a window that was shown is there. Fyne itself only
// complains in its log when the display has no OpenGL, and then waits for ever
// without a window.
func checkShown(w fyne.Window, l *toolkitLog) error {
	native, ok := w.(driver.NativeWindow)
	if !ok {
		return nil
	}
	there := true
	native.RunNative(func(context any) {
		switch c := context.(type) {
		case driver.X11WindowContext:
			there = c.WindowHandle != 0
		case driver.WaylandWindowContext:
			there = c.WaylandSurface != 0
		case driver.WindowsWindowContext:
			there = c.HWND != 0
		case driver.MacWindowContext:
			there = c.NSWindow != 0
		}
	})
	if there {
		return nil
	}
	return cannotOpen(l.whyNone("the display gave none"))
}

// cannotOpen says that there will be no window, why, and what to do.
func cannotOpen(why string) error {
	return fmt.Errorf("the window cannot be opened (%s): check the display and its OpenGL driver, or %s", why, wayOut)
}
