package mylive

import (
	"context"
	"database/sql/driver"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"

	"sluice/takes/feed"
)

// fake is a connection to a server that answers a query by the first of its answers
// that is about it. What only sets something is always taken.
type fake struct {
	t       *testing.T
	answers []answer
	asked   []string
	closed  bool
}

type answer struct {
	about string // text that stands in the query
	rows  [][]driver.Value
	err   error // of the query
	cut   error // after the rows
}

func (f *fake) Prepare(string) (driver.Stmt, error) { return nil, driver.ErrSkip }
func (f *fake) Begin() (driver.Tx, error)           { return nil, driver.ErrSkip }
func (f *fake) Close() error {
	f.closed = true
	return nil
}

// QueryContext implements driver.QueryerContext.
func (f *fake) QueryContext(_ context.Context, sql string, args []driver.NamedValue) (driver.Rows, error) {
	f.t.Helper()
	f.asked = append(f.asked, sql)
	for _, a := range f.answers {
		if strings.Contains(sql, a.about) {
			return &fakeRows{a.rows, a.cut}, a.err
		}
	}
	if first, _, _ := strings.Cut(sql, " "); !slices.Contains([]string{"SET", "START", "COMMIT", "SHOW"}, first) || len(args) > 0 {
		f.t.Errorf("nobody expects the query %s", sql)
	}
	return &fakeRows{}, nil
}

type fakeRows struct {
	rows [][]driver.Value
	cut  error
}

func (r *fakeRows) Close() error { return nil }
func (r *fakeRows) Columns() []string {
	if len(r.rows) == 0 {
		return nil
	}
	return make([]string, len(r.rows[0]))
}
func (r *fakeRows) Next(row []driver.Value) error {
	if len(r.rows) > 0 {
		copy(row, r.rows[0])
		r.rows = r.rows[1:]
		return nil
	}
	if r.cut != nil {
		return r.cut
	}
	return io.EOF
}

// database is one that is connected to the fake.
func (f *fake) database() *database {
	return &database{c: f, name: "wi`ki", address: "db:3306 (database wi`ki)", user: "'reader'@'%'"}
}

// texts makes a row of texts.
func texts(all ...string) []driver.Value {
	row := make([]driver.Value, len(all))
	for i, s := range all {
		row[i] = []byte(s)
	}
	return row
}

// refusal is an error of the server.
func refusal(number uint16) error { return &mysql.MySQLError{Number: number, Message: "as it says"} }

// wish is what is needed: two tables of which one may lack, and a mark for bodies.
type wish struct{}

func (wish) Tables() []string { return []string{"bodycontent", "AO_EVENT"} }
func (wish) Columns(table string) []string {
	if strings.EqualFold(table, "AO_EVENT") {
		return []string{"ID"}
	}
	return []string{"contentid", "flag", "body", "extra"}
}
func (wish) MayLack(table string) bool      { return table == "AO_EVENT" }
func (wish) MayLackColumn(_, c string) bool { return c == "extra" }
func (wish) Marked(table string) (m feed.Marked) {
	if strings.EqualFold(table, "bodycontent") {
		m = feed.Marked{Mark: "sluice_mark", Value: "body"}
	}
	return m
}
