package demo

import (
	"fmt"

	"sluice/localexport/sqlread"
)

// insertion inserts rows into one table, value after value. The first error is that of
// insert.
type insertion struct {
	w     *rows
	stmt  *sqlread.Stmt
	table string
	next  int // column
	err   error
}

// row begins a row.
func (x *insertion) row() *insertion {
	x.next, x.err = 0, nil
	return x
}

// insert writes the row.
func (x *insertion) insert() error {
	if x.err == nil {
		x.err = x.stmt.Do(nil)
	}
	if x.err != nil {
		return fmt.Errorf("insert into %s: %w", x.table, x.err)
	}
	return nil
}

func (x *insertion) bound(err error) {
	if x.err == nil {
		x.err = err
	}
	x.next++
}

func (x *insertion) int(v int64)   { x.bound(x.stmt.BindInt(x.next, v)) }
func (x *insertion) text(v string) { x.bound(x.stmt.BindString(x.next, v)) }
func (x *insertion) null()         { x.bound(x.stmt.BindNull(x.next)) }

// textOrNull writes an empty text as NULL.
func (x *insertion) textOrNull(v string) {
	if v == "" {
		x.null()
		return
	}
	x.text(v)
}

// numberOrNull writes 0 as NULL.
func (x *insertion) numberOrNull(v int64) {
	if v == 0 {
		x.null()
		return
	}
	x.int(v)
}

// time writes epoch ms as a time stamp, and 0 as NULL.
func (x *insertion) time(ms int64) {
	if ms == 0 {
		x.null()
		return
	}
	x.w.stamp = wallClock(x.w.stamp[:0], ms)
	x.bound(x.stmt.BindText(x.next, x.w.stamp)) // copied: the next time is written there
}
