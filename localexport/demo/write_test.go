package demo

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRefusesWhatItMustNotReplace(t *testing.T) {
	const mine = "somebody's work"
	for _, c := range []struct {
		name      string
		existing  string // file that is there, below the directory
		overwrite bool
		ok        bool
	}{
		{"file", "demo.db", false, false},
		{"unfinished file", "demo.db.partial", false, false},
		{"file, overwrite", "demo.db", true, true},
		{"unfinished file, overwrite", "demo.db.partial", true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			existing, path := filepath.Join(dir, c.existing), filepath.Join(dir, "demo.db")
			if err := os.WriteFile(existing, []byte(mine), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := Write(t.Context(), path, Options{Pages: 1, Overwrite: c.overwrite})
			if c.ok {
				if err != nil {
					t.Fatal(err)
				}
				if n := count(t, open(t, path), "SELECT count(*) FROM confversion"); n != 3 {
					t.Errorf("%d rows in confversion, want 3", n)
				}
				return
			}
			if !errors.Is(err, os.ErrExist) || !strings.Contains(err.Error(), existing) {
				t.Errorf("error is %v; want one that names %s and is os.ErrExist", err, existing)
			}
			if data, err := os.ReadFile(existing); err != nil || string(data) != mine {
				t.Errorf("the existing file holds %q (%v)", data, err)
			}
		})
	}
}

func TestBadArguments(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		path  string
		pages int
		say   string
	}{
		{filepath.Join(dir, "demo.db"), 0, "number of pages is 0"},
		{filepath.Join(dir, "demo.db"), -4, "number of pages is -4"},
		{filepath.Join(dir, "demo.db"), MaxPages + 1, "must be between 1 and"},
		{filepath.Join(dir, "missing", "demo.db"), 1, "there is no folder"},
		{dir, 1, "is a directory"},
	} {
		_, err := Write(t.Context(), c.path, Options{Pages: c.pages, Overwrite: true})
		if err == nil || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s, %d pages: error is %v, want %q", c.path, c.pages, err, c.say)
		}
	}
	if left := dirNames(t, dir); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestCancellationLeavesNothing(t *testing.T) {
	for _, c := range []struct {
		name string
		at   func(done int64) bool
	}{
		{"before the first page", func(done int64) bool { return true }},
		{"between pages", func(done int64) bool { return done >= 500 }},
		{"between indexes", func(done int64) bool { return done > 600 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			dir := t.TempDir()
			_, err := write(ctx, filepath.Join(dir, "demo.db"), Options{Pages: 600, Progress: func(done, _ int64) {
				if c.at(done) {
					cancel()
				}
			}}, 0)
			if !errors.Is(err, context.Canceled) {
				t.Errorf("error is %v, want context.Canceled", err)
			}
			if left := dirNames(t, dir); len(left) > 0 {
				t.Errorf("left behind: %q", left)
			}
		})
	}
	t.Run("before the start", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		dir := t.TempDir()
		if _, err := Write(ctx, filepath.Join(dir, "demo.db"), Options{Pages: 1}); !errors.Is(err, context.Canceled) {
			t.Errorf("error is %v, want context.Canceled", err)
		}
		if left := dirNames(t, dir); len(left) > 0 {
			t.Errorf("left behind: %q", left)
		}
	})
}

// TestReplacedPartial has another run take over the partial file: the first one must neither finish nor remove it.
func TestReplacedPartial(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "demo.db")
	swapped := false
	_, err := Write(t.Context(), path, Options{Pages: 10, Progress: func(done, total int64) {
		if done < total {
			return
		}
		swapped = true
		if err := os.Remove(path + ".partial"); err != nil {
			t.Error(err)
		}
		if err := os.WriteFile(path+".partial", []byte("other"), 0o600); err != nil {
			t.Error(err)
		}
	}})
	if !swapped || err == nil || !strings.Contains(err.Error(), "replaced while it was being written") {
		t.Errorf("error is %v, want that the file was replaced", err)
	}
	if left := dirNames(t, dir); len(left) != 1 || left[0] != "demo.db.partial" {
		t.Errorf("directory holds %q, want the other run's partial file", left)
	}
}

func TestProgress(t *testing.T) {
	var last, lastTotal int64 = -1, 0
	_, err := write(t.Context(), filepath.Join(t.TempDir(), "demo.db"), Options{Pages: 1200, Progress: func(done, total int64) {
		if done <= last || done > total || (lastTotal != 0 && total != lastTotal) {
			t.Errorf("progress %d of %d after %d of %d", done, total, last, lastTotal)
		}
		last, lastTotal = done, total
	}}, 0)
	if err != nil {
		t.Fatal(err)
	}
	if last != lastTotal || last < 1200 {
		t.Errorf("the last report is %d of %d", last, lastTotal)
	}
}

// dirNames returns the names in a directory.
func dirNames(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
