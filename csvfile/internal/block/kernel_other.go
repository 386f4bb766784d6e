//go:build !amd64 || purego

package block

// vector does nothing on this system.
func (t *tally) vector(_ []byte, from, _ int, _ Syntax) int { return from }
