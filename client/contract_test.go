package client_test

import (
	"net/http/httptest"
	"testing"

	"sluice/client"
	"sluice/localexport/exporttest"
	"sluice/pipeline"
	"sluice/pipeline/contracttest"
	"sluice/secret"
	"sluice/server"
)

const contractToken = "contract-token-0123456789"

// TestContract runs the contract of pipeline.Exporter on this client, over HTTP
// on a server in front of an exporter in memory.
func TestContract(t *testing.T) {
	contracttest.Run(t, func(t *testing.T) contracttest.Fixture {
		m := &memory{}
		return contracttest.Fixture{
			Exporter: remote(t, m),
			Hold:     m.Hold,
			Break: func() {
				m.mu.Lock()
				defer m.mu.Unlock()
				m.broken = true
			},
			Crash: func(*testing.T) int64 { return m.die() },
		}
	})
}

// TestContractWithSnapshot runs the contract through client and server on the
// local exporter with a demo snapshot.
func TestContractWithSnapshot(t *testing.T) {
	if raceDetector {
		t.Skip("SQLite in Go is some 30 times slower under the race detector, too slow for the patience of the suite; TestContract runs")
	}
	contracttest.Run(t, func(t *testing.T) contracttest.Fixture {
		f := exporttest.Fixture(t)
		f.Exporter = remote(t, f.Exporter)
		return f
	})
}

// remote puts an exporter behind HTTP, and returns the client of its server.
func remote(t *testing.T, e pipeline.Exporter) *client.Client {
	t.Helper()
	s := httptest.NewServer(server.Handler(e, server.Options{Token: secret.Of(contractToken)}))
	t.Cleanup(s.Close)
	c, err := client.New(client.Options{BaseURL: s.URL, Token: secret.Of(contractToken)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.CloseIdleConnections)
	return c
}
