//go:build unix

package sdnotify

import (
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestTell reads what a service manager would.
func TestTell(t *testing.T) {
	dir, err := os.MkdirTemp("", "sd") // the path of a socket is short
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	socket := filepath.Join(dir, "n")
	l, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	t.Setenv("NOTIFY_SOCKET", socket)
	t.Setenv("WATCHDOG_USEC", "30000000")
	t.Setenv("WATCHDOG_PID", strconv.Itoa(os.Getpid()))
	n := FromEnvironment()
	if n.SignOfLife() != 15*time.Second {
		t.Errorf("a sign of life every %s", n.SignOfLife())
	}
	b := make([]byte, 1000)
	for _, states := range [][]string{{Ready, Status("two\nlines")}, {Reloading()}, {Watchdog}, {Stopping}} {
		if err := n.Tell(states...); err != nil {
			t.Fatal(err)
		}
		read, err := l.Read(b)
		want := strings.ReplaceAll(strings.Join(states, "\n"), "two\nlines", "two lines")
		if got := string(b[:read]); err != nil || got != want {
			t.Errorf("%q, %v, want %q", got, err, want)
		}
	}
	if r := Reloading(); !strings.HasPrefix(r, "RELOADING=1\nMONOTONIC_USEC=") {
		t.Error(r)
	}
}

// TestNobodyListens: where there is no service manager nothing is wrong; where its socket
// is gone that is said.
func TestNobodyListens(t *testing.T) {
	t.Setenv("NOTIFY_SOCKET", "")
	t.Setenv("WATCHDOG_USEC", "30000000")
	if n := FromEnvironment(); n.Tell(Ready) != nil || n.SignOfLife() != 0 {
		t.Errorf("%+v", n)
	}
	t.Setenv("NOTIFY_SOCKET", filepath.Join(t.TempDir(), "gone"))
	t.Setenv("WATCHDOG_PID", "1")
	if n := FromEnvironment(); n.Tell(Ready) == nil || n.SignOfLife() != 0 {
		t.Errorf("%+v", n)
	}
}
