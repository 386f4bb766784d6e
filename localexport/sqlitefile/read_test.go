package sqlitefile

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// openZoos opens zoos of different shapes, each in both ways of reading.
func openZoos(t *testing.T, test func(t *testing.T, f *File, path string)) {
	zoos := []struct {
		name  string
		start func() string
		rows  int
	}{
		{"512", func() string { return database(t, nil, "PRAGMA page_size=512") }, 2000},
		{"512 reserved", func() string { return reserve(t, 512, 32) }, 300},
		{"1024 auto vacuum", func() string { return database(t, nil, "PRAGMA page_size=1024", "PRAGMA auto_vacuum=FULL") }, 1000},
		{"4096", func() string { return database(t, nil, "PRAGMA page_size=4096") }, 2000},
		{"4096 reserved", func() string { return reserve(t, 4096, 255) }, 500},
		{"65536", func() string { return database(t, nil, "PRAGMA page_size=65536") }, 1000},
	}
	for _, zoo := range zoos {
		path := zoo.start()
		fillIt := fillZoo(zoo.rows)
		extend(t, path, fillIt, zooStatements()...)
		extend(t, path, nil, "DELETE FROM deep WHERE v % 7 = 0", "DELETE FROM long WHERE id % 5 = 0", "UPDATE kinds SET d = 'x' WHERE a > 3")
		for _, mapped := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/map=%t", zoo.name, mapped), func(t *testing.T) {
				f, err := Open(path, Options{Map: mapped, CacheBytes: 1})
				if err != nil {
					t.Fatal(err)
				}
				test(t, f, path)
				if err := f.Close(); err != nil {
					t.Fatal(err)
				}
			})
		}
	}
}

func zooStatements() []string { return slices.Clone(zoo) }

func TestScanEqualsSQLite(t *testing.T) {
	openZoos(t, func(t *testing.T, f *File, path string) {
		for _, name := range zooTables {
			table := mustTable(t, f, name)
			want, err := referenceRows(path, tableQuery(table), math.MaxInt)
			if err != nil {
				t.Fatal(err)
			}
			if (len(want) == 0) != (name == "empty") {
				t.Fatalf("table %s has %d rows", name, len(want))
			}
			got, err := scanRows(f, table, All)
			if err != nil {
				t.Fatalf("scan %s: %v", name, err)
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Fatalf("table %s: -SQLite +ours:\n%s", name, d)
			}
			checkRanges(t, f, table, want)
			checkFind(t, f, table, want)
		}
	})
}

// checkRanges cuts the table in all numbers of ranges up to 20.
func checkRanges(t *testing.T, f *File, table *Table, want []string) {
	for n := 1; n <= 20; n++ {
		ranges, err := f.Split(t.Context(), table, n)
		if err != nil {
			t.Fatal(err)
		}
		if len(ranges) > n || ranges[0].Lo != math.MinInt64 || ranges[len(ranges)-1].Hi != math.MaxInt64 {
			t.Fatalf("split in %d: %v", n, ranges)
		}
		var got []string
		largest := 0
		for i, rg := range ranges {
			if i > 0 && rg.Lo != ranges[i-1].Hi+1 {
				t.Fatalf("split in %d: gap before %v", n, rg)
			}
			rows, err := scanRows(f, table, rg)
			if err != nil {
				t.Fatal(err)
			}
			largest = max(largest, len(rows))
			got = append(got, rows...)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("table %s in %d ranges gives %d rows, not the %d of the whole", table.Name, n, len(got), len(want))
		}
		if fair := len(want) / n; n > 1 && len(ranges) == n && len(want) > 1000 && largest > 2*fair {
			t.Errorf("table %s in %d ranges: one has %d rows, %d would be fair", table.Name, n, largest, fair)
		}
	}
}

// checkFind looks for all rows and for their neighbours, in order, backwards and
// in disorder, and reads on behind them.
func checkFind(t *testing.T, f *File, table *Table, want []string) {
	rows := map[int64]string{}
	var ids []int64
	for _, s := range want {
		var id int64
		if _, err := fmt.Sscanf(s, "int %d|", &id); err != nil {
			t.Fatal(err)
		}
		rows[id] = s
		ids = append(ids, id)
	}
	sought := slices.Clone(ids)
	for _, id := range ids {
		sought = append(sought, id-1, id+1) // wraps at the ends: fine
	}
	slices.Sort(sought)
	backwards := slices.Clone(sought)
	slices.Reverse(backwards)
	mixed := slices.Clone(sought)
	rnd := rand.New(rand.NewPCG(3, 4))
	rnd.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	err := f.Read(t.Context(), func(r *Reader) error {
		c, err := r.Cursor(table, names(table)...)
		if err != nil {
			return err
		}
		single, err := r.Finder(table, names(table)...)
		if err != nil {
			return err
		}
		check := func(id int64, row *Row, found bool, err error) error {
			if err != nil {
				return err
			}
			if want, ok := rows[id]; ok != found {
				return fmt.Errorf("find %d: %t", id, found)
			} else if got, err := rowString(row); found && (err != nil || got != want) {
				return fmt.Errorf("row %d: %q, not %q: %v", id, got, want, err)
			}
			return nil
		}
		for i, id := range slices.Concat(sought, backwards, mixed) {
			found, err := c.Find(id)
			if err := check(id, &c.Row, found, err); err != nil {
				return err
			}
			found, err = single.Find(id)
			if err := check(id, &single.Row, found, err); err != nil {
				return fmt.Errorf("a finder: %w", err)
			}
			if i%3 == 0 {
				at, found := slices.BinarySearch(ids, id)
				if found {
					at++
				}
				if err := checkNext(c, ids[at:]); err != nil {
					return fmt.Errorf("after finding %d: %w", id, err)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("table %s: %v", table.Name, err)
	}
}

// checkNext reads up to three rows, which must be the first of ids.
func checkNext(c *Cursor, ids []int64) error {
	for _, id := range ids[:min(3, len(ids))] {
		if ok, err := c.Next(); err != nil || !ok || c.Rowid() != id {
			return fmt.Errorf("next is %t, %d, not %d: %w", ok, c.Rowid(), id, err)
		}
	}
	if len(ids) <= 3 {
		for range 2 {
			if ok, err := c.Next(); ok || err != nil {
				return fmt.Errorf("next behind the end is %t: %w", ok, err)
			}
		}
	}
	return nil
}

func TestIndexEqualsSQLite(t *testing.T) {
	openZoos(t, func(t *testing.T, f *File, path string) {
		for _, names := range zooIndexes {
			x, err := f.Index(mustTable(t, f, names[0]), names[1:]...)
			if err != nil {
				t.Fatal(err)
			}
			want, err := referenceRows(path, indexQuery(x), math.MaxInt)
			if err != nil {
				t.Fatal(err)
			}
			got, err := indexRows(f, x)
			if err != nil {
				t.Fatalf("index %s: %v", x.Name, err)
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Fatalf("index %s: -SQLite +ours:\n%s", x.Name, d)
			}
			for _, lo := range []int64{math.MinInt64, -1, 0, 1, 17, 100, 255, 256, 1 << 40, 1<<53 + 1, math.MaxInt64} {
				for _, hi := range []int64{lo, lo + 1, 1, 3, 300, 1 << 56, math.MaxInt64} {
					checkIndexRange(t, f, x, path, Range{lo, hi})
				}
			}
		}
	})
}

func checkIndexRange(t *testing.T, f *File, x *Index, path string, rg Range) {
	first, order := quote(x.Columns[0]), quoteAll(x.Columns)[2:]
	query := fmt.Sprintf("SELECT rowid FROM %s WHERE +%s >= %d AND +%s <= %d ORDER BY %s, rowid", quote(x.table.Name), first, rg.Lo, first, rg.Hi, order)
	want, err := referenceRows(path, query, math.MaxInt)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := indexRangeRows(f, x, rg)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range rows {
		id, _, _ := strings.Cut(row, "|")
		got = append(got, id+"|")
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Fatalf("index %s, %v: -SQLite +ours:\n%s", x.Name, rg, d)
	}
}

func mustTable(t testing.TB, f *File, name string) *Table {
	t.Helper()
	table, err := f.Table(name)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestPrefixAndLimit(t *testing.T) {
	path := database(t, nil, "PRAGMA page_size=512", "CREATE TABLE t (a TEXT, b TEXT, n INTEGER, c BLOB)",
		"INSERT INTO t VALUES (printf('%.*c', 100, 'a'), printf('%.*c', 5000, 'b'), 7, zeroblob(3000))")
	f, err := Open(path, Options{MaxValue: 4000})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows := 0
	err = f.Scan(t.Context(), mustTable(t, f, "t"), All, []string{"c", "n", "b", "A"}, func(row *Row) error {
		rows++
		if row.Size(0) != 3000 || row.Size(1) != 0 || row.Size(2) != 5000 || row.Size(3) != 100 || row.Int(1) != 7 {
			t.Errorf("sizes %d %d %d %d, number %d", row.Size(0), row.Size(1), row.Size(2), row.Size(3), row.Int(1))
		}
		if _, err := row.Bytes(2); !errors.Is(err, ErrTooBig) {
			t.Errorf("5000 bytes, limit 4000: %v", err)
		}
		var kept [][]byte
		for _, part := range []struct{ column, n, want int }{{2, 4500, 4500}, {2, 10, 10}, {2, -1, 0}, {3, 500, 100}, {0, math.MaxInt, 3000}, {1, 5, 0}} {
			b, err := row.Prefix(part.column, part.n)
			if err != nil || len(b) != part.want {
				t.Errorf("prefix %d of column %d: %d bytes, %v", part.n, part.column, len(b), err)
			}
			kept = append(kept, b)
		}
		for i, want := range []byte{'b', 'b', 0, 'a', 0} {
			for _, c := range kept[i] {
				if c != want {
					t.Fatalf("value %d was overwritten: it has %q", i, c)
				}
			}
		}
		return nil
	})
	if err != nil || rows != 1 {
		t.Fatal(rows, err)
	}
}

// TestCursorsSideBySide reads far more than the cache holds between two looks at
// the same row.
func TestCursorsSideBySide(t *testing.T) {
	path := database(t, nil, "PRAGMA page_size=4096", "CREATE TABLE t (id INTEGER PRIMARY KEY, title TEXT, body TEXT, tail TEXT)",
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 60) INSERT INTO t SELECT i, 'title ' || i, printf('%.*c', 100000, 'x'), 'tail ' || i FROM n")
	f, err := Open(path, Options{CacheBytes: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	err = f.Read(t.Context(), func(r *Reader) error {
		table := mustTable(t, f, "t")
		a, err := r.Cursor(table, "title", "body", "tail")
		if err != nil {
			return err
		}
		b, err := r.Cursor(table, "body", "title")
		if err != nil {
			return err
		}
		for id := int64(1); id <= 60; id++ {
			if ok, err := a.Next(); !ok || err != nil || a.Rowid() != id {
				return fmt.Errorf("row %d: %t %w", id, ok, err)
			}
			other := 61 - id
			if found, err := b.Find(other); !found || err != nil {
				return fmt.Errorf("find %d: %t %w", other, found, err)
			}
			var values [5][]byte
			for i, read := range []func() ([]byte, error){
				func() ([]byte, error) { return a.Bytes(0) }, func() ([]byte, error) { return b.Bytes(1) }, func() ([]byte, error) { return a.Bytes(2) },
				func() ([]byte, error) { return b.Bytes(0) }, func() ([]byte, error) { return a.Bytes(1) },
			} {
				if values[i], err = read(); err != nil {
					return err
				}
			}
			body := strings.Repeat("x", 100000)
			for i, want := range []string{fmt.Sprint("title ", id), fmt.Sprint("title ", other), fmt.Sprint("tail ", id), body, body} {
				if string(values[i]) != want {
					t.Fatalf("row %d, value %d: %.20q", id, i, values[i])
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAddedColumns(t *testing.T) {
	path := database(t, nil, "CREATE TABLE t (a TEXT)", "INSERT INTO t VALUES ('old')",
		"ALTER TABLE t ADD COLUMN b TEXT", "ALTER TABLE t ADD COLUMN c REAL DEFAULT NULL", "ALTER TABLE t ADD COLUMN d INTEGER NOT NULL DEFAULT 5",
		"INSERT INTO t VALUES ('new', 'b', 2, 3)")
	f, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table := mustTable(t, f, "t")
	var got []string
	read := func(row *Row) error {
		s, err := rowString(row)
		got = append(got, s)
		return err
	}
	if err := f.Scan(t.Context(), table, All, []string{"c", "a", "b"}, read); err != nil {
		t.Fatal(err)
	}
	want, err := referenceRows(path, "SELECT rowid, c, a, b FROM t", 10)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	err = f.Scan(t.Context(), table, All, []string{"a", "d"}, func(*Row) error { return nil })
	if !errors.Is(err, ErrUnsupported) || errors.Is(err, ErrDamaged) {
		t.Errorf("a row without a value whose default is 5: %v", err)
	}
}

func TestCancel(t *testing.T) {
	path := database(t, fillZoo(1000), append([]string{"PRAGMA page_size=512"}, zoo...)...)
	f, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	ctx, cancel := context.WithCancel(t.Context())
	rows := 0
	err = f.Scan(ctx, mustTable(t, f, "deep"), All, nil, func(*Row) error {
		rows++
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) || rows > 100 {
		t.Errorf("after %d rows: %v", rows, err)
	}
}

func TestScanAllocatesNothingPerRow(t *testing.T) {
	path := database(t, fillZoo(2000), append([]string{"PRAGMA page_size=1024"}, zoo...)...)
	for _, mapped := range []bool{false, true} {
		f, err := Open(path, Options{Map: mapped})
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		long, deep := mustTable(t, f, "long"), mustTable(t, f, "deep")
		x, err := f.Index(deep, "v")
		if err != nil {
			t.Fatal(err)
		}
		err = f.Read(t.Context(), func(r *Reader) error {
			c, err := r.Cursor(long, "body", "m", "x")
			if err != nil {
				return err
			}
			d, err := r.Cursor(deep, "v")
			if err != nil {
				return err
			}
			i := r.IndexCursor(x)
			single, err := r.Finder(long, "body", "m", "x")
			if err != nil {
				return err
			}
			walk := func() {
				for id := range int64(400) {
					if _, err := single.Find(400 - id); err != nil {
						t.Fatal(err)
					}
					if _, err := single.Bytes(0); err != nil {
						t.Fatal(err)
					}
				}
				c.Range(All)
				for ok, err := c.Next(); ok; ok, err = c.Next() {
					if _, err2 := c.Bytes(0); err != nil || err2 != nil {
						t.Fatal(err, err2)
					}
				}
				i.Range(Range{0, 1500})
				for ok, err := i.Next(); ok; ok, err = i.Next() {
					if found, err2 := d.Find(i.Rowid()); !found || err != nil || err2 != nil {
						t.Fatal(found, err, err2)
					}
				}
			}
			walk() // buffers grow
			if n := testing.AllocsPerRun(3, walk); n > 0 {
				t.Errorf("map=%t: %v allocations for 400 long rows and 2000 entries", mapped, n)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
