package pgtext

import (
	"io"

	"sluice/takes/ends"
	"sluice/takes/feed"
	"sluice/takes/sqltext"
)

// lookSize is how much of a dump is looked at before its rows.
const lookSize = 8 << 20

// Look reads the head of a dump up to its first rows: who wrote it, and the tables
// that it makes. All is true if these are all tables of the dump; else it begins
// with rows, or its head is longer than what is looked at. An error is what Read
// would fail with in the head.
func Look(r io.Reader) (tool string, tables []feed.Table, all bool, err error) {
	limited := &io.LimitedReader{R: r, N: lookSize}
	in := ends.NewReader(limited)
	d := newDump(in, feed.Nowhere{})
	all, err = d.head()
	if limited.N <= 0 { // what is cut there is not the dump
		all, err = false, nil
	}
	tables = d.inserts.Tables()
	return toolOf(in), tables, all && len(tables) > 0, err
}

// head reads the statements before the first rows, and reports whether it came to
// them or to the end.
func (d *Dump) head() (bool, error) {
	for {
		t, err := d.l.Next()
		switch {
		case err != nil:
			return false, err
		case t.Kind == sqltext.End || t.Is("COPY") || t.Is("INSERT"):
			return true, nil
		case t.Kind == sqltext.Meta || t.IsSymbol(';'):
			continue
		}
		if err := d.statement(t); err != nil {
			return false, err
		}
	}
}
