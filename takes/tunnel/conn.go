package tunnel

import (
	"errors"
	"net"
	"sync"
	"time"
)

// conn is a connection through the tunnel. SSH knows no deadlines, by which the
// drivers of databases end what was cancelled: here a deadline that has come closes
// the connection.
type conn struct {
	net.Conn
	mu    sync.Mutex
	timer *time.Timer
}

// SetDeadline implements net.Conn.
func (c *conn) SetDeadline(at time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.timer != nil {
		c.timer.Stop()
		c.timer = nil
	}
	if !at.IsZero() {
		c.timer = time.AfterFunc(time.Until(at), func() { c.Conn.Close() })
	}
	return nil
}

// SetReadDeadline implements net.Conn.
func (c *conn) SetReadDeadline(at time.Time) error { return c.SetDeadline(at) }

// SetWriteDeadline implements net.Conn.
func (c *conn) SetWriteDeadline(at time.Time) error { return c.SetDeadline(at) }

// Close implements net.Conn.
func (c *conn) Close() error {
	return errors.Join(c.SetDeadline(time.Time{}), c.Conn.Close())
}
