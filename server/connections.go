package server

import (
	"net"
	"net/netip"
	"sync"
)

// The most connections at once, in all and from one address. A connection beyond is
// closed at once: waiting would hold up those behind it.
const (
	mostConnections   = 256
	mostFromOneSource = 64
)

// limited counts the connections of a listener.
type limited struct {
	net.Listener
	refused func(remote string) // told of each connection that was closed

	mu   sync.Mutex
	all  int
	from map[netip.Prefix]int
}

func limitConnections(l net.Listener, refused func(string)) net.Listener {
	return &limited{Listener: l, refused: refused, from: map[netip.Prefix]int{}}
}

// Accept returns the next connection that there is room for.
func (l *limited) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		source := network(c.RemoteAddr().String())
		if l.enter(source) {
			return &counted{Conn: c, leave: sync.OnceFunc(func() { l.leave(source) })}, nil
		}
		l.refused(c.RemoteAddr().String())
		_ = c.Close() // nobody reads from it
	}
}

func (l *limited) enter(source netip.Prefix) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.all >= mostConnections || l.from[source] >= mostFromOneSource {
		return false
	}
	l.all++
	l.from[source]++
	return true
}

func (l *limited) leave(source netip.Prefix) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all--
	if l.from[source]--; l.from[source] == 0 {
		delete(l.from, source)
	}
}

// counted is a connection that makes room when it is closed.
type counted struct {
	net.Conn
	leave func()
}

func (c *counted) Close() error {
	c.leave()
	return c.Conn.Close()
}
