// Package sdnotify tells a service manager such as systemd how the process stands, as
// sd_notify(3) does: by datagrams to the socket that NOTIFY_SOCKET names. Where there is
// none nobody is told.
package sdnotify

import (
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"time"
)

// What can be told.
const (
	Ready    = "READY=1"
	Stopping = "STOPPING=1"
	Watchdog = "WATCHDOG=1"
)

// Status is a sentence for people.
func Status(s string) string { return "STATUS=" + strings.ReplaceAll(s, "\n", " ") }

// Reloading tells that the settings are read anew; Ready tells that they are.
func Reloading() string {
	return fmt.Sprintf("RELOADING=1\nMONOTONIC_USEC=%d", monotonic()/time.Microsecond)
}

// Notifier tells the service manager. The zero value tells nobody.
type Notifier struct {
	socket string
	every  time.Duration // the longest time between two signs of life; 0: none are wanted
}

// FromEnvironment is what the service manager has asked for.
func FromEnvironment() Notifier {
	n := Notifier{socket: os.Getenv("NOTIFY_SOCKET")}
	usec, err := strconv.ParseInt(os.Getenv("WATCHDOG_USEC"), 10, 64)
	pid := os.Getenv("WATCHDOG_PID")
	if n.socket != "" && err == nil && usec > 0 && (pid == "" || pid == strconv.Itoa(os.Getpid())) {
		n.every = time.Duration(usec) * time.Microsecond
	}
	return n
}

// SignOfLife is how often Watchdog is to be told; 0 is never.
func (n Notifier) SignOfLife() time.Duration { return n.every / 2 }

// Tell tells states. Where no service manager listens it does nothing.
func (n Notifier) Tell(states ...string) error {
	if n.socket == "" {
		return nil
	}
	conn, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: n.socket, Net: "unixgram"})
	if err != nil {
		return fmt.Errorf("tell the service manager: %w", err)
	}
	defer conn.Close()
	if _, err := conn.Write([]byte(strings.Join(states, "\n"))); err != nil {
		return fmt.Errorf("tell the service manager: %w", err)
	}
	return nil
}
