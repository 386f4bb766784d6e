package sqlitefile

import (
	"fmt"
	"io"
)

const (
	// blockSize is the bytes of a block, unless a page is larger. Tables that
	// grew side by side lie interleaved, so a larger block would mostly hold
	// what is not asked for; the system reads ahead on its own.
	blockSize = 4 << 10
	ways      = 4 // blocks among which the least recently used one gives way
)

// blocks is a small cache of file blocks, for one goroutine.
type blocks struct {
	file  io.ReaderAt
	size  int64 // bytes of the file
	block int64 // bytes of a block
	sets  int64 // number of sets of blocks
	data  []byte
	slots []slot
	clock uint64
	last  int // slot of the last hit
}

type slot struct {
	number int64 // of the block, -1 if none
	length int   // bytes of the block that the file has
	used   uint64
}

func newBlocks(file io.ReaderAt, size int64, pageSize, cacheBytes int) *blocks {
	b := &blocks{file: file, size: size, block: int64(max(blockSize, pageSize)), sets: 1}
	for b.sets*2*ways*b.block <= int64(cacheBytes) {
		b.sets *= 2
	}
	b.data = make([]byte, b.sets*ways*b.block)
	b.slots = make([]slot, b.sets*ways)
	for i := range b.slots {
		b.slots[i].number = -1
	}
	return b
}

// bytes returns length bytes of the file from offset, which must lie within one
// block. They stay until the next call.
func (b *blocks) bytes(offset int64, length int) ([]byte, error) {
	number := offset / b.block
	i := b.last
	if b.slots[i].number != number {
		var err error
		if i, err = b.find(number); err != nil {
			return nil, err
		}
		b.last = i
	}
	from := int(offset - number*b.block)
	if from+length > b.slots[i].length {
		return nil, fmt.Errorf("read at byte %d: %w", offset, io.ErrUnexpectedEOF)
	}
	start := i*int(b.block) + from
	return b.data[start : start+length : start+length], nil
}

// find returns the slot of a block, which it reads unless it is there.
func (b *blocks) find(number int64) (int, error) {
	b.clock++
	first := int(number&(b.sets-1)) * ways
	oldest := first
	for i := first; i < first+ways; i++ {
		if b.slots[i].number == number {
			b.slots[i].used = b.clock
			return i, nil
		}
		if b.slots[i].used < b.slots[oldest].used {
			oldest = i
		}
	}
	return oldest, b.read(oldest, number)
}

func (b *blocks) read(i int, number int64) error {
	s := &b.slots[i]
	s.number = -1 // in case reading fails
	offset := number * b.block
	length := int(min(b.block, b.size-offset))
	start := i * int(b.block)
	if n, err := b.file.ReadAt(b.data[start:start+length], offset); n < length {
		if err == nil || err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return fmt.Errorf("read at byte %d: %w", offset+int64(n), err)
	}
	*s = slot{number: number, length: length, used: b.clock}
	return nil
}
