package preview

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sluice/csvfile"
)

// marks are what the titles of the columns say of sorting.
func (b *bench) marks() (out []string) {
	b.do(func() {
		for i := range b.p.grid.Columns().All() {
			out = append(out, b.p.grid.Columns().At(i).Mark)
		}
	})
	return out
}

// TestSortByAColumn: rows come in their order, titles and footer say so, and there is a
// way back, near the row that was in focus.
func TestSortByAColumn(t *testing.T) {
	withPane(t, newFake(1000, "id", "title"), nil, func(b *bench) {
		b.do(func() { b.p.menuItems(-1, 1)[1].Action() }) // descending
		b.later(time.Second)
		if label, text := b.cell(0, 0); label != "1,000" || text != "r999 c0" {
			t.Errorf("the first row is %s, %s", label, text)
		}
		b.sees("sorted by title descending")
		b.sees("Order of the file")
		if m := b.marks(); !slices.Equal(m, []string{"", "↓"}) {
			t.Errorf("marks: %q", m)
		}
		b.do(func() {
			if text := strings.Join(b.p.Texts(), "|"); !strings.Contains(text, "title ↓") {
				t.Errorf("the titles are %s", text)
			}
			b.p.grid.Select(199, 0)
		})
		b.settle()
		b.do(b.p.unsort)
		b.later(time.Second)
		if row, _ := b.focus(); row != 800 || b.p.s.sorted != nil || !b.f.sorting.closed {
			t.Errorf("back in row %d", row)
		}
		if m := b.marks(); !slices.Equal(m, []string{"", ""}) {
			t.Errorf("marks: %q", m)
		}
	})
}

// TestSortTwiceAtOnce: the second stroke goes on from the first, also before its rows are there.
func TestSortTwiceAtOnce(t *testing.T) {
	withPane(t, newFake(100, "id", "title"), nil, func(b *bench) {
		for _, want := range [][]string{{"↓", ""}, {"↑", ""}} { // the third stroke takes the order away, the fourth begins anew
			b.do(func() {
				b.p.grid.Select(0, 0)
				b.p.sortFocused(false)
				b.p.sortFocused(false)
			})
			b.later(time.Second)
			if m := b.marks(); !slices.Equal(m, want) {
				t.Errorf("marks %q, want %q", m, want)
			}
		}
	})
}

// TestSortByKeys turns the order of columns by keyboard, one and several.
func TestSortByKeys(t *testing.T) {
	withPane(t, newFake(100, "id", "title"), nil, func(b *bench) {
		for i, c := range []struct {
			col     int
			further bool
			marks   []string
		}{
			{0, false, []string{"↑", ""}}, {0, false, []string{"↓", ""}}, {1, true, []string{"↓1", "↑2"}}, {1, true, []string{"↓1", "↓2"}},
			{0, true, []string{"", "↓"}}, {1, true, []string{"", ""}}, {1, false, []string{"", "↑"}}, {0, true, []string{"↑2", "↑1"}}, {1, false, []string{"", "↑"}},
		} {
			b.do(func() {
				b.p.grid.Select(0, c.col)
				b.p.sortFocused(c.further)
			})
			b.later(time.Second)
			if m := b.marks(); !slices.Equal(m, c.marks) {
				t.Errorf("step %d: marks %q, want %q", i, m, c.marks)
			}
		}
		b.do(func() { // a kind is chosen in the place of the key
			items := b.p.menuItems(-1, 1)
			as := items[slices.IndexFunc(items, func(m *fyne.MenuItem) bool { return m.ChildMenu != nil })]
			if !as.ChildMenu.Items[2].Checked {
				t.Error("the column is not known to be sorted as numbers")
			}
			as.ChildMenu.Items[3].Action()
		})
		b.later(time.Second)
		if got := fmt.Sprint(b.f.sorting.keys); got != "[{1 4 false}]" {
			t.Errorf("sorted by %s", got)
		}
	})
}

// TestSortShowsTheFirstRows: what was shown stays until there are rows, those are shown
// while the others are sorted, and cancelling goes back to the order of the file.
func TestSortShowsTheFirstRows(t *testing.T) {
	f := newFake(1000, "id")
	f.unsorts = true
	withPane(t, f, nil, func(b *bench) {
		b.do(func() { b.p.Sort(csvfile.SortKey{Column: 0}) })
		b.later(200 * time.Millisecond)
		if _, text := b.cell(0, 0); text != "r0 c0" {
			t.Errorf("before there are sorted rows, the first is %s", text)
		}
		b.sees("Sorting by id: 0 %")
		f.set(func() { f.sorting.known = 400 })
		b.later(time.Second)
		if _, text := b.cell(0, 0); text != "r999 c0" {
			t.Errorf("the first row is %s", text)
		}
		b.sees("Sorting by id: 40 %")
		b.do(func() { b.p.sort.cancel() })
		b.later(time.Second)
		if _, text := b.cell(999, 0); text != "r999 c0" || !f.sorting.closed || len(b.p.notices.texts()) > 0 {
			t.Errorf("cancelled, the last row is %s; notices %v", text, b.p.notices.texts())
		}
		b.do(func() { b.p.Sort(csvfile.SortKey{Column: 0}) }) // and before any row is there
		b.later(time.Second)
		b.do(func() { b.p.sort.cancel() })
		b.later(time.Second)
		if !f.sorting.closed || b.p.s.sorted != nil || len(b.p.notices.texts()) > 0 {
			t.Errorf("a sorting without rows was not cancelled: %v", b.p.notices.texts())
		}
		close(f.sorting.done)
	})
}

// TestSortTells what is odd, and what failed.
func TestSortTells(t *testing.T) {
	f := newFake(1000, "id", "when")
	f.unsorts = true
	withPane(t, f, nil, func(b *bench) {
		b.do(func() { b.p.Sort(csvfile.SortKey{Column: 1}) })
		b.settle()
		f.set(func() {
			f.sorting.known, f.sorting.odd = 1000, []csvfile.SortOddity{{Key: csvfile.SortKey{Column: 1, Kind: csvfile.SortTime}, Count: 3, First: 16}}
		})
		close(f.sorting.done)
		b.later(time.Second)
		b.sees("3 cells of when are no times: their rows, first row 17, come behind those with times.")
		b.do(func() { b.p.Sort(csvfile.SortKey{Column: 0}) })
		b.settle()
		f.set(func() { f.sorting.err = errors.New("the disk is full") })
		close(f.sorting.done)
		b.later(time.Second)
		b.sees("The rows were not sorted: the disk is full.")
		b.do(func() { b.p.Sort(csvfile.SortKey{Column: 9}) })
		b.later(time.Second)
		b.sees("The rows were not sorted: there is no column 10.")
	})
}

// TestSortWithFilterAndFind: other conditions keep the order, what is saved is what is
// shown, and hits are found by their places.
func TestSortWithFilterAndFind(t *testing.T) {
	f := newFake(1000, "id", "title")
	withPane(t, f, nil, func(b *bench) {
		b.do(func() { b.p.Sort(csvfile.SortKey{Column: 0}) })
		b.later(time.Second)
		b.do(func() { b.p.Filter(csvfile.Condition{Text: "x"}) })
		b.later(time.Second)
		if v, ok := f.sorting.of.(*fakeView); !ok || b.p.s.sorted != sorted(f.sorting) || b.p.s.chosen() != filtered(f.sorting) || v == nil {
			t.Errorf("after a filter, %v is sorted", f.sorting.of)
		}
		b.sees("sorted by id")
		b.do(func() {
			b.p.grid.Select(20, 0)
			b.p.Find("anything")
		})
		b.later(time.Second)
		if row, col := b.focus(); row != 27 || col != 1 {
			t.Errorf("found in row %d, column %d", row, col)
		}
	})
}
