package client

import (
	"net/http"
	"testing"

	"sluice/client/sites"
)

// pipeServer serves the handler on a network of its own until the test ends,
// and returns a client of it. It must be called inside a synctest bubble.
func pipeServer(t *testing.T, h http.Handler, o Options) *Client {
	t.Helper()
	if o.BaseURL == "" {
		o.BaseURL = "http://pipeline.test/confluence"
	}
	o.Dial = sites.InMemory(t, h)
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.CloseIdleConnections)
	return c
}
