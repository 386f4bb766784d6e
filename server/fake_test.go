package server

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/secret"
)

const testToken = "ABCD1234"

// scripted is an exporter that answers as it is told.
type scripted struct {
	mu       sync.Mutex
	start    func(context.Context, pipeline.Request) (pipeline.Job, error)
	status   func(context.Context) (pipeline.Job, error)
	cancel   func(context.Context) (pipeline.Cancellation, error)
	requests []pipeline.Request
}

func (s *scripted) Start(ctx context.Context, r pipeline.Request) (pipeline.Job, error) {
	s.mu.Lock()
	s.requests = append(s.requests, r)
	s.mu.Unlock()
	if s.start == nil {
		return running, nil
	}
	return s.start(ctx, r)
}

func (s *scripted) Status(ctx context.Context) (pipeline.Job, error) {
	if s.status == nil {
		return pipeline.Job{}, nil
	}
	return s.status(ctx)
}

func (s *scripted) Cancel(ctx context.Context) (pipeline.Cancellation, error) {
	if s.cancel == nil {
		return pipeline.Cancellation{}, pipeline.ErrNotRunning
	}
	return s.cancel(ctx)
}

func (s *scripted) seen() []pipeline.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.requests
}

var running = pipeline.Job{
	ID: 124, NodeID: "node1", Status: pipeline.Started,
	StartTime: pipeline.At(time.Date(2021, 3, 3, 12, 8, 24, 45e6, time.FixedZone("", 11*3600))),
	Config:    pipeline.Config{ExportFrom: pipeline.At(time.Date(2020, 3, 3, 12, 8, 24, 36e6, time.FixedZone("", 11*3600)))},
}

// testNow is the clock of the handlers under test.
var testNow = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// send sends a request, by default one that is permitted, to a handler.
func send(t *testing.T, h http.Handler, method, target string, change ...func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, target, nil)
	r.Host = "127.0.0.1:8642"
	r.Header.Set("Authorization", "Bearer "+testToken)
	if method != http.MethodGet && method != http.MethodHead {
		r.Header.Set("X-Atlassian-Token", "no-check")
	}
	for _, f := range change {
		f(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) {
		if value == "" {
			r.Header.Del(name)
			return
		}
		r.Header.Set(name, value)
	}
}

func host(name string) func(*http.Request) { return func(r *http.Request) { r.Host = name } }

func basic(user, password string) func(*http.Request) {
	return func(r *http.Request) { r.SetBasicAuth(user, password) }
}

func says(body, contentType string) func(*http.Request) {
	return func(r *http.Request) {
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
		r.Header.Set("Content-Type", contentType)
	}
}

func body(size int) func(*http.Request) {
	return func(r *http.Request) {
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(strings.Repeat("x", size))), int64(size)
	}
}

func testHandler(e pipeline.Exporter) http.Handler {
	return Handler(&pathed{Exporter: e, path: homePath}, Options{Token: secret.Of(testToken), Now: func() time.Time { return testNow }})
}

// homePath is where the exporters under test export to by default.
const homePath = "/home/export"

// pathed is an exporter with an export path.
type pathed struct {
	pipeline.Exporter
	path string
}

func (p *pathed) ExportPath(context.Context) (string, error) { return p.path, nil }

func (p *pathed) SetExportPath(_ context.Context, path string) (string, error) {
	if !strings.HasPrefix(path, "/") {
		return "", fmt.Errorf("%w: it must be absolute", pipeline.ErrExportPath)
	}
	p.path = path
	return path, nil
}

func (p *pathed) ResetExportPath(context.Context) error {
	p.path = homePath
	return nil
}
