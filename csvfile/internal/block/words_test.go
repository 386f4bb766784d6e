package block

import (
	"bytes"
	"testing"
)

// TestMatch: every byte, at every position, among others of all kinds.
func TestMatch(t *testing.T) {
	for _, delimiter := range []byte{',', ';', '\t', '|', 0xac} {
		unlike := spread(^delimiter)
		for _, around := range []byte{0, 'x', 0xff} {
			b := [64]byte(bytes.Repeat([]byte{around}, 64))
			for i := range b {
				bit := uint64(1) << (i%8*8 + i/8)
				for c := range 256 {
					b[i] = byte(c)
					quotes, delimiters, lf, cr := match(&b, &unlike)
					for _, m := range []struct {
						of   byte
						mask uint64
					}{{quote, quotes}, {delimiter, delimiters}, {'\n', lf}, {'\r', cr}} {
						want := uint64(0)
						if byte(c) == m.of {
							want = bit
						}
						if m.mask != want {
							t.Fatalf("mask of %q with %q at %d among %q = %#x, want %#x", m.of, byte(c), i, around, m.mask, want)
						}
					}
				}
				b[i] = around
			}
		}
	}
}
