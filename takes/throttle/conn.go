package throttle

import (
	"context"
	"io"
	"net"
	"sync/atomic"
)

// piece is how much is read between two looks at the limits.
const piece = 64 << 10

// Reader reads within the limits, and ends with the context.
type Reader struct {
	Context context.Context
	Reader  io.Reader
	Limiter *Limiter
	Count   *atomic.Int64 // of the bytes that were read
}

// Read implements io.Reader.
func (r *Reader) Read(p []byte) (int, error) {
	if r.Context.Err() != nil {
		return 0, context.Cause(r.Context)
	}
	if r.Limiter != nil && len(p) > piece {
		p = p[:piece]
	}
	n, err := r.Reader.Read(p)
	r.Count.Add(int64(n))
	if e := r.Limiter.Wait(r.Context, n); e != nil {
		return n, e
	}
	return n, err
}

// Conn is a connection that is read within limits.
type Conn struct {
	net.Conn
	in Reader
}

// buffer is how much the system may read ahead of us, where there are limits: as
// much as comes in a fifth of a second, which is longer than most ways take.
func (l Limits) buffer() int {
	if l.Rate <= 0 {
		return maxBuffer
	}
	return int(min(max(l.Rate/5, minBuffer), maxBuffer))
}

const (
	minBuffer = 32 << 10
	maxBuffer = 256 << 10
)

// NewConn reads from a connection within the limits and counts the bytes. Little is
// read ahead, so that who sends has to wait as well.
func NewConn(ctx context.Context, c net.Conn, l *Limiter, count *atomic.Int64) *Conn {
	if b, ok := c.(interface{ SetReadBuffer(bytes int) error }); ok && l != nil {
		_ = b.SetReadBuffer(l.limits.buffer()) // a larger one holds back later
	}
	return &Conn{c, Reader{ctx, c, l, count}}
}

// Read implements net.Conn.
func (c *Conn) Read(p []byte) (int, error) { return c.in.Read(p) }
