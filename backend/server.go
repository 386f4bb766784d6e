package backend

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"sluice/client"
	"sluice/client/journal"
	"sluice/client/watch"
	"sluice/pipeline"
	"sluice/secret"
	"sluice/source"
)

// Server runs the exports of a server. Its history is a journal of ours.
type Server struct {
	*client.Client
	follower
	*journal.Journal
}

var _ pipeline.Historian = Server{}

// Start is the client's. The job that the answer names is noted: the status may
// never tell of it.
func (e Server) Start(ctx context.Context, r pipeline.Request) (pipeline.Job, error) {
	job, err := e.Client.Start(ctx, r)
	e.noted(pipeline.Answered(job, err))
	return job, err
}

// Close ends the connections. What runs on the server goes on.
func (e Server) Close(context.Context) error {
	e.CloseIdleConnections()
	return nil
}

func (b *Backend) newClient(s source.Server, password string) (*client.Client, error) {
	o := client.Options{BaseURL: s.URL, CAFile: s.CAFile, CertFile: s.CertFile, KeyFile: s.KeyFile, Insecure: s.Insecure,
		UserAgent: "Sluice/" + b.version, Logger: b.logger}
	header, err := b.headersOf(s)
	if err != nil {
		return nil, err
	}
	o.Header = header
	if s.User == "" {
		o.Token = secret.Of(password)
	} else {
		o.User, o.Password = s.User, secret.Of(password)
	}
	return client.New(o)
}

// headersOf reads the file with the headers that a server wants with every request.
func (b *Backend) headersOf(s source.Server) (http.Header, error) {
	if s.Headers == "" {
		return nil, nil
	}
	info, err := os.Stat(s.Headers)
	if err == nil && info.Size() > client.LongestHeaderFile {
		err = errors.New("it is far too long for headers")
	}
	var text []byte
	if err == nil {
		text, err = os.ReadFile(s.Headers)
	}
	if err != nil {
		return nil, fmt.Errorf("read the file with headers: %w", err)
	}
	if w := secret.Exposed(s.Headers, info); w != "" {
		b.logger.Warn(w)
	}
	header, err := client.ParseHeader(string(text))
	if err != nil {
		return nil, fmt.Errorf("the file with headers %s: %w", s.Headers, err)
	}
	return header, nil
}

// OpenServer makes the client of a server, and opens the journal of its jobs.
func (b *Backend) OpenServer(ctx context.Context, s source.Source, secret string) (source.Engine, error) {
	c, err := b.newClient(s.Server, secret)
	if err != nil {
		return nil, err
	}
	j, err := journal.Open(filepath.Join(b.home, "servers", s.ID+".json"))
	if err != nil { // what is new is kept all the same
		b.logger.Error("journal", "server", s.Name, "error", err)
	}
	w := watch.New(c, watch.Options{Predecessors: b.predecessors(ctx, j)})
	noted := func(job pipeline.Job) {
		if err := j.Note(job); err != nil {
			b.logger.Error("journal", "server", s.Name, "error", err)
		}
	}
	return Server{c, follower{Watcher: w, noted: noted}, j}, nil
}

// TestServer probes a server.
func (b *Backend) TestServer(ctx context.Context, s source.Server, secret string) source.Report {
	c, err := b.newClient(s, secret)
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

// NormalizeURL is the client's.
func (b *Backend) NormalizeURL(url string) (string, error) { return client.NormalizeBaseURL(url) }
