//go:build !headless

package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"sluice/client"
	"sluice/client/journal"
	"sluice/client/watch"
	"sluice/localexport"
	"sluice/localexport/confluence"
	"sluice/localexport/demo"
	"sluice/localexport/jobfiles"
	"sluice/localexport/snapshot"
	"sluice/pipeline"
	"sluice/secret"
	"sluice/ui"
	"sluice/ui/present"
	"sluice/ui/session"
	"sluice/ui/source"
	"sluice/ui/texts"
)

// backend hands the engines to the window.
type backend struct {
	home    string
	version string
	logger  *slog.Logger
	secrets *secret.Store
}

var (
	_ ui.Backend   = (*backend)(nil)
	_ ui.Servers   = (*backend)(nil)
	_ ui.Manifests = (*backend)(nil)

	_ session.SpaceTeller = localEngine{}
)

func newBackend(home, version string, logger *slog.Logger) *backend {
	return &backend{home: home, version: version, logger: logger, secrets: secret.New(secret.Service, 0)}
}

// follower makes a watch.Watcher what the window needs.
type follower struct {
	*watch.Watcher
	noted func(pipeline.Job) // nil, or called with the job of each new state, before it is told
}

// Watch tells every new state until ctx ends.
func (f follower) Watch(ctx context.Context, tell func(present.State)) {
	states, stop := f.Subscribe()
	defer stop()
	go f.Run(ctx)
	for {
		select {
		case <-ctx.Done():
			return
		case s, open := <-states:
			if !open {
				return
			}
			if f.noted != nil {
				f.noted(s.Job)
			}
			tell(present.State(s))
		}
	}
}

// localEngine runs the exports of a snapshot.
type localEngine struct {
	*localexport.Exporter
	follower
}

// OpenLocal inspects a snapshot and opens the exporter over it. Its status is
// read often: it is in a file on this computer.
func (b *backend) OpenLocal(ctx context.Context, s source.Source) (ui.Engine, ui.Info, error) {
	i, err := snapshot.Inspect(ctx, s.Snapshot, snapshot.InspectOptions{})
	if err != nil {
		return nil, ui.Info{}, err
	}
	free, err := present.ParseSize(s.Local.MinFreeSpace)
	if err != nil {
		return nil, ui.Info{}, fmt.Errorf("minimum free space of %s: %w", s.Name, err)
	}
	share, err := present.ParseShare(s.Local.CPUShare)
	if err != nil {
		return nil, ui.Info{}, fmt.Errorf("settings of %s: %w", s.Name, err)
	}
	e, err := localexport.Open(ctx, localexport.Options{
		Home: s.Home, Snapshot: s.Snapshot, TimeZone: s.Local.TimeZone, BaseURL: s.Local.BaseURL,
		FullContent: s.Local.FullContent, PreserveLineBreaks: s.Local.PreserveLineBreaks,
		Rules: confluence.Options{KeepNUL: s.Local.KeepNUL, SkipBadRows: s.Local.SkipBadRows,
			StatuslessContent: s.Local.Statusless, ArchivedContent: s.Local.Archived},
		LineBreakEscape: s.Local.LineBreakEscape, MinFreeSpace: free, CPUShare: share, Version: b.version, Logger: b.logger,
	})
	if err != nil {
		return nil, ui.Info{}, err
	}
	w := watch.New(e, watch.Options{Fast: 150 * time.Millisecond, Slow: time.Second, Idle: 3 * time.Second, Backoff: 10 * time.Second, Patience: -1,
		Predecessors: b.predecessors(ctx, e)})
	info := infoOf(i)
	info.Diagnostics = append(info.Diagnostics, e.Warnings()...)
	return localEngine{e, follower{Watcher: w}}, info, nil
}

// predecessors are the durations by which a watcher judges whether a job takes too
// long. It adds those that it sees itself.
func (b *backend) predecessors(ctx context.Context, h pipeline.Historian) func() []time.Duration {
	const runs = 50
	jobs, err := h.Jobs(ctx, runs)
	if err != nil {
		b.logger.Warn("read earlier jobs", "error", err)
	}
	known := watch.Durations(jobs)
	return func() []time.Duration { return known }
}

func infoOf(i snapshot.Inspection) ui.Info {
	info := ui.Info{Product: i.Product, Version: i.Version, BaseURL: i.BaseURL, Newest: i.Newest, NewestAbout: i.Counts.Estimated, TimeZone: i.TimeZone,
		Bytes: i.Bytes, Storage: i.Storage, Diagnostics: i.Diagnostics}
	if i.Build != 0 {
		info.Build = strconv.FormatInt(i.Build, 10)
	}
	c, t := i.Counts, texts.T.Page
	info.Counts = []ui.Count{
		{Name: t.Users, N: c.Users}, {Name: t.Spaces, N: c.Spaces},
		{Name: t.Pages, N: c.Pages, Estimated: c.Estimated}, {Name: t.Comments, N: c.Comments, Estimated: c.Estimated},
		{Name: t.Events, N: c.Events},
	}
	return info
}

// demoPages is how large the demo of the first start is.
const demoPages = 3000

// MakeDemo writes the demo below the home, once. What a killed run has left is
// written anew.
func (b *backend) MakeDemo(ctx context.Context, progress func(done, total int64)) (string, error) {
	if err := os.MkdirAll(b.home, 0o700); err != nil {
		return "", fmt.Errorf("make the home of the demo: %w", err)
	}
	path := filepath.Join(b.home, "demo.db")
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	_, err := demo.Write(ctx, path, demo.Options{Pages: demoPages, Seed: 1, Overwrite: true, Progress: progress})
	if err != nil {
		return "", fmt.Errorf("write the demo snapshot: %w", err)
	}
	return path, nil
}

// Manifest reads what a completed export has written down about its files.
func (b *backend) Manifest(dir string) ([]pipeline.File, error) {
	m, err := jobfiles.ReadManifest(dir)
	if err != nil {
		return nil, err
	}
	return m.Listed(dir), nil
}

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
	o := client.Options{BaseURL: s.URL, CAFile: s.CAFile, Insecure: s.Insecure, UserAgent: "Sluice/" + b.version, Logger: b.logger}
	if s.User == "" {
		o.Token = secret.Of(password)
	} else {
		o.User, o.Password = s.User, secret.Of(password)
	}
	return client.New(o)
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
	return serverEngine{c, follower{w, noted}, j}, nil
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
