package pglive

import (
	"context"
	"io"
	"time"

	"sluice/takes/feed"
)

// Info is what is known about a database.
type Info struct {
	Address  string      // host, port and name
	Server   string      // version
	User     string      // as which the server knows us
	TimeZone string      // of the server
	Safety   feed.Safety // of the connection
	Standby  bool
	// State tells the moment from others; "" if the server does not tell it.
	State  string
	Tables []Table
	// Grants are the statements that would give what is missing of rights.
	Grants   []string
	Opened   time.Time     // when the transaction was
	Open     time.Duration // for how long it was, at the end
	Restarts int

	// Wire is how many bytes come in a second, measured with some that are made up.
	// Only Look tells it.
	Wire int64
}

// Table is a table that is read.
type Table struct {
	Schema, Name string
	Rows, Bytes  int64    // as the server estimates; -1 if it does not know
	Sent         int64    // about how many bytes come of it
	Denied       []string // columns that may not be read
}

// Sent is about how many bytes the tables have on the way.
func (i Info) Sent() int64 {
	var n int64
	for _, t := range i.Tables {
		n += max(0, t.Sent)
	}
	return n
}

// sent is about how many bytes the rows have on the way. A server stores long texts
// beside the rows, and compresses them; what is about as much again was measured on
// the bodies of pages.
func (r relation) sent() int64 {
	if apart := r.bytes - r.rowBytes; apart > r.rowBytes/8 {
		return r.bytes * 7 / 4
	}
	return r.bytes
}

// Look connects, checks that everything can be read, and reads no row but the few
// that few takes, such as those of builds. Marks are the tables by which a schema is
// recognised. The Info is filled as far as it goes, also with an error.
func Look(ctx context.Context, o Options, want Wanted, marks []string, few feed.Sink) (Info, error) {
	d, err := connect(ctx, o)
	if err != nil {
		return Info{}, err
	}
	defer d.close()
	tables, info, err := d.prepare(ctx, want, marks)
	if err != nil {
		return info, err
	}
	for _, r := range tables {
		if err := d.copy(ctx, r, few); err != nil {
			return info, err
		}
	}
	info.Wire, err = d.measure(ctx)
	return info, err
}

// measure has the server send a megabyte of nothing, and tells the bytes that came
// in a second.
func (d *database) measure(ctx context.Context) (int64, error) {
	began := time.Now()
	w := &tally{}
	if _, err := d.c.CopyTo(ctx, w, "COPY (SELECT pg_catalog.repeat('x', 8191) FROM pg_catalog.generate_series(1, 128)) TO STDOUT"); err != nil {
		return 0, d.describe(ctx, err)
	}
	return int64(float64(w.n) / max(time.Since(began), time.Microsecond).Seconds()), nil
}

// tally counts what is written.
type tally struct{ n int64 }

var _ io.Writer = (*tally)(nil)

// Write implements io.Writer.
func (t *tally) Write(p []byte) (int, error) {
	t.n += int64(len(p))
	return len(p), nil
}
