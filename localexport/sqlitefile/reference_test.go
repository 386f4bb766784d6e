package sqlitefile

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sluice/localexport/sqlread"
)

// The tests hold this package against SQLite itself, in its Go translation, of which
// package sqlread looks at rows in a way of its own:
// rows of either are written as strings that keep kinds and bits apart.

// referenceRows runs a query and returns at most limit of its rows, and the error
// after them.
func referenceRows(path, query string, limit int) (rows []string, err error) {
	conn, err := openReference(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	return queryRows(conn, query, limit)
}

func openReference(path string) (*sqlread.Conn, error) {
	return sqlread.Open(context.Background(), path, sqlread.OpenOptions{Immutable: true})
}

func queryRows(conn *sqlread.Conn, query string, limit int) (rows []string, err error) {
	stmt, err := conn.Prepare(query)
	if err != nil {
		return nil, err
	}
	defer stmt.Close()
	for len(rows) < limit {
		more, err := stmt.Step()
		if err != nil || !more {
			return rows, err
		}
		var b strings.Builder
		for i := range stmt.Columns() {
			b.WriteString(referenceValue(stmt, i))
			b.WriteByte('|')
		}
		rows = append(rows, b.String())
	}
	return rows, nil
}

func referenceValue(stmt *sqlread.Stmt, i int) string {
	switch stmt.Kind(i) {
	case sqlread.Integer:
		return fmt.Sprint("int ", stmt.Int(i))
	case sqlread.Real:
		return fmt.Sprintf("real %x", math.Float64bits(stmt.Float(i)))
	case sqlread.Null:
		return "null"
	case sqlread.Text:
		return fmt.Sprintf("text %d %s", len(stmt.Bytes(i)), stmt.Bytes(i))
	}
	return fmt.Sprintf("blob %d %s", len(stmt.Bytes(i)), stmt.Bytes(i))
}

// rowString writes a row as referenceRows does, its rowid first.
func rowString(row *Row) (string, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "int %d|", row.Rowid())
	for i := range row.values {
		switch row.Kind(i) {
		case Integer:
			fmt.Fprintf(&b, "int %d|", row.Int(i))
		case Real:
			fmt.Fprintf(&b, "real %x|", math.Float64bits(row.Float(i)))
		case Null:
			b.WriteString("null|")
		default:
			text, err := row.Bytes(i)
			if err != nil {
				return "", err
			}
			if row.Kind(i) == Text {
				fmt.Fprintf(&b, "text %d %s|", len(text), text)
			} else {
				fmt.Fprintf(&b, "blob %d %s|", len(text), text)
			}
		}
	}
	return b.String(), nil
}

// scanRows returns the rows of a range, and the error after them.
func scanRows(f *File, t *Table, rg Range) (rows []string, err error) {
	err = f.Scan(context.Background(), t, rg, names(t), func(row *Row) error {
		s, err := rowString(row)
		if err == nil {
			rows = append(rows, s)
		}
		return err
	})
	return rows, err
}

func indexRows(f *File, x *Index) ([]string, error) { return walkIndex(f, x, func(*IndexCursor) {}) }

func indexRangeRows(f *File, x *Index, rg Range) ([]string, error) {
	return walkIndex(f, x, func(c *IndexCursor) { c.Range(rg) })
}

func walkIndex(f *File, x *Index, prepare func(*IndexCursor)) (rows []string, err error) {
	err = f.Read(context.Background(), func(r *Reader) error {
		c := r.IndexCursor(x)
		prepare(c)
		for {
			ok, err := c.Next()
			if err != nil || !ok {
				return err
			}
			s, err := rowString(&c.Row)
			if err != nil {
				return err
			}
			rows = append(rows, s)
		}
	})
	return rows, err
}

func names(t *Table) []string {
	var list []string
	for _, c := range t.Columns {
		list = append(list, c.Name)
	}
	return list
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func quoteAll(list []string) string {
	var b strings.Builder
	for _, name := range list {
		b.WriteString(", " + quote(name))
	}
	return b.String()
}

// tableQuery reads a table in the order of its rowids.
func tableQuery(t *Table) string {
	return "SELECT rowid" + quoteAll(names(t)) + " FROM " + quote(t.Name) + " NOT INDEXED ORDER BY rowid"
}

// indexQuery reads an index in its order, if the planner can be made to.
func indexQuery(x *Index) string {
	key := quoteAll(x.Columns)
	return "SELECT rowid" + key + ", rowid FROM " + quote(x.table.Name) + " INDEXED BY " + quote(x.Name) +
		" ORDER BY " + key[2:] + ", rowid"
}

// database makes a database file. The statements run before fill.
func database(t testing.TB, fill func(*sqlread.Conn) error, statements ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "test.db")
	extend(t, path, fill, statements...)
	return path
}

func extend(t testing.TB, path string, fill func(*sqlread.Conn) error, statements ...string) {
	t.Helper()
	conn, err := sqlread.Open(context.Background(), path, sqlread.OpenOptions{Write: true, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range statements {
		if err := conn.Run(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	if fill != nil {
		if err := fill(conn); err != nil {
			t.Fatal(err)
		}
	}
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
}

// reserve makes an empty database whose pages keep bytes free for extensions.
func reserve(t testing.TB, pageSize, reserved int) string {
	path := database(t, nil, fmt.Sprintf("PRAGMA page_size=%d", pageSize), "PRAGMA user_version=1")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[20] = byte(reserved)
	binary.BigEndian.PutUint16(b[headerSize+5:], uint16(pageSize-reserved))
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// zoo are tables that show every part of the format, more so the smaller the
// pages are.
var zoo = []string{
	`CREATE TABLE kinds (a, b INTEGER, c REAL, d TEXT, e BLOB, f NUMERIC, g DOUBLE PRECISION, h VARCHAR(255))`,
	`CREATE TABLE long (id INTEGER PRIMARY KEY, head TEXT, n INTEGER, body TEXT, x REAL, m BIGINT, tail BLOB)`,
	`CREATE TABLE deep (v INTEGER, "i d" INTEGER, PRIMARY KEY ("i d"))`,
	`CREATE TABLE wide (` + wideColumns() + `)`,
	`CREATE TABLE empty (id INTEGER PRIMARY KEY, v)`,
	`CREATE VIEW seen AS SELECT * FROM deep`,
	`CREATE INDEX kinds_a ON kinds (a)`,
	`CREATE INDEX kinds_c ON kinds (c)`,
	`CREATE INDEX kinds_d_b ON kinds (d, b)`,
	`CREATE INDEX long_head ON long (head)`,
	`CREATE INDEX long_body ON long (body)`,
	`CREATE INDEX deep_v ON deep (v)`,
	`CREATE INDEX empty_v ON empty (v)`,
}

// zooTables and zooIndexes are what can be read of the zoo.
var (
	zooTables  = []string{"kinds", "long", "deep", "wide", "empty"}
	zooIndexes = [][]string{
		{"kinds", "a"}, {"kinds", "c"}, {"kinds", "d", "b"}, {"long", "head"}, {"long", "body"}, {"deep", "v"}, {"empty", "v"},
	}
)

func wideColumns() string {
	list := make([]string, 120)
	for i := range list {
		list[i] = fmt.Sprintf("w%d", i)
	}
	return strings.Join(list, ", ")
}

// fillZoo writes about rows rows into each table of the zoo.
func fillZoo(rows int) func(*sqlread.Conn) error {
	return func(conn *sqlread.Conn) (err error) {
		if err := conn.Exec("BEGIN"); err != nil {
			return err
		}
		rnd := rand.New(rand.NewPCG(1, 2))
		insert := func(table string, values ...any) {
			if err == nil {
				sql := "INSERT INTO " + table + " VALUES (?" + strings.Repeat(", ?", len(values)-1) + ")"
				err = insertRow(conn, sql, values)
			}
		}
		for i := range rows {
			if i%5 == 0 {
				insert("kinds", zooValue(rnd), zooValue(rnd), zooValue(rnd), zooValue(rnd), zooValue(rnd), zooValue(rnd), zooValue(rnd), zooValue(rnd))
				insert("long", i*3-7, zooText(rnd, 30), zooValue(rnd), zooText(rnd, 4000), float64(rnd.IntN(9))/2, rnd.Int64(), []byte(zooText(rnd, 900)))
			}
			insert("deep", rnd.IntN(rows), int64(i)*int64(1+rnd.IntN(3))*1_000_003+int64(i)*5_000_000)
			if i%50 == 0 {
				wide := make([]any, 120)
				for j := range wide {
					wide[j] = zooValue(rnd)
				}
				insert("wide", wide...)
			}
		}
		insert("deep(rowid, v)", int64(math.MinInt64), -1)
		insert("deep(rowid, v)", int64(math.MaxInt64), -1)
		if err != nil {
			return err
		}
		return conn.Exec("COMMIT")
	}
}

// insertRow runs a statement with parameters, of which []byte is a blob.
func insertRow(conn *sqlread.Conn, sql string, values []any) error {
	stmt, err := conn.Prepare(sql)
	if err != nil {
		return err
	}
	defer stmt.Close()
	plain := slices.Clone(values)
	for i, v := range values {
		if _, blob := v.([]byte); blob {
			plain[i] = nil
		}
	}
	if err := stmt.Bind(plain...); err != nil {
		return err
	}
	for i, v := range values {
		if b, blob := v.([]byte); blob {
			if err := stmt.BindBlob(i, b); err != nil {
				return err
			}
		}
	}
	return stmt.Do(nil)
}

func zooText(rnd *rand.Rand, most int) string {
	n := rnd.IntN(most)
	return strings.Repeat("ä<p>line\n\x00", n/10+1)[:n]
}

// zooValue returns a value of any kind, most often one at a border.
func zooValue(rnd *rand.Rand) any {
	switch rnd.IntN(8) {
	case 0:
		return nil
	case 1:
		return zooText(rnd, 60)
	case 2:
		return []byte(zooText(rnd, 60))
	case 3:
		return float64(rnd.IntN(100))
	case 4:
		return rnd.NormFloat64() * math.Pow(10, float64(rnd.IntN(30)))
	case 5:
		return int64(1)<<(8*rnd.IntN(8)) - int64(rnd.IntN(3))
	case 6:
		return -int64(1)<<(8*rnd.IntN(8)+7) + int64(rnd.IntN(3)) - 1
	}
	return int64(rnd.IntN(4))
}
