package csvfile

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
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
			// Bytes changed behind our back with size and time kept show that
			// the second file is not scanned again.
			st, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			content := []byte(readAll(t, path))
			for i := 4 * block.Size; i < len(content); i++ {
				content[i] = 'x'
			}
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chtimes(path, st.ModTime(), st.ModTime()); err != nil {
				t.Fatal(err)
			}
			second := keeping(t, path, dir)
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
