package sqlitefile

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// copyOf copies a file so that it can be spoiled.
func copyOf(t testing.TB, path string, spoil func(b []byte) []byte) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	if err := os.WriteFile(copied, spoil(b), 0o600); err != nil {
		t.Fatal(err)
	}
	return copied
}

func TestOpenDeclines(t *testing.T) {
	good := database(t, nil, "PRAGMA page_size=1024", "CREATE TABLE t (a)", "INSERT INTO t VALUES (zeroblob(5000))")
	put := func(at int, v ...byte) func([]byte) []byte {
		return func(b []byte) []byte { copy(b[at:], v); return b }
	}
	for _, test := range []struct {
		name  string
		spoil func([]byte) []byte
		want  error
		says  string
	}{
		{"empty", func(b []byte) []byte { return nil }, ErrUnsupported, "too short"},
		{"99 bytes", func(b []byte) []byte { return b[:99] }, ErrUnsupported, "too short"},
		{"dump", put(0, []byte("PGDMP")...), ErrUnsupported, "does not begin like"},
		{"write version", put(18, 3), ErrUnsupported, "format versions 3 for writing and 1 for reading"},
		{"read version", put(19, 0), ErrUnsupported, "format versions 1 for writing and 0"},
		{"fractions", put(22, 31), ErrUnsupported, "payload fractions 64, 31 and 32"},
		{"schema format", put(47, 5), ErrUnsupported, "schema format 5"},
		{"UTF-16", put(59, 2), ErrUnsupported, "not UTF-8"},
		{"page size 768", put(16, 3, 0), ErrUnsupported, "page size 768"},
		{"page size 256", put(16, 1, 0), ErrUnsupported, "page size 256"},
		{"reserved", put(16, 2, 0, 1, 1, 40), ErrUnsupported, "40 reserved bytes"},
		{"cut", func(b []byte) []byte { return b[:len(b)-1] }, ErrDamaged, "it was cut"},
		{"cut, size not known", func(b []byte) []byte { b[28], b[29], b[30], b[31] = 0, 0, 0, 0; return b[:1000] }, ErrDamaged, "shorter than one page"},
		{"schema", put(100, 0), ErrDamaged, "page 1: is no b-tree page (kind 0)"},
		{"schema is an index", put(100, leafIndex), ErrDamaged, "belongs to an index"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := copyOf(t, good, test.spoil)
			for _, mapped := range []bool{false, true} {
				f, err := Open(path, Options{Map: mapped})
				if err == nil {
					f.Close()
				}
				if !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), path) {
					t.Errorf("map=%t: %v", mapped, err)
				}
			}
		})
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none.db"), Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

func TestOpenTakesPagesFromTheFileIfTheHeaderIsOld(t *testing.T) {
	good := database(t, nil, "PRAGMA page_size=1024", "CREATE TABLE t (a)", "INSERT INTO t VALUES (zeroblob(5000))")
	path := copyOf(t, good, func(b []byte) []byte {
		binary.BigEndian.PutUint32(b[28:], 1) // by a version that did not know of it
		b[95]++
		return b
	})
	f, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := scanRows(f, mustTable(t, f, "t"), All)
	if err != nil || len(rows) != 1 {
		t.Fatal(len(rows), err)
	}
}

func TestSideFiles(t *testing.T) {
	for _, test := range []struct {
		suffix   string
		content  string
		declines string
	}{
		{"-wal", "", ""},
		{"-wal", "\x37\x7f\x06\x82", "a write-ahead log lies beside it"},
		{"-wal", "\x00", "a write-ahead log lies beside it"},
		{"-journal", "", ""},
		{"-journal", strings.Repeat("\x00", 512), ""},
		{"-journal", "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", "an unfinished rollback journal"},
		{"-journal", "x", "an unfinished rollback journal"},
	} {
		t.Run(fmt.Sprintf("%s %q", test.suffix, test.content), func(t *testing.T) {
			path := database(t, nil, "CREATE TABLE t (a)")
			if err := os.WriteFile(path+test.suffix, []byte(test.content), 0o600); err != nil {
				t.Fatal(err)
			}
			link := filepath.Join(t.TempDir(), "link.db")
			if err := os.Symlink(path, link); err != nil {
				link = path // not on every Windows
			}
			for _, p := range []string{path, link} {
				f, err := Open(p, Options{})
				if err == nil {
					f.Close()
				}
				if test.declines == "" && err != nil {
					t.Error(err)
				}
				if test.declines != "" && (!errors.Is(err, ErrUnsupported) || !strings.Contains(err.Error(), test.declines)) {
					t.Error(err)
				}
			}
		})
	}
}

func TestWALModeWithoutLog(t *testing.T) {
	path := database(t, nil, "PRAGMA journal_mode=WAL", "CREATE TABLE t (a)", "INSERT INTO t VALUES (1), (2)")
	f, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if f.header[18] != 2 {
		t.Fatal("the file is not in WAL mode")
	}
	if rows, err := scanRows(f, mustTable(t, f, "t"), All); err != nil || len(rows) != 2 {
		t.Fatal(rows, err)
	}
}

func TestTableDeclines(t *testing.T) {
	path := database(t, nil,
		"CREATE TABLE keyed (a INTEGER PRIMARY KEY, b) WITHOUT ROWID",
		"CREATE TABLE stored (a, b AS (a+1) STORED)",
		"CREATE TABLE virtual (a, b INTEGER GENERATED ALWAYS AS (a+1) VIRTUAL)",
		"CREATE VIEW seen AS SELECT 1",
		"CREATE VIRTUAL TABLE box USING rtree(id, x0, x1)",
		"CREATE TABLE good (a INTEGER, b TEXT COLLATE NOCASE, c REAL, d INTEGER UNIQUE)",
		"CREATE INDEX descending ON good (a DESC)",
		"CREATE INDEX partial ON good (c) WHERE c > 1",
		"CREATE INDEX nocase ON good (b)",
		"CREATE INDEX nocase2 ON good (a COLLATE NOCASE, c)",
		"CREATE INDEX expression ON good (a+1)",
		"CREATE INDEX fine ON good (b COLLATE binary, a)",
	)
	f, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for name, says := range map[string]string{
		"keyed": "WITHOUT ROWID", "stored": "column b is generated", "VIRTUAL": "column b is generated", "seen": "view seen needs SQLite", "box": "no ordinary table",
	} {
		if _, err := f.Table(name); !errors.Is(err, ErrUnsupported) || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := f.Table("none"); !errors.Is(err, ErrNotFound) || errors.Is(err, ErrUnsupported) {
		t.Error(err)
	}
	good := mustTable(t, f, "GOOD")
	for _, test := range []struct {
		columns []string
		says    string
	}{
		{[]string{"a"}, "index descending needs SQLite: it is descending"},
		{[]string{"c"}, "it is partial"},
		{[]string{"b"}, "column b is collated by NOCASE"},
		{[]string{"A", "C"}, "it is collated by NOCASE"},
	} {
		if _, err := f.Index(good, test.columns...); !errors.Is(err, ErrUnsupported) || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%v: %v", test.columns, err)
		}
	}
	if _, err := f.Index(good, "d"); !errors.Is(err, ErrNotFound) || errors.Is(err, ErrUnsupported) {
		t.Error(err)
	}
	if x, err := f.Index(good, "b", "a"); err == nil {
		t.Error("a column that is collated otherwise than the index: declined, though it need not be", x)
	}
	err = f.Read(t.Context(), func(r *Reader) error {
		if _, err := r.Cursor(good, "a", "z"); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
		if _, err := r.Cursor(good, "a", "A"); err == nil {
			t.Error("a column was named twice")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
