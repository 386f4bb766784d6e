package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"sluice/localexport/demo"
)

// specimen is a snapshot and what its export is when nothing goes wrong.
type specimen struct {
	w        *workshop
	snapshot string
	flags    []string          // of its exports, beyond those of arguments
	right    map[string]string // SHA-256 of each file by its name ("pages", …)
	took     time.Duration     // of the export
}

// fromAll is a from date before all data.
const fromAll = "1990-01-01T00:00Z"

// arguments are those of an export into a home.
func (s *specimen) arguments(home string, more ...string) []string {
	args := append([]string{"export", "--snapshot", s.snapshot, "--home", home, "--from-date", fromAll,
		"--min-free-space", "-1", "--time-zone", demo.TimeZone}, s.flags...)
	return append(args, more...)
}

// demoSpecimen makes a demo snapshot, lets change have its way with it, and
// exports it.
func (w *workshop) demoSpecimen(ctx context.Context, name string, pages int, change func(path string) error, flags ...string) (*specimen, error) {
	s := &specimen{w: w, snapshot: filepath.Join(w.dir, name+".db"), flags: flags}
	if _, err := demo.Write(ctx, s.snapshot, demo.Options{Pages: pages, Seed: int64(w.seed % 1000), Overwrite: true}); err != nil {
		return nil, err
	}
	if change != nil {
		if err := change(s.snapshot); err != nil {
			return nil, fmt.Errorf("change %s: %w", s.snapshot, err)
		}
	}
	home, err := w.folder()
	if err != nil {
		return nil, err
	}
	e, err := w.run(ctx, s.arguments(home)...)
	if err != nil {
		return nil, err
	}
	if e.code != 0 {
		return nil, fmt.Errorf("the uninterrupted export failed: %s", e.says())
	}
	s.took = e.took
	if s.right, err = sums(filepath.Join(exports(home), "1")); err != nil {
		return nil, err
	}
	if len(s.right) != 5 {
		return nil, fmt.Errorf("the uninterrupted export has %d files, not 5", len(s.right))
	}
	return s, os.RemoveAll(home)
}

// exports is the folder of the exports of a home.
func exports(home string) string { return filepath.Join(home, "data-pipeline", "export") }

// sums are the SHA-256 of the files of a job that have their final names, by
// what stands before "_job".
func sums(dir string) (map[string]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	for _, entry := range entries {
		name, _, ok := strings.Cut(entry.Name(), "_job")
		if !ok || !strings.HasSuffix(entry.Name(), ".csv") {
			continue
		}
		if all[name], err = sum(filepath.Join(dir, entry.Name())); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func sum(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// jobFolders are the folders of jobs in a home, by id.
func jobFolders(home string) (map[int64]string, error) {
	entries, err := os.ReadDir(exports(home))
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	all := map[int64]string{}
	for _, entry := range entries {
		if id, err := strconv.ParseInt(entry.Name(), 10, 64); err == nil {
			all[id] = filepath.Join(exports(home), entry.Name())
		}
	}
	return all, nil
}
