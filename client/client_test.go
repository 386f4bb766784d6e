package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sluice/pipeline"
	"sluice/secret"
)

// TestRequests checks what is on the wire, as the vendor documents it
// (spec/rest-api.md §1 and §3).
func TestRequests(t *testing.T) {
	at := func(s string) pipeline.Request {
		d, err := pipeline.ParseTime(s)
		if err != nil {
			t.Fatal(err)
		}
		return pipeline.Request{FromDate: d}
	}
	forced := at("2020-10-22T01:30:11Z")
	forced.Forced = true
	start := func(r pipeline.Request) func(context.Context, *Client) error {
		return func(ctx context.Context, c *Client) error {
			_, err := c.Start(ctx, r)
			return err
		}
	}
	for _, tt := range []struct {
		name, answer  string
		status        int
		do            func(context.Context, *Client) error
		method, uri   string
		body, noCheck string
	}{
		{"status", "{}", 200, func(ctx context.Context, c *Client) error { _, err := c.Status(ctx); return err },
			"GET", "/confluence/rest/datapipeline/latest/export", "", ""},
		{"start", runningBody, 202, start(pipeline.Request{}),
			"POST", "/confluence/rest/datapipeline/latest/export", "", "no-check"},
		{"offset", runningBody, 202, start(at("2020-12-30T22:03+01:00")),
			"POST", "/confluence/rest/datapipeline/latest/export?fromDate=2020-12-30T22%3A03%2B01%3A00", "", "no-check"},
		{"UTC", runningBody, 202, start(at("2020-12-30T23:01Z")),
			"POST", "/confluence/rest/datapipeline/latest/export?fromDate=2020-12-30T23%3A01Z", "", "no-check"},
		{"forced", runningBody, 202, start(forced),
			"POST", "/confluence/rest/datapipeline/latest/export?forceExport=true&fromDate=2020-10-22T01%3A30%3A11Z", "", "no-check"},
		{"cancel", `{"status":"OK","message":"x"}`, 200, func(ctx context.Context, c *Client) error { _, err := c.Cancel(ctx); return err },
			"DELETE", "/confluence/rest/datapipeline/latest/export", "", "no-check"},
		{"path", `{"path":"/a"}`, 200, func(ctx context.Context, c *Client) error { _, err := c.ExportPath(ctx); return err },
			"GET", "/confluence/rest/datapipeline/latest/config/export-path", "", ""},
		{"set path", `{"path":"/a"}`, 200, func(ctx context.Context, c *Client) error {
			_, err := c.SetExportPath(ctx, "/tmp/new/path")
			return err
		},
			"PUT", "/confluence/rest/datapipeline/latest/config/export-path", `{"path":"/tmp/new/path"}`, "no-check"},
		{"reset path", "", 200, func(ctx context.Context, c *Client) error { return c.ResetExportPath(ctx) },
			"DELETE", "/confluence/rest/datapipeline/latest/config/export-path", "", "no-check"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(time.Until(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))) // a bubble begins in 2000
				var body bytes.Buffer
				server := script(func(w http.ResponseWriter, r *http.Request) {
					body.ReadFrom(r.Body)
					reply(tt.status, tt.answer)(w, r)
				})
				c := pipeServer(t, server, Options{Token: secret.Of("  " + testToken + "\n"), UserAgent: "Sluice/1.0"})
				if err := tt.do(t.Context(), c); err != nil {
					t.Fatal(err)
				}
				r := server.requests[0]
				if r.Method != tt.method || r.RequestURI != tt.uri || body.String() != tt.body {
					t.Errorf("sent %s %s %q\nwant %s %s %q", r.Method, r.RequestURI, body.String(), tt.method, tt.uri, tt.body)
				}
				if r.ContentLength != int64(len(tt.body)) || len(r.TransferEncoding) > 0 {
					t.Errorf("sent a body of %d bytes, %v", r.ContentLength, r.TransferEncoding)
				}
				for name, want := range map[string]string{
					"Authorization": "Bearer " + testToken, "X-Atlassian-Token": tt.noCheck,
					"Accept": "application/json", "User-Agent": "Sluice/1.0",
				} {
					if got := r.Header.Get(name); got != want {
						t.Errorf("header %s is %q, want %q", name, got, want)
					}
				}
			})
		})
	}
}

// TestCredentials checks the choice of the authentication.
func TestCredentials(t *testing.T) {
	for _, tt := range []struct {
		o          Options
		want, fail string
	}{
		{Options{}, "", ""},
		{Options{Token: secret.Of(testToken), User: "admin", Password: secret.Of(testPassword)}, "Bearer " + testToken, ""},
		{Options{User: "admin", Password: secret.Of("päss:word")}, "Basic YWRtaW46cMOkc3M6d29yZA==", ""},
		{Options{User: "admin"}, "Basic YWRtaW46", ""},
		{Options{Password: secret.Of(testPassword)}, "", "no user name"},
		{Options{User: "ad:min", Password: secret.Of(testPassword)}, "", "colon"},
		{Options{Token: secret.Of("two words")}, "", "copy it again"},
		{Options{Token: secret.Of("line\nbreak")}, "", "copy it again"},
		{Options{Token: secret.Of("tökén")}, "", "copy it again"},
	} {
		tt.o.BaseURL = "https://example.com"
		c, err := New(tt.o)
		if tt.fail != "" {
			if err == nil || !strings.Contains(err.Error(), tt.fail) {
				t.Errorf("New(%v) = %v, want %q", tt.o, err, tt.fail)
			}
			continue
		}
		if err != nil || c.auth.Reveal() != tt.want {
			t.Errorf("authorization %q, %v; want %q", c.auth.Reveal(), err, tt.want)
		}
	}
}

// TestStartAnswers checks that the code decides, not the body, which is the
// same for a start and a conflict.
func TestStartAnswers(t *testing.T) {
	failed := `{"jobId":56,"status":"FAILED","errors":[{"key":"export.pre.validation.failed","message":"Inconsistent index used for export job."}]}`
	for _, tt := range []struct {
		name   string
		status int
		body   string
		check  func(pipeline.Job, error) error
	}{
		{"202", 202, runningBody, started},
		{"200, as a forced start may", 200, runningBody, started},
		{"409", 409, runningBody, func(_ pipeline.Job, err error) error {
			var running *pipeline.RunningError
			if !errors.As(err, &running) || running.Job.ID != 125 || running.Job.NodeID != "node1" {
				return err
			}
			return nil
		}},
		{"409 without a body", 409, "", func(_ pipeline.Job, err error) error {
			var running *pipeline.RunningError
			if !errors.As(err, &running) {
				return err
			}
			return nil
		}},
		{"422", 422, failed, func(_ pipeline.Job, err error) error {
			var invalid *pipeline.ValidationError
			if !errors.As(err, &invalid) || invalid.Job.ID != 56 || len(invalid.Job.Errors) != 1 {
				return err
			}
			return nil
		}},
		{"202 without a job", 202, "{}", func(_ pipeline.Job, err error) error {
			var e *Error
			if !errors.As(err, &e) || e.Kind != KindMalformed || !strings.Contains(e.Advice(), "not known") {
				return err
			}
			return nil
		}},
		{"409 page", 409, loginPage, func(_ pipeline.Job, err error) error {
			var e *Error
			if !errors.As(err, &e) || e.Kind != KindLoginPage {
				return err
			}
			return nil
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := pipeServer(t, script(reply(tt.status, tt.body)), Options{})
				job, err := c.Start(t.Context(), pipeline.Request{})
				if bad := tt.check(job, err); bad != nil {
					t.Errorf("Start = %+v, %v", job, bad)
				}
			})
		})
	}
}

// TestFutureFromDate checks that a from date in the future is not sent, and
// that one that may only be in the future of this computer's clock is.
func TestFutureFromDate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := script(reply(202, runningBody))
		c := pipeServer(t, server, Options{})
		if _, err := c.Start(t.Context(), pipeline.Request{FromDate: time.Now().Add(2 * time.Hour)}); err == nil || !strings.Contains(err.Error(), "in the future") || server.count() != 0 {
			t.Errorf("%v after %d requests", err, server.count())
		}
		if _, err := c.Start(t.Context(), pipeline.Request{FromDate: time.Now().Add(time.Minute)}); err != nil || server.count() != 1 {
			t.Errorf("%v after %d requests", err, server.count())
		}
	})
}

func started(j pipeline.Job, err error) error {
	if err == nil && j.ID != 125 {
		return fmt.Errorf("job %d", j.ID)
	}
	return err
}

// TestCancelAnswers checks that the code decides, and that the documented
// sentence stands in for a lost one.
func TestCancelAnswers(t *testing.T) {
	for _, tt := range []struct {
		status int
		body   string
		want   pipeline.Cancellation
		err    error
	}{
		{200, `{"status":"OK","message":"Cancellation request successfully received.\n Currently running export job will be stopped shortly."}`, pipeline.Cancellation{Status: "OK", Message: "Cancellation request successfully received. Currently running export job will be stopped shortly."}, nil},
		{200, ``, pipeline.CancellationAccepted, nil},
		{204, ``, pipeline.CancellationAccepted, nil},
		{409, `{"status":"WARNING","message":"Nothing to do."}`, pipeline.Cancellation{Status: "WARNING", Message: "Nothing to do."}, pipeline.ErrNotRunning},
		{409, `{"message":"Nothing runs on this node."}`, pipeline.Cancellation{Status: "WARNING", Message: "Nothing runs on this node."}, pipeline.ErrNotRunning},
		{409, `{"status":7,"message":["First."]}`, pipeline.Cancellation{Status: "WARNING", Message: "First."}, pipeline.ErrNotRunning},
		{409, `Nothing to do.`, pipeline.Cancellation{Status: "WARNING", Message: "Nothing to do."}, pipeline.ErrNotRunning},
		{409, `{}`, pipeline.CancellationDiscarded, pipeline.ErrNotRunning},
		{200, "\x00\x01", pipeline.CancellationAccepted, nil},
	} {
		synctest.Test(t, func(t *testing.T) {
			c := pipeServer(t, script(reply(tt.status, tt.body)), Options{})
			got, err := c.Cancel(t.Context())
			if got != tt.want || !errors.Is(err, tt.err) {
				t.Errorf("%d %q: %+v, %v; want %+v, %v", tt.status, tt.body, got, err, tt.want, tt.err)
			}
		})
	}
}

// TestStatusKeepsTheUnknown checks that statuses and members that are not
// documented survive.
func TestStatusKeepsTheUnknown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := pipeServer(t, script(reply(200, `{"jobId":9007199254740993,"status":"PAUSED","config":{"exportFrom":"2020-07-17T08:00:00+10:00","forcedExport":false,"empty":false},"mood":{"a":[1]}}`)), Options{})
		job, err := c.Status(t.Context())
		if err != nil || job.ID != 9007199254740993 || job.Status != "PAUSED" || string(job.Extra["mood"]) != `{"a":[1]}` {
			t.Errorf("Status = %+v, %v", job, err)
		}
	})
}

// TestStatusWithoutAJob: only an answer that says nothing means that there was no
// export. One that tells of a job without naming it, or of a failure, does not.
func TestStatusWithoutAJob(t *testing.T) {
	for _, tt := range []struct{ body, says string }{
		{`{}`, ""},
		{`{"queue":{"place":1}}`, ""},
		{`{"status":""}`, ""},
		{`{"jobId":0,"errors":[]}`, ""},
		{`{"status":"STARTED"}`, "it names no job"},
		{`{"startTime":"2026-03-01T12:00:00Z"}`, "it names no job"},
		{`{"message":"The pipeline is switched off."}`, `it names no job; the server says "The pipeline is switched off"`},
		{`{"errors":[{"key":"k","message":"No licence."}]}`, `the server says "No licence"`},
	} {
		synctest.Test(t, func(t *testing.T) {
			job, err := pipeServer(t, script(reply(200, tt.body)), Options{}).Status(t.Context())
			var e *Error
			switch {
			case tt.says == "" && (err != nil || job.Exists()):
				t.Errorf("%s: %+v, %v", tt.body, job, err)
			case tt.says != "" && (!errors.As(err, &e) || e.Kind != KindMalformed || !strings.Contains(err.Error(), tt.says)):
				t.Errorf("%s: %+v, %v, want %q", tt.body, job, err, tt.says)
			}
		})
	}
}

// TestNothingShowsASecret runs every fault with a token and with a password,
// and looks through all logs and every way to print what holds a secret.
func TestNothingShowsASecret(t *testing.T) {
	var logs bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&logs, &slog.HandlerOptions{Level: slog.LevelDebug - 8}))
	for _, o := range []Options{{Token: secret.Of(testToken)}, {User: "admin", Password: secret.Of(testPassword)}} {
		for _, tt := range faultTable {
			synctest.Test(t, func(t *testing.T) {
				o := o
				o.Logger, o.MaxBody = logger, 64<<10
				c := pipeServer(t, script(tt.script...), o)
				_, err := c.Status(t.Context())
				logger.Info("status", "error", err, "client", c, "options", o)
				if _, err := c.Start(t.Context(), pipeline.Request{FromDate: time.Now()}); err != nil {
					logger.Info("start", "error", err)
					checkNoSecret(t, err)
				}
				report := c.Probe(t.Context())
				fmt.Fprintf(&logs, "%v %+v %#v %s %v %+v %#v %v %+v", c, c, c, c, o, o, o, report.Err, report.Warnings)
			})
		}
	}
	encoded, err := json.Marshal(Options{Token: secret.Of(testToken), Password: secret.Of(testPassword)})
	if err != nil {
		t.Fatal(err)
	}
	logs.Write(encoded)
	text := logs.String()
	for _, s := range []string{testToken, testPassword, "YWRtaW46", "Authorization", "Bearer", "<html", "</body>"} {
		if i := strings.Index(text, s); i >= 0 {
			t.Errorf("%q shows: …%s…", s, text[max(0, i-200):min(len(text), i+100)])
		}
	}
	for _, want := range []string{"method=GET", "method=POST", "status=503", "failure=timeout", "attempt=3"} {
		if !strings.Contains(text, want) {
			t.Errorf("the log lacks %s", want)
		}
	}
}

// TestFailedBeforeItBegan: a start that failed for another reason than the index is
// told in the server's words, with its job.
func TestFailedBeforeItBegan(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusUnprocessableEntity)
		_, _ = w.Write([]byte(`{"jobId":9,"status":"FAILED","errors":[{"key":"export.disk.space.low","message":"Only 1 GB is free."}]}`))
	}))
	defer s.Close()
	c, err := New(Options{BaseURL: s.URL, Token: secret.Of(testToken)})
	if err != nil {
		t.Fatal(err)
	}
	job, err := c.Start(t.Context(), pipeline.Request{})
	var e *Error
	var invalid *pipeline.ValidationError
	if !errors.As(err, &e) || e.Kind != KindFailed || job.ID != 9 || errors.As(err, &invalid) {
		t.Fatalf("%+v, %v", job, err)
	}
	if text := err.Error(); !strings.Contains(text, "Only 1 GB is free") || strings.Contains(text, "ndex") {
		t.Errorf("it is said: %s", text)
	}
}
