package sqlitefile

import (
	"encoding/binary"
	"math"
)

// IndexCursor walks the entries of an index in order: all, or those of a Range.
// The columns of its row are the index's key; Rowid is the row that the entry
// belongs to. It is at no entry until Next has returned true. After an error it
// gives only that error.
type IndexCursor struct {
	Row
	root  uint32
	path  []indexPage // from the root to the page of the next entry
	depth int
	prev  indexKey
	some  bool // only entries whose first value is a number within rg
	rg    Range
	err   error
}

// indexPage is a page of an index. All pages of the path but the last stand
// before their cell at; what is before that cell's place is done.
type indexPage struct {
	treePage
	at  int    // the next cell
	buf []byte // a copy of the page, if the file is not mapped
}

// indexKey is a copy of an entry.
type indexKey struct {
	set    bool
	values []value // texts and blobs lie in text, from at
	text   []byte
}

// IndexCursor makes a cursor over all of x.
func (r *Reader) IndexCursor(x *Index) *IndexCursor {
	c := &IndexCursor{Row: newRow(r, x.layout()), root: x.root}
	c.prev.values = make([]value, len(c.values))
	c.reset()
	return c
}

func (c *IndexCursor) reset() {
	if c.err != nil {
		return
	}
	c.depth, c.prev.set = 0, false
	c.err = c.push(c.root, 0)
}

// Next goes to the next entry and reports whether there is one.
func (c *IndexCursor) Next() (bool, error) {
	for c.err == nil {
		var more bool
		if more, c.err = c.next(); !more || c.err != nil {
			break
		}
		switch place := c.place(); {
		case place == 0:
			return true, nil
		case place > 0 && c.rg.Hi < math.MaxInt64:
			c.err = c.finish()
			return false, c.err
		}
	}
	return false, c.err
}

// next goes to the next entry of the index.
func (c *IndexCursor) next() (bool, error) {
	if c.depth == 0 { // the end was reached
		return false, nil
	}
	p := &c.path[c.depth-1]
	// An interior page on top: its cell before at was the last entry.
	for p.kind == interiorIndex {
		child, err := c.child(p)
		if err != nil {
			return false, err
		}
		if err := c.push(child, p.number); err != nil {
			return false, err
		}
		p = &c.path[c.depth-1]
	}
	for p.at == p.cells {
		if c.depth--; c.depth == 0 {
			return false, nil
		}
		p = &c.path[c.depth-1]
	}
	if err := c.read(p, p.at); err != nil {
		return false, err
	}
	p.at++
	return true, c.follow()
}

// child returns the child that comes before cell at of an interior page.
func (c *IndexCursor) child(p *indexPage) (uint32, error) {
	if p.at == p.cells {
		return p.right, nil
	}
	at, err := c.r.cell(&p.treePage, p.at)
	if err != nil {
		return 0, err
	}
	return binary.BigEndian.Uint32(p.data[at:]), nil
}

// push adds a page to the path, before its first cell.
func (c *IndexCursor) push(number, from uint32) error {
	if c.depth == maxDepth {
		return c.r.f.damaged(number, "index %s is deeper than %d pages", c.layout.name, maxDepth)
	}
	p, err := c.r.treePage(number, from)
	if err != nil {
		return err
	}
	if p.kind != interiorIndex && p.kind != leafIndex {
		return c.r.f.damaged(number, "belongs to a table, not to index %s", c.layout.name)
	}
	if p.cells == 0 && (c.depth > 0 || p.kind == interiorIndex) {
		return c.r.f.damaged(number, "is an index page without entries")
	}
	if c.depth == len(c.path) {
		c.path = append(c.path, indexPage{})
	}
	top := &c.path[c.depth]
	c.depth++
	if c.r.blocks != nil { // other pages will take the place of this one
		top.buf = append(top.buf[:0], p.data...)
		p.data = top.buf
	}
	top.treePage, top.at = p, 0
	return nil
}

// read makes the row that of cell i of a page.
func (c *IndexCursor) read(p *indexPage, i int) error {
	at, err := c.r.cell(&p.treePage, i)
	if err != nil {
		return err
	}
	if p.kind == interiorIndex {
		at += 4
	}
	if len(c.values) == 2 && c.readNumbers(p, at) {
		return nil
	}
	size, at := varint(p.data, at)
	if at == 0 {
		return c.r.f.damaged(p.number, "cell %d runs over the end", i)
	}
	record, err := c.r.payload(&p.treePage, at, size)
	if err != nil {
		return err
	}
	if err := c.load(record, 0); err != nil {
		return err
	}
	last := len(c.values) - 1
	if c.values[last].kind != Integer {
		return c.broken("entry %d has no rowid", i)
	}
	c.rowid = int64(c.values[last].bits)
	return nil
}

// readNumbers is read for the most common entries, one whole number and the
// rowid. It reports false for all others.
func (c *IndexCursor) readNumbers(p *indexPage, at int) bool {
	if at+4+16 > len(p.data) || c.layout.real[0] {
		return false
	}
	b := p.data[at : at+4+16 : at+4+16] // size, size of the head, two types, two numbers
	if b[1] != 3 || b[2] > 9 || b[3] > 9 {
		return false
	}
	first, second := &wholeNumbers[b[2]], &wholeNumbers[b[3]]
	if !first.known || !second.known || int(b[0]) != 3+first.size+second.size {
		return false
	}
	key := first.of(binary.BigEndian.Uint64(b[4:]))
	rowid := second.of(binary.BigEndian.Uint64(b[4+first.size:]))
	c.values[0], c.values[1] = value{kind: Integer, bits: key}, value{kind: Integer, bits: rowid}
	c.page, c.rowid = p.number, int64(rowid)
	return true
}

// wholeNumber is a serial type of whole numbers.
type wholeNumber struct {
	known bool
	size  int  // bytes
	shift uint // what is to be shifted out of the 8 bytes that begin with it
	plus  uint64
}

// wholeNumbers are the serial types 0 to 9 (file format §2.1).
var wholeNumbers = [10]wholeNumber{
	1: {true, 1, 56, 0}, 2: {true, 2, 48, 0}, 3: {true, 3, 40, 0}, 4: {true, 4, 32, 0}, 5: {true, 6, 16, 0}, 6: {true, 8, 0, 0},
	8: {true, 0, 64, 0}, 9: {true, 0, 64, 1},
}

// of is the number at the beginning of 8 bytes.
func (n *wholeNumber) of(bytes uint64) uint64 {
	if n.size == 0 {
		return n.plus
	}
	return uint64(int64(bytes) >> n.shift)
}

// followNumber is follow for the most common entries, one whole number and the
// rowid after the same. It reports false for all others, and for disorder.
func (c *IndexCursor) followNumber() bool {
	key, rowid, prev := c.values[0], c.values[1], c.prev.values
	if !c.prev.set || key.kind != Integer || prev[0].kind != Integer {
		return false
	}
	was, is := int64(prev[0].bits), int64(key.bits)
	if is < was || is == was && int64(rowid.bits) <= int64(prev[1].bits) {
		return false
	}
	prev[0], prev[1] = key, rowid
	return true
}

// follow holds the entry against the one before, after which it must come, and
// keeps it for the next.
func (c *IndexCursor) follow() error {
	if len(c.values) == 2 && c.followNumber() {
		return nil
	}
	for i := range c.values {
		order, err := c.compare(i)
		if err != nil {
			return err
		}
		if order < 0 {
			break
		}
		if order > 0 || i == len(c.values)-1 {
			return c.broken("the entry of row %d is out of order", c.rowid)
		}
	}
	c.prev.set, c.prev.text = true, c.prev.text[:0]
	for i, v := range c.values {
		if v.kind >= Text {
			b, err := c.Bytes(i)
			if err != nil {
				return err
			}
			v.at = len(c.prev.text)
			c.prev.text = append(c.prev.text, b...)
		}
		c.prev.values[i] = v
	}
	return nil
}
