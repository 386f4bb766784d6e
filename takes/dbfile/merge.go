package dbfile

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sluice/takes/feed"
	"sluice/takes/shape"
)

const (
	piece   = 50_000 // rows that are asked for at once
	fetched = 500    // rows whose long values are asked for at once
)

// merge goes through the rows of the source and of the snapshot, both in the order of
// their keys, above after and up to until, where these are not nil.
func (a *Again) merge(ctx context.Context, source feed.Parts, c *compared, after, until *int64) error {
	m, err := a.newMerge(c, after, until)
	if err != nil {
		return a.describe(err)
	}
	defer m.have.close()
	q := feed.Query{Table: m.light, Key: m.light.Columns[m.key], After: after, Until: until, Limit: piece}
	for {
		n := 0
		err := source.Rows(ctx, q, func(values []feed.Value) error {
			n++
			return m.row(values, source.Fresh)
		})
		if err != nil {
			return err
		}
		a.tellRows(c, int64(n))
		if err := m.fetch(ctx, source); err != nil {
			return err
		}
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
	return nil
}

// merge is the state of a merging.
type merge struct {
	a     *Again
	c     *compared
	light feed.Table // with the columns that are compared
	key   int        // place of the key in light
	mark  int        // place of the version, or -1
	long  bool       // there are columns beside
	have  *stmt      // rows of the snapshot
	more  bool       // have stands on one
	any   bool       // a row came
	last  int64      // key that came
	keys  []int64    // of rows whose long values are to be fetched
}

func (a *Again) newMerge(c *compared, after, until *int64) (*merge, error) {
	m := &merge{a: a, c: c, light: c.source, mark: -1, key: -1}
	m.light.Columns = nil
	var names []string
	for _, i := range c.table.present {
		column := c.shape.Columns[i]
		if column.Long {
			m.long = true
			continue
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
	if m.long && m.mark < 0 {
		return nil, feed.Unfit("the server tells no versions of the rows of %s", c.shape.Name)
	}
	key := names[m.key]
	var conditions []string
	if after != nil {
		conditions = append(conditions, fmt.Sprintf("%s > %d", key, *after))
	}
	if until != nil {
		conditions = append(conditions, fmt.Sprintf("%s <= %d", key, *until))
	}
	where := ""
	if conditions != nil {
		where = " WHERE " + strings.Join(conditions, " AND ")
	}
	var err error
	if m.have, err = a.c.prepare("SELECT " + strings.Join(names, ", ") + " FROM " + taken + "." + quote(c.shape.Name) + where + " ORDER BY " + key); err != nil {
		return nil, err
	}
	if m.more, err = m.have.next(); err != nil {
		m.have.close()
	}
	return m, err
}

// row takes a row of the source.
func (m *merge) row(values []feed.Value, fresh func([]byte) bool) error {
	key, ok := parseInt(values[m.key].Text)
	if !ok {
		return feed.Unfit("a key of %s is no number (%q)", m.c.source, values[m.key].Text)
	}
	if m.any && key <= m.last {
		return feed.Unfit("the server told the rows of %s out of order (%d after %d)", m.c.source, key, m.last)
	}
	m.any, m.last = true, key
	m.c.rows++
	for m.more && m.have.int(m.key) < key {
		if err := m.gone(); err != nil {
			return err
		}
	}
	if !m.more || m.have.int(m.key) > key {
		m.c.New++
		return m.take(key, values)
	}
	same := m.mark < 0 || !fresh(values[m.mark].Text)
	for i := 0; same && i < len(values); i++ {
		same = m.have.same(i, values[i])
	}
	if err := m.step(); err != nil || same {
		return err
	}
	m.c.Changed++
	return m.take(key, values)
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
	if m.more, err = m.have.next(); err != nil {
		return m.a.describe(err)
	}
	return nil
}

// gone notes that a row of the snapshot is no more.
func (m *merge) gone() error {
	if err := m.c.drop.bindInt(0, m.have.int(m.key)); err != nil {
		return m.a.describe(err)
	}
	if err := m.c.drop.run(); err != nil {
		return m.a.describe(err)
	}
	m.c.Gone++
	return m.step()
}

// fetch reads in full what differs.
func (m *merge) fetch(ctx context.Context, source feed.Parts) error {
	for keys := range slices.Chunk(m.keys, fetched) {
		came := 0
		q := feed.Query{Table: m.c.source, Key: m.light.Columns[m.key], Keys: keys}
		err := source.Rows(ctx, q, func(values []feed.Value) error {
			came++
			return m.c.table.Row(values)
		})
		if err != nil {
			return err
		}
		if came != len(keys) {
			return changing(m.c)
		}
	}
	m.keys = m.keys[:0]
	return nil
}
