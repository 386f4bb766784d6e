//go:build !linux

package disktest

import "testing"

// Small skips the test: file systems in memory are mounted on Linux only.
func Small(t testing.TB, _ string) string {
	t.Helper()
	t.Skip("a small file system is mounted on Linux only")
	return ""
}
