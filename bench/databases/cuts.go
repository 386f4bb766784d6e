package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"

	"sluice/takes"
	"sluice/takes/feed"
)

// cutDumps cuts a dump in each form at many places. What comes of it must be an
// error about the source, or all of its rows, or a doubt that is told where the tool
// may leave out what marks the end.
func (c *cluster) cutDumps(ctx context.Context) {
	if c.r.newer {
		return // the same pg_dump does it for its own server
	}
	c.w.schema = "public"
	for _, f := range forms {
		if f.stdin {
			continue // the same bytes
		}
		c.w.try(c.r.String(), "cut at many places: "+f.name, func() (string, error) {
			path, err := c.dump(ctx, wiki, f)
			if err != nil {
				return "", err
			}
			defer os.RemoveAll(path)
			if f.kind == folderKind {
				return c.w.cutFolder(ctx, path)
			}
			return c.w.cutFile(ctx, path)
		})
	}
}

// cutFile cuts a file, at random places and near its end.
func (w *workshop) cutFile(ctx context.Context, path string) (string, error) {
	whole, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	want, err := w.takeHere(ctx, path)
	if err != nil {
		return "", err
	}
	cut, r := filepath.Join(w.dir, "cut"), rand.New(rand.NewPCG(1, uint64(len(whole))))
	defer os.Remove(cut)
	var t cuts
	for i := range w.cuts {
		n := r.IntN(len(whole))
		if i%2 == 0 {
			n = len(whole) - 1 - r.IntN(min(len(whole)-1, 1<<(i%20)))
		}
		if err := os.WriteFile(cut, whole[:n], 0o600); err != nil {
			return "", err
		}
		if err := t.add(w, ctx, cut, want, fmt.Sprintf("%d of %d bytes", n, len(whole))); err != nil {
			return "", err
		}
	}
	return t.String(), nil
}

// cutFolder cuts each file of a folder, and takes each away.
func (w *workshop) cutFolder(ctx context.Context, path string) (string, error) {
	want, err := w.takeHere(ctx, path)
	if err != nil {
		return "", err
	}
	files, err := os.ReadDir(path)
	if err != nil {
		return "", err
	}
	var t cuts
	r := rand.New(rand.NewPCG(2, uint64(len(files))))
	for _, f := range files {
		name := filepath.Join(path, f.Name())
		whole, err := os.ReadFile(name)
		if err != nil {
			return "", err
		}
		for range max(1, w.cuts/len(files)) {
			if err := os.WriteFile(name, whole[:r.IntN(len(whole)+1)*9/10], 0o600); err != nil {
				return "", err
			}
			if err := t.add(w, ctx, path, want, f.Name()); err != nil {
				return "", err
			}
		}
		if err := os.Remove(name); err != nil {
			return "", err
		}
		if f.Name() != "toc.dat" { // without which it is no dump
			if err := t.add(w, ctx, path, want, f.Name()+" is missing"); err != nil {
				return "", err
			}
		}
		if err := os.WriteFile(name, whole, 0o600); err != nil {
			return "", err
		}
	}
	return t.String(), nil
}

// cuts counts what became of cut dumps.
type cuts struct{ errors, doubts, whole int }

func (t cuts) String() string {
	return fmt.Sprintf("%d errors, %d with all rows, %d with a warning", t.errors, t.whole, t.doubts)
}

// add takes a snapshot of a cut dump. The error says what was passed over.
func (t *cuts) add(w *workshop, ctx context.Context, path, want, where string) error {
	got, err := w.takeHere(ctx, path)
	var doubt errDoubt
	switch {
	case errors.As(err, &doubt):
		t.doubts++
	case errors.Is(err, feed.ErrDamaged):
		t.errors++
	case err != nil:
		return fmt.Errorf("%s: not told as a damaged source: %w", where, err)
	case got != want:
		return fmt.Errorf("%s: rows are missing without a word", where)
	default:
		t.whole++
	}
	return ctx.Err()
}

// errDoubt is a snapshot with a warning.
type errDoubt struct{ text string }

func (e errDoubt) Error() string { return e.text }

// takeHere takes a snapshot without a process of its own, and returns how many rows
// of each table it holds.
func (w *workshop) takeHere(ctx context.Context, path string) (string, error) {
	out := filepath.Join(w.dir, "cut.db")
	report, err := takes.Take(ctx, path, out, takes.Options{Schema: w.schema, Replace: true})
	if err != nil {
		return "", err
	}
	defer os.Remove(out)
	if len(report.Doubts) > 0 {
		return "", errDoubt{report.Doubts[0]}
	}
	var b bytes.Buffer
	for _, t := range report.Tables {
		fmt.Fprintln(&b, t.Table, t.Rows)
	}
	return b.String(), nil
}
