package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/secret"
)

const exportAt = "/rest/datapipeline/latest/export"

// TestAnswers checks the documented codes and bodies (spec/rest-api.md §3, §4
// and §8), under both roots of the API.
func TestAnswers(t *testing.T) {
	failed := pipeline.Job{ID: 56, NodeID: "node2", Status: pipeline.Failed,
		Errors: []pipeline.Diagnostic{{Key: pipeline.KeyPreValidation, Message: pipeline.PreValidationMessage}}}
	const started = `{"startTime":"2021-03-03T12:08:24.045+11:00","nodeId":"node1","jobId":124,"status":"STARTED","config":{"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":false}}`
	for _, tt := range []struct {
		name   string
		e      *scripted
		method string
		code   int
		body   string
	}{
		{"never exported", &scripted{}, "GET", 200, `{}`},
		{"running", &scripted{status: func(context.Context) (pipeline.Job, error) { return running, nil }}, "GET", 200, started},
		{"started", &scripted{}, "POST", 202, started},
		{"another runs", &scripted{start: func(context.Context, pipeline.Request) (pipeline.Job, error) {
			return pipeline.Job{}, &pipeline.RunningError{Job: running}
		}}, "POST", 409, started},
		{"inconsistent", &scripted{start: func(context.Context, pipeline.Request) (pipeline.Job, error) {
			return pipeline.Job{}, &pipeline.ValidationError{Job: failed}
		}}, "POST", 422, `{"nodeId":"node2","jobId":56,"status":"FAILED","config":{"forcedExport":false},"errors":[{"key":"export.pre.validation.failed","message":"Inconsistent index used for export job."}]}`},
		{"cancelled", &scripted{cancel: func(context.Context) (pipeline.Cancellation, error) {
			return pipeline.CancellationAccepted, nil
		}}, "DELETE", 200, `{"status":"OK","message":"Cancellation request successfully received. Currently running export job will be stopped shortly."}`},
		{"nothing to cancel", &scripted{}, "DELETE", 409, `{"status":"WARNING","message":"Cancellation request aborted. There is no export job running to cancel."}`},
		{"broken", &scripted{status: func(context.Context) (pipeline.Job, error) {
			return pipeline.Job{}, errors.New("read jobs: disk on fire")
		}},
			"GET", 500, `{"statusCode":500,"key":"export.error","message":"Could not read the status: read jobs: disk on fire"}`},
		{"busy", &scripted{status: func(context.Context) (pipeline.Job, error) { return pipeline.Job{}, context.DeadlineExceeded }},
			"GET", 503, `{"statusCode":503,"key":"export.unavailable","message":"Could not read the status in time: the exporter is busy or shutting down. Read the status and try again."}`},
	} {
		for _, base := range bases {
			w := send(t, testHandler(tt.e), tt.method, base+"/export")
			if w.Code != tt.code || strings.TrimSpace(w.Body.String()) != tt.body {
				t.Errorf("%s: %d %s\nwant %d %s", tt.name, w.Code, w.Body, tt.code, tt.body)
			}
			if ct := w.Header().Get("Content-Type"); ct != "application/json; charset=utf-8" {
				t.Errorf("%s: content type %s", tt.name, ct)
			}
		}
	}
}

// TestRefusals checks every request that must not reach the exporter.
func TestRefusals(t *testing.T) {
	for _, tt := range []struct {
		name, method, target string
		change               func(*http.Request)
		code                 int
		key                  string
	}{
		{"no token", "GET", exportAt, header("Authorization", ""), 401, "token.invalid"},
		{"wrong token", "GET", exportAt, header("Authorization", "Bearer ABCD1235"), 401, "token.invalid"},
		{"prefix of the token", "GET", exportAt, header("Authorization", "Bearer ABCD"), 401, "token.invalid"},
		{"empty token", "GET", exportAt, header("Authorization", "Bearer "), 401, "token.invalid"},
		{"token as Basic without a user", "GET", exportAt, header("Authorization", "Basic "+testToken), 401, "token.invalid"},
		{"another scheme", "GET", exportAt, header("Authorization", "Digest "+testToken), 401, "token.invalid"},
		{"token as user name", "GET", exportAt, basic(testToken, ""), 401, "token.invalid"},
		{"wrong password", "GET", exportAt, basic("ana", "ABCD1235"), 401, "token.invalid"},
		{"XSRF with Basic", "POST", exportAt, func(r *http.Request) { basic("ana", testToken)(r); r.Header.Del("X-Atlassian-Token") }, 403, "xsrf.check.failed"},
		{"token in the query", "GET", exportAt + "?token=" + testToken, header("Authorization", ""), 401, "token.invalid"},
		{"XSRF on start", "POST", exportAt, header("X-Atlassian-Token", ""), 403, "xsrf.check.failed"},
		{"XSRF on cancel", "DELETE", exportAt, header("X-Atlassian-Token", "yes"), 403, "xsrf.check.failed"},
		{"XSRF on path", "PUT", "/rest/datapipeline/1.0/config/export-path", header("X-Atlassian-Token", ""), 403, "xsrf.check.failed"},
		{"rebound name", "GET", exportAt, host("evil.example:8642"), 421, "host.unknown"},
		{"name like ours", "GET", exportAt, host("localhost.evil.example"), 421, "host.unknown"},
		{"no host", "GET", exportAt, host(""), 421, "host.unknown"},
		{"wrong path", "GET", "/rest/datapipeline/latest/exports", nil, 404, "path.unknown"},
		{"root", "GET", "/", nil, 404, "path.unknown"},
		{"other version", "GET", "/rest/datapipeline/2.0/export", nil, 404, "path.unknown"},
		{"traversal", "GET", "/rest/datapipeline/latest/../latest/export", nil, 404, "path.unknown"},
		{"PUT", "PUT", exportAt, nil, 405, "method.unknown"},
		{"OPTIONS", "OPTIONS", exportAt, nil, 405, "method.unknown"},
		{"TRACE", "TRACE", exportAt, nil, 405, "method.unknown"},
		{"large body", "POST", exportAt, body(maxRequestBody + 1), 413, "body.too.large"},
	} {
		e := &scripted{}
		change := []func(*http.Request){}
		if tt.change != nil {
			change = append(change, tt.change)
		}
		w := send(t, testHandler(e), tt.method, tt.target, change...)
		var p problem
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
			t.Errorf("%s: %v in %s", tt.name, err, w.Body)
			continue
		}
		if w.Code != tt.code || p.StatusCode != tt.code || p.Key != tt.key || p.Message == "" {
			t.Errorf("%s: %d %+v, want %d %s", tt.name, w.Code, p, tt.code, tt.key)
		}
		if tt.code == 401 && !strings.HasPrefix(w.Header().Get("WWW-Authenticate"), "Bearer") {
			t.Errorf("%s: no WWW-Authenticate", tt.name)
		}
		if tt.code == 405 && w.Header().Get("Allow") == "" {
			t.Errorf("%s: no Allow", tt.name)
		}
		if len(e.seen()) > 0 {
			t.Errorf("%s: an export started", tt.name)
		}
		for name := range w.Header() {
			if strings.HasPrefix(name, "Access-Control") {
				t.Errorf("%s: a web page is let in by %s", tt.name, name)
			}
		}
	}
}

// TestPermitted checks the forms of a request that are as good as the usual.
func TestPermitted(t *testing.T) {
	h := Handler(&pathed{Exporter: &scripted{}}, Options{Token: secret.Of(testToken), Hosts: []string{"Sluice.Example."}})
	for _, tt := range []struct {
		name, method, target string
		change               func(*http.Request)
		code                 int
	}{
		{"name", "GET", exportAt, host("localhost:8642"), 200},
		{"name without port", "GET", exportAt, host("LOCALHOST"), 200},
		{"IPv6", "GET", exportAt, host("[::1]:8642"), 200},
		{"IPv6 without port", "GET", exportAt, host("[::1]"), 200},
		{"permitted name", "GET", exportAt, host("sluice.example:443"), 200},
		{"trailing slash", "GET", exportAt + "/", nil, 200},
		{"scheme in small letters", "GET", exportAt, header("Authorization", "bearer  "+testToken), 200},
		{"older spelling", "POST", exportAt, header("X-Atlassian-Token", "nocheck"), 202},
		{"HEAD", "HEAD", exportAt, nil, 200},
		{"user and token", "GET", exportAt, basic("ana", testToken), 200},
		{"token alone as password", "POST", exportAt, basic("", testToken), 202},
		{"scheme of Basic in small letters", "GET", exportAt, func(r *http.Request) {
			basic("ana", testToken)(r)
			r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), "Basic", "basic", 1))
		}, 200},
		{"export path", "GET", "/rest/datapipeline/1.0/config/export-path", nil, 200},
	} {
		change := []func(*http.Request){}
		if tt.change != nil {
			change = append(change, tt.change)
		}
		if w := send(t, h, tt.method, tt.target, change...); w.Code != tt.code {
			t.Errorf("%s: %d %s", tt.name, w.Code, w.Body)
		}
	}
}

// TestAllow checks the methods that the Allow header names.
func TestAllow(t *testing.T) {
	w := send(t, testHandler(&scripted{}), "PATCH", exportAt)
	if got := w.Header().Get("Allow"); got != "GET, HEAD, POST, DELETE" {
		t.Errorf("Allow: %s", got)
	}
}

// TestNoTokenNoEntry checks that a handler without a token lets nobody in.
func TestNoTokenNoEntry(t *testing.T) {
	h := Handler(&scripted{}, Options{})
	for _, value := range []string{"", "Bearer", "Bearer ", "Bearer x"} {
		if w := send(t, h, "GET", exportAt, header("Authorization", value)); w.Code != 401 {
			t.Errorf("Authorization %q: %d", value, w.Code)
		}
	}
}

// TestContextPath checks that the API moves below the context path.
func TestContextPath(t *testing.T) {
	for _, path := range []string{"confluence", "/confluence", "/confluence/"} {
		h := Handler(&scripted{}, Options{Token: secret.Of(testToken), ContextPath: path})
		if w := send(t, h, "GET", "/confluence"+exportAt); w.Code != 200 {
			t.Errorf("%q: %d", path, w.Code)
		}
		if w := send(t, h, "GET", exportAt); w.Code != 404 {
			t.Errorf("%q: %d without the context path", path, w.Code)
		}
	}
}

// TestExportPath reads, sets and resets it, and refuses what could be meant to.
func TestExportPath(t *testing.T) {
	const at = "/rest/datapipeline/latest/config/export-path"
	const media = "application/json"
	h := testHandler(&scripted{})
	for _, tt := range []struct {
		name, method, target string
		change               func(*http.Request)
		code                 int
		says                 string
	}{
		{"read", "GET", at, nil, 200, `{"path":"/home/export"}`},
		{"set", "PUT", at, says(`{"path":"/mnt/exports"}`, media), 200, `{"path":"/mnt/exports"}`},
		{"set as any media type", "PUT", at, says("\xef\xbb\xbf{\"path\":\"/mnt/other\"}", "text/plain"), 200, `{"path":"/mnt/other"}`},
		{"read what was set", "GET", at, nil, 200, `{"path":"/mnt/other"}`},
		{"relative", "PUT", at, says(`{"path":"exports"}`, media), 400, "Must be absolute"},
		{"a form", "PUT", at, says("path=%2Fmnt", "application/x-www-form-urlencoded"), 400, `{\"path\"`},
		{"another name", "PUT", at, says(`{"exportPath":"/mnt"}`, media), 400, "exportPath"},
		{"two names", "PUT", at, says(`{"path":"/mnt","force":true}`, media), 400, "force"},
		{"a list", "PUT", at, says(`["/mnt"]`, media), 400, "no JSON object"},
		{"no path", "PUT", at, says(`{}`, media), 400, "names no path"},
		{"no text", "PUT", at, says(`{"path":7}`, media), 400, "names no path"},
		{"nothing", "PUT", at, nil, 400, "no JSON object"},
		{"in the address", "PUT", at + "?path=/mnt", says(`{"path":"/mnt"}`, media), 400, "stands in the body"},
		{"without the header", "PUT", at, header("X-Atlassian-Token", ""), 403, "X-Atlassian-Token"},
		{"without a token", "GET", at, header("Authorization", ""), 401, "Bearer"},
		{"reset with a body", "DELETE", at, says(`{"path":"/mnt"}`, media), 400, "body"},
		{"read after refusals", "GET", at, nil, 200, `{"path":"/mnt/other"}`},
		{"reset", "DELETE", at, nil, 200, `{"path":"/home/export"}`},
		{"by its version", "GET", strings.Replace(at, "latest", "1.0", 1), nil, 200, `{"path":"/home/export"}`},
		{"another method", "POST", at, nil, 405, "Allow"},
	} {
		var changes []func(*http.Request)
		if tt.change != nil {
			changes = append(changes, tt.change)
		}
		w := send(t, h, tt.method, tt.target, changes...)
		if w.Code != tt.code || !strings.Contains(strings.ToLower(w.Body.String()), strings.ToLower(tt.says)) {
			t.Errorf("%s: %d %s, want %d and %q", tt.name, w.Code, w.Body, tt.code, tt.says)
		}
	}
	if w := send(t, Handler(&scripted{}, Options{Token: secret.Of(testToken)}), "GET", at); w.Code != 404 {
		t.Errorf("%d without an export path", w.Code)
	}
}

// TestStartOutlivesTheCaller checks that a start goes on when its caller leaves,
// and ends when the server does.
func TestStartOutlivesTheCaller(t *testing.T) {
	lifetime, end := context.WithCancel(t.Context())
	caller, leave := context.WithCancel(t.Context())
	e := &scripted{start: func(ctx context.Context, _ pipeline.Request) (pipeline.Job, error) {
		leave()
		if ctx.Err() != nil {
			t.Error("the start ends with its caller")
		}
		end()
		<-ctx.Done()
		return pipeline.Job{}, ctx.Err()
	}}
	h := Handler(e, Options{Token: secret.Of(testToken), lifetime: lifetime})
	w := send(t, h, "POST", exportAt, func(r *http.Request) { *r = *r.WithContext(caller) })
	if w.Code != 503 || w.Header().Get("Retry-After") == "" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// TestTimeouts checks that an exporter that does not answer is given up.
func TestTimeouts(t *testing.T) {
	wait := func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
	e := &scripted{
		start:  func(ctx context.Context, _ pipeline.Request) (pipeline.Job, error) { return pipeline.Job{}, wait(ctx) },
		status: func(ctx context.Context) (pipeline.Job, error) { return pipeline.Job{}, wait(ctx) },
		cancel: func(ctx context.Context) (pipeline.Cancellation, error) { return pipeline.Cancellation{}, wait(ctx) },
	}
	h := Handler(e, Options{Token: secret.Of(testToken), Timeout: time.Millisecond, StartTimeout: time.Millisecond, lifetime: t.Context()})
	for _, method := range []string{"GET", "POST", "DELETE"} {
		if w := send(t, h, method, exportAt); w.Code != 503 {
			t.Errorf("%s: %d %s", method, w.Code, w.Body)
		}
	}
}

// TestLogHasNoToken checks that requests are logged, and without the token.
func TestLogHasNoToken(t *testing.T) {
	var logs bytes.Buffer
	h := Handler(&scripted{}, Options{Token: secret.Of(testToken), Logger: slog.New(slog.NewTextHandler(&logs, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	send(t, h, "GET", exportAt)
	send(t, h, "GET", exportAt, header("Authorization", "Bearer almost-"+testToken))
	if s := logs.String(); strings.Contains(s, testToken) || strings.Count(s, "REST request") != 2 || !strings.Contains(s, "status=401") {
		t.Errorf("log:\n%s", s)
	}
}
