package pagefile

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

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
