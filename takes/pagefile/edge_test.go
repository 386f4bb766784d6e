package pagefile

import (
	"bytes"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"testing"

	"sluice/localexport/keyfile"
)

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
