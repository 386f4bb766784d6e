package snapshot

import (
	"bytes"
	"cmp"
	"slices"

	"sluice/localexport/sqlread"
	"sluice/localexport/wallclock"
)

// moment is when a row changed last, and the key of the row.
type moment struct {
	wallclock.Reading
	id int64
}

func (a moment) compare(b moment) int {
	return cmp.Or(cmp.Compare(a.Seconds, b.Seconds), cmp.Compare(a.Nanos, b.Nanos), cmp.Compare(b.id, a.id))
}

// recentKept is how many of the newest moments are kept: enough to tell a few
// that stand alone from those before them.
const recentKept = 20

// recent are the newest moments of rows, whatever the order in which they are
// added: those up to a limit, which is the latest moment that is likely, and those
// after it. For both naive times count as UTC.
type recent struct {
	limit           int64    // seconds since 1970
	until, after    []moment // the newest last
	rows, afterRows int64    // how many there were, and how many of them after the limit
	firstAfter      int64    // the first after the limit, in seconds since 1970
}

// add takes a moment.
func (r *recent) add(m moment) {
	r.rows++
	if m.Seconds > r.limit {
		if r.afterRows == 0 || m.Seconds < r.firstAfter {
			r.firstAfter = m.Seconds
		}
		r.afterRows++
		keep(&r.after, m)
		return
	}
	keep(&r.until, m)
}

// keep inserts a moment if it is one of the newest.
func keep(list *[]moment, m moment) {
	l := *list
	if len(l) == recentKept {
		if m.compare(l[0]) <= 0 {
			return
		}
		copy(l, l[1:])
		l = l[:recentKept-1]
	}
	at := len(l)
	for at > 0 && m.compare(l[at-1]) < 0 {
		at--
	}
	*list = slices.Insert(l, at, m)
}

// merge adds what another one has found.
func (r *recent) merge(more recent) {
	for _, m := range more.until {
		keep(&r.until, m)
	}
	for _, m := range more.after {
		keep(&r.after, m)
	}
	if more.afterRows > 0 && (r.afterRows == 0 || more.firstAfter < r.firstAfter) {
		r.firstAfter = more.firstAfter
	}
	r.rows += more.rows
	r.afterRows += more.afterRows
}

// recentFinder finds the newest moments of rows of content: a row counts by its
// LastChange. Most rows are passed over by the text of that date.
type recentFinder struct {
	recent
	id     int      // column of the key
	low    [10]byte // date of the oldest moment that is kept, once all are
	lowDay int64
}

// row takes a row, whose columns 1 and 2 are its dates.
func (f *recentFinder) row(r *sqlread.Stmt) error {
	passed := false
	m, any, _ := LastChange(2, 1, func(column int) (m moment, present bool, _ error) {
		if passed = f.older(r, column); passed {
			return m, true, nil
		}
		reading, present, err := Time(r, column)
		// A bad time is an error when its row is exported.
		return moment{Reading: reading}, present && err == nil, nil
	})
	switch {
	case passed:
		f.rows++
	case any:
		m.id, _ = ID(r, f.id)
		f.add(m)
		f.setLow()
	}
	return nil
}

// zeros is the day that MySQL stores for none.
const zeros = "0000-00-00"

// older reports whether a date is older than all that are kept, by its text.
func (f *recentFinder) older(r *sqlread.Stmt, column int) bool {
	if r.Kind(column) != sqlread.Text {
		return false
	}
	b := r.Bytes(column)
	return len(b) >= 19 && b[4] == '-' && bytes.Compare(b[:10], f.low[:]) < 0 && string(b[:10]) != zeros
}

// setLow notes the date of the oldest moment that is kept.
func (f *recentFinder) setLow() {
	if len(f.until) < recentKept || f.until[0].Seconds < 0 {
		return
	}
	if day := f.until[0].Seconds / 86400; day != f.lowDay {
		f.lowDay = day
		var buf [32]byte
		copy(f.low[:], wallclock.AppendUTC(buf[:0], day*86400, 0, false))
	}
}
