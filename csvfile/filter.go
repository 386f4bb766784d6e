package csvfile

import (
	"context"

	"sluice/csvfile/internal/match"
)

// filter is what a view asks of a row, compiled.
type filter struct {
	f *File
	// tests are the conditions. Without a root all of them must hold.
	tests []test
	// root joins the tests where they are not merely and-ed.
	root *node
	// needed is one of the tests that every matching row must pass, if there is
	// one by which raw bytes can be searched.
	needed *match.Matcher
	// only is the column that all tests look at, -1 if there are several.
	only int
}

// node is a test, or what joins nodes.
type node struct {
	join Join
	not  bool // with a join; a test knows it by itself
	test int  // number of the test, without a join
	of   []node
}

// compile checks an expression against the file.
func (f *File) compile(e Expr) (*filter, error) {
	sample, err := f.sampled()
	if err != nil {
		return nil, err
	}
	fl := &filter{f: f, only: -1}
	root, err := fl.add(e, len(f.columnNames()), sample)
	if err != nil {
		return nil, err
	}
	if !root.plain() {
		fl.root = &root
	}
	fl.needed = fl.need(root)
	return fl, nil
}

// add compiles the tests of an expression.
func (fl *filter) add(e Expr, columns int, sample *match.Sample) (n node, err error) {
	if e.Join != JoinNone {
		n.join, n.not = e.Join, e.Not
		for _, of := range e.Of {
			child, err := fl.add(of, columns, sample)
			if err != nil {
				return n, err
			}
			n.of = append(n.of, child)
		}
		return n, nil
	}
	t, err := e.Is.compile(columns, sample)
	if err != nil {
		return n, err
	}
	t.Not = t.Not != e.Not
	switch {
	case len(fl.tests) == 0:
		fl.only = t.Column
	case fl.only != t.Column:
		fl.only = -1
	}
	n.test = len(fl.tests)
	fl.tests = append(fl.tests, t)
	return n, nil
}

// plain reports whether a node is a test, or an and of tests.
func (n node) plain() bool {
	if n.join == JoinNone {
		return true
	}
	for _, of := range n.of {
		if of.join != JoinNone {
			return false
		}
	}
	return n.join == JoinAnd && !n.not
}

// need is a matcher that finds something in every row that meets a node; nil if none is
// known.
func (fl *filter) need(n node) (m *match.Matcher) {
	switch {
	case n.join == JoinNone:
		if t := &fl.tests[n.test]; !t.Not {
			return t.matcher
		}
	case n.join == JoinAnd && !n.not:
		for _, of := range n.of {
			if found := fl.need(of); found != nil {
				m = found
			}
		}
	}
	return m
}

// matches reports whether a record meets the filter.
func (fl *filter) matches(ctx context.Context, rec *rec, scratch *[]byte) (bool, error) {
	if fl.root != nil {
		return fl.meets(ctx, fl.root, rec, scratch)
	}
	for i := range fl.tests {
		t := &fl.tests[i]
		cell, whole, _ := rec.wantedCell(t.Column, scratch)
		ok := t.holds(cell)
		if !whole {
			var err error
			if ok, err = fl.matchesGiant(ctx, t, rec, cell); err != nil {
				return false, err
			}
		}
		if ok == t.Not {
			return false, nil
		}
	}
	return true, nil
}

// meets reports whether a record meets a node.
func (fl *filter) meets(ctx context.Context, n *node, rec *rec, scratch *[]byte) (bool, error) {
	if n.join == JoinNone {
		return fl.passes(ctx, &fl.tests[n.test], rec, scratch)
	}
	for i := range n.of {
		ok, err := fl.meets(ctx, &n.of[i], rec, scratch)
		if err != nil {
			return false, err
		}
		if ok == (n.join == JoinOr) { // that settles it
			return ok != n.not, nil
		}
	}
	return (n.join == JoinAnd) != n.not, nil
}

// passes reports whether a record passes a test.
func (fl *filter) passes(ctx context.Context, t *test, rec *rec, scratch *[]byte) (bool, error) {
	cell, whole, _ := rec.wantedCell(t.Column, scratch)
	ok := t.holds(cell)
	if !whole {
		var err error
		if ok, err = fl.matchesGiant(ctx, t, rec, cell); err != nil {
			return false, err
		}
	}
	return ok != t.Not, nil
}

// matchesGiant tests a cell of which only the start is at hand: it is longer
// than giantCellLimit, so neither empty nor a number nor a time nor one of some values.
func (fl *filter) matchesGiant(ctx context.Context, t *test, rec *rec, start []byte) (bool, error) {
	if t.Op == OpText { // decided by fewer bytes than are at hand
		return t.holds(start), nil
	}
	if t.matcher == nil {
		return false, nil
	}
	if t.Op == OpEquals && rec.giant.Size(t.Column) != int64(len(t.Text)) {
		return false, nil
	}
	cell, err := fl.f.Cell(ctx, *rec.giant, t.Column)
	if err != nil {
		return false, err
	}
	return t.matcher.MatchReader(cell)
}
