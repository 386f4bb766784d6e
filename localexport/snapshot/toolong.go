package snapshot

import (
	"fmt"
	"slices"
	"strings"

	"sluice/localexport/sqlread"
)

// tooLongWant words that a value is longer than MaxValue.
const tooLongWant = "is longer than 64 MB"

// tooLongStart is how much of a value that is too long an error holds, in bytes.
const tooLongStart = 1000

// TooLong finds the row at which Next failed with sqlread.ErrTooBig, and puts the
// walk behind it. value is nil if the row is none of the walk's, whose rows are
// chosen by other columns. ok is false if no value of the row is too long.
func (w *Walk) TooLong() (key int64, value *ValueError, ok bool, err error) {
	t := w.order.Table
	condition := "t." + t.Rowid + " > ?1 AND t." + t.Rowid + " <= ?2 ORDER BY t." + t.Rowid + " LIMIT 1"
	args := []any{w.before, w.last}
	if w.keys != nil {
		p, err := w.keys.At(w.at - 1)
		if err != nil {
			return 0, nil, false, err
		}
		condition, args = "t."+t.Rowid+" = ?1", []any{p.Row}
		key = p.Key
	}
	short, lengths := make([]string, len(w.columns)), make([]string, len(w.columns))
	for i, name := range w.columns {
		lengths[i] = "octet_length(" + t.Select(name) + ")"
		short[i] = fmt.Sprintf("CASE WHEN %s <= %d THEN %s END", lengths[i], MaxValue, t.Select(name))
	}
	var row int64
	long, wanted, n := -1, false, len(w.columns)
	sql := "SELECT " + strings.Join(slices.Concat(short, lengths), ", ") + ", t." + t.Rowid + " FROM " + t.From("t") + " WHERE " + condition
	err = w.conn.Each(sql, func(r *sqlread.Stmt) error {
		row = r.Int(2 * n)
		wanted = w.keep == nil || w.keep(r)
		for i := range w.columns {
			if long < 0 && r.Int(n+i) > MaxValue {
				long = i
			}
		}
		return nil
	}, args...)
	if err != nil || long < 0 {
		return 0, nil, false, err
	}
	if w.keys == nil {
		key = row
		if err := w.Range(row, w.last); err != nil {
			return 0, nil, false, err
		}
	}
	if wanted {
		value, err = w.order.snapshot.tooLong(w.conn, t, w.columns[long], row, fmt.Sprintf("%s %d", w.order.Column, key))
	}
	return key, value, true, err
}

// tooLong is the error for a value that is longer than MaxValue, with its start.
func (s *Snapshot) tooLong(c *sqlread.Conn, t *Table, column string, row int64, key string) (*ValueError, error) {
	x, _ := t.Column(column)
	e := &ValueError{Path: s.path, Table: t.Name, Column: column, Row: key, Want: tooLongWant}
	if s.UTF8() {
		b, err := c.Prefix(t.Name, x.Name, row, tooLongStart)
		if err != nil {
			return nil, err
		}
		e.Value = string(b)
	}
	return e, nil
}
