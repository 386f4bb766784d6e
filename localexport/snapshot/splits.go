package snapshot

import (
	"encoding/binary"
	"math"
	"os"

	"sluice/sqliteformat"
	"sluice/wording"
)

// RowSplits is Splits for the row numbers of a table.
func (s *Snapshot) RowSplits(t *Table, bytes int64) ([]int64, error) {
	return (&Order{snapshot: s, Table: t}).Splits(bytes)
}

// Splits cuts the keys into ranges of about the given number of bytes of the
// table. Range i holds the keys above element i, up to element i+1; the first
// element is the smallest integer and the last one the largest, so the ranges
// hold every key.
func (o *Order) Splits(bytes int64) ([]int64, error) {
	splits := []int64{math.MinInt64}
	if o.keys != nil {
		const rowBytes = 200 // of a row of content, roughly
		r, step := o.keys.Reader(), max(bytes/rowBytes, 1)
		for i := step; i < o.keys.Len(); i += step {
			p, err := r.At(i)
			if err != nil {
				return nil, err
			}
			if p.Key > splits[len(splits)-1] {
				splits = append(splits, p.Key)
			}
		}
		return append(splits, math.MaxInt64), nil
	}
	leaves := max(bytes/int64(o.snapshot.header.PageSize), 1)
	t := treeReader{size: o.snapshot.header.size, pageSize: int64(o.snapshot.header.PageSize), step: leaves, splits: splits}
	// A tree that makes no sense is read in one piece: SQLite says what is wrong.
	if err := t.read(o.snapshot.real, o.Table.root); err != nil {
		return nil, err
	}
	return append(t.splits, math.MaxInt64), nil
}

// treeReader reads the inner pages of a table's tree, whose cells hold the
// largest key of each child page (SQLite file format, §1.6).
type treeReader struct {
	f        *os.File
	size     int64
	pageSize int64
	step     int64 // leaves in a range
	leaves   int64 // seen so far
	visited  int64 // pages that were looked at
	splits   []int64
}

const (
	innerPage = 0x05
	maxDepth  = 20 // of a tree; a deeper one has a cycle
)

func (t *treeReader) read(path string, root int64) error {
	f, err := os.Open(path)
	if err != nil {
		return wording.Errorf("read snapshot: %w", err)
	}
	defer f.Close()
	t.f = f
	t.page(root, 0)
	return nil
}

// page visits a page and what is below it. It reports false if the page is a
// leaf, or makes no sense.
func (t *treeReader) page(number int64, depth int) bool {
	pages := t.size / t.pageSize
	if number < 1 || number > pages || depth > maxDepth {
		return false
	}
	// In a tree every page stands once. In one with pages that lead back to
	// themselves there are as many ways as there are numbers of 20 digits.
	if t.visited++; t.visited > 2*pages {
		return false
	}
	b := make([]byte, t.pageSize)
	if _, err := t.f.ReadAt(b, (number-1)*t.pageSize); err != nil {
		return false
	}
	head := b
	if number == 1 {
		head = b[sqliteformat.HeaderSize:]
	}
	if head[0] != innerPage {
		return false
	}
	cells := int(binary.BigEndian.Uint16(head[3:]))
	below := true // whether the children are inner pages
	for i := range cells {
		if 12+2*i+2 > len(head) {
			return true
		}
		at := int(binary.BigEndian.Uint16(head[12+2*i:]))
		if at+4 > len(b) {
			return true
		}
		below = below && t.page(int64(binary.BigEndian.Uint32(b[at:])), depth+1)
		if below {
			continue
		}
		key, ok := varint(b[at+4:])
		if t.leaves++; ok && t.leaves%t.step == 0 && key > t.splits[len(t.splits)-1] {
			t.splits = append(t.splits, key)
		}
	}
	if below {
		t.page(int64(binary.BigEndian.Uint32(head[8:])), depth+1)
	}
	return true
}

// varint reads a variable-length integer (SQLite file format, §1.6).
func varint(b []byte) (int64, bool) {
	var n uint64
	for i, c := range b {
		if i == 8 {
			return int64(n<<8 | uint64(c)), true
		}
		n = n<<7 | uint64(c&0x7f)
		if c < 0x80 {
			return int64(n), true
		}
	}
	return 0, false
}
