//go:build unix

package nightly

import (
	"io"
	"net"
	"sync"
	"testing"
)

// gate stands before a server, and can close in the middle of what passes.
type gate struct {
	port int
	to   string // the server

	mu    sync.Mutex
	left  int64  // bytes that pass before it closes
	close func() // what is done then; nil: it does not close
}

func openGate(t *testing.T, to string) *gate {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	g := &gate{port: l.Addr().(*net.TCPAddr).Port, to: to}
	go func() {
		for {
			from, err := l.Accept()
			if err != nil {
				return
			}
			go g.serve(from)
		}
	}()
	return g
}

// closeAfter has the gate close behind so many bytes, in either direction, and call f then.
func (g *gate) closeAfter(bytes int64, f func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.left, g.close = bytes, f
}

func (g *gate) serve(from net.Conn) {
	defer from.Close()
	to, err := net.Dial("tcp", g.to)
	if err != nil {
		return
	}
	defer to.Close()
	var both sync.WaitGroup
	pipe := func(to, from net.Conn) {
		_, _ = io.Copy(to, passing{from, g}) // the end of either is that of both
		to.Close()
		from.Close()
	}
	both.Go(func() { pipe(to, from) })
	both.Go(func() { pipe(from, to) })
	both.Wait()
}

// passing is what passes a gate.
type passing struct {
	net.Conn
	g *gate
}

func (p passing) Read(b []byte) (int, error) {
	n, err := p.Conn.Read(b)
	p.g.mu.Lock()
	defer p.g.mu.Unlock()
	if p.g.close == nil {
		return n, err
	}
	if p.g.left -= int64(n); p.g.left > 0 {
		return n, err
	}
	p.g.close()
	p.g.close = nil
	return 0, io.EOF
}
