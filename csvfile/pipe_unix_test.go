//go:build unix

package csvfile

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// pipeIn makes a named pipe.
func pipeIn(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "rows.csv")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	return path
}

// TestAPipeIsWaitedForAndLeft: nobody has to wait for a pipe to which nobody writes.
func TestAPipeIsWaitedForAndLeft(t *testing.T) {
	path, dir := pipeIn(t), t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	f, err := Open(ctx, path, WithCacheDir(dir))
	if err == nil {
		f.Close()
	}
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
	if w, err := os.OpenFile(path, os.O_WRONLY|syscall.O_NONBLOCK, 0); err == nil {
		w.Close() // lets go who still waits for it
	}
	if left := cacheFiles(t, dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestAPipeIsReadWhileItComes: what was written can be read, the rest is waited for, and
// nothing is left.
func TestAPipeIsReadWhileItComes(t *testing.T) {
	path, dir := pipeIn(t), t.TempDir()
	opened := make(chan *os.File, 1)
	go func() {
		w, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err == nil {
			_, err = w.WriteString("id,name\n1,x\n2,y\n3,cu")
		}
		if err != nil {
			t.Error(err)
		}
		opened <- w
	}()
	f, err := Open(t.Context(), path, WithCacheDir(dir))
	if err != nil {
		t.Fatal(err)
	}
	w := <-opened
	rows, err := f.Rows(t.Context(), 0, 10)
	var notYet *NotIndexedError
	if !errors.As(err, &notYet) || len(rows) != 2 || rows[1].Fields[1] != "y" {
		t.Fatalf("%v, %v", rows, err)
	}
	f.StartIndex(t.Context())
	if n, final := f.Total(); n != 2 || final || !f.Coming() {
		t.Errorf("%d rows, final %v", n, final)
	}
	if _, err := w.WriteString("t\n4,z"); err != nil {
		t.Fatal(err)
	}
	if err := f.WaitRow(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if n := indexed(t, f); n != 4 {
		t.Errorf("%d rows", n)
	}
	if rows, err = f.Rows(t.Context(), 0, 10); err != nil || len(rows) != 4 || rows[2].Fields[1] != "cut" || rows[3].Fields[1] != "z" {
		t.Errorf("%v, %v", rows, err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if left := cacheFiles(t, dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}
