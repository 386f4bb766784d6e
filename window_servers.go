//go:build !headless

package main

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
	"sluice/ui"
)

// serverEngine runs the exports of a server. Its history is a journal of ours.
type serverEngine struct {
	*client.Client
	follower
	*journal.Journal
}

var _ pipeline.Historian = serverEngine{}

// Start is the client's. The job that the answer names is noted: the status may
// never tell of it.
func (e serverEngine) Start(ctx context.Context, r pipeline.Request) (pipeline.Job, error) {
	job, err := e.Client.Start(ctx, r)
	e.noted(pipeline.Answered(job, err))
	return job, err
}

// Close ends the connections. What runs on the server goes on.
func (e serverEngine) Close(context.Context) error {
	e.CloseIdleConnections()
	return nil
}

func (b *backend) newClient(s source.Server, password string) (*client.Client, error) {
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
func (b *backend) headersOf(s source.Server) (http.Header, error) {
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
func (b *backend) OpenServer(ctx context.Context, s source.Source, secret string) (ui.Engine, error) {
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
	return serverEngine{c, follower{Watcher: w, noted: noted}, j}, nil
}

// TestServer probes a server.
func (b *backend) TestServer(ctx context.Context, s source.Server, secret string) ui.Report {
	c, err := b.newClient(s, secret)
	if err != nil {
		return ui.Report{Reachable: ui.NotChecked, Authorised: ui.NotChecked, Feature: ui.NotChecked, Err: err}
	}
	defer c.CloseIdleConnections()
	r := c.Probe(ctx)
	return ui.Report{
		Took: r.Took, Reachable: ui.Verdict(r.Reachable), Authorised: ui.Verdict(r.Authorised), Feature: ui.Verdict(r.Feature),
		Job: r.Job, Product: r.Product.Name, Version: r.Product.Version, Warnings: r.Warnings, Err: r.Err,
	}
}

// NormalizeURL is the client's.
func (b *backend) NormalizeURL(url string) (string, error) { return client.NormalizeBaseURL(url) }

// Secret reads the secret of a server. Where there is no keyring, the window
// asks in each session.
func (b *backend) Secret(ctx context.Context, account string) (string, error) {
	s, err := b.secrets.Get(ctx, account)
	var unavailable *secret.UnavailableError
	switch {
	case errors.Is(err, secret.ErrNotFound):
		return "", ui.ErrNoSecret
	case errors.As(err, &unavailable):
		return "", fmt.Errorf("%w (%w)", ui.ErrNoSecret, err)
	}
	return s, err
}

// KeepSecret keeps the secret of a server.
func (b *backend) KeepSecret(ctx context.Context, account, s string) (kept bool, err error) {
	place, err := b.secrets.Set(ctx, account, s)
	var unavailable *secret.UnavailableError
	if errors.As(err, &unavailable) {
		b.logger.Debug("keyring", "error", err)
		err = nil
	}
	return place == secret.Keyring, err
}

// ForgetSecret removes the secret of a server.
func (b *backend) ForgetSecret(ctx context.Context, account string) error {
	return b.secrets.Delete(ctx, account)
}

// KeyringWorks tells whether the keyring can be used.
func (b *backend) KeyringWorks(ctx context.Context) bool { return b.secrets.Available(ctx) == nil }
