package snapshot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"sluice/localexport/keyfile"
	"sluice/localexport/sqlitefile"
	"sluice/localexport/sqlread"
)

// Order is a way through the rows of a table by a whole-number key: the order
// in which they lie if the key is the row number of the table, else a sorted
// list of keys that was made for it.
type Order struct {
	snapshot *Snapshot
	Table    *Table
	Column   string
	keys     *keyfile.File // nil if the key is the row number
	// Bad are the rows that Sorting.SkipBad left out, since they have no key.
	Bad []*ValueError
}

// Order returns a way through the table by a key column. If the key is not the
// row number, all keys are read and sorted, once for each snapshot.
func (s *Snapshot) Order(ctx context.Context, t *Table, column string, w Sorting) (*Order, error) {
	o := &Order{snapshot: s, Table: t, Column: column}
	if t.IsRowid(column) {
		return o, nil
	}
	keys, bad, err := s.Keys(ctx, t, column, w, "", []string{column}, func(r Row, b *keyfile.Builder) error {
		key, state := ID(r, 1)
		switch state {
		case IDPresent:
			return b.Add(key, r.Int(0))
		case IDNull:
			return s.valueError(t, column, r, 1, "is no id")
		}
		return s.valueError(t, column, r, 1, "is no number")
	})
	if err != nil {
		return nil, err
	}
	o.keys, o.Bad = keys, bad
	return o, nil
}

// valueError is the error for a value of a row whose column 0 is its number.
func (s *Snapshot) valueError(t *Table, column string, r Row, i int, want string) error {
	return &ValueError{Path: s.path, Table: t.Name, Column: column, Row: fmt.Sprintf("row number %d", r.Int(0)), Value: string(r.Bytes(i)), Want: want}
}

// Sorting says how keys are sorted.
type Sorting struct {
	// TempDir is where private files with what does not fit into memory go; ""
	// means the system's folder for temporary files.
	TempDir string
	// SQLiteOnly reads the keys with SQLite; the default reads them from the file
	// itself where that is possible.
	SQLiteOnly bool
	// Step is called each time some thousand more rows were read; its error ends
	// the sorting. nil means: nothing is to be done.
	Step func(ctx context.Context, rows int64) error
	// SkipBad leaves out rows whose key is none, up to MaxBad of them; the default
	// is to fail at the first.
	SkipBad bool
}

// MaxBad is how many rows without a key are left out at most: where there are more
// the column is none of keys.
const MaxBad = 10_000

// keyList are sorted keys, and the rows that have none.
type keyList struct {
	*keyfile.File
	bad []*ValueError
}

// stepRows is how many rows are read between two steps.
const stepRows = 4096

// count calls Step when it is due; n is how many rows were read so far.
func (w Sorting) count(ctx context.Context, n int64) error {
	if n%stepRows != 0 || w.Step == nil {
		return nil
	}
	return w.Step(ctx, stepRows)
}

// Keys sorts pairs that add takes from the rows of the table for which the SQL
// condition holds ("" means all), once for each snapshot and name. Column 0 of
// the rows is the row number, then come the given columns. bad are the rows that
// Sorting.SkipBad left out.
func (s *Snapshot) Keys(ctx context.Context, t *Table, name string, w Sorting, where string, columns []string, add func(Row, *keyfile.Builder) error) (_ *keyfile.File, bad []*ValueError, err error) {
	closer, err := s.Keep(t.Name+"."+name, func() (io.Closer, error) {
		return s.buildKeys(ctx, t, w, where, columns, add)
	})
	if err != nil {
		return nil, nil, err
	}
	list := closer.(keyList)
	return list.File, list.bad, nil
}

func (s *Snapshot) buildKeys(ctx context.Context, t *Table, w Sorting, where string, columns []string, add func(Row, *keyfile.Builder) error) (io.Closer, error) {
	if t.Rowid == "" {
		return nil, &FileError{s.path, fmt.Sprintf("has the table %s in the form WITHOUT ROWID, which no converter makes and Sluice does not read", t.Name),
			"convert the database with ordinary tables", nil}
	}
	if where == "" && !w.SQLiteOnly {
		f, err := s.keysOfFile(ctx, t, w, columns, add)
		if err == nil || ctx.Err() != nil {
			return f, err
		} // else SQLite can read it, or says what is wrong
	}
	c, err := s.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	if err := s.CheckKeys(ctx, t, math.MinInt64, math.MaxInt64); err != nil {
		return nil, err
	}
	if where == "" { // else an index has the other rows, and is compared with them
		if err := s.checkRecords(ctx, t, columns); err != nil {
			return nil, err
		}
	}
	b := keyfile.NewBuilder(w.TempDir, 0)
	sql := "SELECT " + t.Rowid + ", " + t.Select(columns...) + " FROM " + sqlread.Quote(t.Name)
	if where != "" {
		sql += " WHERE " + where
	}
	n := int64(0)
	var bad []*ValueError
	err = c.Each(sql, func(r *sqlread.Stmt) error {
		n++
		err := add(r, b)
		if value := new(ValueError); w.SkipBad && errors.As(err, &value) {
			if bad, err = append(bad, value), nil; len(bad) > MaxBad {
				return fmt.Errorf("more than %d rows have no key: the first is %w", MaxBad, bad[0])
			}
		}
		return errors.Join(err, w.count(ctx, n))
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("sort the keys of table %s: %w", t.Name, s.Damaged(t.Name, err)), b.Abort())
	}
	f, err := b.Finish()
	if err != nil {
		return nil, fmt.Errorf("sort the keys of table %s: %w", t.Name, err)
	}
	return keyList{f, bad}, nil
}

// keysOfFile is buildKeys without SQLite.
func (s *Snapshot) keysOfFile(ctx context.Context, t *Table, w Sorting, columns []string, add func(Row, *keyfile.Builder) error) (_ io.Closer, err error) {
	file, err := s.OpenFile(sqlitefile.Options{CacheBytes: ScanCache})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	b := keyfile.NewBuilder(w.TempDir, 0)
	err = file.Read(ctx, func(r *sqlitefile.Reader) error {
		x, err := openTable(r, file, t, columns)
		if err != nil {
			return err
		}
		row := numbered{x}
		for n := int64(1); ; n++ {
			if more, err := x.next(nil); err != nil || !more {
				return err
			}
			if err := errors.Join(add(row, b), w.count(ctx, n)); err != nil {
				return err
			}
		}
	})
	if err != nil {
		return nil, errors.Join(err, b.Abort())
	}
	keys, err := b.Finish()
	return keyList{File: keys}, err
}

// Select lists columns for an SQL statement; a column that the table lacks is
// null.
func (t *Table) Select(columns ...string) string {
	list := make([]string, len(columns))
	for i, name := range columns {
		list[i] = "NULL"
		if c, ok := t.Column(name); ok {
			list[i] = sqlread.Quote(c.Name)
		}
	}
	return strings.Join(list, ", ")
}

// Sorted reports whether the keys were sorted for this order, because they are
// not the row numbers of the table.
func (o *Order) Sorted() bool { return o.keys != nil }

// Walk visits the rows of ranges of keys in their order. It belongs to the
// goroutine of its connection.
type Walk struct {
	Row     Row // the current row
	order   *Order
	conn    *sqlread.Conn // nil if the file is read without SQLite
	stmt    *sqlread.Stmt // the same
	file    *fileTable    // nil if SQLite reads it
	keep    func(Row) bool
	keys    *keyfile.Reader
	at      int64 // position in keys
	total   int64
	last    int64 // largest key of the range
	before  int64 // key of the row before
	columns []string
}

// Walk prepares a walk over the given columns, of which the first must be the
// key. Rows are those that keep reports true for; nil means all. Which rows these
// are is for keep alone to say: SQL compares by the collation and the affinity of
// a column.
func (o *Order) Walk(c *sqlread.Conn, keep func(Row) bool, columns ...string) (*Walk, error) {
	w := &Walk{order: o, conn: c, keep: keep, columns: columns}
	sql := "SELECT " + o.Table.Select(columns...) + " FROM " + o.Table.From("t")
	if o.keys == nil {
		sql += " WHERE t.rowid > ?1 AND t.rowid <= ?2 ORDER BY t.rowid"
	} else {
		sql += " WHERE t.rowid = ?1"
		w.keys, w.total = o.keys.Reader(), o.keys.Len()
	}
	sql = strings.ReplaceAll(sql, "t.rowid", "t."+o.Table.Rowid)
	var err error
	w.stmt, err = c.Prepare(sql)
	w.Row = w.stmt
	return w, err
}

// Range starts the walk over the keys above after, up to last. SQLite finds the
// ends of a range by the order of the keys and does not look whether they are in
// it, so that is looked at before: rows would be missing without a word.
func (w *Walk) Range(after, last int64) error {
	if w.keys == nil && w.file == nil {
		if err := w.order.snapshot.CheckKeys(w.conn.Context(), w.order.Table, after, last); err != nil {
			return err
		}
	}
	return w.jump(after, last)
}

// jump is Range without a look at the order.
func (w *Walk) jump(after, last int64) error {
	w.last, w.before = last, after
	if w.keys == nil {
		if w.file != nil {
			w.file.rows(after, last)
			return nil
		}
		w.stmt.Reset()
		return errors.Join(w.stmt.BindInt(0, after), w.stmt.BindInt(1, last))
	}
	if after == math.MaxInt64 {
		w.at = w.total
		return nil
	}
	var err error
	w.at, err = w.keys.Search(after + 1)
	return err
}

// Next goes to the next row and reports whether there is one.
func (w *Walk) Next() (bool, error) {
	row, err := w.next()
	return row, w.order.snapshot.Damaged(w.order.Table.Name, err)
}

// errOrder is the cause of the error for rows that do not lie in the order of
// their keys.
var errOrder = fmt.Errorf("rows out of order: %w", sqlread.ErrCorrupt)

func (w *Walk) next() (bool, error) {
	if w.file != nil && w.keys == nil {
		return w.file.next(w.keep)
	}
	for w.keys == nil {
		row, err := w.stmt.Step()
		if !row {
			return false, err
		}
		key := w.stmt.Int(0)
		if key <= w.before {
			return false, w.order.snapshot.Damaged(w.order.Table.Name, errOrder)
		}
		w.before = key
		if w.keep == nil || w.keep(w.stmt) {
			return true, nil
		}
	}
	for w.at < w.total {
		p, err := w.keys.At(w.at)
		if err != nil || p.Key > w.last {
			return false, err
		}
		w.at++
		if row, err := w.find(p.Row); row || err != nil {
			return row, err
		}
	}
	return false, nil
}

// find goes to a row by its number, and reports whether it is one of the walk's.
func (w *Walk) find(row int64) (bool, error) {
	if w.file != nil {
		return w.file.find(row, w.keep)
	}
	w.stmt.Reset()
	if err := w.stmt.BindInt(0, row); err != nil {
		return false, err
	}
	found, err := w.stmt.Step()
	if err == nil && !found {
		err = gone(row)
	}
	return err == nil && (w.keep == nil || w.keep(w.stmt)), err
}

// gone is the error for a row that is not found although its number was read from
// the table.
func gone(row int64) error { return fmt.Errorf("row number %d is gone: %w", row, sqlread.ErrCorrupt) }

// Close releases the walk; a nil walk needs none.
func (w *Walk) Close() {
	if w != nil {
		w.stmt.Close()
	}
}

// Finder finds single rows by key. It belongs to the goroutine of its
// connection.
type Finder struct {
	Row   Row // the row that was found, until the next call
	order *Order
	stmt  *sqlread.Stmt
	keys  *keyfile.Reader
	n     int64
}

// Finder prepares look-ups of the given columns.
func (o *Order) Finder(c *sqlread.Conn, columns ...string) (*Finder, error) {
	f := &Finder{order: o}
	if o.keys != nil {
		f.keys, f.n = o.keys.Reader(), o.keys.Len()
	}
	var err error
	f.stmt, err = c.Prepare("SELECT " + o.Table.Select(columns...) + " FROM " + o.Table.From("t") + " WHERE t." + o.Table.Rowid + " = ?1")
	f.Row = f.stmt
	return f, err
}

// Find goes to the row with the key, the first if there are several, and
// reports whether there is one.
func (f *Finder) Find(key int64) (bool, error) {
	number, found, err := rowOf(f.keys, f.n, key)
	if err != nil || !found {
		return false, err
	}
	f.stmt.Reset()
	if err := f.stmt.BindInt(0, number); err != nil {
		return false, err
	}
	row, err := f.stmt.Step()
	if err == nil && !row && f.keys != nil {
		err = gone(number)
	}
	return row, f.order.snapshot.Damaged(f.order.Table.Name, err)
}

// rowOf is the number of the first row with a key; keys are the n sorted ones, or
// nil if the key is that number.
func rowOf(keys *keyfile.Reader, n, key int64) (row int64, found bool, err error) {
	if keys == nil {
		return key, true, nil
	}
	i, err := keys.Search(key)
	if err != nil || i == n {
		return 0, false, err
	}
	p, err := keys.At(i)
	return p.Row, err == nil && p.Key == key, err
}

// Close releases the finder; a nil finder needs none.
func (f *Finder) Close() {
	if f != nil {
		f.stmt.Close()
	}
}
