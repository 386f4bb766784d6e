package csvfile

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// reference reads CSV one byte at a time, by the grammar in the package
// documentation, written to be obviously right: the yardstick for everything.
func reference(b []byte, delim byte) (records [][]string) {
	const (
		start = iota
		plain
		quoted
		closed
	)
	var rec []string
	var cell []byte
	state := start
	endCell := func() { rec = append(rec, string(cell)); cell = cell[:0]; state = start }
	endRecord := func() {
		if len(rec) > 0 || len(cell) > 0 || state != start {
			endCell()
		}
		records, rec, state = append(records, rec), nil, start
	}
	open := false
	for i, c := range b {
		open = true
		last := i+1 == len(b) || b[i+1] == '\n'
		switch {
		case state == quoted && c == '"':
			state = closed
		case state == quoted:
			cell = append(cell, c)
		case state == closed && c == '"':
			cell, state = append(cell, c), quoted
		case state == start && c == '"':
			state = quoted
		case c == delim:
			endCell()
		case c == '\n':
			endRecord()
			open = false
		case c == '\r' && last:
		default:
			cell, state = append(cell, c), plain
		}
	}
	if open {
		endRecord()
	}
	return records
}

func writeFile(t testing.TB, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "test.csv")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// smallChunks makes files of some hundred kilobytes be worked on in many chunks.
func smallChunks(c *config) { c.chunkBlocks = 3 }

func openFile(t testing.TB, path string, opts ...Option) *File {
	t.Helper()
	f, err := Open(context.Background(), path, append([]Option{WithCacheDir(""), smallChunks}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

func openContent(t testing.TB, content string, opts ...Option) *File {
	t.Helper()
	return openFile(t, writeFile(t, content), opts...)
}

func indexed(t testing.TB, f *File) int64 {
	t.Helper()
	f.StartIndex(context.Background())
	<-f.Done()
	if p := f.Progress(); !p.Done {
		t.Fatalf("indexing ended: %v", p.Err)
	}
	n, final := f.Total()
	if !final {
		t.Fatal("total is not final")
	}
	return n
}

func fieldsOf(rows []Row) [][]string {
	var out [][]string
	for _, r := range rows {
		out = append(out, r.Fields)
	}
	return out
}

func equalRecords(t testing.TB, what string, got, want [][]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d records, want %d", what, len(got), len(want))
	}
	for i := range got {
		if !slices.Equal(got[i], want[i]) {
			t.Fatalf("%s: record %d is %.200q, want %.200q", what, i, got[i], want[i])
		}
	}
}
