package parquet

import (
	"encoding/binary"
	"hash/crc32"
	"io"
	"math"
	"sync"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"sluice/columns"
	"sluice/wording"
)

// giantSize is how long a text must be to be packed as it comes. The library holds a text
// several times until its page is written; a giant one is packed into a page of its own
// while its pieces arrive, and lies in memory only so. In its place the library gets an
// empty text, in a row group with that row alone, and the end of the file says where the
// page really is.
var giantSize = 1 << 20

// mostPage is how long a text may be, whose length with the levels is a number of 32 bits.
const mostPage = math.MaxInt32 - 64

// giant is the page of a giant text.
type giant struct {
	column int
	length int64 // of the text, with the levels and the length before it
	packed blocks
	bounds bounds
}

// blockSize is how much of a packed text lies in one piece: what grows is not copied.
const blockSize = 256 << 10

// freeBlocks are pieces to be used again: garbage of the size of giant texts would double
// what they take.
var freeBlocks = sync.Pool{New: func() any { return new([blockSize]byte) }}

// blocks are bytes in pieces.
type blocks struct {
	list [][]byte
	size int64
	crc  uint32
}

// Write implements io.Writer.
func (b *blocks) Write(p []byte) (int, error) {
	b.size += int64(len(p))
	b.crc = crc32.Update(b.crc, crc32.IEEETable, p)
	n := len(p)
	for len(p) > 0 {
		last := len(b.list) - 1
		if last < 0 || len(b.list[last]) == blockSize {
			b.list = append(b.list, freeBlocks.Get().(*[blockSize]byte)[:0])
			last++
		}
		fits := min(len(p), blockSize-len(b.list[last]))
		b.list[last] = append(b.list[last], p[:fits]...)
		p = p[fits:]
	}
	return n, nil
}

// release gives the pieces back.
func (b *blocks) release() {
	for _, piece := range b.list {
		freeBlocks.Put((*[blockSize]byte)(piece[:blockSize]))
	}
	b.list = nil
}

// packer packs one giant text after the other.
type packer struct {
	zstd *zstd.Encoder
	now  *giant // nil while no text is packed
}

// begin begins a text of a length.
func (p *packer) begin(c columns.Column, at int, length int64) (err error) {
	if length > mostPage {
		return wording.Errorf("a text has %d bytes, and a page of Parquet holds at most %d", length, mostPage)
	}
	p.now = &giant{column: at}
	if p.zstd == nil {
		if p.zstd, err = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithAllLitEntropyCompression(true),
			zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true), zstd.WithEncoderCRC(false)); err != nil {
			return err
		}
	}
	p.zstd.Reset(&p.now.packed)
	var head []byte
	if c.Nullable { // the levels: one value, which is there
		head = append(head, 2, 0, 0, 0, 2, 1)
	}
	head = binary.LittleEndian.AppendUint32(head, uint32(length))
	p.now.length = int64(len(head)) + length
	_, err = p.zstd.Write(head)
	return err
}

// write packs a piece.
func (p *packer) write(b []byte) error {
	p.now.bounds.extend(b)
	_, err := p.zstd.Write(b)
	return err
}

// end returns the page.
func (p *packer) end() (*giant, error) {
	g := p.now
	p.now = nil
	return g, p.zstd.Close()
}

// placed is a page as it stands in the file.
type placed struct {
	group, column  int
	offset         int64 // of its header
	length, packed int64 // with the header
	text           int64
}

// writeTo writes the page behind its header.
func (g *giant) writeTo(w io.Writer) (p placed, err error) {
	h := format.PageHeader{Type: format.DataPage, UncompressedPageSize: int32(g.length), CompressedPageSize: int32(g.packed.size), CRC: int32(g.packed.crc)}
	h.DataPageHeader.Valid = true
	h.DataPageHeader.V = format.DataPageHeader{NumValues: 1, Encoding: format.Plain, DefinitionLevelEncoding: format.RLE, RepetitionLevelEncoding: format.RLE}
	head, err := thrift.Marshal(new(thrift.CompactProtocol), h)
	if err != nil {
		return p, err
	}
	for _, b := range append([][]byte{head}, g.packed.list...) {
		if _, err := w.Write(b); err != nil {
			return p, err
		}
	}
	g.packed.release()
	return placed{column: g.column, length: int64(len(head)) + g.length, packed: int64(len(head)) + g.packed.size, text: g.length}, nil
}

// pack takes a piece of a giant text.
func (e *encoder) pack(b []byte) {
	if e.packer.now == nil {
		if err := e.packer.begin(*e.column(), e.at-1, e.looked); err != nil {
			e.fail("%w", err)
			return
		}
	}
	e.scratch = e.append(e.scratch[:0], b)
	if err := e.packer.write(e.scratch); err != nil {
		e.fail("%w", err)
	}
	e.b.size += len(b)
}
