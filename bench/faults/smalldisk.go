package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// smallDisk is a disk of its own, as large as it is wanted to be.
type smallDisk struct {
	path string
}

// plentySize and plentyNodes are enough for anything here.
const (
	plentySize  = 64 << 20
	plentyNodes = 10_000
)

// ballast fills what is left of the disk up to some bytes.
func (d smallDisk) ballast(left int64) (err error) {
	free, err := freeBytes(d.path)
	if err != nil || free <= left {
		return err
	}
	f, err := os.Create(filepath.Join(d.path, "ballast"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_, err = io.CopyN(f, zeros{}, free-left)
	if errors.Is(err, syscall.ENOSPC) {
		err = nil
	}
	return err
}

// zeros is an endless file of zeros.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

// fillLater fills the disk after a time. Stop waits for it.
func (d smallDisk) fillLater(ctx context.Context, after time.Duration) (stop func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		pause(ctx, after)
		_ = d.ballast(0) // what is on the disk afterwards is what counts
	}()
	return func() { <-done }
}
