package client

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/go-resty/resty/v2"
)

const (
	firstRetry = 250 * time.Millisecond
	// longestRetry is the longest wait between two attempts of one call. A
	// server that asks for more gets its wish: the call fails with RetryAfter.
	longestRetry = 10 * time.Second
)

// repeating makes a client of the library one that repeats reads. The library sends,
// counts and waits; which failure is worth another attempt, and how long to wait for
// it, is said per call by its attempts.
func repeating(r *resty.Client, o Options) *resty.Client {
	// The library raises every wait to its shortest one, by default too: all clients
	// would then return in step after a first failure. So the shortest is next to
	// nothing, and the wait is ours.
	return r.SetTimeout(o.Timeout).SetRetryCount(o.Retries).
		SetRetryWaitTime(time.Nanosecond).SetRetryMaxWaitTime(longestRetry).
		SetRetryAfter(func(_ *resty.Client, r *resty.Response) (time.Duration, error) {
			t, ok := r.Request.Context().Value(attemptsKey{}).(*attempts)
			if !ok || t.fail == nil {
				return 0, errNotAgain
			}
			return t.wait()
		})
}

// errNotAgain ends the attempts of a call, whose failure is told in its place.
var errNotAgain = errors.New("no further attempt")

// attemptsKey is where the context of a request keeps its attempts.
type attemptsKey struct{}

// attempts are those of one call.
type attempts struct {
	client *Client
	call   call
	caller context.Context
	began  time.Time

	made   int // attempts that were looked at
	answer answer
	fail   *Error // of the last attempt; nil if it succeeded
}

// look takes in how an attempt has ended.
func (t *attempts) look(r *resty.Response, err error) {
	t.made++
	t.answer, t.fail = read(r), nil
	if err != nil {
		t.fail = t.client.fail(t.call, err, t.caller)
		t.fail.StatusCode = t.answer.status
	} else {
		t.fail = t.client.check(t.call, t.answer)
	}
	took := time.Since(t.began)
	if r != nil {
		took = r.Time()
	}
	t.log(took)
}

// again is a resty.RetryConditionFunc: the same read may succeed a moment later, and
// the time of the call is not over.
func (t *attempts) again(r *resty.Response, err error) bool {
	t.look(r, err)
	return t.fail != nil && retryable(t.fail) && time.Since(t.began) < t.call.timeout
}

// wait is how long to wait for the next attempt; an error if the server asks for more
// than that.
func (t *attempts) wait() (time.Duration, error) {
	wait := retryWait(t.made-1, t.fail.RetryAfter)
	if wait > longestRetry {
		return 0, errNotAgain
	}
	return wait, nil
}

// end is how the call has ended, of which the library returns the last attempt.
func (t *attempts) end(r *resty.Response, err error) (answer, *Error) {
	// The library asks for no repetition where none is left to it, nor where the
	// caller has gone.
	if t.made == 0 || r != nil && r.Request.Attempt > t.made {
		t.look(r, err)
	} else if t.fail != nil && t.caller.Err() != nil {
		t.fail = t.client.fail(t.call, t.caller.Err(), t.caller)
	}
	return t.answer, t.fail
}

// retryable reports whether the same read may succeed a moment later.
func retryable(e *Error) bool {
	switch e.Kind {
	case KindTimeout, KindConnectionLost, KindRateLimited, KindUnavailable, KindGateway, KindServer, KindNetwork:
		return true
	}
	return false
}

// retryWait is what the server asks for, else an exponential time of which a
// random half is taken away, so that many clients do not return in step.
func retryWait(attempt int, asked time.Duration) time.Duration {
	if asked > 0 {
		return asked
	}
	d := min(firstRetry<<attempt, longestRetry)
	return d/2 + rand.N(d/2+1)
}

// retryAfter reads the header in both of its forms (RFC 9110 §10.2.3): seconds,
// or a date. It is 0 if there is none, or none that can be read.
func retryAfter(h http.Header, now time.Time) time.Duration {
	value := strings.TrimSpace(h.Get("Retry-After"))
	if n, err := strconv.Atoi(value); err == nil && n > 0 && n < 1<<31 {
		return time.Duration(n) * time.Second
	}
	if t, err := http.ParseTime(value); err == nil {
		if here, err := http.ParseTime(h.Get("Date")); err == nil {
			now = here // by the clock that the date is of
		}
		return max(0, t.Sub(now))
	}
	return 0
}

// log writes one record for an attempt: never headers, never bodies.
func (t *attempts) log(took time.Duration) {
	k, a := t.call, t.answer
	attrs := []slog.Attr{
		slog.String("method", k.method), slog.String("url", t.client.address(k.path)), slog.String("query", k.query.Encode()),
		slog.Int("status", a.status), slog.Int("bytes", len(a.body)), slog.Int("attempt", t.made), slog.Duration("took", took),
	}
	if t.fail != nil {
		attrs = append(attrs, slog.String("failure", string(t.fail.Kind)))
	}
	t.client.options.Logger.LogAttrs(t.caller, slog.LevelDebug, "REST request", attrs...)
}
