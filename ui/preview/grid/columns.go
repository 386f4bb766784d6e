package grid

import (
	"math"
	"sort"
)

// Limits of a column's width in pixels.
const (
	MinColumnWidth = 32
	MaxColumnWidth = 1200
)

// Align says at which side of a column its cells stand.
type Align int

// Text stands at the left, figures at the right.
const (
	AlignLeft Align = iota
	AlignRight
)

// Column is how one column of the data is shown.
type Column struct {
	Title  string
	Width  float64 // pixels
	Hidden bool
	Frozen bool // stays at the left when the others scroll
	Align  Align
	Mark   string // behind the title, and never cut with it
}

// Columns is the shown order of the columns and where each one stands. The frozen
// ones come first, then the others, each in the order of the data. The zero value
// is a table without columns.
type Columns struct {
	all    []Column
	order  []int     // shown place → index into all
	edges  []float64 // edges[i] is the left edge of place i within its pane; one more at the end of each pane
	frozen int       // how many of order are frozen
	place  []int     // index into all → shown place, -1 when hidden
}

// Set takes over the columns; widths are moved into the limits.
func (c *Columns) Set(all []Column) {
	c.all = all
	for i := range c.all {
		c.all[i].Width = clampWidth(c.all[i].Width)
	}
	c.arrange()
}

// clampWidth keeps a width within the limits and in whole pixels, so that all
// columns begin on one.
func clampWidth(w float64) float64 {
	return max(MinColumnWidth, min(math.Round(w), MaxColumnWidth))
}

// arrange rebuilds order and edges after a change.
func (c *Columns) arrange() {
	c.order, c.place = c.order[:0], make([]int, len(c.all))
	for _, frozen := range []bool{true, false} {
		for i, col := range c.all {
			if col.Hidden {
				c.place[i] = -1
			} else if col.Frozen == frozen {
				c.place[i] = len(c.order)
				c.order = append(c.order, i)
			}
		}
		if frozen {
			c.frozen = len(c.order)
		}
	}
	c.edges = c.edges[:0]
	for _, pane := range [][]int{c.order[:c.frozen], c.order[c.frozen:]} {
		x := 0.0
		c.edges = append(c.edges, x)
		for _, i := range pane {
			x += c.all[i].Width
			c.edges = append(c.edges, x)
		}
	}
}

// Len is how many columns are shown, All how many there are.
func (c *Columns) Len() int { return len(c.order) }

// All is how many columns there are, hidden ones included.
func (c *Columns) All() int { return len(c.all) }

// Frozen is how many of the shown columns are frozen; they have the places 0…Frozen-1.
func (c *Columns) Frozen() int { return c.frozen }

// Index is the data's index of the column at a shown place.
func (c *Columns) Index(place int) int { return c.order[place] }

// Place is where the column with the data's index i is shown, -1 if it is hidden.
func (c *Columns) Place(i int) int {
	if i < 0 || i >= len(c.place) {
		return -1
	}
	return c.place[i]
}

// At is the column with the data's index i.
func (c *Columns) At(i int) Column { return c.all[i] }

// Copy returns all columns, in the order of the data.
func (c *Columns) Copy() []Column { return append([]Column(nil), c.all...) }

// HiddenCount is how many columns are hidden.
func (c *Columns) HiddenCount() int { return len(c.all) - len(c.order) }

// FrozenWidth is the width of the frozen pane's columns, pixels.
func (c *Columns) FrozenWidth() float64 { return c.paneEdges(true)[c.frozen] }

// ScrollWidth is the width of all columns that scroll, pixels.
func (c *Columns) ScrollWidth() float64 {
	e := c.paneEdges(false)
	return e[len(e)-1]
}

func (c *Columns) paneEdges(frozen bool) []float64 {
	if len(c.edges) == 0 {
		return []float64{0}
	}
	if frozen {
		return c.edges[:c.frozen+1]
	}
	return c.edges[c.frozen+1:]
}

// Span is the left edge and the width of the column at a shown place, within its
// own pane before scrolling.
func (c *Columns) Span(place int) (x, width float64) {
	e, i := c.paneEdges(true), place
	if place >= c.frozen {
		e, i = c.paneEdges(false), place-c.frozen
	}
	return e[i], e[i+1] - e[i]
}

// InSight gives the places [from, to) of the scrolling columns that touch the
// pixels x … x+width of their pane.
func (c *Columns) InSight(x, width float64) (from, to int) {
	e := c.paneEdges(false)
	n := len(e) - 1
	if n <= 0 || width <= 0 {
		return c.frozen, c.frozen
	}
	first := sort.Search(n, func(i int) bool { return e[i+1] > x })
	last := first + sort.Search(n-first, func(i int) bool { return e[first+i] >= x+width })
	return c.frozen + first, c.frozen + last
}

// Hit is the place of the column at x of the frozen or the scrolling pane, -1 if
// there is none.
func (c *Columns) Hit(x float64, frozen bool) int {
	e := c.paneEdges(frozen)
	n := len(e) - 1
	if x < 0 || n <= 0 || x >= e[n] {
		return -1
	}
	i := sort.Search(n, func(i int) bool { return e[i+1] > x })
	if !frozen {
		i += c.frozen
	}
	return i
}

// Resize gives the column with the data's index i another width.
func (c *Columns) Resize(i int, width float64) {
	c.all[i].Width = clampWidth(width)
	c.arrange()
}

// Hide hides or shows the column with the data's index i. The last shown column
// can't be hidden: Hide reports whether it did anything.
func (c *Columns) Hide(i int, hidden bool) bool {
	if c.all[i].Hidden == hidden || hidden && len(c.order) <= 1 {
		return false
	}
	c.all[i].Hidden = hidden
	c.arrange()
	return true
}

// ShowAll shows every column.
func (c *Columns) ShowAll() {
	for i := range c.all {
		c.all[i].Hidden = false
	}
	c.arrange()
}

// Freeze freezes or frees the column with the data's index i.
func (c *Columns) Freeze(i int, frozen bool) {
	c.all[i].Frozen = frozen
	c.arrange()
}

// SetMark puts a mark behind the title of the column with the data's index i.
func (c *Columns) SetMark(i int, mark string) { c.all[i].Mark = mark }

// SetAlign puts the cells of the column with the data's index i to a side.
func (c *Columns) SetAlign(i int, a Align) { c.all[i].Align = a }
