package mylive

import (
	"context"
	"crypto/sha256"
	"database/sql/driver"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sluice/takes/feed"
	"sluice/wording"
)

// hashSize is how many hexadecimal digits of a hash are kept: no two bodies agree in
// as many by chance.
const hashSize = 32

// mark is the version of a row: the start of a hash of its value, and its length in
// bytes. InnoDB tells no versions, so that the server hashes what it has, and we
// what it has sent.
func mark(buf []byte, value feed.Value) []byte {
	if !value.Valid {
		return append(buf, ".-1"...)
	}
	sum := sha256.Sum256(value.Text)
	buf = hex.AppendEncode(buf, sum[:hashSize/2])
	return strconv.AppendInt(append(buf, '.'), int64(len(value.Text)), 10)
}

// markOf is the same of a column, told by the server.
func markOf(column string) string {
	body := "CONVERT(" + quote(column) + " USING utf8mb4)"
	return fmt.Sprintf("CONCAT(IFNULL(LEFT(SHA2(%[1]s, 256), %[2]d), ''), '.', IFNULL(LENGTH(%[1]s), -1))", body, hashSize)
}

// state tells the database from others. What is in it is told by the values alone.
func (d *database) state() string { return "sha256 of " + d.address }

// parts tells parts of the tables, within the transaction.
type parts struct {
	d      *database
	tables []relation
}

var _ feed.Parts = (*parts)(nil)

// Tables implements feed.Parts.
func (p *parts) Tables() []feed.Table {
	var list []feed.Table
	for _, r := range p.tables {
		list = append(list, feed.Table{Schema: p.d.name, Name: r.name, Columns: r.names()})
	}
	return list
}

// Fresh implements feed.Parts: a row is told by its mark alone.
func (p *parts) Fresh([]byte) bool { return false }

func (p *parts) relation(t feed.Table) relation {
	i := slices.IndexFunc(p.tables, func(r relation) bool { return r.name == t.Name })
	return p.tables[i]
}

// Rows implements feed.Parts.
func (p *parts) Rows(ctx context.Context, q feed.Query, take func([]feed.Value) error) error {
	r := p.relation(q.Table)
	columns := make([]string, len(q.Table.Columns))
	for i, c := range q.Table.Columns {
		columns[i] = r.expression(c)
	}
	end := ""
	switch {
	case q.Key != "" && q.Text:
		end = " ORDER BY CAST(CONVERT(" + quote(q.Key) + " USING utf8mb4) AS BINARY)"
	case q.Key != "":
		end = " ORDER BY " + quote(q.Key)
	}
	if q.Limit > 0 {
		end += fmt.Sprintf(" LIMIT %d", q.Limit)
	}
	return p.d.rows(ctx, fmt.Sprintf("SELECT %s FROM %s.%s%s%s", strings.Join(columns, ", "), quote(p.d.name), quote(r.name), where(q), end), len(columns), take)
}

// where are the conditions of a query.
func where(q feed.Query) string {
	var all []string
	if q.After != nil {
		all = append(all, fmt.Sprintf("%s > %d", quote(q.Key), *q.After))
	}
	if q.Until != nil {
		all = append(all, fmt.Sprintf("%s <= %d", quote(q.Key), *q.Until))
	}
	if q.Keys != nil {
		keys := make([]string, len(q.Keys))
		for i, k := range q.Keys {
			keys[i] = strconv.FormatInt(k, 10)
		}
		all = append(all, fmt.Sprintf("%s IN (%s)", quote(q.Key), strings.Join(keys, ", ")))
	}
	if len(all) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(all, " AND ")
}

// Spans implements feed.Parts.
func (p *parts) Spans(ctx context.Context, q feed.Query, size int64, take func(feed.Span) error) error {
	r, key := p.relation(q.Table), quote(q.Key)
	number := fmt.Sprintf("IF(%[1]s < 0, -1, %[1]s DIV %[2]d)", key, size)
	values := make([]string, len(q.Table.Columns))
	for i, c := range q.Table.Columns {
		values[i] = "IFNULL(CONVERT(" + r.expression(c) + " USING utf8mb4), X'00')"
	}
	sql := fmt.Sprintf("SELECT %[1]s, COUNT(*), CAST(SUM(%[2]s - %[1]s * %[3]d) AS CHAR), CAST(SUM(CRC32(CONCAT_WS(X'1F', %[4]s))) AS CHAR) FROM %[5]s.%[6]s GROUP BY 1",
		number, key, size, strings.Join(values, ", "), quote(p.d.name), quote(r.name))
	return p.d.rows(ctx, sql, 4, func(v []feed.Value) error {
		n, err := strconv.ParseInt(string(v[0].Text), 10, 64)
		if err != nil {
			return wording.Errorf("ranges of %s: %w", r.name, err)
		}
		rows, err := strconv.ParseInt(string(v[1].Text), 10, 64)
		if err != nil {
			return wording.Errorf("ranges of %s: %w", r.name, err)
		}
		return take(feed.Span{Number: n, Rows: rows, Keys: string(v[2].Text), Check: string(v[3].Text)})
	})
}

// rows calls take for the rows of a query.
func (d *database) rows(ctx context.Context, sql string, columns int, take func([]feed.Value) error) error {
	values, numbers := make([]feed.Value, columns), make([]byte, numberSize*columns)
	return d.each(ctx, sql, func(row []driver.Value) error {
		for i, v := range row {
			values[i] = feed.Value{Text: text(numbers[i*numberSize:i*numberSize:(i+1)*numberSize], v), Valid: v != nil}
		}
		return take(values)
	})
}

// compare lets a sink ask for what it needs.
func (d *database) compare(ctx context.Context, tables []relation, sink feed.Comparer) error {
	switch d.o.Since {
	case d.state():
	case "":
		return feed.Unfit(feed.StateUntold)
	default:
		return feed.Unfit("it is of another database")
	}
	return sink.Compare(ctx, &parts{d, tables})
}
