//go:build !purego

package block

import "golang.org/x/sys/cpu"

// kernel is the state of scanAVX2. The assembly knows its fields by name.
type kernel struct {
	parity          uint64 // of the quotes so far: all bits set if odd
	even, odd       uint64 // terminators behind an even and odd number of quotes
	outside, inside uint64 // not 0: not regular, if the block starts in that state
}

// scanAVX2 scans n bytes from p on, a multiple of 64 and not 0. The byte before
// and the byte behind them must be readable.
//
//go:noescape
func scanAVX2(p *byte, n int, delimiter, terminator byte, k *kernel)

var haveKernel = cpu.X86.HasAVX2 && cpu.X86.HasPCLMULQDQ && cpu.X86.HasPOPCNT

// vector scans b[from:to], where 0 < from and to < len(b), with vector
// instructions; only if haveKernel. It may scan less; the position it came to is returned.
func (t *tally) vector(b []byte, from, to int, syn Syntax) int {
	n := (to - from) &^ 63
	if n <= 0 {
		return from
	}
	k := kernel{parity: -uint64(t.quotes & 1)}
	scanAVX2(&b[from], n, syn.Delimiter, syn.Terminator, &k)
	t.ends[0] += uint32(k.even)
	t.ends[1] += uint32(k.odd)
	t.stray[0] = t.stray[0] || k.outside != 0
	t.stray[1] = t.stray[1] || k.inside != 0
	t.quotes = int(k.parity & 1)
	return from + n
}
