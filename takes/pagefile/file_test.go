package pagefile

import (
	"bytes"
	"cmp"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
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

// TestEveryNumberOfLeaves: where a tree gets another page, the last one may hold a
// single entry.
func TestEveryNumberOfLeaves(t *testing.T) {
	c := chance{rand.New(rand.NewPCG(1, 1))}
	body := Value{Kind: Text, Text: bytes.Repeat([]byte("x"), 3000)} // one row in a leaf
	for _, n := range []int{1, 2, 3, 205, 410, 411, 500, 510, 511, 512, 513, 514, 680, 681, 682, 683, 684, 1023, 1024, 1025} {
		rows := make([]row, n)
		for i := range rows {
			rows[i] = row{int64(i) + 1, []Value{{Kind: Int, Int: c.int()}, body, {}, {}, {}}}
		}
		db, err := write(t, rows)
		if err != nil {
			t.Fatal(err)
		}
		check(t, db, rows)
	}
}

func TestEveryLengthOfARow(t *testing.T) {
	var rows []row
	for n := range 9000 {
		if n < 3900 && n%50 != 0 {
			continue
		}
		rows = append(rows, row{int64(n) + 1, []Value{{Kind: Int, Int: int64(n)}, {Kind: Text, Text: bytes.Repeat([]byte("y"), n)}, {}, {}, {Kind: Int, Int: math.MinInt64}}})
	}
	db, err := write(t, rows)
	if err != nil {
		t.Fatal(err)
	}
	check(t, db, rows)
}

func TestNumbersOfEverySize(t *testing.T) {
	var rows []row
	for bit := range 64 {
		for _, d := range []int64{-1, 0, 1} {
			n := int64(uint64(1)<<bit) + d
			rows = append(rows, row{n, []Value{{Kind: Int, Int: n}, {Kind: Int, Int: -n}, {Kind: Real, Real: float64(n) + 0.5}, {}, {}}})
		}
	}
	rows = append(rows, row{math.MaxInt64 - 5, []Value{{Kind: Int, Int: 5}, {}, {}, {}, {}}})
	slices.SortFunc(rows, byNumber)
	rows = slices.CompactFunc(rows, func(a, b row) bool { return a.number == b.number })
	db, err := write(t, rows)
	if err != nil {
		t.Fatal(err)
	}
	check(t, db, rows)
}

// TestRowsInAnyOrder: PostgreSQL puts the new version of a row where there is room.
func TestRowsInAnyOrder(t *testing.T) {
	orders := map[string]func(c chance, rows []row) []row{
		"backwards": func(_ chance, rows []row) []row { slices.Reverse(rows); return rows },
		"random": func(c chance, rows []row) []row {
			c.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
			return rows
		},
		"last first":  func(_ chance, rows []row) []row { return append(rows[len(rows)-1:], rows[:len(rows)-1]...) },
		"first last":  func(_ chance, rows []row) []row { return append(rows[1:len(rows):len(rows)], rows[0]) },
		"some at end": func(c chance, rows []row) []row { return moved(c, rows, 100) },
		"half at end": func(c chance, rows []row) []row { return moved(c, rows, 2) },
	}
	for name, order := range orders {
		for _, long := range []int{100, 6000} {
			t.Run(fmt.Sprint(name, long), func(t *testing.T) {
				c := chance{rand.New(rand.NewPCG(3, 9))}
				rows := order(c, c.rows(12_000, long, 3))
				db, err := write(t, rows)
				if err != nil {
					t.Fatal(err)
				}
				check(t, db, rows)
			})
		}
	}
}

// moved moves every nth row to the end.
func moved(c chance, rows []row, n int) []row {
	var stay, gone []row
	for _, r := range rows {
		if c.IntN(n) == 0 {
			gone = append(gone, r)
		} else {
			stay = append(stay, r)
		}
	}
	return append(stay, gone...)
}

func TestWorkFilesOfStrays(t *testing.T) {
	c := chance{rand.New(rand.NewPCG(3, 9))}
	rows := c.rows(40_000, 3000, 3) // more than the memory takes
	slices.Reverse(rows)
	db, err := write(t, rows)
	if err != nil {
		t.Fatal(err)
	}
	check(t, db, rows)
}

// TestTablesAtOnce: rows of several tables may come in turn, which share the memory for
// those that are out of order.
func TestTablesAtOnce(t *testing.T) {
	w := create(t)
	defer w.f.Close()
	c := chance{rand.New(rand.NewPCG(4, 4))}
	a, b := w.f.Table(), w.f.Table()
	all := c.rows(9000, 500, 2)
	rows := moved(c, slices.Clone(all), 3)
	for i, r := range rows {
		for j, table := range []*Table{a, b} {
			if j == 1 && i%2000 > 1000 {
				continue
			}
			if err := table.Add(r.number, append([]Value{{}}, r.values...)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := b.End(); err != nil {
		t.Fatal(err)
	}
	root, err := a.End()
	if err != nil {
		t.Fatal(err)
	}
	db := w.finish(t, root, 0)
	var n, sum, want int64
	for _, r := range all {
		want += r.number
	}
	if err := db.QueryRow("SELECT count(coalesce(e, '')), sum(k) FROM t").Scan(&n, &sum); err != nil || n != int64(len(all)) || sum != want {
		t.Errorf("%d rows of %d, with the sum %d of %d, %v", n, len(all), sum, want, err)
	}
}

func TestARowThatComesTwice(t *testing.T) {
	for _, numbers := range [][]int64{{1, 1}, {5, 1, 1}, {1, 5, 1}, {5, 3, 4, 3}, {1, 2, 3, 9, 3}} {
		c := chance{rand.New(rand.NewPCG(1, 2))}
		var rows []row
		for _, n := range numbers {
			rows = append(rows, c.row(n, 50))
		}
		_, err := write(t, rows)
		var twice *TwiceError
		if !errors.As(err, &twice) || numbers[len(numbers)-1] != twice.Row {
			t.Errorf("%v: %v", numbers, err)
		}
	}
}

// TestThePageOfLocks: no row may lie where SQLite locks the file.
func TestThePageOfLocks(t *testing.T) {
	w := create(t)
	defer w.f.Close()
	w.f.end, w.f.out.at = lockPage-3, (lockPage-4)*pageSize // what is before is a hole in the file
	table := w.f.Table()
	c := chance{rand.New(rand.NewPCG(1, 2))}
	rows := c.rows(100, 9000, 2)
	for _, r := range rows {
		if err := table.Add(r.number, append([]Value{{}}, r.values...)); err != nil {
			t.Fatal(err)
		}
	}
	root, err := table.End()
	if err != nil {
		t.Fatal(err)
	}
	db := w.finish(t, root, 0)
	var sum, want int
	for _, r := range rows {
		for _, v := range r.values[1:] {
			want += len(v.Text)
		}
	}
	if err := db.QueryRow(`SELECT sum(length(CAST(d AS BLOB)) + iif(typeof(b) = 'text', length(b), 0) + iif(typeof(c) = 'text', length(c), 0) + iif(typeof(e) = 'text', length(e), 0)) FROM t`).Scan(&sum); err != nil || sum != want {
		t.Errorf("%d bytes of text, want %d, %v", sum, want, err)
	}
	f, err := os.Open(w.path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	page := make([]byte, pageSize)
	if _, err := f.ReadAt(page, 1<<30); err != nil || !bytes.Equal(page, make([]byte, pageSize)) {
		t.Errorf("the page of locks is used, %v", err)
	}
}

// TestRowsTakeNoMemory: nothing is allocated for a row, whether it comes in order or
// not, nor for an entry of an index.
func TestRowsTakeNoMemory(t *testing.T) {
	const rows = 100_000
	number, body := int64(0), bytes.Repeat([]byte("x"), 6000)
	w := create(t)
	defer w.file.Close()
	defer w.f.Close()
	table, keys := w.f.Table(), keyfile.NewBuilder(t.TempDir(), rows/4)
	row := make([]Value, 5)
	add := func() {
		for range rows / 2 {
			number++
			row[1], row[2] = Value{Kind: Int, Int: number}, Value{Kind: Text, Text: body[:number%100]}
			if number%200 == 0 {
				row[2].Text = body
			}
			// Every second row is late.
			if err := errors.Join(table.Add(number^1, row), keys.Add(number, number)); err != nil {
				t.Fatal(err)
			}
		}
	}
	add() // the memory that is kept
	if n := testing.AllocsPerRun(1, add); n > rows/2/100 {
		t.Errorf("%g allocations for %d rows", n, rows/2)
	}
	before := allocations()
	sorted, err := keys.Finish()
	if err != nil {
		t.Fatal(err)
	}
	defer sorted.Close()
	if n := allocations() - before; n > rows/100 {
		t.Errorf("%d allocations for the sorting of %d entries", n, sorted.Len())
	}
	end := func() {
		if _, err := w.f.Index(nil, sorted); err != nil {
			t.Fatal(err)
		}
	}
	if n := testing.AllocsPerRun(1, end); n > float64(sorted.Len()/100) {
		t.Errorf("%g allocations for %d entries of an index", n, sorted.Len())
	}
	before = allocations()
	if _, err := table.End(); err != nil {
		t.Fatal(err)
	}
	if n := allocations() - before; n > rows/100 {
		t.Errorf("%d allocations for the end of a table", n)
	}
}

func allocations() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Mallocs
}

func TestAFailureIsTold(t *testing.T) {
	w := create(t)
	table := w.f.Table()
	w.file.Close()
	var err error
	for i := int64(0); err == nil && i < 100; i++ {
		err = table.Add(i, []Value{{}, {Kind: Text, Text: make([]byte, 1<<20)}})
	}
	if !errors.Is(err, os.ErrClosed) {
		t.Errorf("writing into a closed file: %v", err)
	}
	if err := w.f.Close(); !errors.Is(err, os.ErrClosed) {
		t.Errorf("closing: %v", err)
	}
}
