// Package converted reads the SQLite files that converters make of a database of
// Confluence, in whatever types, cases and spellings they left its tables. The file
// is opened read-only, and nothing is made beside it.
package converted

import (
	"context"
	"errors"
	"fmt"
	"math"

	"sluice/figures"
	"sluice/localexport/snapshot"
	"sluice/localexport/sqlread"
	"sluice/localexport/wallclock"
	"sluice/sqliteformat"
	"sluice/takes/feed"
	"sluice/takes/shape"
)

// Read hands the tables of the SQLite file at path to the sink. throttle is told of
// the bytes of each row, and its error ends the reading. The origin is what the file
// says of itself if Sluice took it of something, else nil. An error about the file
// wraps feed.ErrDamaged.
func Read(ctx context.Context, path string, throttle func(context.Context, int) error, sink feed.Sink) (*snapshot.Origin, error) {
	s, err := snapshot.Open(ctx, path)
	if err != nil {
		return nil, damaged(err)
	}
	defer s.Close()
	origin, err := s.Origin(ctx)
	if err != nil {
		return nil, err
	}
	real, err := sqliteformat.Real(path)
	if err != nil {
		return nil, err
	}
	// Not the snapshot's own connection, which refuses values that are longer than
	// what an export takes: that is for the export to say.
	c, err := sqlread.Open(ctx, real, sqlread.OpenOptions{Immutable: true})
	if err != nil {
		return nil, err
	}
	defer c.Close()
	for i := range shape.Tables {
		t := s.Table(shape.Tables[i].Name)
		if t == nil {
			continue
		}
		x := &table{s: s, t: t, shape: &shape.Tables[i], throttle: throttle}
		if err := x.read(ctx, c, sink); err != nil {
			return origin, damaged(s.Damaged(t.Name, err))
		}
	}
	return origin, damaged(s.Unchanged())
}

// damaged makes an error about the file one about the source.
func damaged(err error) error {
	var file *snapshot.FileError
	if !errors.As(err, &file) {
		return err
	}
	file = &snapshot.FileError{Path: "the file", Problem: file.Problem, Advice: file.Advice, Err: file.Err} // who reads it has named it
	return feed.Damaged("%w", file)
}

// table is a table that is being read.
type table struct {
	s        *snapshot.Snapshot
	t        *snapshot.Table
	shape    *shape.Table
	throttle func(context.Context, int) error

	types  []shape.Type // of the columns that are read
	rows   feed.Rows
	values []feed.Value
	arena  []byte // of the values of a row that are not as the file has them
	size   int
}

// read hands the rows on in the order in which they lie.
func (x *table) read(ctx context.Context, c *sqlread.Conn, sink feed.Sink) error {
	names := x.columns()
	var err error
	// Of rows with one key an export takes the first.
	x.rows, err = sink.Table(feed.Table{Name: x.shape.Name, Columns: names, Loose: true})
	if err != nil || x.rows == nil {
		return err
	}
	// SQLite does not look whether rows lie in the order of their keys, and would
	// leave some out without a word.
	if err := x.s.CheckKeys(ctx, x.t, math.MinInt64, math.MaxInt64); err != nil {
		return err
	}
	n := int64(0)
	err = c.Each("SELECT "+x.t.Select(names...)+" FROM "+x.t.From("t"), func(r *sqlread.Stmt) error {
		n++
		if err := x.row(r); err != nil {
			return err
		}
		return x.throttle(ctx, x.size)
	})
	if err != nil {
		return err
	}
	if err := x.indexed(c, n, sink); err != nil {
		return err
	}
	return x.rows.End(-1)
}

// columns are the columns that the table has of those that are needed, with their
// types.
func (x *table) columns() []string {
	var names []string
	for _, column := range x.shape.Columns {
		if _, ok := x.t.Column(column.Name); ok && !column.Private {
			names = append(names, column.Name)
			x.types = append(x.types, column.Type)
		}
	}
	x.values = make([]feed.Value, len(names))
	return names
}

// indexed tells of indexes that do not have as many entries as there are rows: who
// reads the file by them gets other rows than these.
func (x *table) indexed(c *sqlread.Conn, rows int64, sink feed.Sink) error {
	for _, index := range x.t.Indexes {
		n, _, err := c.Int("SELECT count(*) FROM " + sqlread.Quote(x.t.Name) + " INDEXED BY " + sqlread.Quote(index.Name))
		if err != nil {
			return err
		}
		if n != rows {
			sink.Note(feed.Note{Doubt: true, Text: fmt.Sprintf("The index %s of table %s has %s entries for %s rows: the rows were taken as they lie in the table, but the file is damaged, so convert the database again.",
				index.Name, x.t.Name, figures.N(n), figures.N(rows))})
		}
	}
	return nil
}

// row hands a row on.
func (x *table) row(r *sqlread.Stmt) error {
	x.arena, x.size = x.arena[:0], 0
	for i, kind := range x.types {
		x.values[i] = x.value(r, i, kind)
		x.size += len(x.values[i].Text)
	}
	return x.rows.Row(x.values)
}

// value is a value in the form of a snapshot: what an export takes for a number or
// a time is written as one, and all else stays as it stands.
func (x *table) value(r *sqlread.Stmt, i int, kind shape.Type) feed.Value {
	stored := r.Kind(i)
	switch {
	case stored == sqlread.Null:
		return feed.Value{}
	case kind == shape.ID || kind == shape.Int:
		switch n, state := snapshot.ID(r, i); state {
		case snapshot.IDPresent:
			return x.number(n, "%d")
		case snapshot.IDNull:
			return feed.Value{}
		}
	case kind == shape.Time && stored == sqlread.Integer:
		return x.number(r.Int(i), epoch)
	case kind == shape.Time && stored == sqlread.Real:
		if n, ok := count(r.Float(i)); ok {
			return x.number(n, epoch)
		}
	}
	return feed.Value{Text: r.Bytes(i), Valid: true}
}

// epoch is how a count since 1970 is written: a text of less than five digits is
// read as no time.
const epoch = "%06d"

func (x *table) number(n int64, form string) feed.Value {
	from := len(x.arena)
	x.arena = fmt.Appendf(x.arena, form, n)
	return feed.Value{Text: x.arena[from:], Valid: true}
}

// count is a number with a fraction as the count since 1970 that it is read as: of
// seconds, or of milliseconds if there are any.
func count(f float64) (int64, bool) {
	t, err := wallclock.FromFloat(f)
	switch {
	case err != nil:
		return 0, false
	case t.Nanos == 0 && wallclock.FromEpoch(t.Seconds) == t:
		return t.Seconds, true
	}
	n := t.Seconds*1000 + int64(t.Nanos/1_000_000)
	if wallclock.FromEpoch(n).Seconds != t.Seconds { // would be read as seconds
		return t.Seconds, true
	}
	return n, true
}
