package confluence

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"sluice/figures"
	"sluice/localexport/pace"
	"sluice/localexport/product"
	"sluice/localexport/snapshot"
	"sluice/localexport/sqlitefile"
	"sluice/localexport/sqlread"
	"sluice/localexport/wallclock"
)

// The sizes of the table that a worker reads at once, chosen so that their
// records fill a buffer or so.
const (
	pageRange    = 32 * 4096
	commentRange = 256 * 4096
	eventRange   = 128 * 4096
)

// Export writes the five files. On cancellation it returns within half a
// second with an error that wraps context.Canceled.
//
// With Options.SkipBadRows the file RejectedName may come in addition. It is
// written along with the others.
func Export(ctx context.Context, s *snapshot.Snapshot, o Options, open Sink, c *Counters) (_ Result, err error) {
	e := &exporter{s: s, o: o, c: counters(c), pace: pace.New(o.CPUShare)}
	if err := e.prepare(ctx); err != nil {
		return Result{}, exportError(s, "", err)
	}
	e.openFile()
	if e.file != nil {
		defer e.file.Close()
	}
	r := Result{From: e.plan.From, Location: e.plan.Location, BaseURL: e.plan.BaseURL, OptedOut: e.spaces.keys}
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
		r.Files = append(r.Files, done)
		r.Rows += done.Rows
	}
	r.Entities = r.Rows
	if done, some, err := rejected.commit(&e.notes); err != nil {
		return r, exportError(s, RejectedName, err)
	} else if some {
		r.Files = append(r.Files, done)
	}
	if n := len(e.spaces.keys); n > 0 {
		e.notes.say(KeySpacesOptedOut, "%d spaces are excluded from exports in Confluence and were left out, with their pages, comments and events: %s.",
			figures.N(n), strings.Join(e.spaces.keys[:min(n, 5)], ", "))
	}
	if r.Newest, err = e.newest(ctx); err != nil {
		return r, exportError(s, "", err)
	}
	e.notes.judgeBodies(e.c.Files[filePages].Rows.Load() + e.c.Files[fileComments].Rows.Load())
	r.Warnings = append(e.plan.Warnings, e.notes.diagnostics()...)
	return r, nil
}

// blame returns what is behind an error of reading the snapshot: what looks like
// damage is none if the file was changed meanwhile.
func blame(s *snapshot.Snapshot, err error) error {
	for _, target := range []error{sqlread.ErrCorrupt, sqlitefile.ErrDamaged, sqlitefile.ErrChanged} {
		if !errors.Is(err, target) {
			continue
		}
		if changed := s.Unchanged(); changed != nil {
			return changed
		}
	}
	return err
}

// exportError says which file was being written, and the snapshot unless the
// error names it.
func exportError(s *snapshot.Snapshot, file string, err error) error {
	err = blame(s, err)
	if file != "" {
		err = fmt.Errorf("%s: %w", file, err)
	}
	value, whole := new(snapshot.ValueError), new(snapshot.FileError)
	switch {
	case errors.As(err, &value):
		return fmt.Errorf("export: %w, or leave such rows out (--skip-bad-rows, or \"Leave out bad rows\" in the settings of the snapshot)", err)
	case errors.As(err, &whole):
		return fmt.Errorf("export: %w", err)
	}
	return fmt.Errorf("export %s: %w", s.Path(), err)
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
	e.instance = e.encode([]byte(e.plan.BaseURL))
	if err := e.findKeys(ctx); err != nil {
		return err
	}
	if e.users, err = e.readUsers(ctx); err != nil {
		return err
	}
	if e.spaceOrder, err = e.s.Order(ctx, e.s.Table("spaces"), "spaceid", e.sorting()); err != nil {
		return err
	}
	e.rejectAll("spaces", e.spaceOrder.Bad)
	if e.spaces, err = e.readSpaces(ctx, e.spaceOrder); err != nil {
		return err
	}
	e.c.Files[fileUsers].Expected.Store(e.users.count)
	e.c.Files[fileSpaces].Expected.Store(int64(len(e.spaces.byID) - len(e.spaces.keys)))
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
		e.notes.say(KeyMissingIndex, "%s", describe(e.content.Table.Name, "contentid"))
	}
	e.rejectAll("pages, comments", e.content.Bad)
	e.rejectAll("pages, comments", e.bodies.bad)
	if e.events != nil {
		e.rejectAll("analytics_events", e.events.Bad)
	}
	if e.bodies.index == "" {
		e.notes.say(KeyMissingIndex, "%s", describe(e.bodies.table.Name, "contentid"))
	}
	if e.events != nil && e.events.Sorted() {
		e.notes.say(KeyMissingIndex, "%s", describe(e.events.Table.Name, "ID"))
	}
	return nil
}

// file is how a file is read.
type file struct {
	splits []int64
	open   opener
	sqlite bool // SQLite reads it in any case
}

// files says how the five files are read.
func (e *exporter) files(ctx context.Context) ([fileCount]file, error) {
	var files [fileCount]file
	all := []int64{math.MinInt64, math.MaxInt64}
	files[fileUsers] = file{all, e.openUsers(ctx), true}
	files[fileSpaces] = file{all, e.openSpaces(e.spaceOrder), true}
	files[filePages] = file{open: e.openPages}
	files[fileComments] = file{open: e.openComments}
	files[fileEvents] = file{splits: all[:1]} // no range, unless there is a table
	var err error
	if files[filePages].splits, err = e.content.Splits(pageRange); err != nil {
		return files, err
	}
	if files[fileComments].splits, err = e.content.Splits(commentRange); err != nil {
		return files, err
	}
	if e.events != nil {
		files[fileEvents].open = e.openEvents
		files[fileEvents].splits, err = e.events.Splits(eventRange)
	}
	return files, err
}

// write writes one file.
func (e *exporter) write(ctx context.Context, i int, f file, open Sink, rejected *rejections) (_ FileResult, err error) {
	counter := &e.c.Files[i]
	counter.State.Store(product.FileWriting)
	w, err := open(FileNames[i])
	if err != nil {
		return FileResult{}, err
	}
	defer func() {
		if closeErr := w.Close(); err == nil {
			err = closeErr
		}
		if err == nil {
			counter.State.Store(product.FileDone)
		}
	}()
	out := &writing{counter: counter, rejected: rejected, gather: bufio.NewWriterSize(w, bufferSmall)}
	after, done := int64(math.MinInt64), false
	if keeper, ok := w.(Keeper); ok {
		out.keeper = keeper
		if from := keeper.From(); from != nil {
			if err := out.from(from); err != nil {
				return FileResult{}, err
			}
			after, done = from.After, from.Done
			e.changes.partly = true
		}
	}
	if counter.Bytes.Load() == 0 {
		head := header(i)
		if _, err := out.gather.Write(head); err != nil {
			return FileResult{}, err
		}
		counter.Bytes.Store(int64(len(head)))
	}
	if done {
		counter.RangesDone.Store(counter.Ranges.Load())
	} else if err := e.writeRanges(ctx, f, after, out); err != nil {
		return FileResult{}, err
	}
	if err := w.Commit(); err != nil {
		return FileResult{}, err
	}
	e.notes.merge(out.notes)
	counter.Expected.Store(counter.Rows.Load())
	return FileResult{Name: FileNames[i], Rows: counter.Rows.Load(), Bytes: counter.Bytes.Load()}, nil
}

// writeRanges writes the records of the keys above after.
func (e *exporter) writeRanges(ctx context.Context, f file, after int64, w *writing) error {
	if f.open != nil {
		left, before := rest(f.splits, after)
		w.counter.RangesDone.Store(int64(before))
		w.ahead.begin(int64(before), w.counter.Rows.Load())
		p := &ordered{splits: left, pace: e.pace, encoder: e.encoder(), done: w.rangeDone, rejected: w.reject, written: func(bytes int, rows int64) {
			w.counter.Bytes.Add(int64(bytes))
			w.counter.Rows.Add(rows)
		}}
		p.open = func(ctx context.Context, r *sqlitefile.Reader, n *notes) (reader, error) {
			return e.openReader(ctx, r, n, f.open)
		}
		if !f.sqlite {
			p.file = e.file
		}
		if err := p.run(ctx, e.o.workers(), w.gather); err != nil {
			return err
		}
	}
	if err := w.gather.Flush(); err != nil {
		return err
	}
	// Before the file counts as complete: it must be of one state of the snapshot,
	// the same as the files before it.
	if err := e.s.Unchanged(); err != nil {
		return err
	}
	w.keep(math.MaxInt64, true)
	return nil
}
