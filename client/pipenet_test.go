package client

import (
	"context"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"
)

// pipeNet is a network of in-memory connections. Unlike sockets, they block in
// a way that testing/synctest understands, so hours of faults pass in no time.
type pipeNet struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newPipeNet() *pipeNet { return &pipeNet{conns: make(chan net.Conn), closed: make(chan struct{})} }

func (p *pipeNet) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipeNet) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

func (p *pipeNet) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "pipe"} }

func (p *pipeNet) dial(ctx context.Context, _, _ string) (net.Conn, error) {
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

// pipeServer serves the handler on a network of its own until the test ends,
// and returns a client of it. It must be called inside a synctest bubble.
func pipeServer(t *testing.T, h http.Handler, o Options) *Client {
	t.Helper()
	network := newPipeNet()
	server := &http.Server{Handler: h, ErrorLog: discardLog}
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = server.Serve(network) // always ends with ErrServerClosed
	}()
	if o.BaseURL == "" {
		o.BaseURL = "http://pipeline.test/confluence"
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	c.transport.Proxy = nil
	c.transport.DialContext = network.dial
	t.Cleanup(func() {
		c.CloseIdleConnections()
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		<-served
		time.Sleep(time.Second) // lets the connections see their end, on the bubble's clock
	})
	return c
}
