package client

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-resty/resty/v2"

	"sluice/pipeline"
	"sluice/secret"
	"sluice/wording"
)

// Client is a pipeline.Exporter over the REST API of one server. It is safe for
// use by several goroutines.
type Client struct {
	base      string        // normalised, without a slash at its end
	auth      secret.Secret // value of the Authorization header
	mask      mask          // of the secrets
	options   Options
	own       *clientCertificate
	transport *http.Transport
	resty     *resty.Client // sends once
	reader    *resty.Client // repeats what has failed and may succeed a moment later
}

var _ pipeline.Exporter = (*Client)(nil)

// New returns a client. It checks the options and reads the files that
// they name; it does
// not connect.
func New(o Options) (*Client, error) {
	o = o.withDefaults()
	base, err := NormalizeBaseURL(o.BaseURL)
	if err != nil {
		return nil, err
	}
	auth, err := o.authorization()
	if err != nil {
		return nil, err
	}
	if err := CheckHeader(o.Header); err != nil {
		return nil, err
	}
	own, err := newClientCertificate(o.CertFile, o.KeyFile)
	if err != nil {
		return nil, err
	}
	hidden := newMask(o.secrets())
	var toProxy http.Header
	o.Header, toProxy = withoutProxyLogin(base, o.Header)
	transport, err := newTransport(o, own, toProxy)
	if err != nil {
		return nil, err
	}
	return &Client{base: base, auth: auth, mask: hidden, options: o, own: own, transport: transport,
		resty: newSender(transport, o), reader: repeating(newSender(transport, o), o)}, nil
}

// newSender makes a client of the library. Its own logger and warnings stay silent:
// they know nothing of which parts of a request are secret.
func newSender(transport *http.Transport, o Options) *resty.Client {
	return resty.NewWithClient(&http.Client{Transport: transport, CheckRedirect: followRedirect}).
		SetLogger(silence{}).SetDisableWarn(true).
		SetHeader("User-Agent", o.UserAgent).
		SetPreRequestHook(func(_ *resty.Client, r *http.Request) error { // of every attempt
			*r = *r.WithContext(withCookies(r.Context()))
			return nil
		}).
		SetResponseBodyLimit(int(o.MaxBody))
}

// silence is a resty.Logger that writes nothing.
type silence struct{}

func (silence) Errorf(string, ...any) {}
func (silence) Warnf(string, ...any)  {}
func (silence) Debugf(string, ...any) {}

// BaseURL is the normalised address of the server.
func (c *Client) BaseURL() string { return c.base }

// Format keeps the secrets out of every print.
func (c *Client) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "client of %s", c.base) }

// CloseIdleConnections closes connections that are not in use. A watcher calls
// it after the computer slept or the network changed.
func (c *Client) CloseIdleConnections() { c.transport.CloseIdleConnections() }

// Start starts an export (POST /export, spec/rest-api.md §3). It is sent once:
// after a failure on the way the error says that the outcome is not known.
func (c *Client) Start(ctx context.Context, r pipeline.Request) (pipeline.Job, error) {
	// The server's clock decides about the last minutes.
	if time.Until(r.FromDate) > clockTolerance {
		return pipeline.Job{}, wording.Errorf("cannot start the export: from date %s lies in the future: nothing can have changed since then", pipeline.FormatTime(r.FromDate))
	}
	k := call{op: opStart, method: http.MethodPost, path: "/export", query: startQuery(r),
		timeout: c.options.StartTimeout,
		expect:  []int{http.StatusOK, http.StatusCreated, http.StatusAccepted, http.StatusConflict, http.StatusUnprocessableEntity}}
	a, err := c.do(ctx, k)
	if err != nil {
		return pipeline.Job{}, err
	}
	if a.status == http.StatusConflict || a.status == http.StatusUnprocessableEntity {
		return c.refusal(k, a)
	}
	return c.started(ctx, k, a)
}

// clockTolerance is by how much a server's clock may be ahead of this one.
const clockTolerance = time.Hour

// startQuery encodes a request as the vendor documents: fromDate with %3A and
// %2B, left out when not chosen; forceExport only when forced.
func startQuery(r pipeline.Request) url.Values {
	q := url.Values{}
	if !r.FromDate.IsZero() {
		q.Set("fromDate", pipeline.FormatFromDate(r.FromDate))
	}
	if r.Forced {
		q.Set("forceExport", "true")
	}
	return q
}

// Status reads the running or most recent job (GET /export, spec/rest-api.md
// §4); the zero Job if there was none.
func (c *Client) Status(ctx context.Context) (pipeline.Job, error) {
	job, _, err := c.status(ctx)
	return job, err
}

func (c *Client) status(ctx context.Context) (pipeline.Job, answer, error) {
	k := call{op: opStatus, method: http.MethodGet, path: "/export",
		timeout: c.options.Timeout, expect: []int{http.StatusOK}}
	a, err := c.do(ctx, k)
	if err != nil {
		return pipeline.Job{}, a, err
	}
	var job pipeline.Job
	if err := c.decode(k, a, &job); err != nil {
		return pipeline.Job{}, a, err
	}
	if !job.Exists() {
		// An object without a jobId counts as no job (spec/rest-api.md §10), but not
		// as the answer that there was none if it tells of something.
		if !job.Status.Running() && !job.Status.Ended() && job.StartTime.IsZero() && refusalWords(job, a) == "" {
			return pipeline.Job{}, a, nil
		}
		return pipeline.Job{}, a, c.nameless(k, a, job)
	}
	if at, err := time.Parse(time.RFC3339, a.header.Get(pipeline.HeaderReadUpTo)); err == nil {
		job.ReadUpTo = at
	}
	return job, a, nil
}

// nameless is the failure of an answer that tells of a job, or should, and does not
// name it; with what else it says.
func (c *Client) nameless(k call, a answer, job pipeline.Job) *Error {
	e := c.answered(k, a, KindMalformed)
	e.Detail, e.Message = "it names no job", strings.TrimSuffix(c.words(refusalWords(job, a)), ".")
	return e
}

// Cancel asks the running job to stop (DELETE /export, spec/rest-api.md §8). It
// is sent once. It also releases the lock that a crashed node has left behind.
func (c *Client) Cancel(ctx context.Context) (pipeline.Cancellation, error) {
	k := call{op: opCancel, method: http.MethodDelete, path: "/export", timeout: c.options.Timeout,
		expect: []int{http.StatusOK, http.StatusAccepted, http.StatusNoContent, http.StatusConflict}}
	a, err := c.do(ctx, k)
	if err != nil {
		return pipeline.Cancellation{}, err
	}
	// The code decides; what is documented stands in for what the body lacks.
	if a.status == http.StatusConflict {
		return c.cancellation(a, pipeline.CancellationDiscarded), pipeline.ErrNotRunning
	}
	return c.cancellation(a, pipeline.CancellationAccepted), nil
}

// cancellation is the answer to a cancellation in the server's own words, each of its
// members read by itself; documented stands in for what it lacks.
func (c *Client) cancellation(a answer, documented pipeline.Cancellation) pipeline.Cancellation {
	var members map[string]json.RawMessage
	_ = json.Unmarshal(plainStart(a.body, len(a.body)), &members) // a body of another form has no members
	_ = json.Unmarshal(members["status"], &documented.Status)
	if words := c.words(serverMessage(a.body)); words != "" {
		documented.Message = words
	}
	documented.Status = c.words(documented.Status)
	return documented
}
