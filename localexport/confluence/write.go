package confluence

import (
	"context"
	"errors"
	"math"

	"sluice/columns"
	"sluice/localexport/product"
	"sluice/localexport/record"
	"sluice/localexport/sqlitefile"
)

// The sizes of the table that a worker reads at once, chosen so that their
// records fill a chunk of CSV or so.
const (
	pageRange    = 32 * 4096
	commentRange = 256 * 4096
	eventRange   = 128 * 4096
)

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

// write writes one file, in each of the formats.
func (e *exporter) write(ctx context.Context, i int, f file, open Sink, rejected *rejections) (_ []FileResult, err error) {
	counter := &e.c.Files[i]
	counter.State.Store(product.FileWriting)
	to, err := openEach(open, FileNames[i], e.o.formats())
	defer func() {
		err = errors.Join(err, to.close())
		if err == nil {
			counter.State.Store(product.FileDone)
		}
	}()
	if err != nil {
		return nil, err
	}
	out := &writing{table: columns.Confluence[i], counter: counter, rejected: rejected}
	from, err := out.begin(to, e.format)
	if err != nil {
		return nil, err
	}
	after := int64(math.MinInt64)
	if from != nil {
		after = from.After
		e.changes.partly = true
	}
	if from != nil && from.Done {
		counter.RangesDone.Store(counter.Ranges.Load())
	} else if err := e.writeRanges(ctx, f, after, out); err != nil {
		return nil, err
	}
	if err := to.commit(); err != nil {
		return nil, err
	}
	if e.redaction != nil {
		e.redaction.done(i, &out.notes)
	}
	e.notes.merge(out.notes)
	counter.Expected.Store(counter.Rows.Load())
	return to.results(e.table(i), counter.Rows.Load()), nil
}

// writeRanges writes the records of the keys above after.
func (e *exporter) writeRanges(ctx context.Context, f file, after int64, w *writing) error {
	if f.open != nil {
		left, before := rest(f.splits, after)
		w.counter.RangesDone.Store(int64(before))
		w.ahead.begin(int64(before), w.counter.Rows.Load())
		p := &ordered{splits: left, pace: e.pace, done: w.rangeDone, rejected: w.reject, put: w.put,
			encoder: func() record.Encoder { return e.format.Encoder(w.table) }}
		p.open = func(ctx context.Context, r *sqlitefile.Reader, n *notes) (reader, error) {
			return e.openReader(ctx, r, n, f.open)
		}
		if !f.sqlite {
			p.file = e.file
		}
		if err := p.run(ctx, e.o.workers()); err != nil {
			return err
		}
	}
	if err := w.end(); err != nil {
		return err
	}
	// Before the file counts as complete: it must be of one state of the snapshot,
	// the same as the files before it.
	if err := e.s.Unchanged(); err != nil {
		return err
	}
	w.keep(math.MaxInt64, nil, true)
	return nil
}
