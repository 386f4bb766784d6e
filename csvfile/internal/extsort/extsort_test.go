package extsort

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
)

// item is a key as it was added.
type item struct {
	key   []byte
	place uint64
	long  bool
}

// makeItems are keys of few or many kinds, each with a 0 at its end and none within, so
// that none is the start of another.
func makeItems(rng *rand.Rand, n, kinds, most int) []item {
	out := make([]item, n)
	for i := range out {
		k := rng.IntN(kinds)
		inner := rand.New(rand.NewPCG(uint64(k), 1))
		key := make([]byte, inner.IntN(most), most+1)
		for j := range key {
			key[j] = byte(1 + inner.IntN(3)*127)
		}
		out[i] = item{append(key, 0), uint64(i), len(key)%5 == 1}
	}
	return out
}

// sorted runs items through a sorter, in batches of random size.
func sorted(t *testing.T, rng *rand.Rand, items []item, l Limits) (places []uint64, ties int) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "aside")
	s := NewSorter(dir, l)
	defer s.Close()
	var b Batch
	for len(items) > 0 {
		b.Reset()
		n := 1 + rng.IntN(min(len(items), 700))
		for _, it := range items[:n] {
			b.Add(append(b.Keys(), it.key...), it.place, it.long)
		}
		items = items[n:]
		if _, err := s.Add(context.Background(), b.AppendRun(nil), b.Len()); err != nil {
			t.Fatal(err)
		}
	}
	err := s.Merge(context.Background(), func(place uint64, long, tied bool) error {
		places = append(places, place)
		if tied {
			ties++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
	return places, ties
}

func TestSorter(t *testing.T) {
	for _, l := range []Limits{DefaultLimits, {Memory: 20 << 10, FanIn: 5, Buffer: 64}, {Memory: 0, FanIn: 2, Buffer: 1}, {Memory: 5 << 10, FanIn: 100, Buffer: 4 << 10}} {
		for _, kinds := range []int{1, 3, 200, 1 << 30} {
			for _, most := range []int{1, 8, 9, 40, 500} {
				t.Run(fmt.Sprint(l, kinds, most), func(t *testing.T) {
					rng := rand.New(rand.NewPCG(uint64(kinds), uint64(most)))
					items := makeItems(rng, 3000, kinds, most)
					got, ties := sorted(t, rng, items, l)
					want := slices.Clone(items)
					slices.SortStableFunc(want, func(a, b item) int { return bytes.Compare(a.key, b.key) })
					wantTies := 0
					for i, it := range want {
						if i >= len(got) || got[i] != it.place {
							t.Fatalf("of %d, place %d is not %d", len(got), i, it.place)
						}
						if i > 0 && it.long && bytes.Equal(it.key, want[i-1].key) {
							wantTies++
						}
					}
					if ties != wantTies || len(got) != len(want) {
						t.Errorf("%d keys, %d of them tied; want %d and %d", len(got), ties, len(want), wantTies)
					}
				})
			}
		}
	}
}

func TestNothing(t *testing.T) {
	if got, _ := sorted(t, nil, nil, DefaultLimits); len(got) != 0 {
		t.Error(got)
	}
}

// TestEnds: an error and the end of the context end a merge, and a folder that cannot be
// written to is told, with what to do.
func TestEnds(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	s := NewSorter(t.TempDir(), DefaultLimits)
	defer s.Close()
	var b Batch
	for _, it := range makeItems(rng, 50_000, 1<<20, 5) {
		b.Add(append(b.Keys(), it.key...), it.place, false)
	}
	if _, err := s.Add(context.Background(), b.AppendRun(nil), b.Len()); err != nil {
		t.Fatal(err)
	}
	stop := errors.New("stop")
	if err := s.Merge(context.Background(), func(uint64, bool, bool) error { return stop }); !errors.Is(err, stop) {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	err := s.Merge(ctx, func(uint64, bool, bool) error {
		if n++; n == 5 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || n > 5000 {
		t.Errorf("after %d keys: %v", n, err)
	}
	file := filepath.Join(t.TempDir(), "a file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	full := NewSorter(filepath.Join(file, "below"), Limits{FanIn: 2})
	var told *SpoolError
	if _, err := full.Add(context.Background(), b.AppendRun(nil), b.Len()); !errors.As(err, &told) || told.Dir != filepath.Join(file, "below") {
		t.Errorf("the error is %v", err)
	}
}

// TestSpoolIsPrivate: nobody else reads what is put aside.
func TestSpoolIsPrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the folder keeps it")
	}
	s := NewSpool(t.TempDir())
	defer s.Close()
	if _, err := s.Write([]byte("a cell")); err != nil {
		t.Fatal(err)
	}
	if info, err := s.file.Stat(); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

// TestSortWords: entries of equal words keep their order, however many there are.
func TestSortWords(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{0, 1, 2, 300, 5000} {
		for _, kinds := range []uint64{1, 7, 1 << 20, 1 << 63} {
			entries := make([]Entry, n)
			for i := range entries {
				entries[i] = Entry{Word: rng.Uint64N(kinds), Row: uint32(i)}
			}
			want := slices.Clone(entries)
			slices.SortStableFunc(want, func(a, b Entry) int { return cmp.Compare(a.Word, b.Word) })
			if SortWords(entries, make([]Entry, n)); !slices.Equal(entries, want) {
				t.Errorf("%d entries of %d kinds are not sorted", n, kinds)
			}
		}
	}
}

// TestWhatIsLost: runs that cannot be read again are an error, not fewer rows.
func TestWhatIsLost(t *testing.T) {
	s := NewSorter(t.TempDir(), Limits{FanIn: 9, Buffer: 100})
	defer s.Close()
	var b Batch
	for _, it := range makeItems(rand.New(rand.NewPCG(5, 6)), 1000, 1<<20, 30) {
		b.Add(append(b.Keys(), it.key...), it.place, false)
	}
	if _, err := s.Add(context.Background(), b.AppendRun(nil), b.Len()); err != nil {
		t.Fatal(err)
	}
	if err := s.level(0).spool.file.Truncate(500); err != nil {
		t.Fatal(err)
	}
	n := 0
	err := s.Merge(context.Background(), func(uint64, bool, bool) error { n++; return nil })
	if !errors.Is(err, errSpool) || n > 30 {
		t.Errorf("after %d keys: %v", n, err)
	}
}
