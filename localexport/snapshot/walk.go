package snapshot

import (
	"errors"
	"math"
	"strings"

	"sluice/localexport/keyfile"
	"sluice/localexport/sqlread"
	"sluice/wording"
)

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
var errOrder = wording.Errorf("rows out of order: %w", sqlread.ErrCorrupt)

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
func gone(row int64) error {
	return wording.Errorf("row number %d is gone: %w", row, sqlread.ErrCorrupt)
}

// Close releases the walk; a nil walk needs none.
func (w *Walk) Close() {
	if w != nil {
		w.stmt.Close()
	}
}
