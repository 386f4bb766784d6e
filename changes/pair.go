package changes

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// column is one of the columns of either table; -1 says that a table lacks it.
type column struct {
	name string
	a, b int
}

func (c column) at(w which) int {
	if w == fromA {
		return c.a
	}
	return c.b
}

// pair is two tables with what is to be known for comparing them.
type pair struct {
	a, b    *table
	columns []column // of the output: those of B, then those that A alone has
	common  []column
	alike   bool // the same row has the same bytes in both, mostly
	proof   proof
	name    string // of the file
	// observer, if not nil, is told of what differs, in turns.
	observer Observer
	turn     sync.Mutex
}

func newPair(a, b *table, p proof) *pair {
	x := &pair{a: a, b: b, proof: p}
	used := make([]bool, len(a.header))
	for i, name := range b.header {
		c := column{name: name, a: -1, b: i}
		for j, other := range a.header { // of several columns with a name, the n-th of both
			if other == name && !used[j] {
				used[j], c.a = true, j
				x.common = append(x.common, c)
				break
			}
		}
		x.columns = append(x.columns, c)
	}
	for j, name := range a.header {
		if !used[j] {
			x.columns = append(x.columns, column{name: name, a: j, b: -1})
		}
	}
	x.alike = x.areAlike()
	return x
}

// areAlike reports whether the same row has the same bytes in both files, mostly.
func (p *pair) areAlike() bool {
	a, b := p.a.file.Info(), p.b.file.Info()
	return slices.Equal(p.a.header, p.b.header) && a.Delimiter == b.Delimiter && a.LineEnding == b.LineEnding
}

// inOrder reports whether the columns of the output that a file has are the first of
// them, in the order of the file.
func (p *pair) inOrder(w which) bool {
	for i, c := range p.columns {
		at := c.at(w)
		if at >= 0 && at != i {
			return false
		}
	}
	return true
}

// folds reports whether line breaks stand in the cells of the two files in different
// ways, as far as is known.
func (p *pair) folds() bool {
	a, b := p.a.input.Breaks, p.b.input.Breaks
	return a.Known && b.Known && a != b
}

// notes are what is to be said of how the two files are written.
func (p *pair) notes(name string) (notes []string) {
	var onlyA, onlyB []string
	for _, c := range p.columns {
		switch {
		case c.a < 0:
			onlyB = append(onlyB, c.name)
		case c.b < 0:
			onlyA = append(onlyA, c.name)
		}
	}
	if len(onlyB) > 0 {
		notes = append(notes, fmt.Sprintf("%s has columns that %s has not, which are not compared: %s.", p.b.input.Title, p.a.input.Title, strings.Join(onlyB, ", ")))
	}
	if len(onlyA) > 0 {
		notes = append(notes, fmt.Sprintf("%s has columns that %s has not, which are not compared: %s.", p.a.input.Title, p.b.input.Title, strings.Join(onlyA, ", ")))
	}
	if repeated := slices.ContainsFunc(p.a.header, func(name string) bool {
		return strings.Count("\x00"+strings.Join(p.a.header, "\x00\x00")+"\x00", "\x00"+name+"\x00") > 1
	}); repeated {
		notes = append(notes, fmt.Sprintf("Several columns of %s have the same name; they are compared in their order.", name))
	}
	return notes
}

// asTexts orders by their bytes the keys that were taken for numbers, because the first
// of them are, and reports whether there are such.
func (p *pair) asTexts() (changed bool) {
	for i, k := range p.a.scheme.key {
		if k.kind == auto && p.a.kinds[i] == byNumber {
			p.a.kinds[i], p.b.kinds[i], changed = byBytes, byBytes, true
		}
	}
	if changed {
		p.a.list, p.b.list = nil, nil
		p.a.inTurn, p.b.inTurn = false, false
	}
	return changed
}
