package csvenc

import (
	"encoding/binary"
	"unicode/utf8"
)

// highBits has the top bit of every byte set: text without any is ASCII.
const highBits = 0x8080808080808080

// CutUTF16 returns the longest start of b that has at most limit UTF-16 code
// units and ends between characters: a surrogate pair is never split.
func CutUTF16(b []byte, limit int) []byte { return cut(b, limit, 2) }

// CutCodePoints returns the longest start of b that has at most limit code
// points.
func CutCodePoints(b []byte, limit int) []byte { return cut(b, limit, 1) }

// cut counts a character beyond the basic plane as wide units. Bytes that are
// no UTF-8 count as one character each.
func cut(b []byte, limit, wide int) []byte {
	if len(b) <= limit { // no character has more units than bytes
		return b
	}
	at, units := 0, 0
	for at < len(b) {
		for units+8 <= limit && at+8 <= len(b) && binary.LittleEndian.Uint64(b[at:])&highBits == 0 {
			at += 8
			units += 8
		}
		if at >= len(b) || units >= limit {
			break
		}
		size, width := 1, 1
		if b[at] >= utf8.RuneSelf {
			var r rune
			if r, size = utf8.DecodeRune(b[at:]); r > 0xffff {
				width = wide
			}
		}
		if units+width > limit {
			break
		}
		at += size
		units += width
	}
	return b[:at]
}
