//go:build unix

package takes

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestASilentPipeIsGivenUp cancels a snapshot whose source sends nothing: before it
// is opened by who writes to it, from the start, and in the middle of a dump.
func TestASilentPipeIsGivenUp(t *testing.T) {
	text, err := os.ReadFile("testdata/pg15.sql")
	if err != nil {
		t.Fatal(err)
	}
	for name, sent := range map[string]int{"not opened": -1, "nothing": 0, "a part": len(text) / 2} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			source, ctx, cancel := filepath.Join(dir, "pipe"), t.Context(), context.CancelFunc(nil)
			if err := syscall.Mkfifo(source, 0o600); err != nil {
				t.Skip(err)
			}
			ctx, cancel = context.WithCancel(ctx)
			defer cancel()
			ended := make(chan error, 1)
			go func() {
				_, err := Take(ctx, source, filepath.Join(dir, "out.db"), Options{})
				ended <- err
			}()
			if sent >= 0 {
				w, err := os.OpenFile(source, os.O_WRONLY, 0)
				if err != nil {
					t.Fatal(err)
				}
				defer w.Close()
				if _, err := w.Write(text[:sent]); err != nil {
					t.Fatal(err)
				}
			}
			cancel()
			if err := <-ended; !errors.Is(err, context.Canceled) {
				t.Errorf("error %v", err)
			}
			if left, _ := os.ReadDir(dir); len(left) > 1 {
				t.Errorf("left: %v", left)
			}
			if w, err := os.OpenFile(source, os.O_WRONLY|syscall.O_NONBLOCK, 0); err == nil {
				w.Close() // lets go who still waits for it
			}
		})
	}
}

// TestANamedPipeIsReadAsAStream takes a snapshot of an archive with offsets, to which
// a pipe cannot go.
func TestANamedPipeIsReadAsAStream(t *testing.T) {
	dump, err := os.ReadFile("testdata/pg15-zlib.dump")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	source := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(source, 0o600); err != nil {
		t.Skip(err)
	}
	wrote := make(chan error, 1)
	go func() { wrote <- os.WriteFile(source, dump, 0) }()
	piped, err := Take(t.Context(), source, filepath.Join(dir, "piped.db"), Options{})
	if err := errors.Join(err, <-wrote); err != nil {
		t.Fatal(err)
	}
	whole, err := Take(t.Context(), "-", filepath.Join(dir, "whole.db"), Options{Stdin: bytes.NewReader(dump)})
	if err != nil {
		t.Fatal(err)
	}
	if len(piped.Tables) == 0 || len(piped.Tables) != len(whole.Tables) || piped.Bytes != whole.Bytes {
		t.Errorf("%+v of a pipe, %+v else", piped, whole)
	}
}
