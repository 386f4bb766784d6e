// Package disktest gives tests a small disk of their own, and fills it.
package disktest

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// Fill takes all room on the disk of a folder, or all inodes, and returns how to
// give it back.
func Fill(t testing.TB, dir string, inodes bool) (empty func()) {
	t.Helper()
	var made []string
	empty = func() {
		for _, path := range made {
			if err := os.Remove(path); err != nil {
				t.Error(err)
			}
		}
	}
	for i := 0; ; i++ {
		path := filepath.Join(dir, fmt.Sprintf("filler%d", i))
		f, err := os.Create(path)
		if err == nil {
			made = append(made, path)
			if !inodes {
				_, err = io.Copy(f, zeros{})
			}
			err = errors.Join(err, f.Close())
		}
		switch {
		case errors.Is(err, syscall.ENOSPC):
			return empty
		case err != nil:
			t.Error(err)
			return empty
		}
	}
}

// zeros is an endless reader.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }
