//go:build !amd64 || purego

package csv

const hasVector = false

func copyText(dst, src *byte, n int, lf uint32) (read, written int) {
	panic("this build has no vector instructions")
}

func anySpecial(src *byte, n int) bool {
	panic("this build has no vector instructions")
}
