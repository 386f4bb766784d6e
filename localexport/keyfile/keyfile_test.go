package keyfile

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
)

func build(t *testing.T, dir string, memory int, pairs []Pair) *File {
	t.Helper()
	b := NewBuilder(dir, memory)
	for _, p := range pairs {
		if err := b.Add(p.Key, p.Row); err != nil {
			t.Fatal(err)
		}
	}
	f, err := b.Finish()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestSortAndSearch(t *testing.T) {
	for _, n := range []int{0, 1, 255, 256, 257, 3000} {
		for _, memory := range []int{0, 100, 256, 1000} {
			for _, spread := range []int64{3, 1000, 1 << 62} {
				t.Run(fmt.Sprint(n, memory, spread), func(t *testing.T) {
					random := rand.New(rand.NewPCG(1, uint64(n)))
					pairs := make([]Pair, n)
					for i := range pairs {
						pairs[i] = Pair{random.Int64N(spread) - spread/2, int64(i)}
					}
					dir := t.TempDir()
					f := build(t, dir, memory, pairs)
					slices.SortFunc(pairs, compare)
					r := f.Reader()
					if f.Len() != int64(n) {
						t.Fatalf("Len = %d", f.Len())
					}
					for i, want := range pairs {
						if got, err := r.At(int64(i)); err != nil || got != want {
							t.Fatalf("At(%d) = %v, %v, want %v", i, got, err, want)
						}
					}
					for range 200 {
						key := random.Int64N(spread) - spread/2
						want := slices.IndexFunc(pairs, func(p Pair) bool { return p.Key >= key })
						if want < 0 {
							want = n
						}
						if got, err := r.Search(key); err != nil || got != int64(want) {
							t.Fatalf("Search(%d) = %d, %v, want %d", key, got, err, want)
						}
					}
				})
			}
		}
	}
}

func TestWorkFilesArePrivateAndRemoved(t *testing.T) {
	dir := t.TempDir()
	pairs := make([]Pair, 1000)
	for i := range pairs {
		pairs[i] = Pair{int64(-i), int64(i)}
	}
	f := build(t, dir, 64, pairs)
	var files []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		want := os.FileMode(0o600)
		if d.IsDir() {
			want = 0o700
		} else {
			files = append(files, path)
		}
		if runtime.GOOS != "windows" && info.Mode().Perm() != want {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		return nil
	})
	if err != nil || len(files) != 1 {
		t.Errorf("files %v, %v: the runs should be gone", files, err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("left behind: %v, %v", entries, err)
	}

	b := NewBuilder(dir, 10)
	for i := range int64(100) {
		if err := b.Add(i, i); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Abort(); err != nil {
		t.Fatal(err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("left behind after Abort: %v, %v", entries, err)
	}
}

func TestNoFolder(t *testing.T) {
	b := NewBuilder(filepath.Join(t.TempDir(), "missing"), 1)
	var err error
	for i := int64(0); i < 3 && err == nil; i++ {
		err = b.Add(i, i)
	}
	if err == nil {
		t.Error("pairs went nowhere")
	}
}

func BenchmarkBuildMillion(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	for b.Loop() {
		w := NewBuilder(b.TempDir(), 0)
		for i := range int64(1_000_000) {
			if err := w.Add(random.Int64(), i); err != nil {
				b.Fatal(err)
			}
		}
		f, err := w.Finish()
		if err != nil {
			b.Fatal(err)
		}
		f.Close()
	}
}
