//go:build !headless

package main

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"time"

	"sluice/client/watch"
	"sluice/localexport"
	"sluice/localexport/confluence"
	"sluice/localexport/demo"
	"sluice/localexport/jobfiles"
	"sluice/localexport/snapshot"
	"sluice/pipeline"
	"sluice/secret"
	"sluice/source"
	"sluice/ui"
	"sluice/ui/present"
	"sluice/ui/session"
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
	_ pipeline.Reacher    = localEngine{}
)

func newBackend(home, version string, logger *slog.Logger) *backend {
	return &backend{home: home, version: version, logger: logger, secrets: secret.New(secret.Service, 0)}
}

// follower makes a watch.Watcher what the window needs.
type follower struct {
	*watch.Watcher
	noted func(pipeline.Job) // nil, or called with the job of each new state, before it is told
	// quiet tells only what has changed: when the status was read last is no news of a
	// file on this computer, which is read every few seconds.
	quiet bool
}

// Watch tells every new state until ctx ends.
func (f follower) Watch(ctx context.Context, tell func(pipeline.State)) {
	states, stop := f.Subscribe()
	defer stop()
	go f.Run(ctx)
	var told *pipeline.State
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
			if f.quiet && told != nil && sameNews(*told, s) {
				continue
			}
			told = &s
			tell(pipeline.State(s))
		}
	}
}

// sameNews reports whether two states differ at most in when they were read; that
// one was read at all is news.
func sameNews(a, b pipeline.State) bool {
	if a.Known() != b.Known() {
		return false
	}
	a.At, a.Next = b.At, b.Next
	return reflect.DeepEqual(a, b)
}

// localEngine runs the exports of a snapshot.
type localEngine struct {
	*localexport.Exporter
	follower
	site localexport.Site
}

// Reach tells how far the last export of the site reaches.
func (e localEngine) Reach(ctx context.Context) (pipeline.Reach, error) { return e.LastOf(ctx, e.site) }

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
	// At rest only what another process does in the home can change, and each look wakes
	// the processor up: most of what a window with a snapshot costs.
	w := watch.New(e, watch.Options{Fast: 150 * time.Millisecond, Slow: time.Second, Idle: 10 * time.Second, Backoff: 10 * time.Second, Patience: -1,
		Predecessors: b.predecessors(ctx, e)})
	info := infoOf(i)
	info.Diagnostics = append(info.Diagnostics, e.Warnings()...)
	site := localexport.Site{BaseURL: cmp.Or(s.Local.BaseURL, i.BaseURL), Newest: i.Newest}
	return localEngine{e, follower{Watcher: w, quiet: true}, site}, info, nil
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
		Bytes: i.Bytes, Storage: i.Storage, Diagnostics: i.Diagnostics, Origin: originOf(i.Origin)}
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
