package archive

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"
)

var at = time.Date(2026, 11, 30, 14, 0, 0, 0, time.UTC)

// TestSameFilesSameBytes: neither the order of the list nor the time of a file on disk nor
// its rights there change an archive.
func TestSameFilesSameBytes(t *testing.T) {
	for _, kind := range []string{".tar.gz", ".zip"} {
		var packed [2][]byte
		for i := range packed {
			dir := t.TempDir()
			program := filepath.Join(dir, "built")
			mode := []os.FileMode{0o600, 0o755}[i]
			if err := errors.Join(os.WriteFile(program, []byte("a program"), mode), os.Chtimes(program, at, at.Add(time.Duration(i)*time.Hour))); err != nil {
				t.Fatal(err)
			}
			entries := []Entry{{Name: "bin/sluice", From: program, Run: true}, {Name: "README.md", Text: "read"}}
			if i == 1 {
				entries[0], entries[1] = entries[1], entries[0]
			}
			to := filepath.Join(dir, "x"+kind)
			if err := Write(to, "sluice-1", entries, at); err != nil {
				t.Fatal(err)
			}
			b, err := os.ReadFile(to)
			if err != nil {
				t.Fatal(err)
			}
			packed[i] = b
		}
		if !bytes.Equal(packed[0], packed[1]) {
			t.Errorf("%s: the bytes differ", kind)
		}
		want := "sluice-1/README.md -rw-r--r-- read|sluice-1/bin/sluice -rwxr-xr-x a program|"
		if got := listed(t, kind, packed[0]); got != want {
			t.Errorf("%s: %s", kind, got)
		}
	}
}

// listed are the files of an archive with their modes and contents, read by the library of
// the other side.
func listed(t *testing.T, kind string, b []byte) (list string) {
	t.Helper()
	fail := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	if kind == ".zip" {
		r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		fail(err)
		for _, f := range r.File {
			c, err := f.Open()
			fail(err)
			text, err := io.ReadAll(c)
			fail(err)
			list += fmt.Sprintf("%s %s %s|", f.Name, f.Mode(), text)
		}
		return list
	}
	g, err := gzip.NewReader(bytes.NewReader(b))
	fail(err)
	for r := tar.NewReader(g); ; {
		h, err := r.Next()
		if err == io.EOF {
			return list
		}
		fail(err)
		if h.Uname != "" || h.Uid != 0 || !h.ModTime.Equal(at) {
			t.Errorf("%+v", h)
		}
		if h.Typeflag == tar.TypeReg {
			text, err := io.ReadAll(r)
			fail(err)
			list += fmt.Sprintf("%s %s %s|", h.Name, h.FileInfo().Mode(), text)
		}
	}
}

func TestSums(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"b": "abc", "a": "", SumsName: "old"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const want = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a\nba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  b\n"
	if got, err := Sums(dir); err != nil || got != want {
		t.Errorf("%s, %v", got, err)
	}
}

// TestMissing: what is not there is an error that names it, and no empty file.
func TestMissing(t *testing.T) {
	for _, kind := range []string{".tar.gz", ".zip"} {
		if err := Write(filepath.Join(t.TempDir(), "x"+kind), "", []Entry{{Name: "a", From: "/nowhere/a"}}, at); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: %v", kind, err)
		}
	}
}
