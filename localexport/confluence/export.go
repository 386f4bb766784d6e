package confluence

import (
	"context"
	"errors"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"sluice/figures"
	"sluice/localexport/pace"
	"sluice/localexport/record"
	"sluice/localexport/snapshot"
	"sluice/localexport/wallclock"
)

// Export writes the five files. On cancellation it returns within half a
// second with an error that wraps context.Canceled.
//
// With Options.SkipBadRows the file RejectedName may come in addition. It is
// written along with the others.
func Export(ctx context.Context, s *snapshot.Snapshot, o Options, open Sink, c *Counters) (Result, error) {
	return exportAs(ctx, o.format(), s, o, open, c)
}

// exportAs is Export in a format.
func exportAs(ctx context.Context, format record.Format, s *snapshot.Snapshot, o Options, open Sink, c *Counters) (_ Result, err error) {
	e := &exporter{s: s, o: o, c: counters(c), pace: pace.New(o.CPUShare), format: format}
	if err := e.redact(o.Redaction); err != nil {
		return Result{}, err
	}
	if err := e.prepare(ctx); err != nil {
		return Result{}, exportError(s, "", err)
	}
	e.openFile()
	if e.file != nil {
		defer e.file.Close()
	}
	r := Result{From: e.plan.From, Location: e.plan.Location, BaseURL: e.plan.BaseURL, OptedOut: e.told(e.spaces.keys)}
	files, err := e.files(ctx)
	if err != nil {
		return r, exportError(s, "", err)
	}
	rejected := newRejections(o, open)
	defer func() { err = errors.Join(err, rejected.close()) }()
	if err := rejected.write(e.rejected); err != nil {
		return r, exportError(s, RejectedName, err)
	}
	for i, f := range files {
		e.c.Files[i].Ranges.Store(int64(len(f.splits) - 1))
	}
	for i, f := range files {
		if len(o.Only) > 0 && !slices.Contains(o.Only, FileNames[i]) {
			continue
		}
		done, err := e.write(ctx, i, f, open, rejected)
		if err != nil {
			return r, exportError(s, FileNames[i], err)
		}
		r.Files = append(r.Files, done...)
		r.Rows += done[0].Rows
	}
	r.Entities = r.Rows
	if done, some, err := rejected.commit(&e.notes); err != nil {
		return r, exportError(s, RejectedName, err)
	} else if some {
		r.Files = append(r.Files, done)
	}
	if n := len(e.spaces.keys); n > 0 {
		e.notes.say(KeySpacesOptedOut, "%d spaces are excluded from exports in Confluence and were left out, with their pages, comments and events: %s.",
			figures.N(n), strings.Join(r.OptedOut[:min(n, 5)], ", "))
	}
	if r.Newest, err = e.newest(ctx); err != nil {
		return r, exportError(s, "", err)
	}
	if e.redaction != nil {
		r.Redaction = e.redaction.record
	}
	e.notes.judgeBodies(e.c.Files[filePages].Rows.Load() + e.c.Files[fileComments].Rows.Load())
	r.Warnings = append(e.plan.Warnings, e.notes.diagnostics()...)
	return r, nil
}

// prepare resolves the options and loads what several files need.
func (e *exporter) prepare(ctx context.Context) error {
	var err error
	if e.plan, err = MakePlan(ctx, e.s, e.o, e.c); err != nil {
		return err
	}
	e.zone = wallclock.NewZone(e.plan.Zone)
	e.from = unixOf(e.plan.From)
	e.address = addresses{base: e.plan.BaseURL, form: e.o.PageURLs}
	e.shared, e.accepted = e.share(), e.o.accepted()
	if err := e.findKeys(ctx); err != nil {
		return err
	}
	if e.users, err = e.readUsers(ctx); err != nil {
		return err
	}
	if e.spaceOrder, err = e.s.Order(ctx, e.s.Table("spaces"), "spaceid", e.sorting()); err != nil {
		return err
	}
	if err := e.readHidden(ctx); err != nil {
		return err
	}
	e.rejectAll("spaces", e.spaceOrder.Bad)
	if e.spaces, err = e.readSpaces(ctx, e.spaceOrder); err != nil {
		return err
	}
	e.c.Files[fileUsers].Expected.Store(e.users.count)
	e.c.Files[fileSpaces].Expected.Store(int64(len(e.spaces.byID)-len(e.spaces.keys)) - e.spaces.excludedCount())
	for i := filePages; i < fileCount; i++ {
		e.c.Files[i].Expected.Store(-1)
	}
	e.labels, err = e.readLabels(ctx)
	e.c.Sorted.Store(e.c.SortTotal.Load())
	return err
}

// findKeys finds out, or sorts, in which order the rows of the large tables
// come.
func (e *exporter) findKeys(ctx context.Context) error {
	g, inner := errgroup.WithContext(ctx)
	g.SetLimit(e.o.workers())
	g.Go(func() (err error) {
		e.content, err = e.s.Order(inner, e.s.Table("content"), "contentid", e.sorting())
		return err
	})
	g.Go(func() (err error) {
		e.bodies, err = e.findBodies(inner)
		return err
	})
	if t := e.s.Table("AO_7B47A5_EVENT"); t != nil {
		g.Go(func() (err error) {
			e.events, err = e.s.Order(inner, t, "ID", e.sorting())
			return err
		})
	} else {
		e.notes.say(KeyMissingTable, "The snapshot has no table AO_7B47A5_EVENT: analytics_events has a header only.")
	}
	if err := g.Wait(); err != nil {
		return err
	}
	if e.content.Sorted() {
		e.notes.saySorted(e.content.Table.Name, "contentid")
	}
	e.rejectAll("pages, comments", e.content.Bad)
	e.rejectAll("pages, comments", e.bodies.bad)
	if e.events != nil {
		e.rejectAll("analytics_events", e.events.Bad)
	}
	if e.bodies.index == "" {
		e.notes.saySorted(e.bodies.table.Name, "contentid")
	}
	if e.events != nil && e.events.Sorted() {
		e.notes.saySorted(e.events.Table.Name, "ID")
	}
	return nil
}
