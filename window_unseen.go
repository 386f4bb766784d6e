//go:build linux && !headless && !ci

package main

import (
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// waitsForSight is how long showing a window may take before the window system is helped.
const waitsForSight = time.Second

// whileUnseen shows a window, and helps where nobody can see it: on a desktop that is out of
// sight. GLFW (waitForVisibilityNotify in x11_window.c) then waits for the event that tells of a
// window which can be seen. It means to wait for a tenth of a second, but while any other event
// waits it looks again and again without end, on the goroutine of the window: nothing would be
// read, asked or told before somebody looks at that desktop. The event is sent to it by hand.
func whileUnseen(logger *slog.Logger, show func()) {
	done := make(chan struct{})
	defer close(done)
	go func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(waitsForSight):
			}
			if err := tellSeen(os.Getpid()); err != nil {
				logger.Debug("no help for a window out of sight", "error", err)
				return
			}
		}
	}()
	show()
}

// tellSeen tells the windows of a process, of those that the window manager knows, that they can
// be seen. It has a connection of its own: that of GLFW is in use.
func tellSeen(process int) error {
	xgb.Logger.SetOutput(io.Discard)
	c, err := xgb.NewConn()
	if err != nil {
		return err
	}
	defer c.Close()
	windows, err := numbers(c, xproto.Setup(c).DefaultScreen(c).Root, "_NET_CLIENT_LIST")
	if err != nil {
		return err
	}
	for _, w := range windows {
		owner, err := numbers(c, xproto.Window(w), "_NET_WM_PID")
		if err != nil || len(owner) != 1 || owner[0] != uint32(process) {
			continue // it is gone, or of others
		}
		seen := xproto.VisibilityNotifyEvent{Window: xproto.Window(w), State: xproto.VisibilityUnobscured}
		if err := xproto.SendEventChecked(c, false, seen.Window, xproto.EventMaskNoEvent, string(seen.Bytes())).Check(); err != nil {
			return err
		}
	}
	return nil
}

// mostNumbers bounds what is read of a property.
const mostNumbers = 4096

// numbers is a property of a window that has numbers.
func numbers(c *xgb.Conn, w xproto.Window, name string) (list []uint32, err error) {
	atom, err := xproto.InternAtom(c, true, uint16(len(name)), name).Reply()
	if err != nil {
		return nil, err
	}
	p, err := xproto.GetProperty(c, false, w, atom.Atom, xproto.GetPropertyTypeAny, 0, mostNumbers).Reply()
	if err != nil || p.Format != 32 {
		return nil, err
	}
	for v := p.Value; len(v) >= 4; v = v[4:] {
		list = append(list, xgb.Get32(v))
	}
	return list, nil
}
