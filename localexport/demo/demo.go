// Package demo writes a demo snapshot, or a dump of one: a SQLite file with the tables, columns, keys and indexes of a
// Confluence Data Center database (build 9012, the 8.5 line) and made-up content in every state that an
// export has to tell apart.
//
//	summary, err := demo.Write(ctx, "demo.db", demo.Options{Pages: 3000, Seed: 1})
//
// The same options give the same bytes on every run. Memory stays flat whatever the number of pages: rows
// are streamed in the order of the site's life, and what is remembered about it is bounded.
package demo

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"sluice/localexport/demo/dumps"
	"sluice/wording"
)

const (
	// TimeZone is the IANA name of the zone in which the demo site's server keeps its time stamps.
	TimeZone = "Europe/Berlin"
	// BaseURL is the address that the demo site has in its global settings.
	BaseURL = "https://wiki.example.com"
	// BuildNumber is the demo site's Confluence build, the 8.5 line.
	BuildNumber = 9012
	// MaxPages is the largest number of pages that Write accepts.
	MaxPages = 100_000_000
)

// Options say what a demo snapshot holds. The zero value is not valid: Pages must be at least 1.
type Options struct {
	// Pages is the number of live pages and blog posts together, 1 to MaxPages. Comments come to about
	// three quarters of it and analytics events to about five times as many. 100,000 pages take about 850 MB.
	Pages int
	// Seed chooses the content. The same Pages, Seed and Inconsistent give the same bytes.
	Seed int64
	// Inconsistent leaves rows out of the index on bodycontent(contentid), which an export reads: about one
	// live page in a thousand and at least three (or all, if there are fewer). Everything else is intact.
	Inconsistent bool
	// Overwrite replaces an existing file, and an unfinished one left behind by a killed run.
	Overwrite bool
	// As is the form of the file; empty means a SQLite file. A dump is made of a SQLite file in a temporary folder
	// beside it.
	As dumps.Form
	// Progress, if not nil, is told how far the work has come, at most about ten times a second and once at
	// the end with done == total. The unit is one page; building the indexes counts as some pages more.
	Progress func(done, total int64)
}

func (o Options) validate() error {
	if o.Pages < 1 || o.Pages > MaxPages {
		return wording.Errorf("number of pages is %d: it must be between 1 and %d", o.Pages, MaxPages)
	}
	if o.Inconsistent && !o.isSQLite() {
		return wording.New("only a SQLite file has indexes that can be inconsistent")
	}
	return nil
}

func (o Options) isSQLite() bool { return o.As == "" || o.As == dumps.SQLite }

// Summary counts what a demo snapshot holds.
type Summary struct {
	LivePages    int64 // live pages that have a space, without blog posts
	BlogPosts    int64 // live blog posts; LivePages+BlogPosts is Options.Pages
	Comments     int64 // live comments on live pages, on live blog posts and on their attachments
	Events       int64 // analytics events with one of the nine documented names
	OtherEvents  int64 // analytics events with other names, which an export leaves out
	Users        int64 // rows of user_mapping
	Spaces       int64 // rows of spaces
	ContentRows  int64 // rows of content in any state
	IndexMissing int64 // rows that the index on bodycontent(contentid) lacks; 0 unless Options.Inconsistent
	Newest       time.Time
	Bytes        int64 // size of the file
}

// Write makes a demo snapshot at path with mode 0600. It is written to path+".partial", synced to disk and
// renamed when it is complete; on an error or when ctx is done, the partial file is removed.
//
// Indexes are sorted in temporary files in SQLite's usual places ($SQLITE_TMPDIR, $TMPDIR, /var/tmp, /tmp), which
// take less than a tenth of the snapshot's size.
//
// An existing file is refused with an error that matches [os.ErrExist], unless Options.Overwrite is set.
// Cancellation returns an error that matches ctx.Err().
func Write(ctx context.Context, path string, o Options) (Summary, error) {
	return write(ctx, path, o, 100*time.Millisecond)
}

// write is Write with the shortest time between two calls of Progress.
func write(ctx context.Context, path string, o Options, interval time.Duration) (Summary, error) {
	if err := o.validate(); err != nil {
		return Summary{}, wording.Errorf("demo snapshot %s: %w", path, err)
	}
	out, err := createPartial(path, o.Overwrite)
	if err != nil {
		return Summary{}, err
	}
	progress := newProgress(o, interval)
	var summary Summary
	if o.isSQLite() {
		summary, err = fill(ctx, out.Name(), o, progress)
	} else {
		summary, err = fillDump(ctx, out, o, progress)
	}
	if err != nil {
		if ctx.Err() != nil && !errors.Is(err, ctx.Err()) {
			err = ctx.Err() // the interrupted statement's own error says nothing more
		}
		return Summary{}, errors.Join(wording.Errorf("write demo snapshot %s: %w", path, err), out.discard())
	}
	progress.finish()
	summary.Bytes, err = out.commit()
	if err != nil {
		return Summary{}, errors.Join(err, out.discard())
	}
	return summary, nil
}

// fillDump writes the demo in another form, of a SQLite file that is then removed.
func fillDump(ctx context.Context, out *partial, o Options, progress *progress) (summary Summary, err error) {
	folder, err := os.MkdirTemp(filepath.Dir(out.final), ".sluice-demo-*")
	if err != nil {
		return Summary{}, wording.Errorf("make a temporary folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	path := filepath.Join(folder, "demo.db")
	if summary, err = fill(ctx, path, o, progress); err != nil {
		return Summary{}, err
	}
	return summary, dumps.Write(ctx, path, out.OS(), o.As)
}
