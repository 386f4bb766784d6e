package confluence

import (
	"context"
	"errors"

	"sluice/localexport/snapshot"
	"sluice/localexport/sqlitefile"
	"sluice/localexport/sqlread"
)

// source is where a reader gets its rows from: the file itself, which is faster
// for rows in their order, or SQLite, which can read everything.
type source struct {
	conn  *sqlread.Conn
	file  *sqlitefile.Reader // nil if SQLite reads
	notes *notes             // of the worker
}

// errLeave ends the reading of a range without SQLite, which is then to say
// what is wrong.
var errLeave = errors.New("needs another look")

// leaveToSQLite reports whether an error of reading without SQLite means that
// SQLite has to go on: it can read more, or word the error. The rows before it
// are the same for both.
func leaveToSQLite(err error) bool {
	if value := new(snapshot.ValueError); errors.As(err, &value) {
		return true
	}
	for _, target := range []error{errLeave, sqlitefile.ErrUnsupported, sqlitefile.ErrNotFound, sqlitefile.ErrDamaged, sqlitefile.ErrTooBig} {
		if errors.Is(err, target) {
			return true
		}
	}
	return false
}

// isBadRow reports whether an error is about one row, behind which reading without
// SQLite can go on.
func isBadRow(err error) bool {
	return errors.As(err, new(*snapshot.ValueError)) || errors.Is(err, sqlitefile.ErrTooBig)
}

// openFile opens the file for reading without SQLite if that is allowed and
// possible.
func (e *exporter) openFile() {
	if e.o.SQLiteOnly {
		return
	}
	f, err := e.s.OpenFile(sqlitefile.Options{Map: e.o.MapFile})
	if err != nil {
		return // SQLite reads everything, or says what is wrong
	}
	e.file = f
}

// indexCursor makes a cursor over an index whose key is the one column.
func (e *exporter) indexCursor(r *sqlitefile.Reader, t *snapshot.Table, column string) (*sqlitefile.IndexCursor, error) {
	table, err := e.file.Table(t.Name)
	if err != nil {
		return nil, err
	}
	c, _ := t.Column(column)
	index, err := e.file.Index(table, c.Name)
	if err != nil {
		return nil, err
	}
	return r.IndexCursor(index), nil
}

// opener makes a reader over a source.
type opener func(source) (reader, error)

// tiered reads without SQLite until that fails, then with it from the same row
// on: for the rest of the range only where it is the row that is bad, or the file
// is damaged there. What SQLite gives behind damage is counted as doubtful.
type tiered struct {
	fast, slow reader
	again      func() (reader, error) // of fast
	open       func() (reader, error) // of slow
}

// openReader makes a reader for a worker, which counts in n; r is nil if SQLite
// has to read.
func (e *exporter) openReader(ctx context.Context, r *sqlitefile.Reader, n *notes, open opener) (reader, error) {
	from := func(r *sqlitefile.Reader) (reader, error) {
		c, err := e.s.Conn(ctx)
		if err != nil {
			return nil, err
		}
		return open(source{conn: c, file: r, notes: n})
	}
	slow := func() (reader, error) { return from(nil) }
	if r == nil {
		return slow()
	}
	fast, err := from(r)
	if err != nil {
		return slow()
	}
	return &tiered{fast: fast, again: func() (reader, error) { return from(r) }, open: slow}, nil
}

func (t *tiered) read(after, last int64, out *output) error {
	if t.fast != nil {
		out.key = after
		out.begin()
		out.notes.settle()
		err := t.fast.read(after, last, out)
		if err == nil || out.torn || !leaveToSQLite(err) {
			return err
		}
		out.Rewind(out.mark)
		out.notes.rewind()
		after = out.key
		if isBadRow(err) {
			return t.readSlow(after, last, out)
		}
		t.fast.close()
		t.fast = nil
		if errors.Is(err, sqlitefile.ErrDamaged) {
			return t.doubtful(after, last, out)
		}
	}
	return t.readSlow(after, last, out)
}

// doubtful reads the rest of a range in which the file is damaged.
func (t *tiered) doubtful(after, last int64, out *output) error {
	out.doubt = true
	err := t.readSlow(after, last, out)
	out.doubt = false
	if err != nil {
		return err
	}
	if t.fast, err = t.again(); err != nil { // then SQLite reads the other ranges, too
		t.fast = nil
	}
	return nil
}

func (t *tiered) readSlow(after, last int64, out *output) error {
	if t.slow == nil {
		var err error
		if t.slow, err = t.open(); err != nil {
			return err
		}
	}
	return t.slow.read(after, last, out)
}

func (t *tiered) close() {
	for _, r := range []reader{t.fast, t.slow} {
		if r != nil {
			r.close()
		}
	}
}
