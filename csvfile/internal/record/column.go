package record

import (
	"bytes"
	"encoding/binary"
	"math/bits"

	"sluice/csvfile/internal/block"
)

// Column finds field number col of the record at the start of b, without cutting
// the rest of it into fields, and returns the record's length. has is false when
// the record has no such field. It gives up (ok is false) on records with
// quotes, on blank lines, and on records that end behind b: Split reads those.
func Column(b []byte, syn block.Syntax, col int) (f Field, has bool, n int, ok bool) {
	end := bytes.IndexByte(b, syn.Terminator)
	if end <= 0 || syn.Quote != 0 && bytes.IndexByte(b[:end], syn.Quote) >= 0 {
		return f, false, 0, false
	}
	line := b[:end]
	if syn.Terminator == '\n' && line[end-1] == '\r' {
		if line = line[:end-1]; len(line) == 0 {
			return f, false, 0, false
		}
	}
	at, col := skip(line, syn.Delimiter, col)
	if col > 0 {
		return Field{Start: at, End: len(line)}, false, end + 1, true
	}
	f = Field{Start: at, End: len(line)}
	for i, c := range line[at:] {
		if c == syn.Delimiter {
			f.End = at + i
			break
		}
	}
	return f, true, end + 1, true
}

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// skip passes over n delimiters in line, or as many as there are, eight bytes at a time
// where it can: it returns where it ends, behind the last of them, and how many are left.
func skip(line []byte, delimiter byte, n int) (at, left int) {
	all := ones * uint64(delimiter)
	from := 0
	for n > 0 && from+8 <= len(line) {
		x := binary.LittleEndian.Uint64(line[from:]) ^ all
		// The high bit of each byte that was a delimiter, and of no other.
		found := ^((x&^highs + ^uint64(highs)) | x | ^uint64(highs))
		if k := bits.OnesCount64(found); k < n {
			if found != 0 {
				at = from + (71-bits.LeadingZeros64(found))/8
			}
			n -= k
			from += 8
			continue
		}
		for ; n > 1; n-- {
			found &= found - 1
		}
		return from + bits.TrailingZeros64(found)/8 + 1, 0
	}
	for i := from; n > 0 && i < len(line); i++ {
		if line[i] == delimiter {
			at = i + 1
			n--
		}
	}
	return at, n
}
