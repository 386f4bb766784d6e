package pglive

import (
	"context"
	"fmt"
	"math"
	"strings"

	"sluice/takes/feed"
)

// versioned tells parts of the tables of a server that runs since the state of before,
// whose transactions have counted on: rows that are not within the window are as they
// were.
type versioned struct{ *parts }

var _ feed.Versioned = (*versioned)(nil)

// Ranges implements feed.Versioned, by one reading of the table in the order in which it
// is stored. The number of a transaction can be had as a number by its age only, counted
// back from the next one. What is grouped is the result of another query, so that the
// planner knows that there are few ranges.
func (p *versioned) Ranges(ctx context.Context, q feed.Query, take func(feed.Range) error) error {
	if err := p.d.plan(ctx, false); err != nil {
		return err
	}
	ages, err := p.ages(ctx)
	if err != nil {
		return err
	}
	r := p.relation(q.Table)
	key := quote(q.Key) + "::int8"
	sql := fmt.Sprintf(`SELECT n, count(v), coalesce(sum(v), 0) %% 4294967296, array_to_string(array_agg(k) FILTER (WHERE v IS NULL), ' ') FROM (
		SELECT %[1]s >> %[2]d AS n, %[1]s & %[3]d AS k, CASE WHEN age(xmin) BETWEEN 1 AND %[4]d THEN NULL ELSE ((%[1]s & %[3]d) + 1) * %[5]s END AS v FROM %[6]s.%[7]s OFFSET 0) x GROUP BY n`,
		key, feed.RangeBits, feed.RangeSize-1, ages.window, p.version(r, ages), quote(r.schema), quote(r.name))
	return p.d.copyQuery(ctx, r, sql, 4, func(v []feed.Value) error {
		if !v[0].Valid {
			return feed.Unfit("a key of %s is empty", q.Table)
		}
		is := feed.Range{Number: parse(v[0].Text), Sums: feed.Sums{Rows: parse(v[1].Text), Check: uint32(parse(v[2].Text))}}
		for _, place := range strings.Fields(string(v[3].Text)) {
			is.Fresh = append(is.Fresh, is.Number<<feed.RangeBits+parse([]byte(place)))
		}
		return take(is)
	})
}

// ages are those of transactions within the one that reads.
type ages struct {
	next   uint32 // number of the next transaction
	window int32  // age of the first one that may have come since
}

// frozen is the number of rows that an old PostgreSQL has frozen; numbers of
// transactions begin with the one after it.
const frozen = 2

// ages asks for the next transaction.
func (p *versioned) ages(ctx context.Context) (ages, error) {
	rows, err := p.d.query(ctx, fmt.Sprintf("SELECT pg_catalog.age('%d'::pg_catalog.xid)", frozen+1))
	if err != nil {
		return ages{}, err
	}
	a := ages{next: uint32(frozen + 1 + parse(rows[0][0]))}
	if a.window = int32(a.next - p.window.from); a.window < 0 {
		return a, feed.Unfit(tooLong)
	}
	return a, nil
}

// version is the expression of the number of a version, as feed.Sums counts it: of the
// column of the check, or that of the transaction less the length.
func (p *versioned) version(r relation, a ages) string {
	if r.mark == "" {
		return fmt.Sprintf("coalesce(%s::int8 & %d, 0)", quote(r.check), uint32(math.MaxUint32))
	}
	number := fmt.Sprintf("CASE age(xmin) WHEN %d THEN %d::int8 ELSE %d::int8 - age(xmin) END", math.MaxInt32, frozen, int64(a.next))
	if r.marked == "" {
		return "(" + number + ")"
	}
	return "(" + number + " - " + r.length() + ")"
}
