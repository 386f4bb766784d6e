package csvfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// spreads are ways in which rows can be put aside when they are saved.
var spreads = map[string]func(*sortLimits){
	"at once in memory":        func(l *sortLimits) { l.memory, l.rounds = 1<<30, 1 },
	"in memory, many rounds":   func(l *sortLimits) { l.rounds = math.MaxInt32 },
	"on a disk":                func(l *sortLimits) { l.rounds, l.pieces, l.piece = 0, 1<<20, 64 },
	"on a disk, many rounds":   func(l *sortLimits) { l.rounds, l.pieces = 0, 1 },
	"in a bucket each":         func(l *sortLimits) { l.bucket, l.stretch, l.memory, l.rounds = 1, 16, 1<<30, 1 },
	"in a bucket each, rounds": func(l *sortLimits) { l.bucket, l.stretch, l.memory, l.rounds = 1, 16, 8<<10, math.MaxInt32 },
	"in a bucket each, disk":   func(l *sortLimits) { l.bucket, l.stretch, l.rounds, l.pieces = 1, 9, 0, 1<<20 },
	"in one bucket":            func(l *sortLimits) { l.bucket, l.memory, l.rounds, l.stretch = 1<<30, 1<<30, 1, 6 },
	"with little room":         func(l *sortLimits) { l.rounds, l.free = 0, func(string) (int64, error) { return 300 << 10, nil } },
}

// TestSaveSortedBytes: rows are copied as they stand, whatever line ends and quotes they
// have, and the last one gets the end that it may lack, of a file that is mapped, read or
// unpacked.
func TestSaveSortedBytes(t *testing.T) {
	for _, c := range []struct{ end, last string }{{"\n", ""}, {"\r\n", ""}, {"\n", "\n"}, {"\r\n", "\r\n"}} {
		end := c.end
		var rows []string
		for i := range 3000 {
			row := fmt.Sprintf(`%d,"a ""quoted"" cell%swith a line more",x%d`, i*7919%997, end, i)
			if i%3 > 0 {
				row = fmt.Sprintf("%d,plain,%d", i*7919%997, i)
			}
			rows = append(rows, row)
		}
		text := "n,text,id" + end + strings.Join(rows, end) + c.last
		slices.SortStableFunc(rows, func(a, b string) int { return number(a) - number(b) })
		want := "n,text,id" + end + strings.Join(rows, end) + end
		for kind, content := range map[string]string{"mapped": text, "read": text, "unpacked": gzipped(t, text)} {
			for name, spread := range spreads {
				f := openContent(t, content, WithCacheDir(t.TempDir()), WithWorkers(3), func(c *config) { c.mapped = kind != "read" })
				limits := smallSort
				spread(&limits)
				v, err := sortRows(t.Context(), f, []SortKey{{Kind: SortNumber}}, limits) // it is saved while it is sorted
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(v.Close)
				out := filepath.Join(t.TempDir(), "x.csv")
				if _, err := SaveView(t.Context(), v, out, SaveOptions{}, nil); err != nil {
					t.Fatalf("%s, %s: %v", kind, name, err)
				}
				if got := readAll(t, out); got != want {
					t.Errorf("%s, %s: %d bytes differ from %d that were wanted", kind, name, len(got), len(want))
				}
			}
		}
	}
}

// TestSaveSortedLarge: rows too large to be put aside stand between the others.
func TestSaveSortedLarge(t *testing.T) {
	var rows []string
	for i := range 400 {
		text := "short"
		if i%199 == 7 {
			text = strings.Repeat("long text ", lengthOpen/10+i)
		}
		rows = append(rows, fmt.Sprintf("%d,%s", i*7919%401, text))
	}
	text := "n,text\n" + strings.Join(rows, "\n") + "\n"
	slices.SortStableFunc(rows, func(a, b string) int { return number(a) - number(b) })
	want := "n,text\n" + strings.Join(rows, "\n") + "\n"
	f := openContent(t, text, WithCacheDir(t.TempDir()), WithWorkers(2))
	for name, spread := range spreads {
		v := sortedRows(t, f, smallSort, SortKey{Kind: SortNumber})
		spread(&v.limits)
		out := filepath.Join(t.TempDir(), "x.csv")
		p, err := SaveView(t.Context(), v, out, SaveOptions{}, nil)
		if err != nil || p.Rows != int64(len(rows)) {
			t.Fatalf("%s: %d rows, %v", name, p.Rows, err)
		}
		if got := readAll(t, out); got != want {
			t.Errorf("%s: %d bytes differ from %d that were wanted", name, len(got), len(want))
		}
	}
}

// TestSaveSortedTells: how far it has come is told from one goroutine at a time, and never
// less than before, however rows are put aside.
func TestSaveSortedTells(t *testing.T) {
	f := openContent(t, numbersCSV(3000), WithCacheDir(t.TempDir()), WithWorkers(2))
	for name, spread := range spreads {
		v := sortedRows(t, f, smallSort, SortKey{Kind: SortNumber})
		spread(&v.limits)
		var last SaveProgress
		calls := 0
		p, err := SaveView(t.Context(), v, filepath.Join(t.TempDir(), "x.csv"), SaveOptions{}, func(p SaveProgress) {
			if p.Bytes < last.Bytes || p.Rows < last.Rows || p.Bytes > p.TotalBytes {
				t.Errorf("%s: %+v after %+v", name, p, last)
			}
			last = p
			calls++
		})
		if err != nil || p.Rows != 3000 || calls < 3 || last.Bytes != last.TotalBytes {
			t.Errorf("%s: %+v, %d calls, %v", name, p, calls, err)
		}
	}
}

// number is the number that a row begins with.
func number(row string) int {
	n, _, _ := strings.Cut(row, ",")
	i, _ := strconv.Atoi(n)
	return i
}

// TestSaveSortedEnds: saving that is cancelled, or meets a file that was cut, leaves
// nothing, in whichever step it is.
func TestSaveSortedEnds(t *testing.T) {
	for name, spread := range spreads {
		for _, cancelAt := range []int64{0, 10, 50, 90} {
			dir, out := t.TempDir(), filepath.Join(t.TempDir(), "x.csv")
			f := openContent(t, numbersCSV(3000), WithCacheDir(dir), WithWorkers(2))
			v := sortedRows(t, f, smallSort, SortKey{Kind: SortNumber})
			spread(&v.limits)
			ctx, cancel := context.WithCancel(t.Context())
			wanted := context.Canceled
			if cancelAt == 0 {
				wanted = ErrChanged
				if err := os.Truncate(f.Path(), 4096); err != nil {
					t.Fatal(err)
				}
			}
			_, err := SaveView(ctx, v, out, SaveOptions{}, func(p SaveProgress) {
				if cancelAt > 0 && p.Bytes*100 >= p.TotalBytes*cancelAt {
					cancel()
				}
			})
			cancel()
			if !errors.Is(err, wanted) {
				t.Errorf("%s, at %d %%: %v", name, cancelAt, err)
			}
			v.Close()
			for _, d := range []string{dir, filepath.Dir(out)} {
				if left, err := os.ReadDir(d); err != nil || len(left) > 0 {
					t.Errorf("%s, at %d %%: %v is left, %v", name, cancelAt, left, err)
				}
			}
		}
	}
}

// TestSaveWhileSortingFails: of a sorting that ends early nothing is saved, also if it had
// come far enough for the first rows.
func TestSaveWhileSortingFails(t *testing.T) {
	out := filepath.Join(t.TempDir(), "x.csv")
	f := openContent(t, numbersCSV(3000), WithCacheDir(t.TempDir()))
	for _, placed := range []int64{0, 1000, 3000} {
		v := sortedRows(t, f, smallSort, SortKey{Kind: SortNumber})
		v.places.n.Store(placed) // it ends when so many rows are in their place
		v.final.Store(false)
		v.work = task{}
		v.work.init()
		broken := errors.New("the disk says no")
		v.work.start(t.Context(), t.Context(), func(context.Context) error { return broken })
		if _, err := SaveView(t.Context(), v, out, SaveOptions{}, nil); !errors.Is(err, broken) {
			t.Errorf("with %d rows: %v", placed, err)
		}
		if _, err := os.Stat(out); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("with %d rows a file is there, %v", placed, err)
		}
	}
}

// TestSaveSortedWithoutRoom: with no room to put rows aside the file is read more often,
// and that is told; where that would be without end, nothing is begun.
func TestSaveSortedWithoutRoom(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	none := func(string) (int64, error) { return 1000, nil }
	for _, c := range []struct {
		dir      string
		free     func(string) (int64, error)
		readings int
		want     string // of the error
	}{
		{t.TempDir(), none, math.MaxInt32, ""},
		{filepath.Join(file, "below"), none, math.MaxInt32, ""},
		{t.TempDir(), none, 3, "1.0 kB are free there, and "},
		{filepath.Join(file, "below"), none, 3, "cannot be put aside in " + file},
	} {
		var said bytes.Buffer
		f := openContent(t, numbersCSV(3000), WithCacheDir(c.dir), func(o *config) { o.log = slog.New(slog.NewTextHandler(&said, nil)) })
		v := sortedRows(t, f, defaultSortLimits, SortKey{Kind: SortNumber})
		v.limits.memory, v.limits.rounds, v.limits.free, v.limits.readings = 4<<10, 0, c.free, c.readings
		out := filepath.Join(t.TempDir(), "x.csv")
		p, err := SaveView(t.Context(), v, out, SaveOptions{}, nil)
		if c.want == "" {
			if err != nil || p.Rows != 3000 || !strings.Contains(said.String(), "read many times") {
				t.Errorf("%d rows, %v; it was said: %s", p.Rows, err, &said)
			}
			continue
		}
		if _, serr := os.Stat(out); err == nil || !strings.Contains(err.Error(), c.want) || !errors.Is(serr, fs.ErrNotExist) {
			t.Errorf("%v, %v; want %q", err, serr, c.want)
		}
	}
}

// TestSpread: with a larger file buckets and stretches grow, and rounds become more, but
// not what is held in memory, on many processors either.
func TestSpread(t *testing.T) {
	l := defaultSortLimits
	for _, c := range []struct {
		gigabytes, workers int64
		rounds             int64 // about
	}{{2, 2, 1}, {10, 2, 1}, {50, 2, 1}, {90, 2, 1}, {1000, 2, 125}, {1, 8, 1}, {10, 8, 1}, {100, 8, 20}, {10000, 1, 7000}} {
		size := c.gigabytes << 30
		s := spread{size: size, bucket: int64(l.bucket), shift: l.stretch}
		s.enlarge(l, size, c.workers)
		buckets, pieces := size/s.bucket, size/s.bucket*int64(s.stretches())
		rounds := 1 + pieces/int64(l.pieces)
		if s.bucket*c.workers > mostBuckets || c.workers<<s.shift > mostStretches || s.shift > mostStretch {
			t.Errorf("%+v: %+v", c, s)
		}
		if rounds > c.rounds+c.rounds/10 || pieces/buckets < 1 {
			t.Errorf("%+v: %d rounds of %d buckets and %d pieces: %+v", c, rounds, buckets, pieces, s)
		}
	}
}
