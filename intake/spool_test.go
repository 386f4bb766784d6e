package intake

import (
	"context"
	"errors"
	"io"
	"math"
	"os"
	"strings"
	"testing"
	"testing/iotest"
)

// ended waits for the end of what comes into a spool.
func ended(t *testing.T, s *Spool) (int64, error) {
	t.Helper()
	for {
		grown := s.Grown()
		if size, ended, err := s.State(); ended {
			return size, err
		}
		<-grown
	}
}

func TestSpool(t *testing.T) {
	dir, text := t.TempDir()+"/made", strings.Repeat("some text\n", 100_000)
	s, err := NewSpool(t.Context(), dir, iotest.HalfReader(strings.NewReader(text)), -1)
	if err != nil {
		t.Fatal(err)
	}
	if size, err := ended(t, s); size != int64(len(text)) || err != nil {
		t.Errorf("%d bytes, %v", size, err)
	}
	got := make([]byte, 10)
	if _, err := s.File().ReadAt(got, 500); err != nil || string(got) != text[500:510] {
		t.Errorf("%q, %v", got, err)
	}
	if info, err := s.File().Stat(); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if err := s.Share().Close(); err != nil {
		t.Error(err)
	}
	if _, err := s.File().ReadAt(got, 0); err != nil {
		t.Errorf("closed by one of two who share it: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestSpoolEndsEarly: an error of the stream is kept, a silent one ends with Close and is
// closed, and no room is said at once.
func TestSpoolEndsEarly(t *testing.T) {
	broken := errors.New("broken")
	s, err := NewSpool(t.Context(), t.TempDir(), io.MultiReader(strings.NewReader("abc"), iotest.ErrReader(broken)), -1)
	if err != nil {
		t.Fatal(err)
	}
	if size, err := ended(t, s); size != 3 || !errors.Is(err, broken) {
		t.Errorf("%d bytes, %v", size, err)
	}
	s.Close()
	r, w := io.Pipe()
	if s, err = NewSpool(context.Background(), t.TempDir(), r, -1); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := w.Write([]byte("x")); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("the stream is still open: %v", err)
	}
	dir := t.TempDir()
	if _, err := NewSpool(t.Context(), dir, strings.NewReader("x"), math.MaxInt64-reserve); err == nil || !strings.Contains(err.Error(), "no room") {
		t.Errorf("too much: %v", err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestFree tells what of a disk may be filled, and no more than that.
func TestFree(t *testing.T) {
	free, err := Free(t.TempDir())
	if err != nil || free < 0 {
		t.Fatal(free, err)
	}
	if err := Room(t.TempDir(), math.MaxInt64-reserve); err == nil {
		t.Error("there is room for everything")
	}
	if _, err := Free(t.TempDir() + "/none"); err == nil {
		t.Error("a folder that is not there has room")
	}
}
