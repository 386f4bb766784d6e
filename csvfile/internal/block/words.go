package block

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

const (
	eachByte = 0x0101010101010101 // times c: c in each byte of a word
	low7     = 0x7f * eachByte
)

// words scans b[from:to], where 0 < from and to < len(b), 64 bytes at a time
// with plain 64-bit arithmetic. It may scan less; the position it came to is
// returned.
//
// The bytes are looked at as an 8 by 8 matrix: byte i of word j has bit 8i+j in
// every mask. That order needs no shuffling of bits to get, and [parities] and
// [behind] know it.
func (t *tally) words(b []byte, from, to int, syn Syntax) int {
	if syn.Delimiter >= 0x80 {
		return from // pattern is for ASCII
	}
	qp, tp, dp := pattern(quote), pattern(syn.Terminator), pattern(syn.Delimiter)
	odd := uint64(t.quotes & 1)
	var stray [2]uint64 // not 0: not regular, if the block starts in that state
	at := from
	for to-at >= 64 {
		chunk := (*[64]byte)(b[at:])
		q, term, delim := match(chunk, qp, tp, dp)
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
		closing := behind(q) &^ s
		out, in := opening&par|closing&^par, opening&^par|closing&par
		if out != 0 && stray[0] == 0 || in != 0 && stray[1] == 0 {
			cr := carriageReturns(chunk)
			stray[0] |= opening&par | closing&^par&^cr
			stray[1] |= opening&^par | closing&par&^cr
		}
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

// pattern is what [match] takes for the ASCII character c. The low seven bits of
// a byte, exclusive-ored with it, come to 0x7f if they are those of c, and to
// less if not.
func pattern(c byte) uint64 { return uint64(c^0x7f) * eachByte }

// match returns the masks of the bytes of b that are equal to each of three
// characters. One added to 0x7f sets the high bit, which counts unless the byte
// had it itself; no byte carries into the next, so the masks are exact. The loop
// is written out, for the compiler does not do it and the loop costs half as
// much again.
func match(b *[64]byte, p1, p2, p3 uint64) (m1, m2, m3 uint64) {
	m1, m2, m3 = shiftIn(0, 0, 0, b[0:8], p1, p2, p3)
	m1, m2, m3 = shiftIn(m1, m2, m3, b[8:16], p1, p2, p3)
	m1, m2, m3 = shiftIn(m1, m2, m3, b[16:24], p1, p2, p3)
	m1, m2, m3 = shiftIn(m1, m2, m3, b[24:32], p1, p2, p3)
	m1, m2, m3 = shiftIn(m1, m2, m3, b[32:40], p1, p2, p3)
	m1, m2, m3 = shiftIn(m1, m2, m3, b[40:48], p1, p2, p3)
	m1, m2, m3 = shiftIn(m1, m2, m3, b[48:56], p1, p2, p3)
	return shiftIn(m1, m2, m3, b[56:64], p1, p2, p3)
}

// shiftIn adds one word to the masks of [match]: what it finds goes to the high
// bit of each byte, and what is there already goes down by one.
func shiftIn(m1, m2, m3 uint64, b []byte, p1, p2, p3 uint64) (uint64, uint64, uint64) {
	w := binary.LittleEndian.Uint64(b)
	w7, not := w&low7, w|low7 // all bits of not but the high ones are set
	return m1>>1 | ((w7^p1)+eachByte)&^not,
		m2>>1 | ((w7^p2)+eachByte)&^not,
		m3>>1 | ((w7^p3)+eachByte)&^not
}

// carriageReturns is [match] for CR alone.
func carriageReturns(b *[64]byte) (m uint64) {
	p := pattern('\r')
	for i := 0; i < len(b); i += 8 {
		m, _, _ = shiftIn(m, 0, 0, b[i:i+8], p, p, p)
	}
	return m
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
