package pglive

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sluice/takes/feed"
	"sluice/takes/pgtext"
)

// parts tells parts of the tables, within the transaction.
type parts struct {
	d      *database
	tables []relation
	window window
}

var _ feed.Parts = (*parts)(nil)

// compare lets a sink ask for what it needs.
func (d *database) compare(ctx context.Context, tables []relation, now *state, sink feed.Comparer) error {
	was, why := now.since(d.o.Since)
	if why != "" {
		return feed.Unfit("%s", why)
	}
	for _, r := range tables {
		if r.unversioned {
			return feed.Unfit("%s", d.unversioned(r))
		}
	}
	p := &parts{d, tables, now.window(was)}
	if was.Started != now.Started { // its files may have been put back meanwhile
		return sink.Compare(ctx, p)
	}
	return sink.Compare(ctx, &versioned{p})
}

// plan lets the planner take the index where rows are asked for by their keys, in
// queries of which the first rows are wanted soon, and what it likes elsewhere.
func (d *database) plan(ctx context.Context, ordered bool) error {
	if ordered == d.ordered {
		return nil
	}
	how := "on"
	if ordered {
		how = "off"
	}
	_, err := d.query(ctx, fmt.Sprintf("SET LOCAL enable_seqscan = %[1]s; SET LOCAL enable_sort = %[1]s; SET LOCAL enable_bitmapscan = %[1]s", how))
	d.ordered = ordered
	return err
}

// unversioned says why the rows of a table tell no versions.
func (d *database) unversioned(r relation) string {
	if r.kind != "r" {
		return fmt.Sprintf("%s.%s is no ordinary table, and its rows tell no versions", r.schema, r.name)
	}
	return fmt.Sprintf("%s may not read the versions of the rows of %s.%s; an administrator of the database can allow it with GRANT SELECT (xmin) ON %s.%s TO %s;",
		d.user, r.schema, r.name, quote(r.schema), quote(r.name), quote(d.user))
}

// Tables implements feed.Parts.
func (p *parts) Tables() []feed.Table {
	var list []feed.Table
	for _, r := range p.tables {
		list = append(list, r.table())
	}
	return list
}

// Fresh implements feed.Parts.
func (p *parts) Fresh(mark []byte) bool { return p.window.holds(mark) }

// relation finds the table of a query.
func (p *parts) relation(t feed.Table) relation {
	i := slices.IndexFunc(p.tables, func(r relation) bool { return r.schema == t.Schema && r.name == t.Name })
	return p.tables[i]
}

// Rows implements feed.Parts.
func (p *parts) Rows(ctx context.Context, q feed.Query, take func([]feed.Value) error) error {
	if err := p.d.plan(ctx, q.Key != ""); err != nil {
		return err
	}
	r := p.relation(q.Table)
	columns := make([]string, len(q.Table.Columns))
	for i, c := range q.Table.Columns {
		columns[i] = r.expression(c)
	}
	order := ""
	if q.Key != "" {
		order = " ORDER BY " + quote(q.Key)
		if q.Text {
			order += ` COLLATE "C"`
		}
	}
	if q.Limit > 0 {
		order += fmt.Sprintf(" LIMIT %d", q.Limit)
	}
	sql := fmt.Sprintf("SELECT %s FROM %s.%s%s%s", strings.Join(columns, ", "), quote(r.schema), quote(r.name), where(q), order)
	return p.d.copyQuery(ctx, r, sql, len(columns), take)
}

// where are the conditions of a query.
func where(q feed.Query) string {
	var list []string
	if q.After != nil {
		list = append(list, fmt.Sprintf("%s > %d", quote(q.Key), *q.After))
	}
	if q.Until != nil {
		list = append(list, fmt.Sprintf("%s <= %d", quote(q.Key), *q.Until))
	}
	if q.Keys != nil {
		keys := make([]string, len(q.Keys))
		for i, k := range q.Keys {
			keys[i] = strconv.FormatInt(k, 10)
		}
		list = append(list, fmt.Sprintf("%s IN (%s)", quote(q.Key), strings.Join(keys, ", ")))
	}
	if len(list) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(list, " AND ")
}

// Spans implements feed.Parts. What came since is known by the numbers of the rows'
// transactions, so that the sums have to tell only what went, and a server whose
// files were put back to those of an earlier day, and which has gone on from there.
func (p *parts) Spans(ctx context.Context, q feed.Query, size int64, take func(feed.Span) error) error {
	if err := p.d.plan(ctx, false); err != nil {
		return err
	}
	r, key := p.relation(q.Table), quote(q.Key)
	fresh := "count(*)" // of what has no versions, all may be new
	if r.versions {
		fresh = "count(*) FILTER (WHERE " + p.window.sql() + ")"
	}
	number := fmt.Sprintf("CASE WHEN %[1]s < 0 THEN -1 ELSE %[1]s::int8 / %[2]d END", key, size)
	sql := fmt.Sprintf("SELECT %[1]s, count(*), sum(%[2]s - (%[1]s)::numeric * %[3]d), %[4]s, coalesce(sum(%[7]s::numeric), 0) FROM %[5]s.%[6]s GROUP BY 1",
		number, key, size, fresh, quote(r.schema), quote(r.name), quote(q.Sum))
	return p.d.copyQuery(ctx, r, sql, 5, func(v []feed.Value) error {
		return take(feed.Span{Number: parse(v[0].Text), Rows: parse(v[1].Text), Keys: string(v[2].Text), Fresh: parse(v[3].Text), Sum: string(v[4].Text)})
	})
}

// copyQuery calls take for the rows of a query.
func (d *database) copyQuery(ctx context.Context, r relation, sql string, columns int, take func([]feed.Value) error) error {
	w := &lines{split: pgtext.NewSplitter(taker(take), columns)}
	_, err := d.c.CopyTo(ctx, w, "COPY ("+sql+") TO STDOUT")
	if w.err != nil {
		return w.err
	}
	if err != nil {
		return d.describe(ctx, err)
	}
	if len(w.rest) > 0 {
		return feed.Damaged("the last row of %s.%s does not come to its end", r.schema, r.name)
	}
	return nil
}

// taker takes all columns of all rows.
type taker func([]feed.Value) error

func (t taker) Row(values []feed.Value) error { return t(values) }
func (t taker) Needs(int) bool                { return true }
func (t taker) End(int64) error               { return nil }
