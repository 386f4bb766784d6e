package sites

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"
)

// Dialer connects to a server, as client.Options.Dial.
type Dialer func(ctx context.Context, network, address string) (net.Conn, error)

// InMemory serves the handler on a network of its own until the test ends, and returns
// the way to it. Unlike sockets, its connections block in a way that testing/synctest
// understands, so hours of faults pass in no time. It must be called inside a synctest
// bubble, before the caller is told to close its connections at the end of the test.
func InMemory(t testing.TB, h http.Handler) Dialer {
	t.Helper()
	network := &pipes{conns: make(chan net.Conn), closed: make(chan struct{})}
	server := &http.Server{Handler: h, ErrorLog: log.New(io.Discard, "", 0)}
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = server.Serve(network) // always ends with ErrServerClosed
	}()
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		<-served
		time.Sleep(time.Second) // lets the connections see their end, on the bubble's clock
	})
	return network.dial
}

// pipes is a network of in-memory connections.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "pipe"} }

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	near, far := net.Pipe()
	select {
	case p.conns <- far:
		return near, nil
	case <-p.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
