//go:build unix

package csvfile

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestAPipeIsNotWaitedFor: a pipe to which nobody writes is refused like all that cannot be
// read at any place; to open it would wait, and no signal ends that.
func TestAPipeIsNotWaitedFor(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rows.csv")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	if f, err := Open(t.Context(), path); err == nil {
		f.Close()
		t.Error("it was opened")
	} else if !strings.Contains(err.Error(), "not a regular file") {
		t.Error(err)
	}
}
