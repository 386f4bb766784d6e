package sqlitefile

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sluice/localexport/sqlread"
)

// statements are CREATE TABLE statements as people and programs write them.
var statements = []string{
	`CREATE TABLE t (a)`,
	`CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)`,
	`CREATE TABLE t(a integer primary key asc autoincrement not null, b)`,
	`CREATE TABLE t (a INTEGER PRIMARY KEY DESC, b)`,
	`CREATE TABLE t (a INT PRIMARY KEY, b)`,
	`CREATE TABLE t (a BIGINT PRIMARY KEY, b)`,
	`CREATE TABLE t (a, b INTEGER, PRIMARY KEY (b))`,
	`CREATE TABLE t (a, b INTEGER, PRIMARY KEY (b DESC))`,
	`CREATE TABLE t (a, b INTEGER, CONSTRAINT "primary" PRIMARY KEY ("B" COLLATE NOCASE ASC) ON CONFLICT REPLACE UNIQUE (a))`,
	`CREATE TABLE t (a INTEGER, b INTEGER, PRIMARY KEY (a, b))`,
	`CREATE TABLE t (a "INTEGER" PRIMARY KEY)`,
	`CREATE TABLE t (a [INTEGER] PRIMARY KEY)`,
	`CREATE TABLE t (a 'integer' PRIMARY KEY)`,
	"CREATE TABLE t (a `INTEGER` PRIMARY KEY)",
	`CREATE TABLE t (a INTEGER(8) PRIMARY KEY)`,
	`CREATE TABLE t (a UNSIGNED INTEGER PRIMARY KEY)`,
	`CREATE TABLE t (a INTEGER/* with a comment */PRIMARY KEY)`,
	`CREATE TABLE t ("a ""quoted"" name" VARCHAR(255), [b c] DECIMAL(10, -5), 'd''e' DOUBLE PRECISION, ` + "`f``g`" + ` "two words")`,
	`CREATE TABLE t (a "INTEGER" x PRIMARY KEY)`,
	`CREATE TABLE t (a "INTEGER"(8) PRIMARY KEY)`,
	`CREATE TABLE t (a SOMETHING NEARLY ALWAYS)`,
	"CREATE TABLE t (a TEXT -- a comment, with a comma\n, b /* (another */ REAL)",
	`CREATE TABLE t (a DEFAULT 1, b DEFAULT (1 + 2), c DEFAULT 'x, y)', d DEFAULT NULL, e DEFAULT -1.5e+3, f DEFAULT x'00', g DEFAULT CURRENT_TIMESTAMP, h DEFAULT key)`,
	`CREATE TABLE t (a REFERENCES u (x) ON DELETE SET NULL, b CHECK (b IN (1, ')')), c COLLATE NOCASE NOT NULL)`,
	`CREATE TABLE t (a INTEGER CONSTRAINT generated PRIMARY KEY, b CONSTRAINT "as" NOT NULL)`,
	`CREATE TABLE t (key, desc INT, "select" TEXT, ünïcode REAL, a$, _b)`,
	`CREATE TABLE t (a, FOREIGN KEY (a) REFERENCES u (b) DEFERRABLE INITIALLY DEFERRED, CHECK (a > 0))`,
	`CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT, c ANY) STRICT`,
	`CREATE TABLE t (a INTEGER PRIMARY KEY) WITHOUT ROWID, STRICT`,
	`CREATE TABLE t (a, b AS (a) STORED)`,
	`CREATE TABLE t (a INT GENERATED ALWAYS AS (1) VIRTUAL, b)`,
	`CREATE TABLE IF NOT EXISTS main.t (a, b)`,
	`CREATE TABLE t AS SELECT 1 AS a, 'x' AS "b c", CAST(2 AS REAL) AS d`,
	`CREATE TABLE "we ird" (a)`,
	`CREATE TABLE t (a FLOATING POINT, b CHARINT, c DOUBLE, d BLOBREAL, e REALTEXT, f STRING)`,
	`CREATE TABLE t (a INTEGER PRIMARY KEY ON CONFLICT IGNORE UNIQUE, b UNIQUE)`,
	"CREATE TABLE t (a\tINTEGER\n\fPRIMARY  KEY)",
}

// referenceColumns asks SQLite about the only table of a database: its statement,
// its columns, and which one stands for the rowid. ok is false if it is none that
// this package reads.
func referenceColumns(conn *sqlread.Conn) (sql string, columns []Column, alias int, ok bool, err error) {
	alias = -1
	const of = " FROM sqlite_schema s, pragma_table_xinfo(s.name) x WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite_%'"
	key, keys, hidden := -1, 0, false
	err = conn.Each("SELECT s.sql, x.name, x.type, x.pk, x.hidden, x.dflt_value"+of+" ORDER BY x.cid", func(stmt *sqlread.Stmt) error {
		sql = string(stmt.Bytes(0))
		if stmt.Int(3) > 0 {
			key = len(columns)
			keys++
		}
		hidden = hidden || stmt.Int(4) > 0
		columns = append(columns, Column{
			Name: string(stmt.Bytes(1)), Type: string(stmt.Bytes(2)), hasDefault: !stmt.IsNull(5) && !strings.EqualFold(string(stmt.Bytes(5)), "null"),
		})
		return nil
	})
	if err != nil {
		return
	}
	// A primary key that stands for the rowid has no index.
	indexes, _, err := conn.Int("SELECT count(*) FROM sqlite_schema s, pragma_index_list(s.name) l WHERE s.type = 'table' AND l.origin = 'pk'")
	if err != nil {
		return
	}
	if keys == 1 && indexes == 0 {
		alias = key
	}
	without, _, err := conn.Int("SELECT max(wr) FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'")
	return sql, columns, alias, !hidden && without == 0, err
}

// checkStatement compares what SQLite and this package make of a statement. They
// may differ in one way: that this package declines.
func checkStatement(t *testing.T, statement string) (read bool) {
	t.Helper()
	conn, err := sqlread.Open(t.Context(), sqlread.Memory, sqlread.OpenOptions{Write: true})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.Run(statement); err != nil {
		return false
	}
	sql, want, alias, ordinary, err := referenceColumns(conn)
	if err != nil || sql == "" {
		return false
	}
	got, err := parseTable(sql)
	if err != nil {
		t.Logf("%s: %v", sql, err)
		return false
	}
	if !ordinary {
		t.Fatalf("%s: was taken for a table that can be read", sql)
	}
	for i := range got.list {
		got.list[i].collation = ""
		if i < len(want) && got.list[i].hasDefault {
			want[i].hasDefault = true // too many are declined, never too few
		}
		if i < len(want) && strings.EqualFold(got.list[i].Type, want[i].Type) {
			want[i].Type = got.list[i].Type // SQLite spells its own types in its own way
		}
	}
	if d := cmp.Diff(want, got.list, cmp.AllowUnexported(Column{})); d != "" || got.alias != alias {
		t.Fatalf("%s: rowid column %d, not %d; -SQLite +ours:\n%s", sql, got.alias, alias, d)
	}
	return true
}

func TestParseTableEqualsSQLite(t *testing.T) {
	for _, s := range statements {
		read := checkStatement(t, s)
		declined := strings.Contains(s, "WITHOUT") || strings.Contains(s, "AS (") ||
			strings.Contains(s, `"INTEGER" x`) || strings.Contains(s, `"INTEGER"(`) || strings.Contains(s, "ALWAYS")
		if read == declined {
			t.Errorf("%s: read is %t", s, read)
		}
	}
}

func FuzzParseTable(f *testing.F) {
	for _, s := range statements {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !strings.HasPrefix(strings.ToUpper(s), "CREATE TABLE") || strings.Contains(s, "\x00") {
			return
		}
		checkStatement(t, s)
	})
}
