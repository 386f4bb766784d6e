package csv

import (
	"encoding/binary"
	"slices"

	"sluice/localexport/record"
)

// vectorChunk is how much of a field is copied at once: twice as much room must
// be left in the buffer.
const vectorChunk = 16 << 10

// appendVector is appendScalar for processors that compare 32 bytes at a time:
// text is copied and searched at once.
func (e *encoder) appendVector(dst, b []byte) []byte {
	var lf uint32 // what becomes of a line feed, if that is two bytes
	if !e.PreserveLineBreaks && len(e.escape) == 2 {
		lf = uint32(e.escape[0]) | uint32(e.escape[1])<<8
	}
	for len(b) > 0 {
		chunk := min(len(b), vectorChunk)
		dst = slices.Grow(dst, 2*chunk)
		read, written := copyText(&dst[:len(dst)+1][len(dst)], &b[0], chunk, lf)
		dst, b = dst[:len(dst)+written], b[read:]
		// Go on behind a special byte, or behind the last ones of the chunk.
		for i := 0; i < 32 && len(b) > 0; {
			if len(b) >= 8 && endIn(binary.LittleEndian.Uint64(b))&highBits == 0 {
				dst = append(dst, b[:8]...)
				b = b[8:]
				i += 8
				continue
			}
			var n int
			special := ends[b[0]]
			dst, n = e.appendByte(dst, b)
			i++
			if b = b[n:]; special && len(b) >= 32 {
				break
			}
		}
	}
	return dst
}

// ends marks the bytes at which copyText may end.
var ends = [256]bool{'"': true, '\r': true, '\n': true, 0: true}

// appendByte appends what the byte at the start of b becomes, and says how many
// bytes of b that is.
func (e *encoder) appendByte(dst, b []byte) ([]byte, int) {
	c := b[0]
	switch {
	case !ends[c]:
		return append(dst, c), 1
	case c == '"':
		return append(dst, '"', '"'), 1
	case c == 0 && !e.KeepNUL:
		e.nul.found++
		return append(dst, record.Replacement...), 1
	case c == 0, e.PreserveLineBreaks:
		return append(dst, c), 1
	case c == '\r' && len(b) > 1 && b[1] == '\n': // one line break of two bytes
		return append(dst, e.escape...), 2
	}
	return append(dst, e.escape...), 1
}
