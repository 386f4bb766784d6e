package pagefile

import (
	"encoding/binary"

	"sluice/wording"
)

// merger writes the leaves of a table anew in which strays belong, and keeps the
// others. Pages that get free take what is written.
type merger struct {
	f      *File
	tree   tree
	leaf   page
	last   int64 // number of the last row of leaf
	number []byte
	old    [pageSize]byte // the leaf that is being read

	next  func() (int64, []byte, error)
	stray int64 // number of the next stray
	cell  []byte
}

// merge brings the strays into the finished tree.
func (t *Table) merge(root uint32) (uint32, error) {
	defer t.strays.close()
	if t.f.arena.owner == t.strays {
		defer func() { t.f.arena.b, t.f.arena.owner = t.f.arena.b[:0], nil }()
	}
	next, err := t.strays.inOrder()
	if err != nil {
		return 0, err
	}
	if err := t.f.out.flush(); err != nil {
		return 0, err
	}
	m := &merger{f: t.f, tree: tree{f: t.f, kind: innerTable}, next: next}
	m.leaf.reset(leafTable)
	if err := m.advance(); err != nil {
		return 0, err
	}
	if err := m.walk(root); err != nil {
		return 0, err
	}
	if m.cell != nil {
		return 0, wording.Errorf("row number %d lies behind the last of its table", m.stray) // no stray does
	}
	if err := m.placeLeaf(); err != nil {
		return 0, err
	}
	return m.tree.end()
}

// advance goes to the next stray.
func (m *merger) advance() (err error) {
	m.stray, m.cell, err = m.next()
	return err
}

// walk goes through the part of the old tree below a page.
func (m *merger) walk(n uint32) error {
	if err := m.f.out.readAt(m.old[:], n); err != nil {
		return err
	}
	if m.old[0] == leafTable {
		return m.take(n)
	}
	b := m.old
	m.f.free = append(m.f.free, n)
	for i := range int(binary.BigEndian.Uint16(b[3:])) {
		cell := binary.BigEndian.Uint16(b[12+2*i:])
		if err := m.walk(binary.BigEndian.Uint32(b[cell:])); err != nil {
			return err
		}
	}
	return m.walk(binary.BigEndian.Uint32(b[8:]))
}

// take keeps the leaf that was read, or writes its rows anew among strays.
func (m *merger) take(n uint32) error {
	cells := int(binary.BigEndian.Uint16(m.old[3:]))
	last, _ := m.oldCell(cells - 1)
	if m.cell == nil || m.stray > last {
		if err := m.placeLeaf(); err != nil {
			return err
		}
		m.number = appendVarint(m.number[:0], uint64(last))
		return m.tree.child(n, m.number)
	}
	m.f.free = append(m.f.free, n)
	for i := range cells {
		number, cell := m.oldCell(i)
		for m.cell != nil && m.stray <= number {
			if m.stray == number || m.leaf.n > 0 && m.stray == m.last {
				return &TwiceError{m.stray}
			}
			if err := m.put(m.stray, m.cell); err != nil {
				return err
			}
			if err := m.advance(); err != nil {
				return err
			}
		}
		if err := m.put(number, cell); err != nil {
			return err
		}
	}
	return nil
}

// oldCell is a cell of the leaf that was read, and the number of its row.
func (m *merger) oldCell(i int) (number int64, cell []byte) {
	b := m.old[binary.BigEndian.Uint16(m.old[8+2*i:]):]
	size, n := varint(b)
	row, k := varint(b[n:])
	end := n + k + localSize(int(size))
	if localSize(int(size)) < int(size) {
		end += 4
	}
	return int64(row), b[:end]
}

// put adds a cell to the leaf that is being written.
func (m *merger) put(number int64, cell []byte) error {
	if !m.leaf.fits(len(cell)) {
		if err := m.placeLeaf(); err != nil {
			return err
		}
	}
	copy(m.leaf.cell(len(cell)), cell)
	m.last = number
	return nil
}

// placeLeaf writes the leaf, unless it is empty.
func (m *merger) placeLeaf() error {
	if m.leaf.n == 0 {
		return nil
	}
	n, err := m.f.place(m.leaf.done(0))
	if err != nil {
		return err
	}
	m.leaf.reset(leafTable)
	m.number = appendVarint(m.number[:0], uint64(m.last))
	return m.tree.child(n, m.number)
}
