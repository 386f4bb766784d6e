// Package textcut cuts texts after a number of characters, without allocating.
package textcut

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// highBits has the top bit of every byte set: text without any is ASCII.
const highBits = 0x8080808080808080

// UTF16 returns the longest start of b that has at most limit UTF-16 code
// units and ends between characters: a surrogate pair is never split.
func UTF16(b []byte, limit int) []byte { return cut(b, limit, 2) }

// CodePoints returns the longest start of b that has at most limit code
// points.
func CodePoints(b []byte, limit int) []byte { return cut(b, limit, 1) }

// cut counts a character beyond the basic plane as wide units. Bytes that are
// no UTF-8 count as one character each.
func cut(b []byte, limit, wide int) []byte {
	if len(b) <= limit { // no character has more units than bytes
		return b
	}
	at, units := 0, 0
	for at < len(b) && units < limit {
		if b[at] < utf8.RuneSelf {
			n := ascii(b[at:min(len(b), at+limit-units)])
			at += n
			units += n
			continue
		}
		size, width := character(b[at:])
		if width > 1 {
			width = wide
		}
		if units+width > limit {
			break
		}
		at += size
		units += width
	}
	return b[:at]
}

// ascii is the number of ASCII bytes at the start of b.
func ascii(b []byte) int {
	n := 0
	for ; n+32 <= len(b); n += 32 {
		w := b[n : n+32 : n+32]
		if (binary.LittleEndian.Uint64(w)|binary.LittleEndian.Uint64(w[8:])|
			binary.LittleEndian.Uint64(w[16:])|binary.LittleEndian.Uint64(w[24:]))&highBits != 0 {
			break
		}
	}
	for ; n+8 <= len(b); n += 8 {
		if high := binary.LittleEndian.Uint64(b[n:]) & highBits; high != 0 {
			return n + bits.TrailingZeros64(high)/8
		}
	}
	for n < len(b) && b[n] < utf8.RuneSelf {
		n++
	}
	return n
}

// character is the length of the first character of b, which is no ASCII, and
// its number of UTF-16 units.
func character(b []byte) (size, width int) {
	if len(b) >= 2 && b[0] >= 0xc2 && b[0] <= 0xdf && b[1]&0xc0 == 0x80 { // the most common ones
		return 2, 1
	}
	// Of three bytes, all but those of which some would be written too long, or
	// are halves of surrogate pairs.
	if len(b) >= 3 && b[0] > 0xe0 && b[0] <= 0xef && b[0] != 0xed && b[1]&0xc0 == 0x80 && b[2]&0xc0 == 0x80 {
		return 3, 1
	}
	r, size := utf8.DecodeRune(b)
	if r > 0xffff {
		return size, 2
	}
	return size, 1
}
