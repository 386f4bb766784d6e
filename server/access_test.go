package server

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"sluice/pipeline"
	"sluice/secret"
)

// TestAccessLog checks that each write and each refusal leaves one line that says
// who, what and what came of it, and never the token; reads that succeed are for
// debugging.
func TestAccessLog(t *testing.T) {
	var logs bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&logs, &slog.HandlerOptions{Level: slog.LevelInfo}))
	a, _, _ := clocked()
	h := Handler(&scripted{}, Options{Token: secret.Of(testToken), Logger: logger, attempts: a})
	for _, tt := range []struct {
		name, method, target string
		change               func(*http.Request)
		want                 []string
	}{
		{"read", "GET", exportAt, header("X", "y"), nil},
		{"HEAD", "HEAD", exportAt, header("X", "y"), nil},
		{"start", "POST", exportAt + "?fromDate=2020-10-22T01:30:11Z&forceExport=true", header("X", "y"),
			[]string{"from=192.0.2.1:1234", "method=POST", "path=" + exportAt, "status=202", "job=124", "forced=true", "fromDate=2020-10-22T01:30"}},
		{"cancel", "DELETE", exportAt, header("X", "y"), []string{"method=DELETE", "status=409"}},
		{"bad parameter", "POST", exportAt + "?x=" + testToken, header("X", "y"), []string{"status=400"}},
		{"no header", "POST", exportAt, header("X-Atlassian-Token", ""), []string{"status=403"}},
		{"wrong token", "GET", exportAt, header("Authorization", "Bearer x"+testToken), []string{"status=401"}},
		{"token in the path", "GET", "/" + testToken + "/%1b%5d52%0a", header("X", "y"), []string{"status=404", "path=/***/‹001B›]52¶"}},
		{"name of another host", "GET", exportAt, host("evil.example"), []string{"status=421"}},
	} {
		logs.Reset()
		send(t, h, tt.method, tt.target, tt.change)
		line := logs.String()
		if lines := strings.Count(line, "\n"); lines != min(1, len(tt.want)) {
			t.Errorf("%s: %d lines: %s", tt.name, lines, line)
		}
		for _, want := range tt.want {
			if !strings.Contains(strings.ReplaceAll(line, `"`, ""), want) {
				t.Errorf("%s: no %s in %s", tt.name, want, line)
			}
		}
		if strings.Contains(line, testToken) {
			t.Errorf("%s: the token is in %s", tt.name, line)
		}
	}
}

// TestFailedStartAnswersWithItsJob: too little space makes a job that failed, and
// the answer is that job.
func TestFailedStartAnswersWithItsJob(t *testing.T) {
	failed := pipeline.Job{ID: 9, Status: pipeline.Failed, Errors: []pipeline.Diagnostic{{Key: "export.disk.space.low", Message: "Only 1 GB is free."}}}
	e := &scripted{start: func(context.Context, pipeline.Request) (pipeline.Job, error) {
		return failed, errors.New("export job 9 failed: only 1 GB is free")
	}}
	w := send(t, testHandler(e), "POST", exportAt)
	if want := `{"jobId":9,"status":"FAILED","config":{"forcedExport":false},"errors":[{"key":"export.disk.space.low","message":"Only 1 GB is free."}]}`; w.Code != 422 || strings.TrimSpace(w.Body.String()) != want {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// TestShortTokenDrawsAWarning: it is long enough to be taken, and short enough to be
// guessed.
func TestShortTokenDrawsAWarning(t *testing.T) {
	for token, warned := range map[string]bool{"ABCD1234": true, "ABCD1234ABCD123": true, "ABCD1234ABCD1234": false} {
		var logs bytes.Buffer
		s := serve(t, ServeOptions{Exporter: &scripted{}, TokenFile: tokenFile(t, token), Logger: slog.New(slog.NewTextHandler(&logs, nil))})
		if err := s.end(t); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(logs.String(), "could be guessed"); got != warned || strings.Contains(logs.String(), token) {
			t.Errorf("%s: %q", token, logs.String())
		}
	}
}
