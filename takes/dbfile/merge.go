package dbfile

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"sluice/localexport/sqlread"
	"sluice/takes/feed"
	"sluice/takes/shape"
)

const (
	piece       = 50_000 // rows that are asked for at once
	fetched     = 5_000  // rows that are asked for at once by their keys
	fetchedLong = 500    // the same of rows with long values
)

// span are the keys above after, if that is not nil, and up to until.
type span struct {
	after *int64
	until int64
	rows  int64 // that the source has counted there; -1 if it has not
	// versions is true if rows that are not among the fresh keys, which are sorted,
	// are told by their versions alone.
	versions bool
	fresh    []int64
}

// everything are all keys.
var everything = span{until: math.MaxInt64, rows: -1}

// merge goes through the rows of the source and of the snapshot, both in the order of
// their keys.
func (a *Again) merge(ctx context.Context, source feed.Parts, c *compared, s span) error {
	m, err := a.newMerge(source, c, s)
	if err != nil {
		return a.describe(err)
	}
	defer m.have.Close()
	before := c.rows
	q := feed.Query{Table: m.light, Key: m.light.Columns[m.key], After: s.after, Limit: piece}
	if s.until < math.MaxInt64 {
		q.Until = &s.until
	}
	for {
		n := 0
		err := source.Rows(ctx, q, func(values []feed.Value) error {
			n++
			return m.row(values)
		})
		if err != nil {
			return err
		}
		if s.rows < 0 {
			a.tellRows(c, int64(n))
		}
		if err := a.fetch(ctx, source, c, q.Key, m.keys); err != nil {
			return err
		}
		m.keys = m.keys[:0]
		if n < piece {
			break
		}
		last := m.last
		q.After = &last
	}
	for m.more { // what the source has no more
		if err := m.gone(); err != nil {
			return err
		}
	}
	if s.rows >= 0 && c.rows-before != s.rows {
		return changing(c)
	}
	return nil
}

// merge is the state of a merging.
type merge struct {
	a     *Again
	c     *compared
	span  span
	fresh func(mark []byte) bool
	light feed.Table    // with the columns that are compared
	key   int           // place of the key in light
	mark  int           // place of the version, or -1
	check int           // place of the column by which ranges are compared, or -1
	long  bool          // there are columns beside
	have  *sqlread.Stmt // rows of the snapshot
	more  bool          // have stands on one
	any   bool          // a row came
	last  int64         // key that came
	keys  []int64       // of rows that are to be fetched in full
}

func (a *Again) newMerge(source feed.Parts, c *compared, s span) (*merge, error) {
	m := &merge{a: a, c: c, span: s, fresh: source.Fresh, light: c.source, mark: -1, key: -1, check: -1}
	m.light.Columns = nil
	var names []string
	for _, i := range c.table.present {
		column := c.shape.Columns[i]
		if column.Long || s.versions && !column.Key && i != c.table.check {
			m.long = true
			continue
		}
		if i == c.table.check {
			m.check = len(names)
		}
		switch {
		case column.Key:
			m.key = len(names)
		case column.Name == shape.Mark:
			m.mark = len(names)
		}
		m.light.Columns = append(m.light.Columns, c.source.Columns[c.table.at[i]])
		names = append(names, quote(column.Name))
	}
	if m.long && m.mark < 0 && !s.versions {
		return nil, feed.Unfit("the server tells no versions of the rows of %s", c.shape.Name)
	}
	key := names[m.key]
	where := fmt.Sprintf(" WHERE %s <= %d", key, s.until)
	if s.after != nil {
		where += fmt.Sprintf(" AND %s > %d", key, *s.after)
	}
	var err error
	if m.have, err = a.c.Prepare("SELECT " + strings.Join(names, ", ") + " FROM " + taken + "." + quote(c.shape.Name) + where + " ORDER BY " + key); err != nil {
		return nil, err
	}
	if m.more, err = m.have.Step(); err != nil {
		m.have.Close()
	}
	return m, err
}

// row takes a row of the source.
func (m *merge) row(values []feed.Value) error {
	key, ok := parseInt(values[m.key].Text)
	if !ok {
		return feed.Unfit("a key of %s is no number (%q)", m.c.source, values[m.key].Text)
	}
	if m.any && key <= m.last {
		return feed.Unfit("the server told the rows of %s out of order (%d after %d)", m.c.source, key, m.last)
	}
	m.any, m.last = true, key
	m.c.rows++
	for m.more && m.have.Int(m.key) < key {
		if err := m.gone(); err != nil {
			return err
		}
	}
	if !m.more || m.have.Int(m.key) > key {
		m.c.New++
		return m.take(key, values)
	}
	same := !m.isFresh(key, values)
	for i := 0; same && i < len(values); i++ {
		same = sameValue(m.have, i, values[i])
	}
	if same && m.span.versions {
		m.keep(key)
	}
	if err := m.step(); err != nil || same {
		return err
	}
	m.c.Changed++
	return m.take(key, values)
}

// isFresh reports whether a row may have come since, whatever its version is.
func (m *merge) isFresh(key int64, values []feed.Value) bool {
	if m.span.versions {
		_, fresh := slices.BinarySearch(m.span.fresh, key)
		return fresh
	}
	return m.mark >= 0 && m.fresh(values[m.mark].Text)
}

// keep counts the row of the snapshot, which stays.
func (m *merge) keep(key int64) {
	var buf [24]byte
	m.c.kept.of(key).Add(key, column(m.have, m.check, buf[:]).Text)
}

// take gathers a row, or notes that it is to be fetched in full.
func (m *merge) take(key int64, values []feed.Value) error {
	if m.long {
		m.keys = append(m.keys, key)
		return nil
	}
	return m.c.table.Row(m.full(values))
}

// full puts the values in the places of all columns.
func (m *merge) full(values []feed.Value) []feed.Value {
	if slices.Equal(m.light.Columns, m.c.source.Columns) {
		return values
	}
	full := make([]feed.Value, len(m.c.source.Columns))
	for i, name := range m.light.Columns {
		full[slices.Index(m.c.source.Columns, name)] = values[i]
	}
	return full
}

func (m *merge) step() error {
	var err error
	if m.more, err = m.have.Step(); err != nil {
		return m.a.describe(err)
	}
	return nil
}

// gone notes that a row of the snapshot is no more.
func (m *merge) gone() error {
	if err := m.c.drop.BindInt(0, m.have.Int(m.key)); err != nil {
		return m.a.describe(err)
	}
	if err := m.c.drop.Do(nil); err != nil {
		return m.a.describe(err)
	}
	m.c.Gone++
	return m.step()
}

// fetch reads rows in full, by their keys.
func (a *Again) fetch(ctx context.Context, source feed.Parts, c *compared, key string, keys []int64) error {
	for some := range slices.Chunk(keys, c.fetched()) {
		came := 0
		err := source.Rows(ctx, feed.Query{Table: c.source, Key: key, Keys: some}, func(values []feed.Value) error {
			came++
			return c.table.Row(values)
		})
		if err != nil {
			return err
		}
		if came != len(some) {
			return changing(c)
		}
	}
	return nil
}
