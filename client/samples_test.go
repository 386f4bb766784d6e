package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"sluice/pipeline"
	"sluice/secret"
	"sluice/server"
)

// samples are the bodies that the vendor prints, their slips of JSON corrected
// (spec/rest-api.md §4): a missing comma, two missing colons, a trailing comma.
var samples = []struct {
	name   string
	method string
	code   int
	body   string
}{
	{"started", "POST", 202, `{"startTime":"2021-03-03T12:08:24.045+11:00","nodeId":"node1","jobId":124,"status":"STARTED","config":{"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":false}}`},
	{"another runs", "POST", 409, `{"startTime":"2021-03-03T12:08:24.045+11:00","nodeId":"node1","jobId":124,"status":"STARTED","config":{"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":false}}`},
	{"inconsistent index", "POST", 422, `{"startTime": "2021-01-13T09:01:01.917+11:00","completedTime": "2021-01-13T09:01:01.986+11:00","nodeId": "node2","jobId": 56,"status": "FAILED","config": {"exportFrom": "2020-07-17T08:00:00+10:00","forcedExport": false},"errors": [{"key": "export.pre.validation.failed","message": "Inconsistent index used for export job."}]}`},
	{"forced", "POST", 202, `{"startTime": "2021-01-13T09:01:42.696+11:00","nodeId": "node2","jobId": 57,"status": "STARTED","config": {"exportFrom": "2020-07-17T08:01:00+10:00","forcedExport": true},"warnings": [{"key": "export.pre.validation.failed","message": "Inconsistent index used for export job."}]}`},
	{"before the first export", "GET", 200, `{}`},
	{"during an export", "GET", 200, `{"startTime": "2020-11-01T06-35-41-577+11","nodeId": "node1","jobId": 125,"status": "STARTED","config":{"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":false}}`},
	{"completed", "GET", 200, `{"startTime":"2021-03-03T12:08:24.045+11:00","completedTime":"2021-03-03T12:08:24.226+11:00","nodeId":"node3","jobId":125,"status":"COMPLETED","config": {"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":false},"statistics": {"exportedEntities":23,"writtenRows":54}}`},
	{"cancellation requested", "GET", 200, `{"startTime":"2021-03-03T12:08:24.045+11:00","completedTime":"2021-03-03T12:08:24.226+11:00","nodeId":"Node1","jobId":125,"status":"CANCELLATION_REQUESTED","config": {"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":false}}`},
	{"cancelled", "GET", 200, `{"startTime": "2020-11-02T04-20-34-007+11","cancelledTime": "2020-11-02T04-24-21-717+11","completedTime": "2020-11-02T04-24-21-717+11","nodeId":"node2","jobId":125,"status":"CANCELLED","config": {"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":false},"statistics": {"exportedEntities":23,"writtenRows":12}}`},
	{"newer products", "GET", 200, `{"startTime":"2026-03-03T12:08:24.045+11:00","nodeId":"node1","jobId":126,"status":"STARTED","config":{"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":false,"empty":false},"schema":{"version":2,"status":"ACTIVE"},"rootExportPath":"/var/atlassian","optedOutEntities":[{"type":"SPACE","identifiers":["A","B"]}],"optedOutFiles":["users"],"statistics":{"exportedEntities":1,"writtenRows":2,"empty":false},"later":[1,{"x":null}]}`},
}

// TestSamples reads every sample from a server that prints it as the vendor
// does, then serves what was read with our own server, and reads it from there:
// nothing is lost on the way.
func TestSamples(t *testing.T) {
	for _, tt := range samples {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var want pipeline.Job
				if err := json.Unmarshal([]byte(tt.body), &want); err != nil {
					t.Fatal(err)
				}
				vendor := pipeServer(t, script(reply(tt.code, tt.body)), Options{Token: secret.Of(testToken)})
				first := job(t, vendor, tt.method, tt.code)
				if d := cmp.Diff(document(t, want), document(t, first)); d != "" {
					t.Errorf("from the vendor's server: %s", d)
				}
				ours := pipeServer(t, server.Handler(relay{first, tt.code}, server.Options{Token: secret.Of(testToken), Hosts: []string{"pipeline.test"}}),
					Options{Token: secret.Of(testToken), BaseURL: "http://pipeline.test"})
				second := job(t, ours, tt.method, tt.code)
				if d := cmp.Diff(document(t, first), document(t, second)); d != "" {
					t.Errorf("from our server: %s", d)
				}
			})
		})
	}
}

// job does what the sample is the answer to, and returns the job in the answer.
func job(t *testing.T, c *Client, method string, code int) pipeline.Job {
	t.Helper()
	if method == "GET" {
		j, err := c.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return j
	}
	j, err := c.Start(t.Context(), pipeline.Request{})
	var running *pipeline.RunningError
	var invalid *pipeline.ValidationError
	switch {
	case code == 202 && err == nil:
		return j
	case code == 409 && errors.As(err, &running):
		return running.Job
	case code == 422 && errors.As(err, &invalid):
		return invalid.Job
	}
	t.Fatalf("code %d gives %v", code, err)
	return j
}

// document is the JSON of a job, indented to show differences well.
func document(t *testing.T, j pipeline.Job) string {
	t.Helper()
	b, err := json.MarshalIndent(j, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// relay is an exporter with one job and one answer.
type relay struct {
	job  pipeline.Job
	code int
}

func (r relay) Start(context.Context, pipeline.Request) (pipeline.Job, error) {
	switch r.code {
	case 409:
		return pipeline.Job{}, &pipeline.RunningError{Job: r.job}
	case 422:
		return pipeline.Job{}, &pipeline.ValidationError{Job: r.job}
	}
	return r.job, nil
}

func (r relay) ExportPath(context.Context) (string, error) { return "/home/export", nil }

func (r relay) SetExportPath(context.Context, string) (string, error) {
	return "", fmt.Errorf("%w: it is on another disk", pipeline.ErrExportPath)
}

func (r relay) ResetExportPath(context.Context) error { return nil }

func (r relay) Status(context.Context) (pipeline.Job, error) { return r.job, nil }

func (r relay) Cancel(context.Context) (pipeline.Cancellation, error) {
	return pipeline.Cancellation{}, pipeline.ErrNotRunning
}

// TestOurServerRefuses checks that the client understands every refusal of our
// own server, and gives its words on.
func TestOurServerRefuses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := server.Handler(relay{}, server.Options{Token: secret.Of(testToken), Hosts: []string{"pipeline.test"}})
		for _, tt := range []struct {
			o    Options
			kind Kind
			says string
		}{
			{Options{BaseURL: "http://pipeline.test", Token: secret.Of("another-token")}, KindUnauthorized, "Authorization: Bearer"},
			{Options{BaseURL: "http://pipeline.test"}, KindUnauthorized, "token"},
			{Options{BaseURL: "http://elsewhere.test", Token: secret.Of(testToken)}, KindUnexpected, "names another server"},
			{Options{BaseURL: "http://pipeline.test/jira", Token: secret.Of(testToken)}, KindNotFound, "context path"},
		} {
			_, err := pipeServer(t, h, tt.o).Status(t.Context())
			var e *Error
			if !errors.As(err, &e) || e.Kind != tt.kind || !strings.Contains(e.Error(), tt.says) {
				t.Errorf("%v: %v\nwant %s, %q", tt.o, err, tt.kind, tt.says)
			}
			if denied := errors.Is(err, pipeline.ErrNotAuthorised); denied != (tt.kind == KindUnauthorized) {
				t.Errorf("%v: not authorised: %t", tt.o, denied)
			}
		}
		c := pipeServer(t, h, Options{BaseURL: "http://pipeline.test", Token: secret.Of(testToken)})
		if path, err := c.ExportPath(t.Context()); err != nil || path != "/home/export" {
			t.Errorf("ExportPath = %q, %v", path, err)
		}
		var e *Error
		if _, err := c.SetExportPath(t.Context(), "/elsewhere"); !errors.As(err, &e) || e.Kind != KindBadRequest || !strings.Contains(e.Message, "on another disk") || !strings.Contains(e.Advice(), "every node") {
			t.Errorf("SetExportPath: %v", err)
		}
		if r := c.Probe(t.Context()); !r.OK() || r.Product.Name != "Sluice" || r.ExportPath != "/home/export" || r.Job.Exists() {
			t.Errorf("Probe = %+v", r)
		}
	})
}
