package csvfile

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// heapWhile returns by how much the heap grows at most, live and garbage, while
// work runs.
func heapWhile(t *testing.T, work func()) uint64 {
	t.Helper()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before, peak := m.HeapInuse, m.HeapInuse
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapInuse)
			case <-stop:
				return
			}
		}
	}()
	work()
	close(stop)
	<-stopped
	return peak - before
}

// writeBigCell writes a file with a cell of n bytes between small ones.
func writeBigCell(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "big.csv")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriterSize(file, 1<<20)
	line := strings.Repeat("x", 1<<16-3) + "\"\"\n" // 65535 bytes of value
	fmt.Fprint(w, "id,body,end\n1,small,a\n2,\"")
	for range n >> 16 {
		fmt.Fprint(w, line)
	}
	fmt.Fprint(w, "needle\",b\n3,small,c\n")
	if err := errors.Join(w.Flush(), file.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestHundredMegabyteCell: a huge cell is shown, found and read in full, and yet
// never held in memory.
func TestHundredMegabyteCell(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 100 MB")
	}
	ctx := context.Background()
	path := writeBigCell(t, 100<<20)
	f := openFile(t, path, WithWorkers(2), func(c *config) { c.chunkBlocks = chunkBlocks })
	const size = int64(100<<20>>16*65535 + len("needle"))
	grown := heapWhile(t, func() {
		if n := indexed(t, f); n != 3 {
			t.Fatalf("%d rows", n)
		}
		rows, err := f.Rows(ctx, 0, 3)
		if err != nil || rows[1].Size(1) != size || rows[1].Fields[2] != "b" || rows[2].Fields[2] != "c" {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		hit, ok, err := f.FindNext(ctx, Query{Text: "needle", Column: AllColumns}, Position{Row: -1})
		if err != nil || !ok || hit.Row != 1 || hit.Column != 1 {
			t.Fatalf("hit %+v, %v, %v", hit, ok, err)
		}
		cell, err := f.Cell(ctx, rows[1], 1)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := io.Copy(io.Discard, cell); n != size || err != nil {
			t.Fatalf("read %d bytes, %v", n, err)
		}
		if fi := checked(t, f).Findings; len(fi) != 0 {
			t.Fatalf("findings: %v", fi)
		}
	})
	if grown > 16<<20 {
		t.Errorf("the heap grew by %d MB", grown>>20)
	}
}

// TestOpenRecord: a record too large to be read for showing it does not keep the
// rows behind it, or the screen, waiting.
func TestOpenRecord(t *testing.T) {
	ctx := context.Background()
	f := openFile(t, writeBigCell(t, 8<<20), func(c *config) { c.maxStream = 4 << 20 })
	rows, err := f.Rows(ctx, 0, 3)
	if err != nil || rows[1].Open || rows[1].Fields[2] != "b" {
		t.Fatalf("before the index: %v", err)
	}
	indexed(t, f)
	rows, err = f.Rows(ctx, 0, 3)
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if big := rows[1]; !big.Open || len(big.Fields) != 2 || !big.Cut(1) || big.Size(1) < 3<<20 {
		t.Fatalf("open row: %d cells, open %v", len(big.Fields), big.Open)
	}
	if last := rows[2]; last.Open || last.Fields[2] != "c" || last.Number != 2 {
		t.Fatalf("the row behind: %+v", last)
	}
}

// TestMemoryIsFlat: what is done with a file takes as little memory with ten
// times the file.
func TestMemoryIsFlat(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 80 MB")
	}
	ctx := context.Background()
	path := writeFile(t, makeCSV("quoted", 8<<20, 1))
	big := filepath.Join(t.TempDir(), "big.csv")
	text := readAll(t, path)
	file, err := os.Create(big)
	if err != nil {
		t.Fatal(err)
	}
	for range 10 {
		if _, err := file.WriteString(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	use := func(path string) uint64 {
		f := openFile(t, path, WithWorkers(2), func(c *config) { c.chunkBlocks = chunkBlocks })
		return heapWhile(t, func() {
			indexed(t, f)
			v := filtered(t, f, Condition{Column: 1, Op: OpContains, Text: "title"})
			if _, err := f.CountHits(ctx, Query{Text: "title 1", Column: AllColumns}, nil); err != nil {
				t.Fatal(err)
			}
			profileOf(t, v, 0)
			if _, err := SaveView(ctx, v, filepath.Join(t.TempDir(), "out.csv"), SaveOptions{}, nil); err != nil {
				t.Fatal(err)
			}
		})
	}
	small, large := use(path), use(big)
	t.Logf("heap grew by %d MB and %d MB", small>>20, large>>20)
	if large > 80<<20 || large > small+40<<20 {
		t.Errorf("heap grew by %d MB for 8 MB, %d MB for 80 MB", small>>20, large>>20)
	}
}

// TestCancelIsQuick: work ends soon after its context, however slow the query: in a small part
// of the time that the query takes, which a busy machine makes longer just as well.
func TestCancelIsQuick(t *testing.T) {
	f := openContent(t, makeCSV("quoted", 64<<20, 1), func(c *config) { c.chunkBlocks = chunkBlocks })
	indexed(t, f)
	slow := Query{Text: "(a|b|c|x)*y[0-9]+z?$", Mode: Regexp, Column: AllColumns}
	began := time.Now()
	if _, err := f.CountHits(t.Context(), slow, nil); err != nil {
		t.Fatal(err)
	}
	whole := time.Since(began)
	ctx, cancel := context.WithCancel(context.Background())
	var at time.Time
	_, err := f.CountHits(ctx, slow, func(FindProgress) {
		if at.IsZero() {
			at = time.Now()
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("it ended with %v", err)
	}
	d := time.Since(at)
	t.Logf("it took %v to end, and %v to be done", d, whole)
	if d > whole/4 {
		t.Error("that is no small part")
	}
}
