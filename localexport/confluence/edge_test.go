package confluence

import (
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"sluice/localexport/record/recordtest"
	"sluice/localexport/snapshot"
	"sluice/localexport/wallclock"
)

// class is what a column holds.
type class int

const (
	text class = iota
	number
	bigint // ids and times of events
	stamp  // naive times
)

// form is how a converter stores a database.
type form struct {
	name    string
	table   func(string) string
	column  func(string) string
	types   [4]string // declared, by class
	value   func(class, any) any
	keys    bool // keeps primary keys
	indexes bool // keeps indexes
	reverse bool // rows lie in another order
	setting bool // base URL in plugin_setting
	utf16   bool
}

// zoned changes the text of times.
func zoned(change func(string) string) func(class, any) any {
	return func(c class, v any) any {
		if s, ok := v.(string); ok && c == stamp {
			return change(s)
		}
		return v
	}
}

// padded gives a time three digits of a fraction, or none for a whole second.
func padded(s, separator, suffix string, digits int) string {
	day, clock, _ := strings.Cut(s, " ")
	whole, fraction, _ := strings.Cut(clock, ".")
	if fraction != "" {
		whole += "." + (fraction + "000000000")[:digits]
	}
	return day + separator + whole + suffix
}

// forms are the storage forms of converters (spec/snapshots.md §5 and §6).
var forms = []form{
	{name: "db-to-sqlite", types: [4]string{"TEXT", "INTEGER", "INTEGER", "TEXT"}, keys: true, indexes: true,
		value: zoned(func(s string) string { return padded(s, "T", "", 6) })},
	{name: "pg2sqlite", types: [4]string{"TEXT", "INTEGER", "TEXT", "TEXT"}, keys: true,
		value: func(c class, v any) any {
			if c == bigint && v != nil {
				return fmt.Sprint(v)
			}
			return zoned(func(s string) string { return padded(s, " ", "+00:00", 3) })(c, v)
		}},
	{name: "sq", types: [4]string{"TEXT", "INTEGER", "INTEGER", "DATETIME"}, reverse: true,
		value: zoned(func(s string) string { return padded(s, " ", "+00:00", 3) })},
	{name: "DuckDB", types: [4]string{"VARCHAR", "BIGINT", "BIGINT", "VARCHAR"}, setting: true},
	{name: "upper case, keys are not row numbers", table: strings.ToUpper, column: strings.ToUpper,
		types: [4]string{"VARCHAR(255)", "INT(11)", "BIGINT(20)", "DATETIME"}, keys: true, indexes: true, reverse: true},
	{name: "real numbers, schema prefix", table: func(s string) string { return "public_" + s },
		types: [4]string{"TEXT", "FLOAT", "FLOAT", "TEXT"}, reverse: true,
		value: zoned(func(s string) string { return padded(s, "T", "Z", 9) })},
	{name: "everything is a blob, nulls are empty", table: func(s string) string { return "wiki." + s },
		types: [4]string{"", "", "", ""}, reverse: true, setting: true,
		value: func(_ class, v any) any {
			if v == nil {
				return []byte{}
			}
			return []byte(fmt.Sprint(v))
		}},
	{name: "UTF-16", types: [4]string{"TEXT", "INTEGER", "INTEGER", "TEXT"}, keys: true, indexes: true, utf16: true},
	{name: "times since the epoch", types: [4]string{"TEXT", "NUMERIC", "NUMERIC", "TIMESTAMP"}, keys: true,
		value: func(c class, v any) any {
			s, ok := v.(string)
			if c != stamp || !ok {
				return v
			}
			r, err := wallclock.Parse([]byte(s))
			if err != nil {
				return v
			}
			return wallclock.NewClock(wallclock.NewZone(berlin)).Unix(r)*1000 + int64(r.Nanos)/1e6
		}},
}

var berlin = func() *time.Location {
	loc, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err)
	}
	return loc
}()

// quick is the address of a database that need not survive a power failure.
func quick(path string) string { return path + "?_pragma=synchronous(off)&_pragma=journal_mode(off)" }

// edge makes the well-formed database of edge cases, changed by statements.
func edge(t testing.TB, statements ...string) string {
	t.Helper()
	script, err := os.ReadFile("testdata/edge.sql")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "edge.db")
	db, err := sql.Open("sqlite", quick(path))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range append([]string{string(script)}, statements...) {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	return path
}

// convert writes the database at path in another form.
func convert(t testing.TB, path string, f form) string {
	t.Helper()
	same := func(s string) string { return s }
	if f.table == nil {
		f.table = same
	}
	if f.column == nil {
		f.column = same
	}
	if f.value == nil {
		f.value = func(_ class, v any) any { return v }
	}
	from, err := sql.Open("sqlite", quick(path))
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	target := filepath.Join(t.TempDir(), "converted.db")
	to, err := sql.Open("sqlite", quick(target))
	if err != nil {
		t.Fatal(err)
	}
	defer to.Close()
	c := converter{t: t, from: from, to: to, f: f}
	if f.utf16 {
		to.SetMaxOpenConns(1)
		c.exec("PRAGMA encoding = 'UTF-16le'")
	}
	for _, name := range c.strings("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid") {
		c.table(name)
	}
	if f.setting {
		c.exec("DELETE FROM " + quoted(f.table("bandana")))
		c.exec("CREATE TABLE " + quoted(f.table("plugin_setting")) + " (namespace TEXT, setting_key TEXT, setting_value TEXT)")
		c.exec("INSERT INTO "+quoted(f.table("plugin_setting"))+" VALUES ('_GLOBAL', 'atlassian.confluence.settings', ?)",
			`{"siteTitle":"A & B","baseUrl":"https://wiki.example.com/a&b/"}`)
	}
	return target
}

type converter struct {
	t        testing.TB
	from, to *sql.DB
	f        form
}

func quoted(name string) string { return `"` + name + `"` }

func (c converter) exec(s string, args ...any) {
	c.t.Helper()
	if _, err := c.to.Exec(s, args...); err != nil {
		c.t.Fatalf("%s: %v", s, err)
	}
}

func (c converter) strings(query string, args ...any) []string {
	c.t.Helper()
	rows, err := c.from.Query(query, args...)
	if err != nil {
		c.t.Fatal(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			c.t.Fatal(err)
		}
		all = append(all, s)
	}
	if err := rows.Err(); err != nil {
		c.t.Fatal(err)
	}
	return all
}

// table copies a table in the new form.
func (c converter) table(name string) {
	c.t.Helper()
	columns := c.strings("SELECT name FROM pragma_table_info(?) ORDER BY cid", name)
	declared := c.strings("SELECT type || CASE WHEN pk THEN ' KEY' ELSE '' END FROM pragma_table_info(?) ORDER BY cid", name)
	classes := make([]class, len(columns))
	definitions := make([]string, len(columns))
	for i, column := range columns {
		switch {
		case column == "creationdate" || column == "lastmoddate":
			classes[i] = stamp
		case strings.Contains(declared[i], "BIGINT"), declared[i] == "INTEGER KEY":
			classes[i] = bigint
		case strings.Contains(declared[i], "INT"):
			classes[i] = number
		}
		definitions[i] = quoted(c.f.column(column)) + " " + c.f.types[classes[i]]
		if c.f.keys && strings.HasSuffix(declared[i], "KEY") {
			definitions[i] += " PRIMARY KEY"
		}
	}
	table := quoted(c.f.table(name))
	c.exec("CREATE TABLE " + table + " (" + strings.Join(definitions, ", ") + ")")
	c.rows(name, table, classes)
	if c.f.indexes {
		for _, index := range c.strings("SELECT name FROM pragma_index_list(?)", name) {
			keys := c.strings("SELECT name FROM pragma_index_info(?) ORDER BY seqno", index)
			for i := range keys {
				keys[i] = quoted(c.f.column(keys[i]))
			}
			c.exec("CREATE INDEX " + quoted("copy_"+index) + " ON " + table + " (" + strings.Join(keys, ", ") + ")")
		}
	}
}

func (c converter) rows(name, table string, classes []class) {
	c.t.Helper()
	query := "SELECT * FROM " + quoted(name) + " ORDER BY rowid"
	if c.f.reverse {
		query += " DESC"
	}
	rows, err := c.from.Query(query)
	if err != nil {
		c.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		values := make([]any, len(classes))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			c.t.Fatal(err)
		}
		for i := range values {
			values[i] = c.f.value(classes[i], *values[i].(*any))
		}
		c.exec("INSERT INTO "+table+" VALUES ("+strings.TrimSuffix(strings.Repeat("?, ", len(values)), ", ")+")", values...)
	}
	if err := rows.Err(); err != nil {
		c.t.Fatal(err)
	}
}

// memory is a Sink into memory.
type memory struct {
	mu    sync.Mutex
	files map[string]*bytes.Buffer
}

type memoryFile struct{ *bytes.Buffer }

func (memoryFile) Commit() error { return nil }
func (memoryFile) Close() error  { return nil }

func (m *memory) open(name string) (Output, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.files == nil {
		m.files = map[string]*bytes.Buffer{}
	}
	if m.files[name] != nil {
		return nil, fmt.Errorf("%s is opened twice", name)
	}
	m.files[name] = &bytes.Buffer{}
	return memoryFile{m.files[name]}, nil
}

// export exports the snapshot at path into memory. Every cell is held against its
// column.
func export(t testing.TB, path string, o Options) (*memory, Result) {
	t.Helper()
	s, err := snapshot.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if o.From.IsZero() {
		o.From = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if o.Location == nil {
		o.Location = berlin
	}
	o.TempDir = t.TempDir()
	var m memory
	check := recordtest.Check(t, o.format())
	check.Unlimited = o.FullContent || o.CutMarker != ""
	r, err := exportAs(t.Context(), check, s, o, m.open, nil)
	if err != nil {
		t.Fatal(err)
	}
	return &m, r
}

// alter runs statements on a database.
// openQuick opens a database until the end of the test.
func openQuick(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", quick(path))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func alter(t testing.TB, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", quick(path))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}
