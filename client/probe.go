package client

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"sluice/pipeline"
)

// Verdict is the outcome of one check of a Report.
type Verdict string

// The outcomes. Unknown means that an earlier check failed, so that this one
// could not be made.
const (
	Unknown Verdict = "unknown"
	Yes     Verdict = "yes"
	No      Verdict = "no"
)

// Report says what works, for "Test connection".
type Report struct {
	Server     string // normalised base URL
	At         time.Time
	Took       time.Duration
	Reachable  Verdict      // a server answers at the address
	Authorised Verdict      // the credentials are accepted and permitted
	Feature    Verdict      // the export API is there
	Job        pipeline.Job // the running or last export; the zero Job if there was none
	Product    Product
	ExportPath string   // where the server exports to; "" if not known
	Warnings   []string // what works but should not stay so, such as a connection that is not encrypted
	Err        error    // why a check failed; nil if all passed
}

// OK reports whether exports can be read and started.
func (r Report) OK() bool { return r.Err == nil && r.Feature == Yes }

// Probe tests the connection with reads only: it never changes anything on the
// server. The first obstacle is in Err; the checks behind it are Unknown.
func (c *Client) Probe(ctx context.Context) Report {
	began := time.Now()
	r := Report{Server: c.base, At: began, Reachable: Unknown, Authorised: Unknown, Feature: Unknown}
	job, a, err := c.status(ctx)
	r.Job, r.Err = job, err
	r.judge(err)
	r.Warnings = c.warnings(a)
	if err == nil {
		// Older products lack the operation, so its failure is no news.
		r.ExportPath, _ = c.ExportPath(ctx)
	}
	// After a refusal no more requests with the same credentials are sent: they
	// may count as failed logins.
	if r.Reachable == Yes && r.Authorised != No {
		r.Product = c.product(ctx, a)
	}
	var e *Error
	if errors.As(err, &e) && e.Kind == KindNotFound {
		e.Detail = r.Product.tooOld()
	}
	r.Took = time.Since(began)
	return r
}

// judge fills in the verdicts that the answer to a status read allows.
func (r *Report) judge(err error) {
	var e *Error
	switch {
	case err == nil:
		r.Reachable, r.Authorised, r.Feature = Yes, Yes, Yes
		return
	case !errors.As(err, &e) || e.Kind == KindCancelled:
		return
	case !e.Answered():
		r.Reachable = No
		return
	}
	r.Reachable = Yes
	switch {
	case e.Kind.refused():
		r.Authorised = No
	case e.Kind == KindNotFound, e.Kind == KindNotSupported:
		r.Feature = No
	}
}

// Warnings names what is not safe about the connection, in one sentence each. It
// does not connect.
func (c *Client) Warnings() []string {
	u, err := url.Parse(c.base)
	if err != nil {
		return nil
	}
	var w []string
	if u.Scheme == "http" && !isLoopback(u.Hostname()) {
		w = append(w, "The connection is not encrypted: anyone on its way can read the token. Use https:// if the server has it.")
	}
	if c.options.Insecure && u.Scheme == "https" {
		w = append(w, "The server's certificate is not verified: anyone on the way can pretend to be the server and read the token. Name the CA file instead.")
	}
	return w
}

// warnings are those of a server that has answered.
func (c *Client) warnings(a answer) []string {
	w := c.Warnings()
	if strings.HasPrefix(c.base, "http://") && a.url != nil && a.url.Scheme == "https" {
		w = []string{"The server redirects to https: enter the address with https://, or exports cannot be started and the token is first sent unencrypted."}
	}
	if c.auth.Empty() {
		w = append(w, "No token and no password are set.")
	}
	return w
}
