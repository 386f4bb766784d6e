package sqlitefile

import "math"

// Range puts the cursor before the entries whose first key column is a number
// within rg, to which Next keeps: for instance the bodies of a range of pages.
// It goes there through the tree; only a range that begins with the least or
// ends with the greatest integer walks over the entries of other kinds too. So
// if a set of ranges that together are All gives no error, the whole index is
// in order, and no entry was missed.
func (c *IndexCursor) Range(rg Range) {
	c.some, c.rg = true, rg
	c.reset()
	if rg.Lo > math.MinInt64 && c.err == nil {
		c.err = c.descend(value{kind: Integer, bits: uint64(rg.Lo)})
	}
}

// place says whether the entry comes before (-1) the cursor's range, within it
// (0) or behind it (1).
func (c *IndexCursor) place() int {
	first := &c.values[0]
	switch {
	case !c.some:
		return 0
	case first.kind == Integer:
		if n := int64(first.bits); n < c.rg.Lo {
			return -1
		} else if n > c.rg.Hi {
			return 1
		}
		return 0
	case first.kind == Null:
		return -1
	case first.kind != Real:
		return 1
	case compareNumbers(first, &value{kind: Integer, bits: uint64(c.rg.Lo)}) < 0:
		return -1
	case compareNumbers(first, &value{kind: Integer, bits: uint64(c.rg.Hi)}) > 0:
		return 1
	}
	return 0
}

// descend goes from the root to the leaf with the first entry that is not below
// least.
func (c *IndexCursor) descend(least value) error {
	for {
		p := &c.path[c.depth-1]
		if err := c.skip(p, func() bool {
			first := &c.values[0]
			return first.kind >= Text || first.isNumber() && compareNumbers(first, &least) >= 0
		}); err != nil || p.kind == leafIndex {
			return err
		}
		child, err := c.child(p)
		if err != nil {
			return err
		}
		if err := c.push(child, p.number); err != nil {
			return err
		}
	}
}

// skip goes over the cells of a page until one satisfies stop, which stays the
// next one. Those it skips must ascend, and come after what was skipped before.
func (c *IndexCursor) skip(p *indexPage, stop func() bool) error {
	for ; p.at < p.cells; p.at++ {
		if err := c.read(p, p.at); err != nil {
			return err
		}
		if stop() {
			return nil
		}
		if err := c.follow(); err != nil {
			return err
		}
	}
	return nil
}

// finish ends the walk at an entry behind the range. That it is out of place,
// and entries of the range come after it, would show in the rest of its page and
// of the pages above: from the leaf to the root, all of it ascends.
func (c *IndexCursor) finish() error {
	if c.path[c.depth-1].kind == interiorIndex { // below it come the next entries
		if more, err := c.next(); err != nil || !more {
			return err
		}
	}
	for ; c.depth > 0; c.depth-- {
		if err := c.skip(&c.path[c.depth-1], func() bool { return false }); err != nil {
			return err
		}
	}
	return nil
}
