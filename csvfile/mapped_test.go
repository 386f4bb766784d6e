package csvfile

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/csvfile/internal/block"
)

// TestCutWhileMapped: a file that is cut under the map is an error, no crash.
func TestCutWhileMapped(t *testing.T) {
	content := makeCSV("plain", 8*block.Size, 1)
	path := writeFile(t, content)
	f := openFile(t, path)
	w := f.scanWindow()
	defer w.close()
	if w.file == nil {
		t.Skip("files are not mapped on this system")
	}
	err := w.guard(func() error {
		b, err := w.at(0, len(content))
		if err != nil || len(b) != len(content) || w.mem == nil {
			t.Fatalf("mapped %d bytes, %v", len(b), err)
		}
		if err := os.Truncate(path, 100); err != nil {
			t.Fatal(err)
		}
		block.Scan(b, '\n', f.syn)
		return nil
	})
	if !errors.Is(err, ErrChanged) {
		t.Fatalf("a cut map gives %v", err)
	}
}

// TestGuardLetsOtherPanicsThrough: a mistake in the program is not hidden.
func TestGuardLetsOtherPanicsThrough(t *testing.T) {
	defer func() {
		if r := recover(); r != "mistake" {
			t.Fatalf("recovered %v", r)
		}
	}()
	_ = new(window).guard(func() error { panic("mistake") })
}

// TestCutWithinAPage: behind the end of a file that was cut a map has zeros up to the
// end of the page. They are not taken for data.
func TestCutWithinAPage(t *testing.T) {
	content := makeCSV("plain", 2*block.Size, 1)
	content = content[:len(content)&^4095-4096+1000] + strings.Repeat("\n", 99) + "x"
	for name, work := range map[string]func(f *File) error{
		"index": func(f *File) error { f.StartIndex(t.Context()); <-f.Done(); return f.Progress().Err },
		"find": func(f *File) error {
			indexed(t, f)
			cutFile(t, f, 50)
			_, err := f.CountHits(t.Context(), Query{Text: "x"}, nil)
			return err
		},
		"save": func(f *File) error {
			indexed(t, f)
			cutFile(t, f, 50)
			_, err := SaveView(t.Context(), f, filepath.Join(t.TempDir(), "out.csv"), SaveOptions{}, nil)
			return err
		},
	} {
		f := openContent(t, content)
		if name == "index" {
			cutFile(t, f, 50)
		}
		if err := work(f); !errors.Is(err, ErrChanged) {
			t.Errorf("%s of a file that was cut: %v", name, err)
		}
	}
}

func cutFile(t *testing.T, f *File, n int64) {
	t.Helper()
	if err := os.Truncate(f.Path(), f.data().Size()-n); err != nil {
		t.Fatal(err)
	}
}

// TestWithoutMap: reading gives the same as mapping.
func TestWithoutMap(t *testing.T) {
	content := makeCSV("quoted", 70*block.Size, 9)
	rows := reference([]byte(content), ',')[1:]
	f := openContent(t, content, WithoutMap(), WithWorkers(2))
	if f.scanWindow().file != nil {
		t.Fatal("it is mapped")
	}
	if n := indexed(t, f); n != int64(len(rows)) {
		t.Fatalf("%d rows, want %d", n, len(rows))
	}
	n, err := f.CountHits(context.Background(), Query{Text: "title 5", Column: 1}, nil)
	if want := hitsIn(rows, 1, func(s string) bool { return len(s) >= 7 && s[:7] == "title 5" }); err != nil || n != int64(len(want)) {
		t.Fatalf("%d hits, %v, want %d", n, err, len(want))
	}
}
