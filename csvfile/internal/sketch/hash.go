// Package sketch summarises streams of values in bounded memory: which values
// are frequent, and how numbers are distributed.
package sketch

import (
	"encoding/binary"
	"math/bits"
)

const (
	mix1 = 0x9e3779b97f4a7c15
	mix2 = 0xd6e8feb86659fd93
)

// Hash is a 64-bit hash of b for sketches: the same in every process, so that
// the same file gives the same estimates. It is not for keys an enemy chooses.
func Hash(b []byte) uint64 {
	h := uint64(len(b)) * mix1
	for len(b) >= 8 {
		h = fold(h^binary.LittleEndian.Uint64(b), mix2)
		b = b[8:]
	}
	var rest uint64
	for i, c := range b {
		rest |= uint64(c) << (8 * i)
	}
	return fold(fold(h^rest, mix2)^mix1, mix1)
}

// fold multiplies to 128 bits and folds the halves together.
func fold(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^mix1, b)
	return hi ^ lo
}
