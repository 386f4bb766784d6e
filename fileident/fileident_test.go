package fileident

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// at is a time to set back to.
var at = time.Date(2026, 3, 1, 12, 0, 0, 123456789, time.UTC)

func put(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

func of(t *testing.T, path string) ID {
	t.Helper()
	id, err := OfPath(path)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// TestChanges makes each kind of change that keeps size and modification time.
func TestChanges(t *testing.T) {
	if runtime.GOOS != "linux" && runtime.GOOS != "darwin" && runtime.GOOS != "windows" {
		t.Skip("this system tells too little")
	}
	old, other := bytes.Repeat([]byte("a"), 3<<20), bytes.Repeat([]byte("a"), 3<<20)
	other[60_000] = 'b' // in no block that is read
	for _, c := range []struct {
		name    string
		change  func(t *testing.T, path string)
		content bool // the blocks that are read stay the same
	}{
		{"written in place", func(t *testing.T, path string) { put(t, path, other) }, true},
		{"written in place where it is read", func(t *testing.T, path string) { put(t, path, append([]byte("b"), old[1:]...)) }, false},
		{"replaced by a copy", func(t *testing.T, path string) {
			put(t, path+".new", old)
			if err := os.Rename(path+".new", path); err != nil {
				t.Fatal(err)
			}
		}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a")
			put(t, path, old)
			before := of(t, path)
			if again := of(t, path); again != before || !again.Agrees(before) || !again.SameContent(before) {
				t.Fatalf("an untouched file: %v, then %v", before, again)
			}
			c.change(t, path)
			after := of(t, path)
			for after.Changed == before.Changed { // within one tick of the system's clock
				c.change(t, path)
				after = of(t, path)
			}
			if after.Size != before.Size || after.Modified != before.Modified {
				t.Fatalf("the test changed size or time: %v, then %v", before, after)
			}
			quick, err := QuickOfPath(path)
			if err != nil {
				t.Fatal(err)
			}
			if after == before || after.Agrees(before) || quick.Agrees(before) {
				t.Errorf("not noticed: %v", after)
			}
			if got := after.SameContent(before); got != c.content {
				t.Errorf("same content: %v, want %v", got, c.content)
			}
		})
	}
}

// TestDigest changes one byte in each block of small files and in the blocks at
// both ends of a large one: a system that tells nothing else still notices.
func TestDigest(t *testing.T) {
	for _, size := range []int64{1, blockSize - 1, blockSize, blockSize + 1, places * blockSize, places*blockSize + 1, 10*places*blockSize + 77} {
		b := bytes.Repeat([]byte("x"), int(size))
		before, err := digest(bytes.NewReader(b), size)
		if err != nil {
			t.Fatal(err)
		}
		spots := []int64{0, size - 1}
		if size <= places*blockSize {
			for at := int64(0); at < size; at += blockSize {
				spots = append(spots, at)
			}
		}
		for _, at := range spots {
			b[at] = 'y'
			if after, err := digest(bytes.NewReader(b), size); err != nil || after == before {
				t.Errorf("size %d: a change at byte %d is not noticed, %v", size, at, err)
			}
			b[at] = 'x'
		}
	}
	if d, err := digest(bytes.NewReader(nil), 0); err != nil || d == (Digest{}) {
		t.Errorf("an empty file: %v, %v", d, err)
	}
}

// countingReader counts what is read of a file of zeros.
type countingReader struct{ n int64 }

func (c *countingReader) ReadAt(p []byte, _ int64) (int, error) {
	clear(p)
	c.n += int64(len(p))
	return len(p), nil
}

// TestCost holds that a file of a petabyte costs as much as one of a megabyte.
func TestCost(t *testing.T) {
	c := &countingReader{}
	if _, err := digest(c, 1<<50); err != nil || c.n > 256<<10 {
		t.Errorf("%d bytes are read, %v", c.n, err)
	}
}

// cutReader is a file that is shorter than it was said to be; failing one has an
// error of the disk.
type cutReader struct{ err error }

func (c cutReader) ReadAt(p []byte, _ int64) (int, error) { return len(p) / 2, c.err }

func TestReadErrors(t *testing.T) {
	if _, err := digest(cutReader{io.EOF}, 1<<20); !errors.Is(err, ErrChanging) {
		t.Errorf("a file cut meanwhile: %v", err)
	}
	disk := errors.New("input/output error")
	if _, err := digest(cutReader{disk}, 1<<20); !errors.Is(err, disk) {
		t.Errorf("a failing disk: %v", err)
	}
	if _, err := OfPath(filepath.Join(t.TempDir(), "gone")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if _, err := OfPath(t.TempDir()); err == nil {
		t.Error("a folder has an identity")
	}
}

func TestPosition(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	put(t, path, []byte("0123456789"))
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := Of(f); err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(f); err != nil || string(b) != "0123456789" {
		t.Errorf("afterwards the file reads as %q, %v", b, err)
	}
}

func TestString(t *testing.T) {
	for _, id := range []ID{{}, {1, -2, -3, 4, Digest{5}}, {1 << 62, -1 << 63, 1<<63 - 1, 1<<64 - 1, Digest{15: 255}}} {
		if got, err := Parse(id.String()); err != nil || got != id {
			t.Errorf("%v: %v, %v", id, got, err)
		}
	}
	for _, bad := range []string{"", "1", "1-2-3", "1-2-3-4-", "1-2-3-4-00", "-", "1-2-3--4-00000000000000000000000000000000",
		"01-2-3-4-00000000000000000000000000000000", "1-2-3-4-0000000000000000000000000000000g"} {
		if id, err := Parse(bad); err == nil {
			t.Errorf("%q: %v", bad, id)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(ID{1, -2, -3, 4, Digest{5}}.String())
	f.Add("1-2-3-4-")
	f.Fuzz(func(t *testing.T, s string) {
		if id, err := Parse(s); err == nil && id.String() != s {
			t.Errorf("%q is read as %v", s, id)
		}
	})
}
