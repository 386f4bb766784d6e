package pagefile

import (
	"bytes"
	"cmp"
	"database/sql"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	_ "modernc.org/sqlite"

	"sluice/localexport/keyfile"
)

// row is a row with its number; the values are those of the columns a to e.
type row struct {
	number int64
	values []Value
}

// written is a file that was written with one table and one index on its column a.
type written struct {
	path string
	file *os.File
	f    *File
}

func create(t testing.TB) *written {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.db")
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	return &written{path, file, New(t.Context(), file, filepath.Dir(path))}
}

// finish gives names to the trees and returns the file as SQLite opens it.
func (w *written) finish(t testing.TB, table, index uint32) *sql.DB {
	t.Helper()
	if err := w.f.Finish(); err != nil {
		t.Fatal(err)
	}
	if err := w.file.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", w.path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	statements := []string{"PRAGMA writable_schema = ON",
		fmt.Sprintf("INSERT INTO sqlite_schema VALUES ('table', 't', 't', %d, 'CREATE TABLE t (k INTEGER PRIMARY KEY, a INTEGER, b, c, d TEXT, e)')", table)}
	if index > 0 {
		statements = append(statements, fmt.Sprintf("INSERT INTO sqlite_schema VALUES ('index', 'x', 't', %d, 'CREATE INDEX x ON t (a)')", index))
	}
	for _, s := range append(statements, "PRAGMA writable_schema = RESET") {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	return db
}

// write writes rows as a table with an index, in the order given.
func write(t testing.TB, rows []row) (*sql.DB, error) {
	t.Helper()
	w := create(t)
	defer w.f.Close()
	table := w.f.Table()
	keys, nulls := keyfile.NewBuilder(t.TempDir(), 100), keyfile.NewBuilder(t.TempDir(), 100)
	for _, r := range rows {
		if err := table.Add(r.number, append([]Value{{}}, r.values...)); err != nil {
			return nil, err
		}
		var err error
		if r.values[0].Kind == Null {
			err = nulls.Add(r.number, 0)
		} else {
			err = keys.Add(r.values[0].Int, r.number)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	root, err := table.End()
	if err != nil {
		return nil, err
	}
	sorted, err := keys.Finish()
	if err != nil {
		t.Fatal(err)
	}
	defer sorted.Close()
	without, err := nulls.Finish()
	if err != nil {
		t.Fatal(err)
	}
	defer without.Close()
	index, err := w.f.Index(without, sorted)
	if err != nil {
		t.Fatal(err)
	}
	return w.finish(t, root, index), nil
}

// check compares what SQLite reads with the rows.
func check(t testing.TB, db *sql.DB, rows []row) {
	t.Helper()
	var verdict string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Fatalf("SQLite's check: %s, %v", verdict, err)
	}
	sorted := slices.Clone(rows)
	slices.SortFunc(sorted, byNumber)
	found, err := db.Query("SELECT k, a, b, c, CAST(d AS BLOB), e FROM t ORDER BY k")
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	n := 0
	for ; found.Next(); n++ {
		var k int64
		values := make([]any, 5)
		if err := found.Scan(&k, &values[0], &values[1], &values[2], &values[3], &values[4]); err != nil {
			t.Fatal(err)
		}
		if n >= len(sorted) || sorted[n].number != k {
			t.Fatalf("row %d has the number %d", n, k)
		}
		for i, v := range sorted[n].values {
			if !same(values[i], v) {
				t.Fatalf("row %d, value %d: %.80v, want %.80v", k, i, values[i], v)
			}
		}
	}
	if err := found.Err(); err != nil || n != len(rows) {
		t.Fatalf("%d rows of %d, %v", n, len(rows), err)
	}
	var byIndex, nulls int
	if err := db.QueryRow("SELECT count(*), count(*) FILTER (WHERE a IS NULL) FROM t INDEXED BY x WHERE a IS NULL OR a >= ?", int64(math.MinInt64)).Scan(&byIndex, &nulls); err != nil || byIndex != len(rows) {
		t.Fatalf("the index gives %d rows of %d, %v", byIndex, len(rows), err)
	}
	// The file goes on being used: rows go, others come, all by SQLite.
	for _, s := range []string{"CREATE TABLE other (x)", "INSERT INTO other SELECT a FROM t", "DELETE FROM t WHERE k % 3 = 0", "INSERT INTO t (a, b) SELECT a, b FROM t LIMIT 500"} {
		if _, err := db.Exec(s); err != nil && !(len(rows) > 0 && sorted[len(rows)-1].number == math.MaxInt64) {
			t.Fatalf("%s: %v", s, err)
		}
	}
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Fatalf("SQLite's check after changes: %s, %v", verdict, err)
	}
}

func byNumber(a, b row) int { return cmp.Compare(a.number, b.number) }

func same(got any, want Value) bool {
	switch want.Kind {
	case Null:
		return got == nil
	case Int:
		n, ok := got.(int64)
		return ok && n == want.Int
	case Real:
		n, ok := got.(float64)
		return ok && n == want.Real
	}
	switch text := got.(type) {
	case string:
		return text == string(want.Text)
	case []byte:
		return bytes.Equal(text, want.Text)
	}
	return false
}

// chance makes rows of values that are drawn at random.
type chance struct{ *rand.Rand }

func (c chance) int() int64 { return int64(c.Uint64()) >> c.IntN(64) }

func (c chance) value(long int) Value {
	switch c.IntN(8) {
	case 0:
		return Value{}
	case 1:
		return Value{Kind: Real, Real: c.NormFloat64()}
	case 2, 3:
		return Value{Kind: Int, Int: c.int()}
	}
	n := c.IntN(30)
	if c.IntN(3) == 0 {
		n = c.IntN(long)
	}
	return Value{Kind: Text, Text: bytes.Repeat([]byte{byte('a' + c.IntN(26))}, n)}
}

func (c chance) row(number int64, long int) row {
	r := row{number, []Value{{Kind: Int, Int: c.int()}, c.value(long), c.value(long), {Kind: Text, Text: bytes.Repeat([]byte("é"), c.IntN(9))}, c.value(long)}}
	if c.IntN(5) == 0 {
		r.values[0] = Value{}
	}
	return r
}

func (c chance) rows(n, long int, spread int64) []row {
	var rows []row
	number := -spread * int64(n/2)
	for range n {
		number += 1 + c.Int64N(spread)
		rows = append(rows, c.row(number, long))
	}
	return rows
}

func TestSQLiteReadsWhatWasWritten(t *testing.T) {
	for _, n := range []int{0, 1, 2, 50, 400, 20_000} {
		for _, long := range []int{2, 200, 5000, 60_000} {
			if n*long > 100_000_000 {
				continue
			}
			for _, spread := range []int64{1, 1 << 40} {
				t.Run(fmt.Sprint(n, long, spread), func(t *testing.T) {
					rows := chance{rand.New(rand.NewPCG(7, uint64(n+long)))}.rows(n, long, spread)
					db, err := write(t, rows)
					if err != nil {
						t.Fatal(err)
					}
					check(t, db, rows)
				})
			}
		}
	}
}
