//go:build unix

package sqliteformat

import (
	"path/filepath"
	"syscall"
	"testing"
)

// TestAPipeIsNoDatabase: a pipe to which nobody writes is not waited for.
func TestAPipeIsNoDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "wiki.db")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	if is, err := IsFile(path); is || err != nil {
		t.Errorf("%t, %v", is, err)
	}
}
