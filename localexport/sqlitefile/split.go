package sqlitefile

import (
	"context"
	"math"
)

// splitFactor is how many subtrees there are for each range, so that cutting
// between them gives ranges of nearly equal size.
const splitFactor = 16

// Split cuts the table into at most n ranges of about as many pages each, in
// order and without gaps: together they are All. It reads interior pages only,
// and of those only as many as n needs. A small table gives one range.
func (f *File) Split(ctx context.Context, t *Table, n int) ([]Range, error) {
	var keys []int64
	err := f.Read(ctx, func(r *Reader) (err error) {
		keys, err = r.separators(t, n*splitFactor)
		return err
	})
	if err != nil {
		return nil, err
	}
	n = max(1, min(n, len(keys)+1))
	ranges := make([]Range, n)
	lo := int64(math.MinInt64)
	for i := range n - 1 {
		hi := keys[(i+1)*(len(keys)+1)/n-1]
		ranges[i] = Range{lo, hi}
		lo = hi + 1
	}
	ranges[n-1] = Range{lo, math.MaxInt64}
	return ranges, nil
}

// separators goes down the tree, all pages of a level at a time, until there are
// at least want subtrees, and returns the keys between them.
func (r *Reader) separators(t *Table, want int) ([]int64, error) {
	type subtree struct {
		page, from uint32
		within     Range
	}
	level := []subtree{{t.root, 0, All}}
	var keys []int64
	for range maxDepth {
		if len(level) >= want {
			break
		}
		var below []subtree
		for _, s := range level {
			p, err := r.treePage(s.page, s.from)
			if err != nil {
				return nil, err
			}
			if p.kind == leafTable {
				return keys, nil
			}
			if p.kind != interiorTable {
				return nil, r.f.damaged(s.page, "belongs to an index, not to table %s", t.Name)
			}
			var n interior
			if err := n.set(r, &p, s.within); err != nil {
				return nil, err
			}
			for i, child := range n.children {
				below = append(below, subtree{child, s.page, n.childRange(i)})
			}
		}
		level = below
		keys = keys[:0]
		for _, s := range level[1:] {
			keys = append(keys, s.within.Lo-1)
		}
	}
	return keys, nil
}
