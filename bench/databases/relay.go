package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
)

// relay stands between the program and a server, and holds back what the server
// sends, so that things can happen to the server in the middle of an answer.
type relay struct {
	l      net.Listener
	server string
	// after is how much passes before a connection is held; hold is then called
	// with the number of the connection, from 0 on, and what it returns cuts it.
	after int64
	hold  func(n int) (cut bool)
	wait  sync.WaitGroup
}

// smallBuffer makes the server wait for its reader, and not for the memory of the
// system. Below the size of a packet of the loopback (64 kB) it would crawl.
const smallBuffer = 256 << 10

func newRelay(port int, after int64, hold func(n int) bool) (*relay, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	r := &relay{l: l, server: fmt.Sprintf("127.0.0.1:%d", port), after: after, hold: hold}
	r.wait.Go(r.accept)
	return r, nil
}

func (r *relay) port() int { return r.l.Addr().(*net.TCPAddr).Port }

func (r *relay) stop() error {
	err := r.l.Close()
	r.wait.Wait()
	return err
}

func (r *relay) accept() {
	for n := 0; ; n++ {
		c, err := r.l.Accept()
		if err != nil {
			return // stopped
		}
		r.wait.Go(func() { r.pass(n, c) })
	}
}

// pass passes on both ways until one of them ends.
func (r *relay) pass(n int, client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", r.server)
	if err != nil {
		return
	}
	defer server.Close()
	_ = server.(*net.TCPConn).SetReadBuffer(smallBuffer) // else more is sent before it is held
	r.wait.Go(func() {
		_, _ = io.Copy(server, client) // how it ends shows in the other direction
		_ = server.(*net.TCPConn).CloseWrite()
	})
	_, err = io.CopyN(client, server, r.after)
	if err == nil && r.hold(n) {
		if t, ok := client.(*net.TCPConn); ok {
			_ = t.SetLinger(0) // it breaks, and does not end
		}
		return
	}
	if err == nil || errors.Is(err, io.EOF) {
		_, _ = io.Copy(client, server)
	}
}
