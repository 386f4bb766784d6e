package csvfile

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"sluice/csvfile/internal/block"
)

// keeping opens a file with a cache folder that also keeps small indexes.
func keeping(t *testing.T, path, dir string) *File {
	t.Helper()
	return openFile(t, path, WithCacheDir(dir), func(c *config) { c.cacheMin = 0 })
}

func cacheFiles(t *testing.T, dir string) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestIndexIsKept(t *testing.T) {
	for _, kind := range []string{"plain", "foreign"} {
		t.Run(kind, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "a", "b")
			path := writeFile(t, makeCSV(kind, 5*block.Size, 1)+"1,\"x")
			first := keeping(t, path, dir)
			total := indexed(t, first)
			want := checked(t, first)
			files := cacheFiles(t, dir)
			if len(files) != 1 {
				t.Fatalf("kept: %v", files)
			}
			if st, err := os.Stat(files[0]); err != nil || st.Mode().Perm() != 0o600 {
				t.Fatalf("mode %v, %v", st.Mode(), err)
			}
			second := keeping(t, path, dir)
			if !second.loadIndex() {
				t.Fatal("the kept index is not used")
			}
			if n := indexed(t, second); n != total {
				t.Fatalf("%d rows from the kept index, want %d", n, total)
			}
			if got := checked(t, second); !reflect.DeepEqual(got, want) {
				t.Fatalf("findings %+v, want %+v", got, want)
			}
			rows, err := second.Rows(context.Background(), 100, 2)
			if err != nil || rows[0].Number != 100 {
				t.Fatalf("rows by the kept index: %v, %v", rows, err)
			}
		})
	}
}

func TestKeptIndexIsDoubted(t *testing.T) {
	content := makeCSV("quoted", 3*block.Size, 1)
	want := int64(len(reference([]byte(content), ',')) - 1)
	spoil := map[string]func(t *testing.T, csv, cache string){
		"touched": func(t *testing.T, csv, _ string) {
			if err := os.Chtimes(csv, time.Now(), time.Now().Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
		},
		"cut": func(t *testing.T, _, cache string) {
			if err := os.Truncate(cache, 100); err != nil {
				t.Fatal(err)
			}
		},
		"empty": func(t *testing.T, _, cache string) {
			if err := os.Truncate(cache, 0); err != nil {
				t.Fatal(err)
			}
		},
		"one bit": func(t *testing.T, _, cache string) {
			b := []byte(readAll(t, cache))
			b[len(b)-7] ^= 4
			if err := os.WriteFile(cache, b, 0o600); err != nil {
				t.Fatal(err)
			}
		},
		"a folder": func(t *testing.T, _, cache string) {
			if err := os.Remove(cache); err != nil {
				t.Fatal(err)
			}
			if err := os.Mkdir(cache, 0o700); err != nil {
				t.Fatal(err)
			}
		},
	}
	for name, fn := range spoil {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := writeFile(t, content)
			indexed(t, keeping(t, path, dir))
			fn(t, path, cacheFiles(t, dir)[0])
			if n := indexed(t, keeping(t, path, dir)); n != want {
				t.Fatalf("%d rows, want %d", n, want)
			}
		})
	}
}

// TestKeptIndexOfAnotherState: a file that has other content with the same size and
// time, as cp -p and rsync -t leave it, is indexed and checked anew, and known to have
// changed while it is open.
func TestKeptIndexOfAnotherState(t *testing.T) {
	old := makeCSV("plain", 5*block.Size, 1)
	line := strings.Index(old[2*block.Size:], "\n") + 2*block.Size
	changed := old[:line] + "," + old[line+1:] // one row less, in blocks that are not sampled or are
	want := int64(len(reference([]byte(changed), ',')) - 1)
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	put := func(t *testing.T, path, text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	for name, change := range map[string]func(t *testing.T, path string){
		"written over": func(t *testing.T, path string) { put(t, path, changed) },
		"replaced": func(t *testing.T, path string) {
			put(t, path+".new", changed)
			if err := os.Rename(path+".new", path); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir, path := t.TempDir(), filepath.Join(t.TempDir(), "a.csv")
			put(t, path, old)
			first := keeping(t, path, dir)
			checked(t, first)
			untilChanged(t, first, func() { change(t, path) })
			second := keeping(t, path, dir)
			if second.loadIndex() {
				t.Error("the index of before is used")
			}
			if n := indexed(t, second); n != want {
				t.Errorf("%d rows, want %d", n, want)
			}
			if fi := checked(t, second).Findings; len(fi) != 1 || fi[0].Kind != RaggedRow || fi[0].Count != 1 {
				t.Errorf("findings %v", fi)
			}
		})
	}
}

// untilChanged changes a file until that shows: the clock of a file system has ticks
// of some milliseconds.
func untilChanged(t *testing.T, f *File, change func()) {
	t.Helper()
	for range 1000 {
		change()
		if changed, err := f.Changed(); err != nil {
			t.Fatal(err)
		} else if changed {
			return
		}
	}
	t.Error("the change is not noticed")
}

// TestIndexOfAChangingFileIsNotKept: what changes while it is indexed has no index to
// be kept.
func TestIndexOfAChangingFileIsNotKept(t *testing.T) {
	dir := t.TempDir()
	path := writeFile(t, makeCSV("plain", 5*block.Size, 1))
	f := keeping(t, path, dir)
	untilChanged(t, f, func() {
		if err := os.Chmod(path, 0o640); err != nil { // touches the time of change alone
			t.Fatal(err)
		}
	})
	indexed(t, f)
	if kept := cacheFiles(t, dir); len(kept) != 0 {
		t.Errorf("kept: %v", kept)
	}
}

func TestPruneCache(t *testing.T) {
	dir := t.TempDir()
	now := time.Now()
	add := func(name string, age time.Duration) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, make([]byte, 100), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, now.Add(-age), now.Add(-age)); err != nil {
			t.Fatal(err)
		}
		return path
	}
	oldest := add("a"+cacheExt, 4*time.Hour)
	old := add("b"+cacheExt, 3*time.Hour)
	recent := add("c"+cacheExt, time.Hour)
	other := add("notes.txt", 9*time.Hour)
	dead := add("x.partial", 2*time.Hour)
	live := add("y.partial", time.Minute)
	if err := pruneCache(dir, 250, oldest); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{oldest: true, old: false, recent: true, other: true, dead: false, live: true} {
		if _, err := os.Stat(path); (err == nil) != want {
			t.Errorf("%s: kept is %v, want %v", filepath.Base(path), err == nil, want)
		}
	}
}
