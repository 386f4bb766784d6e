package sqlitefile

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// Finder finds single rows of a table by their rowids, which may lie anywhere. A
// Cursor is for rows that lie near each other: it reads every key of the pages
// that lead to a row and holds them against each other, which a Finder does not.
// So a damaged file may hide a row from a Finder, but it gives no other row than
// the one that was asked for. After an error it gives only that error.
type Finder struct {
	Row
	root  uint32
	local []byte // a copy of the row's beginning
	err   error
}

// Finder makes a finder of rows of t, in which the columns of the given names
// can be read, in any case of their letters.
func (r *Reader) Finder(t *Table, columns ...string) (*Finder, error) {
	l, err := t.layout(columns)
	if err != nil {
		return nil, err
	}
	return &Finder{Row: newRow(r, l), root: t.root}, nil
}

// Find goes to the row with the given rowid and reports whether it was found.
func (f *Finder) Find(rowid int64) (found bool, err error) {
	if f.err == nil {
		found, f.err = f.find(rowid)
	}
	return found && f.err == nil, f.err
}

func (f *Finder) find(rowid int64) (bool, error) {
	number, from := f.root, uint32(0)
	for range maxDepth {
		p, err := f.r.treePage(number, from)
		if err != nil {
			return false, err
		}
		switch p.kind {
		case leafTable:
			return f.onLeaf(&p, rowid)
		case interiorTable:
		default:
			return false, f.r.f.damaged(number, "belongs to an index, not to table %s", f.layout.name)
		}
		i, _, err := f.search(&p, rowid)
		if err != nil {
			return false, err
		}
		child := p.right
		if i < p.cells {
			at, err := f.r.cell(&p, i)
			if err != nil {
				return false, err
			}
			child = binary.BigEndian.Uint32(p.data[at:])
		}
		number, from = child, number
	}
	return false, f.r.f.damaged(number, "table %s is deeper than %d pages", f.layout.name, maxDepth)
}

// search finds the first cell of a page whose key is not below rowid.
func (f *Finder) search(p *treePage, rowid int64) (i int, same bool, err error) {
	lo, hi := 0, p.cells
	for lo < hi {
		mid := int(uint(lo+hi) / 2)
		key, _, _, err := f.key(p, mid)
		if err != nil {
			return 0, false, err
		}
		switch {
		case key < rowid:
			lo = mid + 1
		case key > rowid:
			hi = mid
		default:
			return mid, true, nil
		}
	}
	return lo, false, nil
}

// key reads the key of a cell; of a leaf also the size of the record and where
// it begins.
func (f *Finder) key(p *treePage, i int) (key int64, size uint64, at int, err error) {
	if at, err = f.r.cell(p, i); err != nil {
		return 0, 0, 0, err
	}
	before := 0
	if p.kind == leafTable {
		size, before = varint(p.data, at)
	} else {
		before = at + 4
	}
	k, end := varint(p.data, max(before, at))
	if before == 0 || end == 0 {
		return 0, 0, 0, f.r.f.damaged(p.number, "cell %d runs over the end", i)
	}
	return int64(k), size, end, nil
}

// onLeaf reads the row if the leaf has it.
func (f *Finder) onLeaf(p *treePage, rowid int64) (bool, error) {
	i, found, err := f.search(p, rowid)
	if err != nil || !found {
		return false, err
	}
	_, size, at, err := f.key(p, i)
	if err != nil {
		return false, err
	}
	record, err := f.r.payload(p, at, size)
	if err != nil {
		return false, fmt.Errorf("row %d: %w", rowid, err)
	}
	if f.r.blocks != nil { // other pages will take the place of this one
		f.local = append(f.local[:0], record.local...)
		record.local = slices.Clip(f.local)
	}
	return true, f.load(record, rowid)
}
