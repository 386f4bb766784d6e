package pagefile

import (
	"encoding/binary"
	"fmt"
)

// TwiceError is the error about a row whose number came before.
type TwiceError struct{ Row int64 }

func (e *TwiceError) Error() string { return fmt.Sprintf("row number %d comes twice", e.Row) }

// Table is a table that is being written. Rows may come in any order; those in the
// order of their numbers go to their place at once, others wait until End.
type Table struct {
	f      *File
	tree   tree
	leaf   page
	last   int64 // number of the last row of leaf
	rows   int64 // in the leaf and before it
	strays *strays
	head   []byte
	number []byte
}

// Table begins a table.
func (f *File) Table() *Table {
	t := &Table{f: f, tree: tree{f: f, kind: innerTable}, head: make([]byte, 0, 256)}
	t.leaf.reset(leafTable)
	return t
}

// Add adds a row by its number. In the place of the column that is the number, the
// row holds a null. An error may wrap a TwiceError.
func (t *Table) Add(number int64, row []Value) error {
	head, size := appendHead(t.head[:0], row)
	local := localSize(size)
	inCell := varintSize(uint64(size)) + varintSize(uint64(number)) + local
	if local < size {
		inCell += 4 // the number of the first page with what does not fit
	}
	cell, err := t.cell(number, inCell)
	if err != nil {
		return err
	}
	b := appendVarint(appendVarint(cell[:0], uint64(size)), uint64(number))
	if local < size {
		return t.f.addLong(b, local, size, head, row)
	}
	b = append(b, head...)
	for i := range row {
		if row[i].Kind == Text {
			b = append(b, row[i].Text...)
		} else {
			b = row[i].appendBody(b)
		}
	}
	return nil
}

// localSize is how many bytes of a record stand in its leaf.
func localSize(size int) int {
	const most, least = pageSize - 35, (pageSize-12)*32/255 - 23
	if size <= most {
		return size
	}
	if n := least + (size-least)%(pageSize-4); n <= most {
		return n
	}
	return least
}

// cell is the place for the cell of a row.
func (t *Table) cell(number int64, size int) ([]byte, error) {
	if t.rows > 0 && number <= t.last {
		if number == t.last {
			return nil, &TwiceError{number}
		}
		if t.strays == nil {
			t.strays = &strays{f: t.f}
		}
		return t.strays.cell(number, size)
	}
	if !t.leaf.fits(size) {
		if err := t.placeLeaf(); err != nil {
			return nil, err
		}
	}
	t.rows, t.last = t.rows+1, number
	return t.leaf.cell(size), nil
}

// placeLeaf writes the leaf and begins the next one.
func (t *Table) placeLeaf() error {
	n, err := t.f.place(t.leaf.done(0))
	if err != nil {
		return err
	}
	t.leaf.reset(leafTable)
	t.number = appendVarint(t.number[:0], uint64(t.last))
	return t.tree.child(n, t.number)
}

// addLong writes a record behind the beginning b of its cell: its first bytes there,
// and what does not fit into pages of its own.
func (f *File) addLong(b []byte, local, size int, head []byte, row []Value) error {
	l := long{f: f, room: b[len(b) : len(b)+local], left: size - local}
	binary.BigEndian.PutUint32(b[len(b)+local:len(b)+local+4], f.following())
	if err := l.write(head); err != nil {
		return err
	}
	var number [8]byte
	for i := range row {
		text := row[i].Text
		if row[i].Kind != Text {
			text = row[i].appendBody(number[:0])
		}
		if err := l.write(text); err != nil {
			return err
		}
	}
	clear(l.room)
	return nil
}

// long spreads a record over pages.
type long struct {
	f    *File
	room []byte // of the page
	left int    // bytes that come on the pages behind it
}

func (l *long) write(b []byte) error {
	for {
		n := copy(l.room, b)
		l.room, b = l.room[n:], b[n:]
		if len(b) == 0 {
			return nil
		}
		page, _, err := l.f.add()
		if err != nil {
			return err
		}
		next := uint32(0)
		if l.left > pageSize-4 {
			next = l.f.following()
		}
		binary.BigEndian.PutUint32(page, next)
		l.room, l.left = page[4:], l.left-(pageSize-4)
	}
}

// End completes the table and returns the number of its first page. An error may
// wrap a TwiceError.
func (t *Table) End() (root uint32, err error) {
	if err := t.placeLeaf(); err != nil {
		return 0, err
	}
	root, err = t.tree.end()
	if err != nil || t.strays == nil {
		return root, err
	}
	return t.merge(root)
}

// Close removes the work files of a table that is given up; after End it is harmless.
func (t *Table) Close() error { return t.strays.close() }
