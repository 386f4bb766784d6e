package pagefile

import "encoding/binary"

// tree builds the inner pages of a tree over its leaves, which come in their order.
type tree struct {
	f      *File
	kind   byte // of the inner pages
	levels []*level
	// The leaf that came last; what divides it from the next comes with that.
	leaf    uint32
	pending bool
	key     []byte
}

// level is a level of inner pages, of which two are kept: an inner page needs two
// children, and the last one may have to take one of those of the page before.
type level struct {
	page   page
	before page
	// right is the last child of the page before, which is there if that is no 0,
	// and key is what divides that page from the next.
	right uint32
	key   []byte
}

// child adds a leaf. key is what divides it from the next one: a row number as a
// number of variable length, or the entry of an index that stands between.
func (t *tree) child(leaf uint32, key []byte) error {
	if t.pending {
		if err := t.add(0, t.leaf, t.key); err != nil {
			return err
		}
	}
	t.leaf, t.key, t.pending = leaf, append(t.key[:0], key...), true
	return nil
}

// add adds a child that is not the last one to a level.
func (t *tree) add(i int, child uint32, key []byte) error {
	if i == len(t.levels) {
		t.levels = append(t.levels, new(level))
		t.levels[i].page.reset(t.kind)
	}
	l := t.levels[i]
	if l.page.fits(4 + len(key)) {
		putChild(&l.page, child, key)
		return nil
	}
	if err := t.placeBefore(i); err != nil {
		return err
	}
	l.before, l.right, l.key = l.page, child, append(l.key[:0], key...)
	l.page.reset(t.kind)
	return nil
}

func putChild(p *page, child uint32, key []byte) {
	cell := p.cell(4 + len(key))
	binary.BigEndian.PutUint32(cell, child)
	copy(cell[4:], key)
}

// placeBefore writes the page before the last of a level, if there is one.
func (t *tree) placeBefore(i int) error {
	l := t.levels[i]
	if l.right == 0 {
		return nil
	}
	n, err := t.f.place(l.before.done(l.right))
	if err != nil {
		return err
	}
	l.right = 0
	return t.add(i+1, n, l.key)
}

// end completes the tree, which has at least one leaf, and returns its root.
func (t *tree) end() (root uint32, err error) {
	root = t.leaf
	for i := 0; i < len(t.levels); i++ {
		l := t.levels[i]
		if l.page.n == 0 { // it would have one child only
			putChild(&l.page, l.right, l.key)
			cell := l.before.pop()
			l.right, l.key = binary.BigEndian.Uint32(cell), append(l.key[:0], cell[4:]...)
		}
		if err := t.placeBefore(i); err != nil {
			return 0, err
		}
		if root, err = t.f.place(l.page.done(root)); err != nil {
			return 0, err
		}
	}
	return root, nil
}
