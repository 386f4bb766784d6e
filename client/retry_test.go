package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sluice/pipeline"
	"sluice/secret"
)

// TestWritesAreSentOnce checks that a start and a cancellation are never
// repeated, whatever happens, and that an unknown outcome is said to be one.
func TestWritesAreSentOnce(t *testing.T) {
	start := func(ctx context.Context, c *Client) error {
		_, err := c.Start(ctx, pipeline.Request{})
		return err
	}
	cancel := func(ctx context.Context, c *Client) error {
		_, err := c.Cancel(ctx)
		return err
	}
	setPath := func(ctx context.Context, c *Client) error {
		_, err := c.SetExportPath(ctx, "/mnt/exports")
		return err
	}
	for _, op := range []struct {
		name string
		do   func(context.Context, *Client) error
	}{{"start", start}, {"cancel", cancel}, {"path", setPath}} {
		for _, tt := range []struct {
			name    string
			fault   http.HandlerFunc
			kind    Kind
			unknown bool // whether the server may have done it
		}{
			{"reset", resetBefore, KindConnectionLost, true},
			{"mid-body", resetMidBody, KindConnectionLost, true},
			{"500", reply(500, ""), KindServer, true},
			{"503", reply(503, ""), KindUnavailable, true}, // a gateway says so, too, of a request that it has passed on
			{"503 with a pause", replyAfter(503, "1"), KindUnavailable, true},
			{"429", replyAfter(429, "1"), KindRateLimited, false},
			{"never", delayed(time.Hour, reply(202, runningBody)), KindTimeout, true},
			{"redirect", redirectTo(302, "/confluence/elsewhere"), KindRedirect, false},
			{"redirect that keeps the method", redirectTo(307, "/confluence/x"), KindRedirect, false},
			{"401", reply(401, ""), KindUnauthorized, false},
		} {
			t.Run(op.name+" "+tt.name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					server := script(tt.fault)
					c := pipeServer(t, server, Options{Token: secret.Of(testToken)})
					err := op.do(t.Context(), c)
					var e *Error
					if !errors.As(err, &e) || e.Kind != tt.kind {
						t.Fatalf("the error is %v, want kind %s", err, tt.kind)
					}
					if n := server.count(); n != 1 {
						t.Errorf("it was sent %d times", n)
					}
					if says := strings.Contains(e.Advice(), "not known whether"); says != tt.unknown {
						t.Errorf("advice: %s", e.Advice())
					}
				})
			})
		}
	}
}

// TestRetryAfter checks that a read waits as long as the server asks, in both
// forms of the header, and gives up when that is too long.
func TestRetryAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, tt := range []struct {
			value string
			waits time.Duration
			fails bool
		}{
			{"7", 7 * time.Second, false},
			{"date", 9 * time.Second, false},
			{"11", 0, true},
			{"999999999999999999999", 0, false}, // not a number of seconds: as if it were not there
			{"soon", 0, false},
			{"-3", 0, false},
		} {
			if tt.value == "date" {
				tt.value = time.Now().Add(tt.waits).UTC().Format(http.TimeFormat)
			}
			server := script(replyAfter(429, tt.value), reply(200, runningBody))
			c := pipeServer(t, server, Options{})
			began := time.Now()
			_, err := c.Status(t.Context())
			took := time.Since(began)
			var e *Error
			if failed := errors.As(err, &e); failed != tt.fails {
				t.Fatalf("Retry-After: %s: %v", tt.value, err)
			}
			if tt.fails && (e.RetryAfter != 11*time.Second || !e.Temporary() || server.count() != 1) {
				t.Errorf("Retry-After: %s: asked %s after %d requests", tt.value, e.RetryAfter, server.count())
			}
			if tt.waits > 0 && took != tt.waits {
				t.Errorf("Retry-After: %s: waited %s", tt.value, took)
			}
			if tt.waits == 0 && took > firstRetry {
				t.Errorf("Retry-After: %s: waited %s", tt.value, took)
			}
		}
	})
}

// TestRetryWait checks the bounds of the wait and that it is spread.
func TestRetryWait(t *testing.T) {
	for attempt := range 8 {
		full := min(firstRetry<<attempt, longestRetry)
		seen := map[time.Duration]bool{}
		for range 100 {
			d := retryWait(attempt, 0)
			if d < full/2 || d > full {
				t.Fatalf("attempt %d waits %s, want %s to %s", attempt, d, full/2, full)
			}
			seen[d] = true
		}
		if len(seen) < 50 {
			t.Errorf("attempt %d: only %d different waits", attempt, len(seen))
		}
	}
}

// TestCallerGivesUp checks that the end of the caller's context ends a read at
// once, while it waits for an answer and while it waits to try again.
func TestCallerGivesUp(t *testing.T) {
	for name, fault := range map[string]http.HandlerFunc{
		"waiting": delayed(time.Hour, reply(200, runningBody)),
		"pausing": replyAfter(503, "9"),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := pipeServer(t, script(fault), Options{})
				ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
				defer cancel()
				began := time.Now()
				_, err := c.Status(ctx)
				if took := time.Since(began); took != 3*time.Second {
					t.Errorf("it took %s", took)
				}
				if !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("the error is %v", err)
				}

				ctx, cancel = context.WithCancel(t.Context())
				time.AfterFunc(time.Second, cancel)
				_, err = c.Status(ctx)
				var e *Error
				if !errors.Is(err, context.Canceled) || !errors.As(err, &e) || e.Kind != KindCancelled || e.Temporary() {
					t.Errorf("the error is %v", err)
				}
			})
		})
	}
}

// TestRetriesCanBeSwitchedOff checks Options.Retries.
func TestRetriesCanBeSwitchedOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for retries, want := range map[int]int{-1: 1, 0: 1 + DefaultRetries, 1: 2, 5: 6} {
			server := script(resetBefore)
			c := pipeServer(t, server, Options{Retries: retries})
			if _, err := c.Status(t.Context()); err == nil {
				t.Error("the read succeeds")
			}
			if n := server.count(); n != want {
				t.Errorf("Retries %d: %d requests, want %d", retries, n, want)
			}
		}
	})
}

// TestAttemptsShareNoCookies: the cookies that one attempt has got in its redirects are
// not sent in those of the next one.
func TestAttemptsShareNoCookies(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var seen []string
		server := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			seen = append(seen, r.Header.Get("Cookie"))
			switch len(seen) {
			case 1, 3: // each attempt begins with a redirect that sets a cookie of another name
				http.SetCookie(w, &http.Cookie{Name: fmt.Sprint("at", len(seen)), Value: "x", Path: "/"})
				redirectTo(302, r.URL.Path+"?again")(w, r)
			case 2:
				reply(503, "")(w, r)
			default:
				reply(200, runningBody)(w, r)
			}
		})
		c := pipeServer(t, server, Options{})
		if _, err := c.Status(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(seen, "|"); got != "|at1=x||at3=x" {
			t.Errorf("cookies sent: %q", got)
		}
	})
}

// TestFirstWaitsAreSpread: clients that fail at the same moment do not return in step,
// also not after their first failure.
func TestFirstWaitsAreSpread(t *testing.T) {
	seen := map[time.Duration]bool{}
	for range 20 {
		synctest.Test(t, func(t *testing.T) {
			c := pipeServer(t, script(reply(503, ""), reply(200, runningBody)), Options{})
			began := time.Now()
			if _, err := c.Status(t.Context()); err != nil {
				t.Fatal(err)
			}
			took := time.Since(began)
			if took < firstRetry/2 || took > firstRetry {
				t.Errorf("it waits %s, want %s to %s", took, firstRetry/2, firstRetry)
			}
			seen[took] = true
		})
	}
	if len(seen) < 10 {
		t.Errorf("only %d different waits", len(seen))
	}
}

// TestRetryAfterByTheServersClock: a date is held against the clock that it is of, which
// may be wrong, and against ours only where the server tells none.
func TestRetryAfterByTheServersClock(t *testing.T) {
	here := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	there := here.Add(-3 * time.Hour) // its clock is slow
	for name, c := range map[string]struct {
		after, date string
		want        time.Duration
	}{
		"seconds":                   {"7", there.Format(http.TimeFormat), 7 * time.Second},
		"a date and a clock":        {there.Add(20 * time.Second).Format(http.TimeFormat), there.Format(http.TimeFormat), 20 * time.Second},
		"a date that is past":       {there.Add(-time.Second).Format(http.TimeFormat), there.Format(http.TimeFormat), 0},
		"a date alone":              {here.Add(9 * time.Second).Format(http.TimeFormat), "", 9 * time.Second},
		"a date and no clock":       {here.Add(9 * time.Second).Format(http.TimeFormat), "noon", 9 * time.Second},
		"nothing":                   {"", there.Format(http.TimeFormat), 0},
		"neither number nor date":   {"soon", there.Format(http.TimeFormat), 0},
		"a number that is none":     {"-5", "", 0},
		"a number beyond all sense": {"99999999999", "", 0},
	} {
		h := http.Header{"Retry-After": {c.after}, "Date": {c.date}}
		if got := retryAfter(h, here); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
