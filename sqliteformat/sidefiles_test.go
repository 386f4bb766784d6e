package sqliteformat

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func write(t *testing.T, path, content string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func link(t *testing.T, target, name string) string {
	t.Helper()
	if err := os.Symlink(target, name); err != nil {
		t.Skipf("no links here: %v", err)
	}
	return name
}

// TestReal follows links of every kind to one file.
func TestReal(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	file := write(t, filepath.Join(dir, "data", "wiki.db"), "x")
	paths := map[string]string{
		"itself":         file,
		"absolute":       link(t, file, filepath.Join(dir, "absolute.db")),
		"relative":       link(t, filepath.Join("data", "wiki.db"), filepath.Join(dir, "relative.db")),
		"link to a link": link(t, "relative.db", filepath.Join(dir, "twice.db")),
	}
	paths["in a linked folder"] = filepath.Join(link(t, "data", filepath.Join(dir, "folder")), "wiki.db")
	link(t, "wiki.db", filepath.Join(dir, "data", "current.db"))
	paths["link in a linked folder"] = filepath.Join(dir, "folder", "current.db")
	for name, path := range paths {
		if got, err := Real(path); err != nil || got != file {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
	t.Chdir(dir)
	if got, err := Real("twice.db"); err != nil || got != file {
		t.Errorf("from the current folder: %s, %v", got, err)
	}
	for _, path := range []string{filepath.Join(dir, "none.db"), link(t, "nowhere", filepath.Join(dir, "dangling.db")), link(t, "circle.db", filepath.Join(dir, "circle.db"))} {
		if got, err := Real(path); err == nil {
			t.Errorf("%s is %s", path, got)
		}
	}
}

func TestFindPending(t *testing.T) {
	for _, tt := range []struct {
		name, suffix, content string
		pending               bool
	}{
		{"log", "-wal", "frames", true},
		{"empty log", "-wal", "", false},
		{"shared memory alone", "-shm", "index", false},
		{"journal", "-journal", "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7 and pages", true},
		{"start of a journal", "-journal", "\xd9\xd5", true},
		{"empty journal", "-journal", "", false},
		{"ended journal", "-journal", "\x00\x00\x00\x00\x00\x00\x00\x00 and pages", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			real := filepath.Join(t.TempDir(), "wiki.db")
			if p, err := FindPending(real); err != nil || p != (Pending{}) {
				t.Fatalf("without side files: %+v, %v", p, err)
			}
			write(t, real+tt.suffix, tt.content)
			want := Pending{}
			if tt.pending {
				want = Pending{Path: real + tt.suffix, Log: tt.suffix == "-wal", Bytes: int64(len(tt.content))}
			}
			if p, err := FindPending(real); err != nil || p != want {
				t.Errorf("%+v, %v, want %+v", p, err, want)
			}
		})
	}
}

// TestFindSaysThatItDoesNotKnow: a side file that cannot be looked at is not taken
// for none.
func TestFindSaysThatItDoesNotKnow(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("needs a link that leads to itself")
	}
	for _, suffix := range []string{"-wal", "-journal"} {
		real := filepath.Join(t.TempDir(), "wiki.db")
		link(t, filepath.Base(real)+suffix, real+suffix)
		if p, err := FindPending(real); err == nil {
			t.Errorf("%s: %+v", suffix, p)
		}
	}
}
