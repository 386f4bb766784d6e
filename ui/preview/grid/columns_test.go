package grid

import (
	"slices"
	"testing"
)

func fiveColumns() *Columns {
	c := &Columns{}
	c.Set([]Column{
		{Title: "a", Width: 100}, {Title: "b", Width: 50}, {Title: "c", Width: 200, Frozen: true},
		{Title: "d", Width: 80, Hidden: true}, {Title: "e", Width: 60},
	})
	return c
}

func titles(c *Columns) (out []string) {
	for p := range c.Len() {
		out = append(out, c.At(c.Index(p)).Title)
	}
	return out
}

func TestFrozenColumnsComeFirst(t *testing.T) {
	c := fiveColumns()
	if got := titles(c); !slices.Equal(got, []string{"c", "a", "b", "e"}) {
		t.Fatalf("order %v", got)
	}
	if c.FrozenWidth() != 200 || c.ScrollWidth() != 210 || c.Frozen() != 1 || c.HiddenCount() != 1 {
		t.Fatalf("frozen %v scroll %v", c.FrozenWidth(), c.ScrollWidth())
	}
	if c.Place(3) != -1 || c.Place(4) != 3 || c.Place(99) != -1 {
		t.Fatalf("places %d %d", c.Place(3), c.Place(4))
	}
	x, w := c.Span(2)
	if x != 100 || w != 50 {
		t.Fatalf("b at %v, %v wide", x, w)
	}
}

func TestColumnsInSight(t *testing.T) {
	c := fiveColumns() // scrolling: a 0–100, b 100–150, e 150–210, at places 1, 2, 3
	for _, k := range []struct {
		x, width float64
		from, to int
	}{
		{0, 1000, 1, 4}, {0, 100, 1, 2}, {0, 101, 1, 3}, {100, 50, 2, 3}, {120, 31, 2, 4}, {210, 50, 4, 4}, {0, 0, 1, 1},
	} {
		if from, to := c.InSight(k.x, k.width); from != k.from || to != k.to {
			t.Errorf("%v+%v: [%d,%d), want [%d,%d)", k.x, k.width, from, to, k.from, k.to)
		}
	}
}

func TestColumnHit(t *testing.T) {
	c := fiveColumns()
	for _, k := range []struct {
		x      float64
		frozen bool
		want   int
	}{{0, true, 0}, {199, true, 0}, {200, true, -1}, {0, false, 1}, {100, false, 2}, {209, false, 3}, {210, false, -1}, {-1, false, -1}} {
		if got := c.Hit(k.x, k.frozen); got != k.want {
			t.Errorf("hit %v frozen=%v: %d, want %d", k.x, k.frozen, got, k.want)
		}
	}
	empty := &Columns{}
	if empty.Hit(0, false) != -1 || empty.FrozenWidth() != 0 || empty.ScrollWidth() != 0 {
		t.Error("a table without columns has some")
	}
}

func TestTheLastColumnStays(t *testing.T) {
	c := fiveColumns()
	for i := range 4 {
		c.Hide(i, true)
	}
	if c.Hide(4, true) || c.Len() != 1 {
		t.Fatalf("%d columns left", c.Len())
	}
	c.ShowAll()
	if c.Len() != 5 {
		t.Fatalf("%d columns shown", c.Len())
	}
}

func TestResizeStaysWithinLimits(t *testing.T) {
	c := fiveColumns()
	c.Resize(0, -5)
	c.Resize(1, 1e9)
	if c.At(0).Width != MinColumnWidth || c.At(1).Width != MaxColumnWidth {
		t.Fatalf("widths %v %v", c.At(0).Width, c.At(1).Width)
	}
}
