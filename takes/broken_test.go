package takes

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/localexport/demo"
	demodumps "sluice/localexport/demo/dumps"
	"sluice/sqliteformat"
	"sluice/takes/feed"
)

// cutEvery is how far apart the places are at which dumps are cut.
const cutEvery = 997

func TestACutDumpIsNoDump(t *testing.T) {
	dir, made := t.TempDir(), t.TempDir()
	backup := filepath.Join(made, "backup.zip")
	if _, err := demo.Write(t.Context(), backup, demo.Options{Pages: 12, Seed: 3, As: demodumps.XML}); err != nil {
		t.Fatal(err)
	}
	entities := filepath.Join(made, "entities.xml")
	if err := os.WriteFile(entities, unzip(t, backup), 0o600); err != nil {
		t.Fatal(err)
	}
	names := []string{backup, entities}
	for _, name := range []string{"pg15.sql", "pg15-inserts.sql", "pg15-zlib.dump", "pg15-piped.dump", "pg15-inserts.dump", "pg15.tar"} {
		names = append(names, filepath.Join("testdata", name))
	}
	source, out := filepath.Join(made, "cut"), filepath.Join(dir, "out.db")
	for _, name := range names {
		whole, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Take(t.Context(), name, out, Options{}); err != nil {
			t.Fatal(err)
		}
		want := contents(t, out)
		os.Remove(out)
		for n := 0; n < len(whole); n += cutEvery {
			if err := os.WriteFile(source, whole[:n], 0o600); err != nil {
				t.Fatal(err)
			}
			r, err := Take(t.Context(), source, out, Options{})
			switch {
			case err != nil && !errors.Is(err, feed.ErrDamaged):
				t.Errorf("%s cut at %d: %v", name, n, err)
			case err == nil && contents(t, out) != want && len(r.Doubts) == 0:
				t.Errorf("%s cut at %d: rows are missing without a word", name, n)
			}
			if err != nil {
				if left, _ := os.ReadDir(dir); len(left) > 0 {
					t.Fatalf("%s cut at %d: %s is left", name, n, left[0].Name())
				}
				continue
			}
			os.Remove(out)
		}
	}
}

// unzip is the file entities.xml of a backup.
func unzip(t *testing.T, path string) []byte {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open("entities.xml")
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestASnapshotInTheWayStays(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out.db")
	if err := os.WriteFile(out, []byte(sqliteformat.Magic+"mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	source := filepath.Join("testdata", "pg15.sql")
	if _, err := Take(t.Context(), source, out, Options{}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("error %v", err)
	}
	cut, err := os.ReadFile(source)
	if err != nil {
		t.Fatal(err)
	}
	cut = cut[:len(cut)/2]
	if _, err := Take(t.Context(), "-", out, Options{Replace: true, Stdin: bytes.NewReader(cut)}); err == nil {
		t.Error("a cut dump replaced the snapshot")
	}
	if b, err := os.ReadFile(out); err != nil || string(b) != sqliteformat.Magic+"mine" {
		t.Errorf("the file holds %q, %v", b, err)
	}
	if _, err := Take(t.Context(), source, out, Options{Replace: true}); err != nil {
		t.Error(err)
	}
}

// TestNothingButASnapshotIsReplaced: a name that was mistyped may be that of a dump or of
// a table; whatever allows a snapshot in its place, it stays.
func TestNothingButASnapshotIsReplaced(t *testing.T) {
	out := filepath.Join(t.TempDir(), "dump.sql")
	if err := os.WriteFile(out, []byte("-- the only dump"), 0o600); err != nil {
		t.Fatal(err)
	}
	source := filepath.Join("testdata", "pg15.sql")
	for name, o := range map[string]Options{"replace": {Replace: true}, "refresh": {Refresh: true}} {
		if _, err := Take(t.Context(), source, out, o); err == nil || !strings.Contains(err.Error(), out+" is no snapshot") {
			t.Errorf("%s: error %v", name, err)
		}
		if b, err := os.ReadFile(out); err != nil || string(b) != "-- the only dump" {
			t.Errorf("%s: the file begins %.20q, %v", name, b, err)
		}
	}
	if err := os.Truncate(out, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := Take(t.Context(), source, out, Options{Replace: true}); err != nil {
		t.Errorf("an empty file holds nothing to lose: %v", err)
	}
}

func TestCancelledTakeLeavesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	dir := t.TempDir()
	f, err := os.Open("testdata/pg15.sql")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	first := true
	stdin := readFunc(func(p []byte) (int, error) {
		if !first {
			cancel()
		}
		first = false
		return f.Read(p[:min(len(p), 9000)])
	})
	_, err = Take(ctx, "-", filepath.Join(dir, "out.db"), Options{Stdin: stdin})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

type readFunc func(p []byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

func TestWhatIsNoDumpIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"empty":       {"", "empty"},
		"SQLite":      {"SQLite format 3\x00 and more", "give its file"},
		"a column":    {"-- PostgreSQL database dump\nCREATE TABLE a.label (labelid bigint, name text);\nCOPY a.label (labelid, nane) FROM stdin;\n1\tx\n\\.\n", `the column "nane"`},
		"zeros":       {"-- PostgreSQL database dump\nCOPY a.label (labelid, name, namespace) FROM stdin;\n1\tx\x00\tz\n\\.\n", "a byte 0"},
		"MySQL zeros": {"-- MySQL dump\n\x00\x00\x00INSERT INTO `label` VALUES (1);\n", "a byte 0"},
		"other":       {"hello", "no dump, backup or database"},
		"no table":    {"-- PostgreSQL database dump\nCREATE TABLE a (b int);\nCOPY a (b) FROM stdin;\n1\n\\.\n-- PostgreSQL database dump complete\n", "none of the tables of a Confluence database"},
		"twice": {"-- PostgreSQL database dump\nCOPY a.label (labelid, name, namespace) FROM stdin;\n\\.\nCOPY b.label (labelid, name, namespace) FROM stdin;\n\\.\n",
			"twice, as a.label and as b.label"},
		"row twice":     {"-- PostgreSQL database dump\nCOPY a.label (labelid, name, namespace) FROM stdin;\n1\tx\ty\n1\tx\ty\n\\.\n", "rows twice"},
		"encoding":      {"-- PostgreSQL database dump\nSET client_encoding = 'BIG5';\n", "--encoding=UTF8"},
		"encodings":     {"-- PostgreSQL database dump\nSET client_encoding = 'SJIS';\nSET client_encoding = 'GBK';\n", "changes its encoding"},
		"style":         {"-- PostgreSQL database dump\nSET DateStyle = 'Klingon, DMY';\n", "DateStyle ISO"},
		"character set": {"-- MySQL dump\n/*!40101 SET NAMES gbk */;\n", "utf8mb4"},
		"values":        {"-- PostgreSQL database dump\nCOPY a.label (labelid, name, namespace) FROM stdin;\n1\tx\n\\.\n", "2 values for 3 columns"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Take(t.Context(), "-", filepath.Join(t.TempDir(), "x.db"), Options{Stdin: strings.NewReader(c.text)})
			if !errors.Is(err, feed.ErrDamaged) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q in it", err, c.want)
			}
		})
	}
}
