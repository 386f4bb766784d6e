package snapshot

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"sluice/localexport/sqlitefile"
	"sluice/localexport/sqlread"
	"sluice/localexport/wallclock"
)

// values are how converters store one value, and what it is read as: an id, a time
// (as UTC would show it; "-" for none, "?" for what is no time) and a truth.
var values = []struct {
	stored string // as SQL
	id     int64
	state  IDState
	time   string
	flag   bool
}{
	{"NULL", 0, IDNull, "-", false},
	{"''", 0, IDNull, "-", false},
	{"x''", 0, IDNull, "-", false},
	{"'   '", 0, IDNull, "?", false},
	{"98305", 98305, IDPresent, "1970-01-02T03:18:25", true},
	{"'98305'", 98305, IDPresent, "1970-01-02T03:18:25", false},
	{"' 98305 '", 98305, IDPresent, "?", false},
	{"x'3938333035'", 98305, IDPresent, "1970-01-02T03:18:25", false}, // the digits as a blob
	{"98305.0", 98305, IDPresent, "1970-01-02T03:18:25", true},
	{"'98305.0'", 98305, IDPresent, "?", false},
	{"98305.5", 0, IDBad, "1970-01-02T03:18:25.5", true},
	{"'98305.5'", 0, IDBad, "?", false},
	{"-7", -7, IDPresent, "1969-12-31T23:59:53", true},
	{"'-7'", -7, IDPresent, "?", false},
	{"'-'", 0, IDBad, "?", false},
	{"'12a'", 0, IDBad, "?", false},
	{"'0x10'", 0, IDBad, "?", false},
	{"9223372036854775807", math.MaxInt64, IDPresent, "", true},
	{"'9223372036854775807'", math.MaxInt64, IDPresent, "?", false},
	{"'9223372036854775808'", 0, IDBad, "?", false}, // no whole number of 64 bits
	{"9007199254740991.0", 1<<53 - 1, IDPresent, "", true},
	{"9007199254740992.0", 0, IDBad, "", true}, // its neighbour is the same number
	{"1e300", 0, IDBad, "?", true},
	{"0", 0, IDPresent, "1970-01-01T00:00:00", false},
	{"0.0", 0, IDPresent, "1970-01-01T00:00:00", false},
	{"1", 1, IDPresent, "1970-01-01T00:00:01", true},
	{"'1'", 1, IDPresent, "?", true},
	{"'0'", 0, IDPresent, "1970-01-01T00:00:00", false},
	{"'1.0'", 1, IDPresent, "?", true},
	{"'T'", 0, IDBad, "?", true},
	{"' t '", 0, IDBad, "?", true},
	{"'F'", 0, IDBad, "?", false},
	{"'Yes'", 0, IDBad, "?", true},
	{"'no'", 0, IDBad, "?", false},
	{"x'59'", 0, IDBad, "?", true},
	{"'2024-01-02 03:04:05.678'", 0, IDBad, "2024-01-02T03:04:05.678", false},
	{"'2024-01-02T03:04:05'", 0, IDBad, "2024-01-02T03:04:05", false},
	{"'0000-00-00 00:00:00'", 0, IDBad, "-", false},
	{"1704164645678", 1704164645678, IDPresent, "2024-01-02T03:04:05.678", true},
	{"1704164645", 1704164645, IDPresent, "2024-01-02T03:04:05", true},
	{"'2024-13-02 03:04:05'", 0, IDBad, "?", false},
}

// eachWay calls f with every row of the table v, first as SQLite gives it, then as the
// file reader does.
func eachWay(t *testing.T, s *Snapshot, columns []string, f func(way string, n int, r Row)) {
	t.Helper()
	c, err := s.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	n := 0
	if err := c.Each("SELECT "+s.Table("v").Select(columns...)+" FROM v ORDER BY rowid", func(r *sqlread.Stmt) error {
		f("SQLite", n, r)
		n++
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	file, err := s.OpenFile(sqlitefile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	err = file.Read(t.Context(), func(r *sqlitefile.Reader) error {
		cursor, row, err := OpenCursor(r, file, s.Table("v"), columns...)
		if err != nil {
			return err
		}
		for n = 0; ; n++ {
			if ok, err := cursor.Next(); err != nil || !ok {
				return err
			}
			f("file", n, row)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if n < 2 {
		t.Fatalf("%d rows", n)
	}
}

func valueTable(t *testing.T) *Snapshot {
	t.Helper()
	statements := []string{"CREATE TABLE v (x)"}
	for _, v := range values {
		statements = append(statements, "INSERT INTO v VALUES ("+v.stored+")")
	}
	s, err := Open(t.Context(), database(t, with(statements...)...))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// TestValues reads every form of a value in both ways.
func TestValues(t *testing.T) {
	s := valueTable(t)
	eachWay(t, s, []string{"x"}, func(way string, n int, r Row) {
		v := values[n]
		if id, state := ID(r, 0); id != v.id && state == IDPresent || state != v.state {
			t.Errorf("%s, %s: id %d, state %d, want %d, %d", way, v.stored, id, state, v.id, v.state)
		}
		if flag := Flag(r, 0); flag != v.flag {
			t.Errorf("%s, %s: truth %t", way, v.stored, flag)
		}
		if v.time == "" {
			return // far beyond all that a file can hold
		}
		reading, present, err := Time(r, 0)
		got := strings.TrimSuffix(string(wallclock.AppendUTC(nil, reading.Seconds, reading.Nanos, true)), "Z")
		switch {
		case err != nil && !errors.Is(err, wallclock.ErrNoTime):
			t.Errorf("%s, %s: %v", way, v.stored, err)
		case err != nil:
			got = "?"
		case !present:
			got = "-"
		}
		if trimmed := strings.TrimRight(got, "0"); got != v.time && trimmed != v.time && strings.TrimSuffix(trimmed, ".") != v.time && !strings.HasPrefix(got, v.time+".") {
			t.Errorf("%s, %s: time %s, want %s", way, v.stored, got, v.time)
		}
	})
}

// TestBothRowsAreTheSame: kinds, numbers and bytes of both ways; a column that the
// table lacks is null. A real that is to be written is left to SQLite.
func TestBothRowsAreTheSame(t *testing.T) {
	s := valueTable(t)
	var bySQLite []string
	eachWay(t, s, []string{"none", "x"}, func(way string, n int, r Row) {
		if !r.IsNull(0) || r.Kind(0) != sqlread.Null || r.Bytes(0) != nil {
			t.Errorf("%s: a column that is not there is %v", way, r.Kind(0))
		}
		said := fmt.Sprint(r.Kind(1), r.IsNull(1))
		switch r.Kind(1) {
		case sqlread.Integer:
			said += fmt.Sprint(r.Int(1), r.Float(1), string(r.Bytes(1)))
		case sqlread.Real:
			said += fmt.Sprint(math.Float64bits(r.Float(1)))
		default:
			said += fmt.Sprintf("%q", r.Bytes(1))
		}
		if way == "SQLite" {
			bySQLite = append(bySQLite, said)
			return
		}
		if said != bySQLite[n] {
			t.Errorf("%s is %s, by SQLite %s", values[n].stored, said, bySQLite[n])
		}
		row := r.(*FileRow)
		if row.Err() != nil {
			t.Fatalf("%s: %v", values[n].stored, row.Err())
		}
		if r.Kind(1) == sqlread.Real {
			if b := row.Bytes(1); b != nil || !errors.Is(row.Err(), sqlitefile.ErrUnsupported) {
				t.Errorf("%s is written as %q, %v", values[n].stored, b, row.Err())
			}
			row.err = nil
		}
	})
}

// TestErrorOfAValueIsShort, and cut between characters.
func TestErrorOfAValueIsShort(t *testing.T) {
	for value, want := range map[string]string{
		"12x":                         `"12x"`,
		"a\nb\x00":                    `"a\nb\x00"`,
		strings.Repeat("漢", 30):       `"` + strings.Repeat("漢", 20) + `…"`,
		strings.Repeat("ä", 30):       `"` + strings.Repeat("ä", 30) + `"`,
		"x" + strings.Repeat("ä", 30): `"x` + strings.Repeat("ä", 29) + `…"`,
	} {
		e := &ValueError{Path: "wiki.db", Table: "content", Column: "spaceid", Row: "contentid 7", Value: value, Want: "is no number"}
		if got := e.Error(); got != "wiki.db: table content, column spaceid, row with contentid 7: "+want+" is no number: repair the snapshot or convert the database again" {
			t.Errorf("%q: %s", value, got)
		}
	}
}

// TestPlainNames: a schema before the name of a table is none of its business, and a
// table that has the plain name itself comes first.
func TestPlainNames(t *testing.T) {
	for _, c := range []struct {
		tables []string
		want   map[string]string
	}{
		{[]string{"content", "SPACES"}, map[string]string{"content": "content", "spaces": "SPACES"}},
		{[]string{"public.content", "public_spaces"}, map[string]string{"content": "public.content", "spaces": "public_spaces"}},
		{[]string{"wiki_bodycontent", "wiki_content", "other_content"}, map[string]string{"bodycontent": "wiki_bodycontent", "content": "wiki_content", "other_content": "other_content"}},
		{[]string{"public_content", "content"}, map[string]string{"content": "content", "public_content": "public_content"}},
		{[]string{"db.wiki.content", "cwd_user"}, map[string]string{"content": "db.wiki.content", "cwd_user": "cwd_user", "user": ""}},
	} {
		var tables []*Table
		for _, name := range c.tables {
			tables = append(tables, &Table{Name: name})
		}
		named := plainNames(tables)
		for plain, want := range c.want {
			got := ""
			if x := named[plain]; x != nil {
				got = x.Name
			}
			if got != want {
				t.Errorf("%v: %s is %q, want %q", c.tables, plain, got, want)
			}
		}
	}
}
