package snapshot

import (
	"context"
	"strings"

	"sluice/localexport/keyfile"
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
