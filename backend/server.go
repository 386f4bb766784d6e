package backend

import (
	"cmp"
	"context"
	"net/http"
	"path/filepath"
	"time"

	"sluice/client"
	"sluice/client/journal"
	"sluice/client/watch"
	"sluice/pipeline"
	"sluice/secret"
	"sluice/source"
	"sluice/wording"
)

// Server runs the exports of a server. Its history is a journal of ours.
type Server struct {
	*client.Client
	follower
	*journal.Journal
	by string
}

var _ pipeline.Historian = Server{}

// Start is the client's. The job that the answer names is noted: the status may
// never tell of it.
func (e Server) Start(ctx context.Context, r pipeline.Request) (pipeline.Job, error) {
	job, err := e.Client.Start(ctx, r)
	if err == nil {
		job.StartedBy = e.by
	}
	e.noted(pipeline.Answered(job, err))
	return job, err
}

// Close ends the connections. What runs on the server goes on.
func (e Server) Close(context.Context) error {
	e.CloseIdleConnections()
	return nil
}

// Dial says how a server is talked to, beyond what is set up for it; the zero value is
// as the window does.
type Dial struct {
	// Secret is the token, or the password of the server's user; none if empty.
	Secret secret.Secret
	// Timeout bounds one request, but a start, which has at least
	// [client.DefaultStartTimeout]; 0 is the client's own.
	Timeout time.Duration
}

// Connect makes the client of a server as it is set up. Nothing is sent yet. Its errors
// name a file that cannot be used; what is wrong in one is a *secret.FileError.
func (b *Backend) Connect(s source.Server, d Dial) (*client.Client, error) {
	o := client.Options{BaseURL: s.URL, CAFile: s.CAFile, CertFile: s.CertFile, KeyFile: s.KeyFile, Insecure: s.Insecure, Proxy: s.Proxy,
		Timeout: d.Timeout, UserAgent: "Sluice/" + b.version, Logger: b.logger}
	if d.Timeout > 0 {
		o.StartTimeout = max(d.Timeout, client.DefaultStartTimeout)
	}
	var err error
	if o.Header, err = b.headersOf(s.Headers); err != nil {
		return nil, err
	}
	if s.User == "" {
		o.Token = d.Secret
	} else {
		o.User, o.Password = s.User, d.Secret
	}
	return client.New(o)
}

// HeaderError says why the file with headers of a server cannot be used. It names the
// file.
type HeaderError struct{ Err error }

func (e *HeaderError) Error() string { return wording.Of("the file with headers: %s", e.Err).String() }
func (e *HeaderError) Unwrap() error { return e.Err }

// headersOf reads the file with the headers that a server wants with every request.
func (b *Backend) headersOf(file string) (http.Header, error) {
	if file == "" {
		return nil, nil
	}
	text, err := secret.ReadText(file, "headers", b.warn)
	if err != nil {
		return nil, &HeaderError{err}
	}
	header, err := client.ParseHeader(text)
	if err != nil {
		return nil, &HeaderError{wording.Errorf("%s: %w", file, err)}
	}
	return header, nil
}

func (b *Backend) warn(w string) { b.logger.Warn(w) }

// OpenServer makes the client of a server, and opens the journal of its jobs.
func (b *Backend) OpenServer(ctx context.Context, s source.Source, password string) (source.Engine, error) {
	c, err := b.Connect(s.Server, Dial{Secret: secret.Of(password)})
	if err != nil {
		return nil, err
	}
	j := b.Journal(s)
	w := watch.New(c, watch.Options{Every: time.Duration(b.every.Load()), Predecessors: b.predecessors(ctx, j), Now: b.now})
	noted := func(job pipeline.Job) pipeline.Job {
		job.StartedBy = cmp.Or(job.StartedBy, j.StartedBy(job))
		if err := j.Note(job); err != nil {
			b.logger.Error("journal", "server", s.Name, "error", err)
		}
		return job
	}
	return Server{c, follower{Watcher: w, noted: noted}, j, b.by}, nil
}

// Journal opens the journal of the jobs of a server. What is wrong with it is logged: what
// is new is kept all the same.
func (b *Backend) Journal(s source.Source) *journal.Journal {
	j, err := journal.Open(filepath.Join(b.home, "servers", s.ID+".json"))
	if err != nil {
		b.logger.Error("journal", "server", s.Name, "error", err)
	}
	return j
}

// TestServer probes a server.
func (b *Backend) TestServer(ctx context.Context, s source.Server, password string) source.Report {
	c, err := b.Connect(s, Dial{Secret: secret.Of(password)})
	if err != nil {
		return source.Report{Reachable: source.NotChecked, Authorised: source.NotChecked, Feature: source.NotChecked, Err: err}
	}
	defer c.CloseIdleConnections()
	r := c.Probe(ctx)
	return source.Report{
		Took: r.Took, Reachable: source.Verdict(r.Reachable), Authorised: source.Verdict(r.Authorised), Feature: source.Verdict(r.Feature),
		Job: r.Job, Product: r.Product.Name, Version: r.Product.Version, Warnings: r.Warnings, Err: r.Err,
	}
}

// NormalizeProxy is the client's.
func (b *Backend) NormalizeProxy(address string) (string, error) {
	return client.NormalizeProxy(address)
}

// NormalizeURL is the client's.
func (b *Backend) NormalizeURL(url string) (string, error) { return client.NormalizeBaseURL(url) }
