package inuse

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestReadersAndAWriter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte("content"), 0o600); err != nil {
		t.Fatal(err)
	}
	open := func() *os.File {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		return f
	}
	first, second, writer := open(), open(), open()
	for _, f := range []*os.File{first, second} {
		if err := Read(f); err != nil {
			t.Fatalf("reading: %v", err)
		}
	}
	other := open() // closing it takes nobody's lock away
	other.Close()
	first.Close()
	if err := Change(writer); !errors.Is(err, ErrInUse) {
		t.Fatalf("changing what is read: %v", err)
	}
	second.Close()
	if err := Change(writer); err != nil {
		t.Fatalf("changing what nobody reads any more: %v", err)
	}
	for name, ask := range map[string]func(*os.File) error{"reading": Read, "changing": Change} {
		if err := ask(open()); !errors.Is(err, ErrInUse) {
			t.Errorf("%s what is changed: %v", name, err)
		}
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "content" {
		t.Errorf("who does not ask reads %q, %v", b, err)
	}
	writer.Close()
	if err := Read(open()); err != nil {
		t.Errorf("reading afterwards: %v", err)
	}
}
