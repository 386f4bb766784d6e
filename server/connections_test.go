package server

import (
	"errors"
	"net"
	"testing"
)

// peer is a connection that comes from where the test says.
type peer struct {
	net.Conn
	addr   string
	closed bool
}

func (p *peer) RemoteAddr() net.Addr { return fakeAddr(p.addr) }
func (p *peer) Close() error         { p.closed = true; return nil }

type fakeAddr string

func (a fakeAddr) Network() string { return "tcp" }
func (a fakeAddr) String() string  { return string(a) }

// queue is a listener with connections that wait.
type queue struct{ waiting []net.Conn }

func (q *queue) Accept() (net.Conn, error) {
	if len(q.waiting) == 0 {
		return nil, errors.New("no more")
	}
	c := q.waiting[0]
	q.waiting = q.waiting[1:]
	return c, nil
}
func (q *queue) Close() error   { return nil }
func (q *queue) Addr() net.Addr { return fakeAddr("here") }

// TestConnectionsAreLimited checks the limits of one address and of all, that who
// comes next is not held up, and that a closed connection makes room once.
func TestConnectionsAreLimited(t *testing.T) {
	q, refused := &queue{}, 0
	l := limitConnections(q, func(string) { refused++ })
	arrive := func(addr string) (net.Conn, *peer) {
		p := &peer{addr: addr}
		q.waiting = append(q.waiting, p)
		c, err := l.Accept()
		if err != nil {
			return nil, p
		}
		return c, p
	}
	var open []net.Conn
	for i := range mostFromOneSource {
		c, _ := arrive("192.0.2.1:1")
		if c == nil {
			t.Fatalf("connection %d of one address was refused", i)
		}
		open = append(open, c)
	}
	if c, p := arrive("192.0.2.1:2"); c != nil || !p.closed || refused != 1 {
		t.Errorf("one more of one address: %v, closed %t, told %d times", c, p.closed, refused)
	}
	for i := range mostConnections - mostFromOneSource {
		if c, _ := arrive("[2001:db8:" + string(rune('a'+i%6)) + "::1]:1"); c == nil {
			t.Fatalf("connection %d of others was refused", i)
		}
	}
	if c, _ := arrive("198.51.100.1:1"); c != nil {
		t.Error("there is no limit of all")
	}
	open[0].Close()
	open[0].Close()
	if c, _ := arrive("198.51.100.1:1"); c == nil {
		t.Error("a closed connection made no room")
	}
	if c, _ := arrive("198.51.100.1:1"); c != nil {
		t.Error("a connection that was closed twice made room twice")
	}
}
