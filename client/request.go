package client

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/go-resty/resty/v2"

	"sluice/visible"
)

// longestPlace is how many characters of the target of a redirect are shown.
const longestPlace = 300

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
	sender := c.reader
	if k.write() {
		sender = c.resty
	}
	a, fail := c.send(ctx, sender, k)
	if fail != nil { // as it is, none would be an error that is not nil
		return a, fail
	}
	return a, nil
}

// once sends a read that is not worth a repetition.
func (c *Client) once(ctx context.Context, k call) (answer, *Error) { return c.send(ctx, c.resty, k) }

// send sends a call by one of the two clients of the library, of which one repeats
// what has failed.
func (c *Client) send(ctx context.Context, sender *resty.Client, k call) (answer, *Error) {
	if k.write() {
		// A connection that the server has closed meanwhile would lose the
		// request, and it would not be known whether it was received.
		c.transport.CloseIdleConnections()
	}
	t := &attempts{client: c, call: k, caller: ctx, began: time.Now()}
	bounded, cancel := context.WithValue(ctx, attemptsKey{}, t), context.CancelFunc(func() {})
	if sender == c.resty {
		bounded, cancel = context.WithTimeout(bounded, k.timeout)
	}
	defer cancel()
	response, err := c.request(bounded, sender, k).AddRetryCondition(t.again).Execute(k.method, c.address(k.path))
	return t.end(response, err)
}

// request makes the request of a call.
func (c *Client) request(ctx context.Context, sender *resty.Client, k call) *resty.Request {
	r := sender.R().SetContext(ctx).SetHeader("Accept", "application/json")
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
	return r
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
