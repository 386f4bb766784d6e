package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/bench/memory"
	"sluice/bench/product"
	"sluice/localexport/demo"
	"sluice/localexport/disk"
	"sluice/pipeline"
)

// few says how many faults of each kind a test makes: seconds for each.
var few = map[string]int{"kills": 14, "errors": 14, "layer": 10, "disks": 18, "snapshots": 24, "network": 80}

// TestCampaign is a short campaign. Everything is survived.
func TestCampaign(t *testing.T) {
	sluice := filepath.Join(t.TempDir(), "sluice")
	if err := product.Build(t.Context(), sluice); err != nil {
		t.Fatal(err)
	}
	for _, k := range kinds {
		t.Run(k.name, func(t *testing.T) {
			var out strings.Builder
			w := &workshop{sluice: sluice, dir: inMemory(t), seed: 1, parallel: 2, out: &out}
			count, ok := few[k.name]
			if !ok {
				t.Fatal("the kind has no number for tests")
			}
			x, err := w.make(t.Context(), k, count)
			if err != nil {
				t.Fatal(err)
			}
			if x.skipped != nil {
				t.Skip(x.skipped)
			}
			if x.by[survived] != x.made() || x.made() < count/2 {
				t.Errorf("%d of %d faults were made, %d survived:\n%s", x.made(), count, x.by[survived], out.String())
			}
		})
	}
}

// inMemory is a folder that lasts as long as the test.
func inMemory(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp(memory.Folder(), "sluice-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// TestOutcomesCount: what goes wrong shows in the table and in the error.
func TestOutcomesCount(t *testing.T) {
	outcomes := []outcome{{}, fine("a"), loss("b"), falsehood("c"), {panicked, "d"}, fine("e")}
	k := kind{name: "kills", begin: func(context.Context, *workshop, int) (attempt, error) {
		return func(_ context.Context, n int, _ *rand.Rand) outcome { return outcomes[n] }, nil
	}}
	var out strings.Builder
	w := &workshop{seed: 9, parallel: 1, out: &out}
	x, err := w.make(t.Context(), k, len(outcomes))
	if err != nil {
		t.Fatal(err)
	}
	if err := report(&out, []*tally{x}); !errors.Is(err, errFaults) {
		t.Errorf("the error is %v", err)
	}
	for _, want := range []string{"LOST: b", "-seed 9 -case kills:2", "WRONGLY COMPLETE: c", "PANIC: d", "kills  5     2         1     1                 1       1"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in\n%s", want, out.String())
		}
	}
	x.by = [panicked + 1]int{survived: 3}
	if err := report(&out, []*tally{x}); err != nil {
		t.Errorf("all survived: %v", err)
	}
}

// TestFalseHomes: a home in which something is wrong is not judged to be right.
func TestFalseHomes(t *testing.T) {
	s, home := exported(t)
	folder := filepath.Join(exports(home), "1")
	pages, err := filepath.Glob(filepath.Join(folder, "pages_*.csv"))
	if err != nil || len(pages) != 1 {
		t.Fatal(pages, err)
	}
	if o := s.judge(t.Context(), judged{home: home, exited: true}); o.verdict != survived {
		t.Fatalf("a right home: %s %s", o.verdict, o.note)
	}
	for _, tt := range []struct {
		name  string
		want  verdict
		spoil func(home string) error
	}{
		{"one byte is different", wronglyComplete, func(home string) error { return changeByte(filepath.Join(exports(home), "1", filepath.Base(pages[0]))) }},
		{"a file is gone", wronglyComplete, func(home string) error { return os.Remove(filepath.Join(exports(home), "1", filepath.Base(pages[0]))) }},
		{"the manifest is gone", wronglyComplete, func(home string) error { return os.Remove(filepath.Join(exports(home), "1", "manifest.json")) }},
		{"the folder is gone", wronglyComplete, func(home string) error { return os.RemoveAll(filepath.Join(exports(home), "1")) }},
		{"the history is gone", wronglyComplete, func(home string) error { return os.Remove(filepath.Join(home, "data-pipeline", "jobs.db")) }},
		{"the history is damaged", lost, func(home string) error { return changeByte(filepath.Join(home, "data-pipeline", "jobs.db")) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			copied := filepath.Join(t.TempDir(), "home")
			if err := os.CopyFS(copied, os.DirFS(home)); err != nil {
				t.Fatal(err)
			}
			if err := tt.spoil(copied); err != nil {
				t.Fatal(err)
			}
			if o := s.judge(t.Context(), judged{home: copied, exited: true}); o.verdict != tt.want {
				t.Errorf("%s: %s, want %s", o.verdict, o.note, tt.want)
			}
		})
	}
}

// exported makes a home with one export.
func exported(t *testing.T) (*specimen, string) {
	t.Helper()
	w := &workshop{dir: t.TempDir()}
	s := &specimen{w: w, snapshot: filepath.Join(w.dir, "s.db")}
	if _, err := demo.Write(t.Context(), s.snapshot, demo.Options{Pages: 20}); err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(w.dir, "home")
	if job, err := s.exportOn(t.Context(), disk.Real{}, home); err != nil || job.Status != pipeline.Completed {
		t.Fatal(job, err)
	}
	var err error
	if s.right, err = sums(filepath.Join(exports(home), "1")); err != nil || len(s.right) != 5 {
		t.Fatal(s.right, err)
	}
	return s, home
}

func changeByte(path string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	b[0] ^= 1
	return os.WriteFile(path, b, 0o600)
}
