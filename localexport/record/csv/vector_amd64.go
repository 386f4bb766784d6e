//go:build !purego

package csv

import "golang.org/x/sys/cpu"

// hasVector is whether copyText can be used.
var hasVector = cpu.X86.HasAVX2

// copyText copies bytes from src to dst. It doubles quotes, and writes the two
// bytes of lf, the lower one first, for a line feed. It ends at a carriage
// return, at a zero, at a line feed if lf is 0, or when fewer than 32 of the n bytes are
// left, and returns how many bytes it has read and written. It may write
// anything into the first 2n bytes of dst. The two may not overlap.
//
//go:noescape
func copyText(dst, src *byte, n int, lf uint32) (read, written int)

// anySpecial reports whether one of n bytes, at least 32, is a comma, a quote, a
// carriage return, a line feed or a zero.
//
//go:noescape
func anySpecial(src *byte, n int) bool
