package sqlitefile

import (
	"context"
	"encoding/binary"
	"errors"
	"io"

	"sluice/wording"
)

// Reader reads pages for one goroutine, see File.Read.
type Reader struct {
	f      *File
	ctx    context.Context
	blocks *blocks // nil if the file is mapped
	check  *Cursor // of CheckKeys, nil before the first
}

// page returns the bytes of a page that page from points to. They stay until
// the next call; those of a mapped file stay.
func (r *Reader) page(number, from uint32) ([]byte, error) {
	s := &r.f.shape
	if number == 0 || number > s.pages || number == s.lockPage {
		return nil, r.f.damaged(from, "points to page %d, the file has %d", number, s.pages)
	}
	offset := int64(number-1) * int64(s.pageSize)
	if r.f.mapped != nil {
		return r.f.mapped[offset : offset+int64(s.usable) : offset+int64(s.usable)], nil
	}
	b, err := r.blocks.bytes(offset, s.usable)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, wording.Errorf("%s: page %d is gone: %w", r.f.path, number, ErrChanged)
	}
	if err != nil {
		return nil, wording.Errorf("%s: page %d: %w", r.f.path, number, err)
	}
	return b, nil
}

// The kinds of b-tree pages (file format §1.6).
const (
	interiorIndex = 2
	interiorTable = 5
	leafIndex     = 10
	leafTable     = 13
)

// treePage is a page of a b-tree.
type treePage struct {
	number   uint32
	kind     byte
	data     []byte // the usable bytes
	pointers int    // where the cell pointers begin
	cells    int    // how many there are
	right    uint32 // last child of an interior page
}

// treePage reads a page of a b-tree and checks its head. It checks too whether
// the context is done.
func (r *Reader) treePage(number, from uint32) (treePage, error) {
	if err := r.ctx.Err(); err != nil {
		return treePage{}, err
	}
	data, err := r.page(number, from)
	if err != nil {
		return treePage{}, err
	}
	head := 0
	if number == 1 {
		head = headerSize
	}
	p := treePage{number: number, kind: data[head], data: data, pointers: head + 8}
	switch p.kind {
	case interiorIndex, interiorTable:
		p.right = binary.BigEndian.Uint32(data[head+8:])
		p.pointers += 4
	case leafIndex, leafTable:
	default:
		return p, r.f.damaged(number, "is no b-tree page (kind %d)", p.kind)
	}
	p.cells = int(binary.BigEndian.Uint16(data[head+3:]))
	if p.pointers+2*p.cells > len(data) {
		return p, r.f.damaged(number, "claims to have %d cells", p.cells)
	}
	return p, nil
}

// cell returns where cell i begins. The bytes after it may be too few.
func (r *Reader) cell(p *treePage, i int) (int, error) {
	at := int(binary.BigEndian.Uint16(p.data[p.pointers+2*i:]))
	if at < p.pointers+2*p.cells || at > len(p.data)-4 {
		return 0, r.f.damaged(p.number, "cell %d begins at byte %d", i, at)
	}
	return at, nil
}

// maxDepth is the depth at which SQLite too takes a b-tree for damaged.
const maxDepth = 20

// payload is one record: its beginning, and the page where it goes on.
type payload struct {
	page  uint32 // that it was found on
	local []byte // what lies there
	size  int    // bytes altogether
	next  uint32 // first overflow page, 0 if none
}

// payload reads the place of a payload of the given size that begins at byte at
// of a b-tree page. Records that are too long for it keep only a part there
// (file format §1.6).
func (r *Reader) payload(p *treePage, at int, size uint64) (payload, error) {
	u := len(p.data)
	most := u - 35
	if p.kind != leafTable {
		most = (u-12)*64/255 - 23
	}
	if size <= uint64(most) {
		end := at + int(size)
		if end > u {
			return payload{}, r.f.damaged(p.number, "a cell of %d bytes at byte %d runs over the end", size, at)
		}
		return payload{page: p.number, local: p.data[at:end:end], size: int(size)}, nil
	}
	if size > uint64(r.f.shape.pages)*uint64(u) || size >= 1<<31 {
		return payload{}, r.f.damaged(p.number, "claims a row of %d bytes", size)
	}
	least := (u-12)*32/255 - 23
	local := least + (int(size)-least)%(u-4)
	if local > most {
		local = least
	}
	end := at + local
	if end+4 > u {
		return payload{}, r.f.damaged(p.number, "a cell of %d bytes at byte %d runs over the end", local, at)
	}
	return payload{
		page: p.number, local: p.data[at:end:end], size: int(size), next: binary.BigEndian.Uint32(p.data[end:]),
	}, nil
}

// varint reads a variable-length integer from b at byte at and returns the byte
// after it, or 0 if it runs over the end of b.
func varint(b []byte, at int) (v uint64, next int) {
	if at < len(b) && b[at] < 0x80 {
		return uint64(b[at]), at + 1
	}
	return longVarint(b, at)
}

func longVarint(b []byte, at int) (v uint64, next int) {
	for i := range 9 {
		if at+i >= len(b) {
			return 0, 0
		}
		c := b[at+i]
		if i == 8 {
			return v<<8 | uint64(c), at + 9
		}
		v = v<<7 | uint64(c&0x7f)
		if c < 0x80 {
			return v, at + i + 1
		}
	}
	return v, at + 9
}
