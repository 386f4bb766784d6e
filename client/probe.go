package client

import (
	"context"
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

// Product is what runs at the address; the zero Product is not recognised.
type Product struct {
	Name    string // "Confluence", "Jira", "Bitbucket" or "Sluice"
	Version string // "9.2.13"; may be empty
	Build   string // build number; may be empty
}

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

// Probe tests the connection. It never changes anything on the server.
func (c *Client) Probe(ctx context.Context) Report {
	return Report{Server: c.BaseURL(), Reachable: Unknown, Authorised: Unknown, Feature: Unknown, Err: errTODO}
}
