package sqlitefile

import (
	"io"

	"sluice/wording"
)

const (
	// blockSize is the bytes of a block, unless a page is larger. Tables that
	// grew side by side lie interleaved, so a larger block would mostly hold
	// what is not asked for.
	blockSize = 4 << 10
	ways      = 4         // blocks among which the least recently used one gives way
	maxAhead  = 128 << 10 // most bytes that are read at once
	streams   = 8         // places at which reading may go on
	maxGap    = 4         // blocks that a small stream may skip
)

// blocks is a small cache of file blocks, for one goroutine. Where blocks are
// asked for that lie near each other, in about the order of the file, those
// between them are read along: twice as many each time, up to maxAhead, as long as
// half of them are asked for, and fewer again when less than a quarter are. One
// call that reads more than is needed costs less than many that read just that.
type blocks struct {
	file  io.ReaderAt
	size  int64 // bytes of the file
	block int64 // bytes of a block
	sets  int64 // block n lies in slot n mod sets, or sets, 2*sets, … after it
	data  []byte
	slots []slot // neighbours hold the memory of neighbours
	clock uint64
	last  int // slot of the last hit

	streams [streams]stream
}

type slot struct {
	number int64 // of the block, -1 if none
	length int   // bytes of the block that the file has
	used   uint64
	asked  bool // for, not only read along
}

// stream is a place of the file at which reading may go on.
type stream struct {
	from, to int64 // the blocks that were read last; to is the one behind them
	used     uint64
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
		return nil, wording.Errorf("read at byte %d: %w", offset, io.ErrUnexpectedEOF)
	}
	start := i*int(b.block) + from
	return b.data[start : start+length : start+length], nil
}

// find returns the slot of a block, which it reads unless it is there.
func (b *blocks) find(number int64) (int, error) {
	b.clock++
	first := int(number & (b.sets - 1))
	oldest := first
	for i := first; i < len(b.slots); i += int(b.sets) {
		if b.slots[i].number == number {
			b.slots[i].used, b.slots[i].asked = b.clock, true
			return i, nil
		}
		if b.slots[i].used < b.slots[oldest].used {
			oldest = i
		}
	}
	count := b.ahead(number, b.sets-int64(first))
	if count == 1 || b.read(oldest, number, count) != nil { // an error farther on is none yet
		if err := b.read(oldest, number, 1); err != nil {
			return 0, err
		}
	}
	b.slots[oldest].asked = true
	return oldest, nil
}

// ahead says how many blocks from number on to read at once, at most most.
func (b *blocks) ahead(number, most int64) int64 {
	oldest := &b.streams[0]
	for i := range b.streams {
		s := &b.streams[i]
		if s.used > 0 && s.isNear(number) {
			s.used = b.clock
			return b.goOn(s, number, most)
		}
		if s.used < oldest.used {
			oldest = s
		}
	}
	*oldest = stream{from: number, to: number + 1, used: b.clock}
	return 1
}

// isNear reports whether a block is no farther away than as many as were read
// last.
func (s *stream) isNear(number int64) bool {
	gap := max(s.to-s.from, maxGap)
	return number >= s.from-gap && number <= s.to+gap
}

// goOn moves a stream to a block and says how many to read there.
func (b *blocks) goOn(s *stream, number, most int64) int64 {
	count := s.to - s.from
	if number < s.from { // a step back: what lies between is all that is missing
		return min(count, s.from-number, most)
	}
	switch asked := b.asked(s.from, s.to); {
	case 2*asked >= count:
		count = min(2*count, maxAhead/b.block)
	case 4*asked < count:
		count /= 2
	}
	count = max(1, min(count, most))
	s.from, s.to = number, number+count
	return count
}

// asked counts the blocks from..to that are there and were asked for.
func (b *blocks) asked(from, to int64) (n int64) {
	for number := from; number < to; number++ {
		for i := number & (b.sets - 1); i < int64(len(b.slots)); i += b.sets {
			if s := &b.slots[i]; s.number == number && s.asked {
				n++
				break
			}
		}
	}
	return n
}

// read reads blocks into neighbouring slots from slot i on.
func (b *blocks) read(i int, number, count int64) error {
	slots := b.slots[i : i+int(count)]
	for j := range slots {
		slots[j].number = -1 // in case reading fails
	}
	offset := number * b.block
	length := int(min(count*b.block, b.size-offset))
	start := i * int(b.block)
	if n, err := b.file.ReadAt(b.data[start:start+length], offset); n < length {
		if err == nil || err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return wording.Errorf("read at byte %d: %w", offset+int64(n), err)
	}
	for j := range slots {
		has := min(int(b.block), length-j*int(b.block))
		if has <= 0 {
			break
		}
		slots[j] = slot{number: number + int64(j), length: has, used: b.clock}
	}
	return nil
}
