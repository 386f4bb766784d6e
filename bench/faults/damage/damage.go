// Package damage changes the bytes of a database file as a bad disk, a copy that
// was cut, or a copy of a file in use does.
package damage

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
)

// Victim is a database file.
type Victim struct {
	Bytes    []byte
	Earlier  []byte // the same file before its last changes, for pages that come from there; may be nil
	PageSize int
	Pages    []int // the pages that matter, from 0
}

// damager changes b, and says how.
type damager func(v Victim, b []byte, r *rand.Rand) ([]byte, string)

// damagers are all ways, the likelier ones more than once.
var damagers = []damager{
	flipBits, flipBits, setBytes, setBytes, setPageHeader, setPageHeader, setPointer, setPointer, setCell, setCell, setCell,
	swapPages, swapPages, zeroPage, copyPage, copyPage, earlierPage, earlierPage, setHeader, truncate, shiftBytes,
}

// Damage returns a changed copy of the file, and what was changed.
func Damage(v Victim, r *rand.Rand) ([]byte, string) {
	return damagers[r.IntN(len(damagers))](v, append([]byte(nil), v.Bytes...), r)
}

// page is the part of b that is a page that matters.
func (v Victim) page(b []byte, r *rand.Rand) (n int, page []byte) {
	n = v.Pages[r.IntN(len(v.Pages))]
	return n, b[n*v.PageSize : (n+1)*v.PageSize]
}

func flipBits(v Victim, b []byte, r *rand.Rand) ([]byte, string) {
	n, page := v.page(b, r)
	bits := 1 + r.IntN(8)
	for range bits {
		page[r.IntN(len(page))] ^= 1 << r.IntN(8)
	}
	return b, fmt.Sprintf("%d bits of page %d flipped", bits, n+1)
}

func setBytes(v Victim, b []byte, r *rand.Rand) ([]byte, string) {
	n, page := v.page(b, r)
	at, length := r.IntN(len(page)), 1+r.IntN(16)
	for i := at; i < min(at+length, len(page)); i++ {
		page[i] = byte(r.Uint32())
	}
	return b, fmt.Sprintf("%d bytes of page %d set from %d on", length, n+1, at)
}

// header is where the header of a b-tree page begins.
func header(n int) int {
	if n == 0 {
		return 100
	}
	return 0
}

// setPageHeader changes what a page says of itself: its kind, the number and the
// place of its cells, its last child.
func setPageHeader(v Victim, b []byte, r *rand.Rand) ([]byte, string) {
	n, page := v.page(b, r)
	at := header(n)
	switch r.IntN(4) {
	case 0:
		page[at] = []byte{2, 5, 10, 13, 0, byte(r.Uint32())}[r.IntN(6)]
		return b, fmt.Sprintf("kind of page %d set to %d", n+1, page[at])
	case 1:
		cells := binary.BigEndian.Uint16(page[at+3:])
		cells += uint16(r.IntN(7)) - 3
		binary.BigEndian.PutUint16(page[at+3:], cells)
		return b, fmt.Sprintf("page %d says that it has %d cells", n+1, cells)
	case 2:
		binary.BigEndian.PutUint32(page[at+8:], uint32(1+r.IntN(len(b)/v.PageSize+2)))
		return b, fmt.Sprintf("last child of page %d changed", n+1)
	}
	field := at + 1 + r.IntN(7)
	page[field] = byte(r.Uint32())
	return b, fmt.Sprintf("byte %d of the header of page %d set", field-at, n+1)
}

// cells is where the pointers to the cells of a page begin, and how many there
// are.
func cells(n int, page []byte) (at, count int) {
	at = header(n)
	count = int(binary.BigEndian.Uint16(page[at+3:]))
	if page[at] == 2 || page[at] == 5 {
		at += 4
	}
	at += 8
	return at, max(0, min(count, (len(page)-at)/2))
}

// setPointer exchanges or changes pointers to cells.
func setPointer(v Victim, b []byte, r *rand.Rand) ([]byte, string) {
	n, page := v.page(b, r)
	at, count := cells(n, page)
	if count < 2 {
		return flipBits(v, b, r)
	}
	i, j := at+2*r.IntN(count), at+2*r.IntN(count)
	switch r.IntN(3) {
	case 0:
		x, y := binary.BigEndian.Uint16(page[i:]), binary.BigEndian.Uint16(page[j:])
		binary.BigEndian.PutUint16(page[i:], y)
		binary.BigEndian.PutUint16(page[j:], x)
		return b, fmt.Sprintf("two cells of page %d swapped", n+1)
	case 1:
		copy(page[i:i+2], page[j:j+2])
		return b, fmt.Sprintf("a cell of page %d in place of another", n+1)
	}
	binary.BigEndian.PutUint16(page[i:], uint16(r.IntN(len(page))))
	return b, fmt.Sprintf("a pointer of page %d changed", n+1)
}

// setCell changes the first bytes of a cell: its length, its row number or its
// child, or the types of its values.
func setCell(v Victim, b []byte, r *rand.Rand) ([]byte, string) {
	n, page := v.page(b, r)
	at, count := cells(n, page)
	if count == 0 {
		return flipBits(v, b, r)
	}
	start := int(binary.BigEndian.Uint16(page[at+2*r.IntN(count):]))
	i := start + r.IntN(12)
	if i >= len(page) {
		return flipBits(v, b, r)
	}
	if r.IntN(2) == 0 {
		page[i] ^= 1 << r.IntN(8)
	} else {
		page[i] += byte(1 + r.IntN(3))
	}
	return b, fmt.Sprintf("byte %d of a cell of page %d changed", i-start, n+1)
}

func swapPages(v Victim, b []byte, r *rand.Rand) ([]byte, string) {
	n, one := v.page(b, r)
	m, other := v.page(b, r)
	if n == 0 || m == 0 || n == m {
		return zeroPage(v, b, r)
	}
	kept := append([]byte(nil), one...)
	copy(one, other)
	copy(other, kept)
	return b, fmt.Sprintf("pages %d and %d swapped", n+1, m+1)
}

func zeroPage(v Victim, b []byte, r *rand.Rand) ([]byte, string) {
	n, page := v.page(b, r)
	part := len(page)
	if r.IntN(2) == 0 {
		part = min(part, 512*(1+r.IntN(4))) // a sector or some
	}
	at := r.IntN(len(page)/part) * part
	clear(page[at : at+part])
	return b, fmt.Sprintf("%d bytes of page %d zeroed from %d on", part, n+1, at)
}

// copyPage puts a page in place of another: of another table, of an index.
func copyPage(v Victim, b []byte, r *rand.Rand) ([]byte, string) {
	n, from := v.page(b, r)
	m, to := v.page(b, r)
	if n == m {
		return zeroPage(v, b, r)
	}
	copy(to, from)
	return b, fmt.Sprintf("page %d in place of page %d", n+1, m+1)
}

// earlierPage puts a page back to what it was before: the file was copied while
// it was written, or a write was lost.
func earlierPage(v Victim, b []byte, r *rand.Rand) ([]byte, string) {
	var changed []int
	for _, n := range v.Pages {
		at, end := n*v.PageSize, (n+1)*v.PageSize
		if end <= len(v.Earlier) && string(v.Earlier[at:end]) != string(b[at:end]) {
			changed = append(changed, n)
		}
	}
	if len(changed) == 0 {
		return swapPages(v, b, r)
	}
	n := changed[r.IntN(len(changed))]
	copy(b[n*v.PageSize:(n+1)*v.PageSize], v.Earlier[n*v.PageSize:])
	return b, fmt.Sprintf("page %d as it was before the last changes", n+1)
}

// setHeader changes the header of the file.
func setHeader(_ Victim, b []byte, r *rand.Rand) ([]byte, string) {
	at := []int{16, 17, 18, 19, 20, 28, 31, 35, 39, 47, 52, 55, 56, 59, 63, 95, r.IntN(100)}[r.IntN(17)]
	b[at] = []byte{0, 1, 2, 4, 0xff, b[at] + 1, byte(r.Uint32())}[r.IntN(7)]
	return b, fmt.Sprintf("byte %d of the file set to %d", at, b[at])
}

func truncate(v Victim, b []byte, r *rand.Rand) ([]byte, string) {
	size := r.IntN(len(b))
	if r.IntN(2) == 0 {
		size -= size % v.PageSize
	}
	return b[:size], fmt.Sprintf("cut to %d bytes", size)
}

// shiftBytes moves a part of the file, as a copy in text mode does.
func shiftBytes(v Victim, b []byte, r *rand.Rand) ([]byte, string) {
	n, _ := v.page(b, r)
	at := n*v.PageSize + r.IntN(v.PageSize)
	end := min(len(b), at+1+r.IntN(2*v.PageSize))
	copy(b[at+1:end], b[at:end-1])
	return b, fmt.Sprintf("bytes %d to %d moved by one", at, end)
}
