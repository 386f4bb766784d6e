package client_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"testing"
	"time"

	"sluice/client"
	"sluice/client/watch"
	"sluice/pipeline"
	"sluice/secret"
	"sluice/server"
)

// TestServerDiesAndReturns watches a real server that goes away and comes back
// at the same address: what was known stays known meanwhile, and the watcher
// finds the new one by itself.
func TestServerDiesAndReturns(t *testing.T) {
	m := &memory{}
	reached, release := m.Hold(pipeline.PhaseExporting)
	listen := func(addr string) (net.Addr, func()) {
		l, err := net.Listen("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		s := &http.Server{Handler: server.Handler(m, server.Options{Token: secret.Of(contractToken)})}
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			_ = s.Serve(l) // always ends with ErrServerClosed
		}()
		return l.Addr(), func() {
			s.Close()
			<-ended
		}
	}
	addr, kill := listen("127.0.0.1:0")
	c, err := client.New(client.Options{BaseURL: "http://" + addr.String(), Token: secret.Of(contractToken)})
	if err != nil {
		t.Fatal(err)
	}
	defer c.CloseIdleConnections()
	if _, err := c.Start(t.Context(), pipeline.Request{}); err != nil {
		t.Fatal(err)
	}
	<-reached

	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	quick := 5 * time.Millisecond
	w := watch.New(c, watch.Options{Fast: quick, Slow: quick, Idle: quick, Backoff: 2 * quick})
	ended := make(chan error, 1)
	go func() { ended <- w.Run(ctx) }()
	states, stop := w.Subscribe()
	until := func(what string, is func(pipeline.State) bool) pipeline.State {
		t.Helper()
		for {
			select {
			case s := <-states:
				if is(s) {
					return s
				}
			case <-ctx.Done():
				t.Fatalf("never %s: %+v", what, w.State())
			}
		}
	}
	until("running", func(s pipeline.State) bool { return s.Job.Status == pipeline.Started })
	kill()
	lost := until("unreachable", pipeline.State.Unreachable)
	var e *client.Error
	if !errors.As(lost.Err, &e) || !e.Temporary() || lost.Job.Status != pipeline.Started || !lost.Known() {
		t.Errorf("while the server is away: %+v", lost)
	}
	release()
	_, kill = listen(addr.String())
	defer kill()
	back := until("completed", func(s pipeline.State) bool { return s.Job.Status == pipeline.Completed })
	if back.Unreachable() || back.Err != nil {
		t.Errorf("after the server is back: %+v", back)
	}
	stop()
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("Run returns %v", err)
	}
}
