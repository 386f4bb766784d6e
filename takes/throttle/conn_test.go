package throttle

import (
	"errors"
	"io"
	"net"
	"os"
	"sync/atomic"
	"testing"
	"time"
)

// TestWhoSendsIsHeldBack: what a reader in a pause has not read, the sender has not
// sent, but for what the systems keep between.
func TestWhoSendsIsHeldBack(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	sent := make(chan int64)
	go func() {
		c, err := l.Accept()
		if err != nil {
			sent <- -1
			return
		}
		defer c.Close()
		_ = c.(*net.TCPConn).SetWriteBuffer(64 << 10) // like that of a server far away
		n := int64(0)
		for {
			// Nobody reads any more when a piece has not gone after so long.
			if err := c.SetWriteDeadline(time.Now().Add(300 * time.Millisecond)); err != nil {
				break
			}
			k, err := c.Write(make([]byte, 8<<10))
			n += int64(k)
			if err != nil {
				if !errors.Is(err, os.ErrDeadlineExceeded) {
					n = -1
				}
				break
			}
		}
		sent <- n
	}()
	raw, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	var count atomic.Int64
	c := NewConn(t.Context(), raw, New(Limits{Rate: 1e12}), &count)
	// A fast start, in which the system learns to read far ahead.
	if _, err := io.CopyN(io.Discard, c, 200<<20); err != nil {
		t.Fatal(err)
	}
	if ahead := <-sent - count.Load(); ahead < 0 || ahead > 4*maxBuffer {
		t.Errorf("the sender is %d bytes ahead", ahead)
	}
}
