//go:build !amd64 || purego

package block

// haveKernel is false: on this system there is no kernel beside [tally.words].
const haveKernel = false

// vector is never called.
func (t *tally) vector(_ []byte, from, _ int, _ Syntax) int { return from }
