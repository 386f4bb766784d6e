package sqliteformat

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "modernc.org/sqlite" // the judge
)

// open makes a database in memory, or at a path.
func open(t testing.TB, path string, statements ...string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1) // each connection would have a memory of its own
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	return db
}

// declaredTypes are types as databases, converters and people declare them, and some
// that only look like others.
var declaredTypes = []string{
	"", "INTEGER", "INT", "integer", "TINYINT", "SMALLINT", "MEDIUMINT", "BIGINT", "UNSIGNED BIG INT", "INT2", "INT8", "SERIAL", "BIGSERIAL",
	"CHARACTER(20)", "VARCHAR(255)", "VARYING CHARACTER(255)", "NCHAR(55)", "NVARCHAR(100)", "TEXT", "text", "CLOB", "LONGTEXT", "CITEXT", "BPCHAR", "VARCHAR2(4000)",
	"BLOB", "LONGBLOB", "BYTEA", "BINARY", "RAW", "REAL", "DOUBLE", "DOUBLE PRECISION", "FLOAT", "FLOAT8", "BINARY_DOUBLE",
	"NUMERIC", "DECIMAL(10,5)", "NUMBER(18,0)", "BOOLEAN", "BOOL", "DATE", "DATETIME", "TIMESTAMP", "TIMESTAMP WITHOUT TIME ZONE", "UUID", "JSON", "ANY", "STRING",
	"CHARINT", "FLOATING POINT", "POINT", "INTERVAL", "BLOBREAL", "REALBLOB", "BLOBTEXT", "TEXTBLOB", "REALTEXT", "DOUBLE CHAR", "INTBLOB", "FLOATTEXT",
	"ANYTHING", "REA L", "TE XT", "FLO", "DOU", "BLO", "CLO", "CHA",
	"ınt", "İNT", "ſtring", "TEX\u0422", "ｉｎｔ", "BLOBK", // letters that are small or great only outside ASCII
}

// stored are the values that tell affinities apart, and how each stores them.
const stored = "'12', '1.5', 3, 4.0, x'01'"

func storedAs(a Affinity) string {
	return map[Affinity]string{
		AffinityInteger: "integer real integer integer blob", AffinityNumeric: "integer real integer integer blob",
		AffinityReal: "real real real real blob", AffinityText: "text text text text blob", AffinityNone: "text text integer real blob",
	}[a]
}

// TestAffinity has SQLite store values in columns of every type. What it casts to them
// tells INTEGER and NUMERIC apart, which store alike.
func TestAffinity(t *testing.T) {
	for _, declared := range declaredTypes {
		db := open(t, ":memory:", fmt.Sprintf("CREATE TABLE t (v %s)", declared))
		for _, v := range strings.Split(stored, ", ") {
			if _, err := db.Exec("INSERT INTO t VALUES (" + v + ")"); err != nil {
				t.Fatal(err)
			}
		}
		a := AffinityOf(declared, false)
		if got := kinds(t, db, "SELECT typeof(v) FROM t ORDER BY rowid"); got != storedAs(a) {
			t.Errorf("%q: SQLite stores %s, affinity %d is %s", declared, got, a, storedAs(a))
		}
		if declared == "" {
			continue // no type to cast to
		}
		want := "integer" // of 1.5
		if a != AffinityInteger {
			want = strings.Fields(map[Affinity]string{AffinityNumeric: "real", AffinityReal: "real", AffinityText: "text", AffinityNone: "blob"}[a])[0]
		}
		if got := kinds(t, db, fmt.Sprintf("SELECT typeof(CAST(1.5 AS %s))", declared)); got != want {
			t.Errorf("%q: SQLite casts to %s, affinity %d to %s", declared, got, a, want)
		}
	}
}

// TestAffinityOfStrict: in a strict table ANY changes nothing; the other types that
// it may have are those of any table.
func TestAffinityOfStrict(t *testing.T) {
	for declared, values := range map[string]string{"ANY": stored, "any": stored, "INT": "'12', 3, 4.0", "INTEGER": "'12', 3, 4.0", "REAL": "'12', '1.5', 3, 4.0", "TEXT": "'12', '1.5', 3, 4.0", "BLOB": "x'01'"} {
		db := open(t, ":memory:", fmt.Sprintf("CREATE TABLE t (v %s) STRICT", declared))
		var want []string
		for _, v := range strings.Split(values, ", ") {
			if _, err := db.Exec("INSERT INTO t VALUES (" + v + ")"); err != nil {
				t.Fatal(err)
			}
			at := slices.Index(strings.Split(stored, ", "), v)
			want = append(want, strings.Fields(storedAs(AffinityOf(declared, true)))[at])
		}
		if got := kinds(t, db, "SELECT typeof(v) FROM t ORDER BY rowid"); got != strings.Join(want, " ") {
			t.Errorf("%s: SQLite stores %s, want %s", declared, got, want)
		}
	}
}

func kinds(t *testing.T, db *sql.DB, query string) string {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var kind string
		if err := rows.Scan(&kind); err != nil {
			t.Fatal(err)
		}
		all = append(all, kind)
	}
	return strings.Join(all, " ")
}

// TestRowNumber asks SQLite which column has the number that a row was given.
func TestRowNumber(t *testing.T) {
	for _, c := range []struct {
		columns string
		alias   int
	}{
		{"a INTEGER PRIMARY KEY, b", 0},
		{"a integer primary key asc, b", 0},
		{"a INTEGER PRIMARY KEY AUTOINCREMENT, b", 0},
		{"a INTEGER PRIMARY KEY DESC, b INT", -1},
		{"a INTEGER UNIQUE, b INT", -1},
		{"a INT PRIMARY KEY, b", -1},
		{"a BIGINT PRIMARY KEY, b", -1},
		{"a INTEGER(8) PRIMARY KEY, b", -1},
		{"a UNSIGNED INTEGER PRIMARY KEY, b", -1},
		{`a "INTEGER" PRIMARY KEY, b`, 0},
		{"a [integer] PRIMARY KEY, b", 0},
		{"a 'Integer' PRIMARY KEY, b", 0},
		{"a `INTEGER` PRIMARY KEY, b", 0},
		{"a İNTEGER PRIMARY KEY, b", -1},
		{"a INT, b INTEGER, PRIMARY KEY (b)", 1},
		{"a INT, b INTEGER, PRIMARY KEY (b DESC)", 1}, // behind the columns, DESC counts for nothing
		{`a INT, b INTEGER, CONSTRAINT k PRIMARY KEY ("B" COLLATE NOCASE)`, 1},
		{"a INTEGER, b INTEGER, PRIMARY KEY (a, b)", -1},
		{"a INTEGER, b TEXT PRIMARY KEY", -1},
	} {
		statement := "CREATE TABLE t (" + c.columns + ")"
		db := open(t, ":memory:", statement, "INSERT INTO t (rowid) VALUES (42)", "UPDATE t SET a = 7 WHERE a IS NULL", "UPDATE t SET b = 8 WHERE b IS NULL")
		var values [2]sql.NullString
		if err := db.QueryRow("SELECT a, b FROM t").Scan(&values[0], &values[1]); err != nil {
			t.Fatal(err)
		}
		judged := slices.IndexFunc(values[:], func(v sql.NullString) bool { return v.String == "42" })
		types, key, own := described(t, db)
		if got := RowNumber(types, key, own); got != judged || got != c.alias {
			t.Errorf("%s: row number %d, SQLite's is %d, the table says %d", statement, got, judged, c.alias)
		}
	}
}

// described is what the catalog tells of the table t.
func described(t *testing.T, db *sql.DB) (types []string, key []int, ownIndex bool) {
	t.Helper()
	for _, place := range strings.Fields(kinds(t, db, "SELECT cid FROM pragma_table_xinfo('t') WHERE pk > 0 ORDER BY pk")) {
		key = append(key, int(place[0]-'0'))
	}
	for _, kind := range strings.SplitAfter(kinds(t, db, "SELECT type || ';' FROM pragma_table_xinfo('t') ORDER BY cid"), ";") {
		if kind, ok := strings.CutSuffix(kind, ";"); ok {
			types = append(types, strings.TrimPrefix(kind, " "))
		}
	}
	return types, key, kinds(t, db, "SELECT origin FROM pragma_index_list('t') WHERE origin = 'pk'") != ""
}

// TestRowNumberName reads the row number by the name.
func TestRowNumberName(t *testing.T) {
	for _, c := range []struct {
		columns []string
		alias   int
		want    string
	}{
		{[]string{"a", "b"}, -1, "rowid"},
		{[]string{"a", "RowID"}, -1, "_rowid_"},
		{[]string{"rowid", "_ROWID_"}, -1, "oid"},
		{[]string{"oid", "b"}, -1, "rowid"},
		{[]string{"rowid", "_rowid_", "OID"}, -1, ""},
		{[]string{"rowid", "a"}, 0, "rowid"},
		{[]string{"rowid", "_rowid_", "oid"}, 1, "_rowid_"},
		{[]string{"rowıd"}, -1, "rowid"},
	} {
		got := RowNumberName(c.columns, c.alias)
		if got != c.want {
			t.Errorf("%v, %d: %q, want %q", c.columns, c.alias, got, c.want)
		}
		if got == "" {
			continue
		}
		var declared []string
		for i, name := range c.columns {
			kind := " TEXT DEFAULT 'hidden'"
			if i == c.alias {
				kind = " INTEGER PRIMARY KEY"
			}
			declared = append(declared, name+kind)
		}
		db := open(t, ":memory:", "CREATE TABLE t ("+strings.Join(declared, ", ")+")", "INSERT INTO t DEFAULT VALUES")
		if n := kinds(t, db, "SELECT "+got+" FROM t"); n != "1" {
			t.Errorf("%v: SQLite gives %q by %s", c.columns, n, got)
		}
	}
}

// TestWithoutRowid: the caller has to know that there is no row number at all.
func TestWithoutRowid(t *testing.T) {
	db := open(t, ":memory:", "CREATE TABLE t (a INTEGER PRIMARY KEY, b) WITHOUT ROWID")
	if _, err := db.Exec("SELECT rowid FROM t"); err == nil {
		t.Error("SQLite gives a row number")
	}
}

// TestSameName compares names as SQLite does, which says "duplicate column name".
func TestSameName(t *testing.T) {
	for _, c := range [][2]string{{"a", "A"}, {"key", "KEY"}, {"k", "\u212a"}, {"s", "ſ"}, {"ä", "Ä"}, {"i", "ı"}, {"ab", "a"}, {"straße", "STRASSE"}, {"z", "Z"}, {"[", "{"}, {"@", "`"}} {
		_, err := open(t, filepath.Join(t.TempDir(), "t.db")).Exec(fmt.Sprintf(`CREATE TABLE t (%q, %q)`, c[0], c[1]))
		if got, want := SameName(c[0], c[1]), err != nil; got != want {
			t.Errorf("%q and %q: %t, SQLite says %v", c[0], c[1], got, err)
		}
	}
}
