package snapshot

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/localexport/sqlitefile"
)

func opened(t *testing.T, path string) *Snapshot {
	t.Helper()
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// overwrite changes bytes of a file in place and gives it the time that it had.
func overwrite(t *testing.T, path string, at int64, b string) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteAt([]byte(b), at); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.Sync(), os.Chtimes(path, time.Time{}, info.ModTime())); err != nil {
		t.Fatal(err)
	}
}

// TestIdentity: the same file is the same, and what size, time and change counter
// do not tell, the rest does.
func TestIdentity(t *testing.T) {
	path := database(t, smallest...)
	s := opened(t, path)
	if err := s.Unchanged(); err != nil {
		t.Errorf("an unchanged file: %v", err)
	}
	if again := opened(t, path).Identity(); again != s.Identity() || again.String() != s.Identity().String() {
		t.Errorf("%v and %v", s.Identity(), again)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	counter := string(binary.BigEndian.AppendUint32(nil, binary.BigEndian.Uint32(b[24:])+1))
	for _, tt := range []struct {
		name   string
		change func(t *testing.T, path string)
		same   bool // the content
	}{
		{"copied over", func(t *testing.T, path string) {
			fresh := path + ".new"
			if err := errors.Join(os.WriteFile(fresh, b, 0o600), os.Rename(fresh, path)); err != nil {
				t.Fatal(err)
			}
		}, true},
		{"a page, and the time set back", func(t *testing.T, path string) { overwrite(t, path, 4096*2+20, "damage") }, false},
		{"the change counter", func(t *testing.T, path string) {
			overwrite(t, path, 24, counter)
			overwrite(t, path, 92, counter)
		}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "wiki.db")
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
			s := opened(t, path)
			tt.change(t, path)
			var file *FileError
			if err := s.Unchanged(); !errors.As(err, &file) || file.Path != path || !strings.Contains(err.Error(), "was changed while it was read") {
				t.Errorf("error %v", err)
			}
			now := opened(t, path).Identity()
			if now == s.Identity() || now.String() == s.Identity().String() {
				t.Errorf("the identity is still %v", now)
			}
			if now.SameContent(s.Identity()) != tt.same || (now.Content() == s.Identity().Content()) != tt.same {
				t.Errorf("content %s, was %s", now.Content(), s.Identity().Content())
			}
		})
	}
}

// TestUnchangedLooksBeside: a log that appears beside the file is a change.
func TestUnchangedLooksBeside(t *testing.T) {
	path := database(t, smallest...)
	s := opened(t, path)
	if err := os.WriteFile(path+"-wal", []byte("changes"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Unchanged(); err == nil || !strings.Contains(err.Error(), "now it is not complete: 7 bytes of changes are still in") {
		t.Errorf("error %v", err)
	}
}

// TestUnchangedNamesTheError: a file that cannot be looked at has not changed for all
// that is known; the error of the system is said.
func TestUnchangedNamesTheError(t *testing.T) {
	path := database(t, smallest...)
	s := opened(t, path)
	if err := os.Remove(path); err != nil {
		t.Skipf("open files cannot be removed here: %v", err)
	}
	if err := s.Unchanged(); !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), path+" does not exist") {
		t.Errorf("error %v", err)
	}
}

// TestLinks: whatever way leads to the file, every way to read it looks for side
// files beside the file itself, and not beside the link.
func TestLinks(t *testing.T) {
	file, err := filepath.EvalSymlinks(database(t, smallest...))
	if err != nil {
		t.Fatal(err)
	}
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, target := range map[string]string{"absolute.db": file, "twice.db": "absolute.db", "folder": filepath.Dir(file)} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Skipf("no links here: %v", err)
		}
	}
	relative, err := filepath.Rel(dir, file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(relative, filepath.Join(dir, "relative.db")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"absolute.db", "twice.db", "relative.db", filepath.Join("folder", filepath.Base(file))} {
		path := filepath.Join(dir, name)
		// What lies beside the link belongs to nothing.
		if err := os.WriteFile(filepath.Join(dir, name)+"-wal", nil, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, suffix := range []string{"", "-wal", "-journal"} {
			if suffix != "" {
				if err := os.WriteFile(file+suffix, []byte("changes"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			s, err := Open(t.Context(), path)
			if (err == nil) != (suffix == "") || err != nil && !strings.Contains(err.Error(), "still in "+file+suffix) {
				t.Errorf("%s, %q: %v", name, suffix, err)
			}
			if _, err := Inspect(t.Context(), path, InspectOptions{}); (err == nil) != (suffix == "") {
				t.Errorf("inspect %s, %q: %v", name, suffix, err)
			}
			f, err := sqlitefile.Open(path, sqlitefile.Options{})
			if (err == nil) != (suffix == "") || err != nil && !errors.Is(err, sqlitefile.ErrUnsupported) {
				t.Errorf("file reader, %s, %q: %v", name, suffix, err)
			}
			if s != nil {
				s.Close()
			}
			if f != nil {
				f.Close()
			}
			if suffix != "" {
				os.Remove(file + suffix)
			}
		}
	}
}

// TestLogOfAFileWithAnOldHeader: SQLite reads a log whatever the header says, so
// it counts whatever the header says.
func TestLogOfAFileWithAnOldHeader(t *testing.T) {
	path := database(t, smallest...)
	if err := os.WriteFile(path+"-wal", []byte("changes"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path); err == nil || !strings.Contains(err.Error(), "is not complete") {
		t.Errorf("error %v", err)
	}
}
