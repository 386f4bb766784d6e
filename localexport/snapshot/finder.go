package snapshot

import (
	"sluice/localexport/keyfile"
	"sluice/localexport/sqlread"
)

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
