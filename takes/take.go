// Package takes makes a private snapshot of what administrators have: a dump, a
// backup or a running database of Confluence. The snapshot is a SQLite file that
// holds what an export reads and nothing else; package localexport exports it.
package takes

import (
	"context"
	"errors"
	"io"
	"sync/atomic"
	"time"

	"sluice/localexport/disk"
	"sluice/takes/dbfile"
	"sluice/takes/feed"
	"sluice/takes/throttle"
	"sluice/wording"
)

// Options say how a snapshot is taken.
type Options struct {
	// Schema is the schema to take the tables from; empty means the only one
	// that holds them.
	Schema string
	// Replace allows a snapshot in place of an existing file, which stays
	// until the new one is complete.
	Replace bool
	// Refresh takes the snapshot at out again, in its place. Of a running database
	// only what changed is read; where that is not possible all is, and a note of
	// the Report says why.
	Refresh bool
	// whole says why everything is read, although only what changed was asked for;
	// "" otherwise.
	whole string
	// Version is that of the program, for the snapshot.
	Version string
	// Database says how a running database is reached.
	Database Database
	// MaxRate bounds how many bytes of the source are read in a second; 0 means
	// any number.
	MaxRate int64
	// Load is the percentage of the time in which the source is read, with
	// pauses between; 0 and 100 mean all of it.
	Load int
	// Stdin is read for the source "-".
	Stdin io.Reader
	// Progress, if not nil, is told how far the work is, about ten times a
	// second, from another goroutine.
	Progress func(Progress)
	Now      func() time.Time // nil: time.Now
}

func (o Options) limits() throttle.Limits { return throttle.Limits{Rate: o.MaxRate, Load: o.Load} }

// Progress is how far the taking of a snapshot is.
type Progress struct {
	Read  int64  // bytes of the source
	Total int64  // bytes that it has; 0 if not known
	About bool   // Total is an estimate of the source
	Table string // that is being read
	// Waiting is true when all is read and the snapshot of before, whose place
	// the new one takes, is still being exported.
	Waiting bool
	Rows    int64 // written so far
	// Open is how long the transaction of a running database has been open; 0
	// if none is.
	Open time.Duration
	// Finishing is true once everything is read: keys are built, and the file is
	// written to disk.
	Finishing bool
}

// Report is what was taken. Its JSON is what "sluice snapshot --json" prints.
type Report struct {
	Path     string         `json:"path"`
	Bytes    int64          `json:"bytes"`
	Kind     string         `json:"kind"`
	Place    string         `json:"source"`
	Tool     string         `json:"tool,omitempty"`
	TimeZone string         `json:"databaseTimeZone,omitempty"`
	Taken    time.Time      `json:"taken"`
	Tables   []dbfile.Count `json:"tables"`
	// Changes are those of a snapshot that was taken again by what changed; nil if
	// all was read. Read is how many bytes came from a running database.
	Changes []dbfile.Change `json:"changes,omitempty"`
	Read    int64           `json:"bytesRead,omitempty"`
	// Partial says, in sentences, what a source of this kind lacks.
	Partial []string `json:"partial,omitempty"`
	// Doubts say what may be missing or wrong.
	Doubts []string `json:"warnings,omitempty"`
	Notes  []string `json:"notes,omitempty"`
}

// progressInterval is how often Options.Progress is called.
const progressInterval = 100 * time.Millisecond

// Take takes a snapshot of the source into the file at out. The source is a
// file, a folder, "-", the address of a PostgreSQL, MySQL or MariaDB database, or the
// confluence.cfg.xml that names it (Resolve tells them apart).
// An error that wraps feed.ErrDamaged says what is wrong with the source. Nothing
// is left at out or beside it after an error, and a file that was there is
// untouched.
func Take(ctx context.Context, source, out string, o Options) (Report, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if err := disk.Nowhere(out); err != nil { // before a server is asked for anything
		return Report{}, err
	}
	target, err := locate(source, o.Database)
	switch {
	case err != nil:
		return Report{}, err
	case target.Product == PostgreSQL:
		return takePostgres(ctx, target, out, o)
	case target.Product == MySQL:
		return takeMySQL(ctx, target, out, o)
	case o.Refresh:
		o = o.wholly(whyAll(out))
	}
	return takeFile(ctx, source, out, o)
}

// takeFile takes a snapshot of a dump or backup.
func takeFile(ctx context.Context, source, out string, o Options) (Report, error) {
	in, err := open(ctx, source, o)
	if err != nil {
		return Report{}, wording.Errorf("snapshot of %s: %w", in.place, err)
	}
	defer in.close()
	if err := in.refuseItself(out); err != nil {
		return Report{}, err
	}
	file, err := dbfile.Create(ctx, out, o.Schema, o.Replace)
	if err != nil {
		return Report{}, err
	}
	file.Waiting = func() { in.waiting.Store(true) }
	defer in.watch(o.Progress)()
	origin, err := in.kind.read(in, &watched{file, in})
	var report Report
	if err == nil {
		origin.Place = in.place
		report, err = finish(file, in, origin, o)
	}
	if err != nil {
		return Report{}, wording.Errorf("snapshot of %s: %w", in.place, errors.Join(err, file.Abort()))
	}
	return report, nil
}

// finish completes the file of a source that was read.
func finish(file written, in *input, origin dbfile.Origin, o Options) (Report, error) {
	in.finishing.Store(true)
	if o.whole != "" {
		file.Note(feed.Note{Text: wording.Of("Everything was read: %s.", o.whole).String()})
	}
	origin.Taken, origin.Sluice = o.Now().UTC().Truncate(time.Second), o.Version
	done, err := file.Finish(origin)
	if err != nil {
		return Report{}, err
	}
	r := Report{Path: done.Path, Bytes: done.Bytes, Kind: origin.Kind, Place: origin.Place, Tool: origin.Tool,
		TimeZone: origin.TimeZone, Taken: origin.Taken, Tables: done.Counts, Changes: done.Changes, Partial: origin.Lacks}
	for _, n := range done.Notes {
		if n.Doubt {
			r.Doubts = append(r.Doubts, n.Text)
		} else {
			r.Notes = append(r.Notes, n.Text)
		}
	}
	return r, nil
}

// watched passes on what a source hands over, and notes how far it is.
type watched struct {
	*dbfile.File
	in *input
}

// Table implements feed.Sink.
func (w *watched) Table(t feed.Table) (feed.Rows, error) {
	rows, err := w.File.Table(t)
	if rows == nil || err != nil {
		return nil, err
	}
	w.in.table.Store(&t.Name)
	return &watchedRows{rows, &w.in.rows}, nil
}

type watchedRows struct {
	feed.Rows
	n *atomic.Int64
}

// Row implements feed.Rows.
func (w *watchedRows) Row(values []feed.Value) error {
	w.n.Add(1)
	return w.Rows.Row(values)
}
