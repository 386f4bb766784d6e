//go:build !linux

package fonts

// forget leaves it to the system what it keeps in memory.
func forget([]byte) {}
