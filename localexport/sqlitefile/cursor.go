package sqlitefile

import (
	"encoding/binary"
	"math"
	"slices"
)

// Range is a range of rowids, both ends included.
type Range struct{ Lo, Hi int64 }

// All is the range of all rowids.
var All = Range{math.MinInt64, math.MaxInt64}

// Cursor walks the rows of a table in the order of their rowids. It is at no row
// until Next or Find has returned true; then it is the row. After an error it
// gives only that error.
type Cursor struct {
	Row
	root   uint32
	hi     int64 // where Next ends
	path   []interior
	depth  int // of path
	leaf   leaf
	loaded bool // leaf is one
	at     int  // the row's place on the leaf
	err    error
}

// interior is an interior page of a table: child i holds the rowids above
// keys[i-1] up to keys[i].
type interior struct {
	page     uint32
	within   Range
	keys     []int64
	children []uint32 // one more than keys
	at       int      // the child that was taken
}

// leaf is a leaf page of a table.
type leaf struct {
	treePage
	within Range
	cells  []leafCell
	buf    []byte // a copy of the page, if the file is not mapped
}

type leafCell struct {
	rowid int64
	at    int32 // first byte of the payload
	size  int32
}

// Cursor makes a cursor over all of t, in which the columns of the given names
// can be read, in any case of their letters. It allocates; a cursor is for many
// rows.
func (r *Reader) Cursor(t *Table, columns ...string) (*Cursor, error) {
	l, err := t.layout(columns)
	if err != nil {
		return nil, err
	}
	c := &Cursor{Row: newRow(r, l), root: t.root}
	c.Range(All)
	return c, nil
}

// Range puts the cursor before the rows of rg, to which Next keeps.
func (c *Cursor) Range(rg Range) {
	c.hi = rg.Hi
	if err := c.locate(rg.Lo); err != nil {
		return
	}
	c.at--
}

// Find goes to the row with the given key and reports whether there is one. Next
// goes on with the following row, without a limit. Finding keys near the last
// one is cheap, forwards and backwards.
func (c *Cursor) Find(rowid int64) (bool, error) {
	c.hi = math.MaxInt64
	if err := c.locate(rowid); err != nil {
		return false, err
	}
	if c.at == len(c.leaf.cells) || c.leaf.cells[c.at].rowid != rowid {
		c.at--
		return false, nil
	}
	return true, c.row()
}

// Next goes to the next row and reports whether there is one.
func (c *Cursor) Next() (bool, error) {
	if c.err != nil {
		return false, c.err
	}
	for c.at+1 >= len(c.leaf.cells) {
		more, err := c.nextLeaf()
		if err != nil || !more {
			c.err = err
			return false, err
		}
	}
	if c.leaf.cells[c.at+1].rowid > c.hi {
		return false, nil
	}
	c.at++
	return true, c.row()
}

// row reads the record at the cursor.
func (c *Cursor) row() error {
	cell := &c.leaf.cells[c.at]
	p, err := c.r.payload(&c.leaf.treePage, int(cell.at), uint64(cell.size))
	if err == nil {
		err = c.load(p, cell.rowid)
	}
	c.err = err
	return err
}

// locate loads the leaf that has, or would have, the given key, and puts the
// cursor at the first row that is not below it, or behind the last of the leaf.
func (c *Cursor) locate(rowid int64) error {
	if c.err != nil {
		return c.err
	}
	if !c.loaded || !c.leaf.within.has(rowid) {
		if c.err = c.descend(rowid); c.err != nil {
			return c.err
		}
	}
	cells := c.leaf.cells
	if c.at >= 0 && c.at < len(cells) && cells[c.at].rowid < rowid && (c.at+1 == len(cells) || cells[c.at+1].rowid >= rowid) {
		c.at++ // the next one, as often
		return nil
	}
	c.at, _ = slices.BinarySearchFunc(cells, rowid, func(cell leafCell, key int64) int {
		return compareInt(cell.rowid, key)
	})
	return nil
}

func (rg Range) has(rowid int64) bool { return rg.Lo <= rowid && rowid <= rg.Hi }

func compareInt(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// descend loads the leaf for a key, from the lowest page of the path that leads
// there.
func (c *Cursor) descend(rowid int64) error {
	c.loaded = false
	for c.depth > 0 && !c.path[c.depth-1].within.has(rowid) {
		c.depth--
	}
	if c.depth == 0 {
		return c.down(c.root, 0, All, rowid)
	}
	p := &c.path[c.depth-1]
	if p.at++; p.at >= len(p.children) || !p.childRange(p.at).has(rowid) { // not the next one, as often
		p.at, _ = slices.BinarySearch(p.keys, rowid)
	}
	return c.down(p.children[p.at], p.page, p.childRange(p.at), rowid)
}

// down goes from a page, which page from points to, to the leaf for a key.
func (c *Cursor) down(number, from uint32, within Range, rowid int64) error {
	for {
		p, err := c.r.treePage(number, from)
		if err != nil {
			return err
		}
		switch p.kind {
		case leafTable:
			return c.setLeaf(p, within)
		case interiorTable:
		default:
			return c.r.f.damaged(number, "belongs to an index, not to table %s", c.layout.name)
		}
		if c.depth == maxDepth {
			return c.r.f.damaged(number, "table %s is deeper than %d pages", c.layout.name, maxDepth)
		}
		if c.depth == len(c.path) {
			c.path = append(c.path, interior{})
		}
		next := &c.path[c.depth]
		if err := next.set(c.r, &p, within); err != nil {
			return err
		}
		c.depth++
		next.at, _ = slices.BinarySearch(next.keys, rowid)
		number, from, within = next.children[next.at], number, next.childRange(next.at)
	}
}

// nextLeaf loads the leaf after the cursor's, if the range goes on there.
func (c *Cursor) nextLeaf() (bool, error) {
	for c.depth > 0 {
		p := &c.path[c.depth-1]
		if p.at+1 == len(p.children) {
			c.depth--
			continue
		}
		within := p.childRange(p.at + 1)
		if within.Lo > c.hi {
			return false, nil
		}
		p.at++
		c.loaded = false
		err := c.down(p.children[p.at], p.page, within, within.Lo)
		c.at = -1
		return err == nil, err
	}
	return false, nil
}

// childRange is the range of rowids that child i must keep to.
func (n *interior) childRange(i int) Range {
	rg := n.within
	if i > 0 {
		rg.Lo = n.keys[i-1] + 1
	}
	if i < len(n.keys) {
		rg.Hi = n.keys[i]
	}
	return rg
}

// set reads an interior page; its keys must ascend within the range.
func (n *interior) set(r *Reader, p *treePage, within Range) error {
	n.page, n.within, n.at = p.number, within, 0
	n.keys, n.children = n.keys[:0], n.children[:0]
	if p.cells == 0 && p.number != 1 {
		return r.f.damaged(p.number, "is an interior page without cells")
	}
	least := within.Lo
	for i := range p.cells {
		at, err := r.cell(p, i)
		if err != nil {
			return err
		}
		key, end := varint(p.data, at+4)
		if end == 0 {
			return r.f.damaged(p.number, "cell %d runs over the end", i)
		}
		if k := int64(key); k < least || k >= within.Hi {
			return r.f.damaged(p.number, "key %d is out of order", k)
		}
		n.children = append(n.children, binary.BigEndian.Uint32(p.data[at:]))
		n.keys = append(n.keys, int64(key))
		least = int64(key) + 1
	}
	n.children = append(n.children, p.right)
	return nil
}

// setLeaf reads the keys of a leaf, which must ascend within the range.
func (c *Cursor) setLeaf(p treePage, within Range) error {
	if p.cells == 0 && c.depth > 0 {
		return c.r.f.damaged(p.number, "is a leaf without rows")
	}
	l := &c.leaf
	if c.r.blocks != nil { // other pages will take the place of this one
		l.buf = append(l.buf[:0], p.data...)
		p.data = l.buf
	}
	l.treePage, l.within, l.cells = p, within, l.cells[:0]
	least, open := within.Lo, true
	for i := range p.cells {
		at, err := c.r.cell(&p, i)
		if err != nil {
			return err
		}
		size, keyAt := varint(p.data, at)
		key, at := varint(p.data, max(keyAt, at))
		rowid := int64(key)
		switch {
		case keyAt == 0 || at == 0:
			return c.r.f.damaged(p.number, "cell %d runs over the end", i)
		case size >= 1<<31:
			return c.r.f.damaged(p.number, "row %d claims to have %d bytes", rowid, size)
		case !open || rowid < least || rowid > within.Hi:
			return c.r.f.damaged(p.number, "row %d is out of order", rowid)
		}
		l.cells = append(l.cells, leafCell{rowid: rowid, at: int32(at), size: int32(size)})
		least, open = rowid+1, rowid < math.MaxInt64
	}
	c.loaded = true
	return nil
}

// CheckKeys reads the pages of a table that hold the rows of rg, from its root
// page on, and holds their keys against each other. The error matches ErrDamaged if
// they are not in order or the pages make no sense. No row is read, so nothing is
// said about what is in them. name is for errors.
func (r *Reader) CheckKeys(name string, root int64, rg Range) error {
	if root < 1 || root > int64(r.f.shape.pages) {
		return r.f.damaged(1, "the schema places %s at page %d of %d", name, root, r.f.shape.pages)
	}
	if r.check == nil { // kept with the Reader, whose turns are many and short
		r.check = &Cursor{Row: newRow(r, &layout{})}
	}
	c := r.check
	c.root, c.depth, c.loaded, c.err, c.layout.name = uint32(root), 0, false, nil, name
	c.Range(rg)
	for c.err == nil {
		more, err := c.nextLeaf()
		if err != nil || !more {
			return err
		}
	}
	return c.err
}
