package client

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-resty/resty/v2"

	"sluice/visible"
)

const (
	firstRetry = 250 * time.Millisecond
	// longestRetry is the longest wait between two attempts of one call. A
	// server that asks for more gets its wish: the call fails with RetryAfter.
	longestRetry = 10 * time.Second
	// longestPlace is how many characters of the target of a redirect are shown.
	longestPlace = 300
)

// call is one operation of the API.
type call struct {
	op      string // "read the export status"
	method  string
	path    string // below /rest/datapipeline/latest, or from /rest for product
	query   url.Values
	body    any // sent as JSON if not nil
	timeout time.Duration
	expect  []int // statuses that the operation understands
	// later is true for an operation that older products do not have.
	later bool
	// mend is what to do when the path that it sends is refused.
	mend string
}

func (c call) write() bool { return c.method != http.MethodGet }

// answer is what a server has sent back, read to its end.
type answer struct {
	status int
	header http.Header
	body   []byte
	url    *url.URL // after redirects
}

// do sends a call and returns an answer with one of the expected statuses, or
// an *Error. Reads are repeated after temporary failures; a write is sent once.
func (c *Client) do(ctx context.Context, k call) (answer, error) {
	began := time.Now()
	for attempt := 0; ; attempt++ {
		a, fail := c.attempt(ctx, k, attempt)
		if fail == nil {
			return a, nil
		}
		if k.write() || attempt >= c.options.Retries || !retryable(fail) || time.Since(began) >= k.timeout {
			return a, fail
		}
		wait := retryWait(attempt, fail.RetryAfter)
		if wait > longestRetry {
			return a, fail
		}
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return a, c.fail(k, ctx.Err(), ctx)
		}
	}
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

// attempt sends a call once.
func (c *Client) attempt(ctx context.Context, k call, attempt int) (answer, *Error) {
	bounded, cancel := context.WithTimeout(ctx, k.timeout)
	defer cancel()
	began := time.Now()
	if k.write() {
		// A connection that the server has closed meanwhile would lose the
		// request, and it would not be known whether it was received.
		c.transport.CloseIdleConnections()
	}
	r := c.resty.R().SetContext(withCookies(bounded)).SetHeader("Accept", "application/json")
	for name, values := range c.options.Header {
		r.Header[name] = slices.Clone(values)
	}
	if !c.auth.Empty() {
		r.SetHeader("Authorization", c.auth.Reveal())
	}
	if k.write() {
		// Without a length the library sends an empty POST in chunks, which some
		// proxies refuse.
		r.SetHeader("X-Atlassian-Token", "no-check").SetContentLength(true)
	}
	if k.query != nil {
		r.SetQueryParamsFromValues(k.query)
	}
	if k.body != nil {
		r.SetHeader("Content-Type", "application/json").SetBody(k.body)
	}
	response, err := r.Execute(k.method, c.address(k.path))
	a := read(response)
	var fail *Error
	if err != nil {
		fail = c.fail(k, err, ctx)
		fail.StatusCode = a.status
	} else {
		fail = c.check(k, a)
	}
	c.log(ctx, k, a, fail, attempt, time.Since(began))
	return a, fail
}

// address joins a path of the API, or one from /rest, to the base URL.
func (c *Client) address(path string) string {
	if strings.HasPrefix(path, "/rest/") {
		return c.base + path
	}
	return c.base + apiRoot + "/latest" + path
}

// read takes what is there of a response; after a failure that may be nothing.
func read(r *resty.Response) answer {
	if r == nil || r.RawResponse == nil {
		return answer{}
	}
	a := answer{status: r.StatusCode(), header: r.Header(), body: r.Body()}
	if r.RawResponse.Request != nil {
		a.url = r.RawResponse.Request.URL
	}
	return a
}

// fail makes the *Error of a call that has no usable answer.
func (c *Client) fail(k call, err error, caller context.Context) *Error {
	var located *url.Error
	if errors.As(err, &located) {
		// Its text repeats the whole address, which after a redirect is one of
		// the server's making.
		err = located.Err
	}
	err = c.own.explain(err)
	e := &Error{Kind: kindOf(err), Op: k.op, Server: c.base, Err: err, write: k.write(), anonymous: c.auth.Empty()}
	if cause := caller.Err(); cause != nil {
		e.Kind, e.Err = KindCancelled, cause
		if errors.Is(cause, context.DeadlineExceeded) {
			e.Kind = KindTimeout
		}
	}
	var redirect *redirectError
	var proxy *proxyError
	switch {
	case errors.As(err, &redirect):
		e.Detail = visible.Cut(c.mask.hide(redirect.place()), longestPlace)
		e.back, e.many = redirect.back, redirect.many
	case errors.As(err, &proxy):
		e.Detail = proxy.Error()
	}
	return e
}

// check makes the *Error of an answer that the operation does not expect; nil
// if it does.
func (c *Client) check(k call, a answer) *Error {
	kind := kindOfAnswer(a, c.auth.Empty())
	if slices.Contains(k.expect, a.status) {
		page, ok := kindOfPage(a)
		if !ok {
			return nil
		}
		kind = page
	}
	if kind == KindUnauthorized && c.options.Header.Get("Cookie") != "" {
		kind = KindStaleCookie
	}
	e := c.answered(k, a, kind)
	if e.Kind == KindRateLimited || e.Kind == KindUnavailable {
		e.RetryAfter = retryAfter(a.header, time.Now())
	}
	if e.Kind == KindCaptcha {
		e.Detail = visible.Cut(c.mask.hide(loginPlace(a.header)), longestPlace)
	}
	if e.Kind != KindXSRF { // whose words say no more
		e.Message = strings.TrimSuffix(c.words(serverMessage(a.body)), ".")
	}
	return e
}

func (c *Client) answered(k call, a answer, kind Kind) *Error {
	return &Error{Kind: kind, Op: k.op, Server: c.base, StatusCode: a.status, write: k.write(), anonymous: c.auth.Empty(),
		page: isWebPage(a), later: k.later, mend: k.mend}
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
func (c *Client) log(ctx context.Context, k call, a answer, fail *Error, attempt int, took time.Duration) {
	attrs := []slog.Attr{
		slog.String("method", k.method), slog.String("url", c.address(k.path)), slog.String("query", k.query.Encode()),
		slog.Int("status", a.status), slog.Int("bytes", len(a.body)), slog.Int("attempt", attempt+1), slog.Duration("took", took),
	}
	if fail != nil {
		attrs = append(attrs, slog.String("failure", string(fail.Kind)))
	}
	c.options.Logger.LogAttrs(ctx, slog.LevelDebug, "REST request", attrs...)
}
