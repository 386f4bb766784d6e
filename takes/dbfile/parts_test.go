package dbfile

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sluice/localexport/snapshot"
	"sluice/localexport/sqlread"
	"sluice/takes/feed"
)

// parts is a database in memory. Of it, fault may change what is told.
type parts struct {
	tables []source
	fault  func(q feed.Query, rows [][]string) [][]string
}

var _ feed.Parts = (*parts)(nil)

// Tables implements feed.Parts.
func (p *parts) Tables() (list []feed.Table) {
	for _, s := range p.tables {
		list = append(list, feed.Table{Name: s.table, Columns: strings.Split(s.columns, "|")})
	}
	return list
}

// Fresh implements feed.Parts: the versions tell all.
func (p *parts) Fresh([]byte) bool { return false }

func number(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}

// find returns the rows of a table, in the order of a key, and the places of columns.
func (p *parts) find(q feed.Query) (rows [][]string, at func(string) int) {
	i := slices.IndexFunc(p.tables, func(s source) bool { return s.table == q.Table.Name })
	columns := strings.Split(p.tables[i].columns, "|")
	at = func(name string) int { return slices.Index(columns, name) }
	for _, r := range p.tables[i].rows {
		rows = append(rows, strings.Split(r, "|"))
	}
	if q.Key != "" {
		slices.SortFunc(rows, func(a, b []string) int { return int(number(a[at(q.Key)]) - number(b[at(q.Key)])) })
	}
	if p.fault != nil {
		rows = p.fault(q, rows)
	}
	return rows, at
}

// Rows implements feed.Parts.
func (p *parts) Rows(_ context.Context, q feed.Query, take func([]feed.Value) error) error {
	rows, at := p.find(q)
	n := 0
	for _, r := range rows {
		if q.Key != "" {
			k := number(r[at(q.Key)])
			if q.After != nil && k <= *q.After || q.Until != nil && k > *q.Until || q.Keys != nil && !slices.Contains(q.Keys, k) {
				continue
			}
		}
		if n++; q.Limit > 0 && n > q.Limit {
			break
		}
		var values []feed.Value
		for _, c := range q.Table.Columns {
			v := r[at(c)]
			values = append(values, feed.Value{Text: []byte(v), Valid: v != "NULL"})
		}
		if err := take(values); err != nil {
			return err
		}
	}
	return nil
}

// Spans implements feed.Parts.
func (p *parts) Spans(_ context.Context, q feed.Query, _ int64, take func(feed.Span) error) error {
	rows, at := p.find(q)
	all := map[int64]*adding{}
	for _, r := range rows {
		k := number(r[at(q.Key)])
		x := all[rangeOf(k)]
		if x == nil {
			x = &adding{Span: feed.Span{Number: rangeOf(k)}, want: sums{sum: true}}
			all[rangeOf(k)] = x
		}
		x.Rows++
		x.keys += k - x.Number*rangeSize
		x.total += number(r[at(q.Sum)])
	}
	told := map[int64]feed.Span{}
	for _, x := range all {
		x.end(told)
	}
	for _, s := range told {
		if err := take(s); err != nil {
			return err
		}
	}
	return nil
}

// wiki is a database of so many pages, with bodies of a state.
func wiki(pages int, state string) *parts {
	p := &parts{tables: []source{
		{table: "content", columns: "contentid|contenttype|title|version|creator|creationdate|lastmodifier|lastmoddate|prevver|content_status|pageid|spaceid|parentid"},
		{table: "bodycontent", columns: "bodycontentid|contentid|bodytypeid|body|sluice_mark"},
		{table: "spaces", columns: "spaceid|spacekey|spacename", rows: []string{"1|K|" + state}},
		{table: "user_mapping", columns: "user_key|username", rows: []string{"a|A", "b|" + state}},
		{table: "plugin_setting", columns: "namespace|setting_key|setting_value", rows: []string{"atlassian.confluence.settings|x|" + state}},
		{table: "AO_7B47A5_EVENT", columns: "ID|NAME|EVENT_AT|USER_KEY|SPACE_KEY|CONTENT_ID|CONTAINER_ID"},
	}}
	for i := range pages {
		is := state
		if i%3 > 0 {
			is = "always"
		}
		p.tables[0].rows = append(p.tables[0].rows, fmt.Sprintf("%d|PAGE|page %d %s|1|u|2020-01-01|u|2020-01-01|NULL|current|NULL|1|NULL", i+1, i, is))
		p.tables[1].rows = append(p.tables[1].rows, fmt.Sprintf("%d|%d|2|%s|%s", i+1, i+1, strings.Repeat(is+" ", 150), is))
		p.tables[5].rows = append(p.tables[5].rows, fmt.Sprintf("%d|view|%d|a|K|%d|NULL", i*7+1+len(is)%2, 1000+i, i+1))
	}
	return p
}

// taken takes a snapshot of a database in full.
func (p *parts) taken(t testing.TB, path string) {
	t.Helper()
	f, err := Create(t.Context(), path, "", true)
	if err == nil {
		if err = fill(f, p.tables, false); err == nil {
			_, err = f.Finish(Origin{Taken: time.Unix(0, 0), State: "first"})
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

// takenAgain takes it again by what changed.
func (p *parts) takenAgain(ctx context.Context, path string) (Done, error) {
	a, err := Open(ctx, path)
	if err != nil {
		return Done{}, err
	}
	var done Done
	if err = a.Compare(ctx, p); err == nil {
		done, err = a.Finish(Origin{Taken: time.Unix(1, 0), State: "second"})
	}
	return done, errors.Join(err, a.Abort())
}

// rowsIn are all rows of a snapshot, and what it says of itself.
func rowsIn(t testing.TB, path string) string {
	t.Helper()
	c, err := sqlread.Open(t.Context(), path, sqlread.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if text, _, err := c.Text("PRAGMA integrity_check"); err != nil || text != "ok" {
		t.Fatalf("integrity: %q, %v", text, err)
	}
	var b strings.Builder
	for _, table := range []string{"content", "bodycontent", "spaces", "user_mapping", "plugin_setting", "AO_7B47A5_EVENT", snapshot.OriginTable, snapshot.RangesTable} {
		columns, _, err := c.Text(`SELECT group_concat('quote("' || name || '")', ' || ''|'' || ') FROM pragma_table_info(?)`, table)
		if err != nil {
			t.Fatal(err)
		}
		filter := ""
		if table == snapshot.OriginTable {
			filter = " WHERE key = 'state' OR key LIKE 'rows.%'"
		}
		if err := c.Each("SELECT "+columns+` FROM "`+table+`"`+filter+" ORDER BY 1", func(s *sqlread.Stmt) error {
			b.Write(append(s.Bytes(0), '\n'))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// fullOf are the rows of a full take.
func (p *parts) fullOf(t testing.TB, state string) string {
	path := filepath.Join(t.TempDir(), "full.db")
	p.taken(t, path)
	return strings.Replace(rowsIn(t, path), "'first'", "'"+state+"'", 1)
}
