package block

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// eachByte times a byte is a word that holds it in every byte.
const eachByte = 0x0101010101010101

// words scans b[from:to], where 0 < from and to < len(b), 64 bytes at a time
// with plain 64-bit arithmetic. It may scan less; the position it came to is
// returned.
//
// The bytes are looked at as an 8 by 8 matrix: byte i of word j has bit 8i+j in
// every mask. That order is the cheapest to get; [parities] and [behind] know it.
func (t *tally) words(b []byte, from, to int, syn Syntax) int {
	unlike := spread(^syn.Delimiter)
	odd := uint64(t.quotes & 1)
	var stray [2]uint64 // not 0: not regular, if the block starts in that state
	at := from
	for to-at >= 64 {
		chunk := (*[64]byte)(b[at:])
		q, delim, term, cr := match(chunk, &unlike)
		if syn.Terminator == '\r' {
			term = cr
		}
		if q == 0 {
			quiet := next(b, at+64, to, quote)
			t.ends[odd] += uint32(bytes.Count(b[at:quiet], []byte{syn.Terminator}))
			at = quiet
			continue
		}
		par := parities(q, odd)
		n := uint32(bits.OnesCount64(term & par))
		t.ends[0] += uint32(bits.OnesCount64(term)) - n
		t.ends[1] += n

		// A quote opens, if the block starts outside, where the parity behind it
		// is odd, and closes where it is even; the other way round, if it starts
		// inside. What follows has that parity too, unless it is a quote.
		s := q | term | delim
		opening := q &^ (behind(s) | 1)
		if q&1 != 0 && !mayOpen(b[at-1], syn) {
			opening |= 1
		}
		closing := behind(q) &^ (s | cr)
		stray[0] |= opening&par | closing&^par
		stray[1] |= opening&^par | closing&par

		at += 64
		odd = par >> 63
		if q>>63 != 0 && !followsClosing(b[at], syn) {
			stray[odd] = 1
		}
	}
	t.quotes = int(odd)
	t.stray[0] = t.stray[0] || stray[0] != 0
	t.stray[1] = t.stray[1] || stray[1] != 0
	return at
}

// mayOpen reports whether a quote that opens a field, or doubles the one before,
// may stand behind c.
func mayOpen(c byte, syn Syntax) bool {
	return c == syn.Delimiter || c == syn.Terminator || c == quote
}

// spread returns a word for every bit of c, all of whose bits are that bit.
func spread(c byte) (w [8]uint64) {
	for k := range w {
		w[k] = -uint64(c >> k & 1)
	}
	return w
}

// match returns masks of the quotes in b, of its delimiters, LFs and CRs. The
// delimiter is given by the spread of its complement.
func match(b *[64]byte, unlike *[8]uint64) (quotes, delimiters, lf, cr uint64) {
	m0, m1, m2, m3, m4, m5, m6, m7 := planes(b)
	delimiters = (m0 ^ unlike[0]) & (m1 ^ unlike[1]) & (m2 ^ unlike[2]) & (m3 ^ unlike[3]) &
		(m4 ^ unlike[4]) & (m5 ^ unlike[5]) & (m6 ^ unlike[6]) & (m7 ^ unlike[7])
	high := m4 | m6 | m7
	quotes = m1 & m5 &^ (m0 | m2 | m3 | high) // 0x22
	control := m3 &^ (m5 | high)
	lf = control & m1 &^ (m0 | m2) // 0x0a
	cr = control & m0 & m2 &^ m1   // 0x0d
	return quotes, delimiters, lf, cr
}

// planes turns the bytes of b into eight masks, of which mask k holds bit k of
// every byte: what a byte is takes a handful of operations then, on all 64 at
// once. It exchanges word and bit number in the matrix, halves of it at first.
func planes(b *[64]byte) (m0, m1, m2, m3, m4, m5, m6, m7 uint64) {
	m0, m4 = swap(binary.LittleEndian.Uint64(b[0:]), binary.LittleEndian.Uint64(b[32:]), 4, 0x0f*eachByte)
	m1, m5 = swap(binary.LittleEndian.Uint64(b[8:]), binary.LittleEndian.Uint64(b[40:]), 4, 0x0f*eachByte)
	m2, m6 = swap(binary.LittleEndian.Uint64(b[16:]), binary.LittleEndian.Uint64(b[48:]), 4, 0x0f*eachByte)
	m3, m7 = swap(binary.LittleEndian.Uint64(b[24:]), binary.LittleEndian.Uint64(b[56:]), 4, 0x0f*eachByte)
	m0, m2 = swap(m0, m2, 2, 0x33*eachByte)
	m1, m3 = swap(m1, m3, 2, 0x33*eachByte)
	m4, m6 = swap(m4, m6, 2, 0x33*eachByte)
	m5, m7 = swap(m5, m7, 2, 0x33*eachByte)
	m0, m1 = swap(m0, m1, 1, 0x55*eachByte)
	m2, m3 = swap(m2, m3, 1, 0x55*eachByte)
	m4, m5 = swap(m4, m5, 1, 0x55*eachByte)
	m6, m7 = swap(m6, m7, 1, 0x55*eachByte)
	return m0, m1, m2, m3, m4, m5, m6, m7
}

// swap exchanges, in every byte, the bits of a that mask<<n selects for the bits
// of b that mask selects.
func swap(a, b uint64, n uint, mask uint64) (uint64, uint64) {
	x := (a>>n ^ b) & mask
	return a ^ x<<n, b ^ x
}

// parities turns every bit of a mask into the parity of the bits up to it and
// of odd (0 or 1) before them.
func parities(m, odd uint64) uint64 {
	m ^= m << 8
	m ^= m << 16
	m ^= m << 32
	// The top byte holds the parity of each whole word.
	w := m >> 56
	w ^= w << 1
	w ^= w << 2
	w ^= w << 4
	before := byte(w<<1 ^ -odd)
	return m ^ uint64(before)*eachByte
}

// behind moves every bit of a mask on by one byte; the last one drops out.
func behind(m uint64) uint64 { return m<<8 | m>>55&0xfe }
