package pagefile

import "encoding/binary"

// types of pages.
const (
	innerIndex = 2
	innerTable = 5
	leafIndex  = 10
	leafTable  = 13
)

// page is a page of a tree that is being filled with cells, in their order.
type page struct {
	kind    byte
	n       int // cells
	content int // where the last cell begins
	b       [pageSize]byte
}

// reset empties the page.
func (p *page) reset(kind byte) { p.kind, p.n, p.content = kind, 0, pageSize }

func (p *page) headSize() int {
	if p.kind == innerIndex || p.kind == innerTable {
		return 12
	}
	return 8
}

// fits reports whether there is room for a cell.
func (p *page) fits(size int) bool { return p.headSize()+2*(p.n+1)+size <= p.content }

// cell adds a cell of a size that fits, which is to be filled.
func (p *page) cell(size int) []byte {
	p.content -= size
	binary.BigEndian.PutUint16(p.b[p.headSize()+2*p.n:], uint16(p.content))
	p.n++
	return p.b[p.content : p.content+size]
}

// pop takes the last cell off and returns it; it is valid until the next cell.
func (p *page) pop() []byte {
	p.n--
	from := p.content
	p.content = pageSize
	if p.n > 0 {
		p.content = int(binary.BigEndian.Uint16(p.b[p.headSize()+2*(p.n-1):]))
	}
	return p.b[from:p.content]
}

// done completes the page. last is the child behind the last cell, of a page that
// has children.
func (p *page) done(last uint32) []byte {
	head := p.headSize()
	p.b[0], p.b[1], p.b[2], p.b[7] = p.kind, 0, 0, 0
	binary.BigEndian.PutUint16(p.b[3:], uint16(p.n))
	binary.BigEndian.PutUint16(p.b[5:], uint16(p.content))
	if head == 12 {
		binary.BigEndian.PutUint32(p.b[8:], last)
	}
	clear(p.b[head+2*p.n : p.content])
	return p.b[:]
}

// appendVarint appends a number as SQLite writes those of variable length.
func appendVarint(b []byte, v uint64) []byte {
	n := varintSize(v)
	if n == 9 {
		for i := range 8 {
			b = append(b, byte(v>>(57-7*i))|0x80)
		}
		// Eight pieces of seven bits stand above the last byte, which is whole.
		return append(b, byte(v))
	}
	for i := n - 1; i > 0; i-- {
		b = append(b, byte(v>>(7*i))|0x80)
	}
	return append(b, byte(v)&0x7f)
}

func varintSize(v uint64) int {
	n := 1
	for v >>= 7; v != 0 && n < 9; v >>= 7 {
		n++
	}
	return n
}

// varint reads a number, and returns how many bytes it takes.
func varint(b []byte) (v uint64, n int) {
	for n < 8 && b[n] >= 0x80 {
		v = v<<7 | uint64(b[n]&0x7f)
		n++
	}
	if n == 8 {
		return v<<8 | uint64(b[8]), 9
	}
	return v<<7 | uint64(b[n]), n + 1
}
