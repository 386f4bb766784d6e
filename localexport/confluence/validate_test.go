package confluence

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"sluice/localexport/demo"
	"sluice/localexport/product"
	"sluice/localexport/snapshot"
	"sluice/pipeline"
)

// demoSnapshot opens a demo snapshot.
func demoSnapshot(t testing.TB, o demo.Options) *snapshot.Snapshot {
	t.Helper()
	path := filepath.Join(t.TempDir(), "demo.db")
	if _, err := demo.Write(t.Context(), path, o); err != nil {
		t.Fatal(err)
	}
	s, err := snapshot.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestValidateTellsConsistentFromInconsistent(t *testing.T) {
	for _, inconsistent := range []bool{false, true} {
		s := demoSnapshot(t, demo.Options{Pages: 300, Seed: 1, Inconsistent: inconsistent})
		for _, workers := range []int{1, 3} {
			c := product.NewCounters(fileCount)
			v, err := Validate(t.Context(), s, Options{Workers: workers}, c)
			if err != nil {
				t.Fatal(err)
			}
			if v.Consistent == inconsistent {
				t.Errorf("inconsistent %v: verdict %+v", inconsistent, v)
			}
			if c.CheckTotal.Load() == 0 || c.Checked.Load() != c.CheckTotal.Load() {
				t.Errorf("checked %d of %d", c.Checked.Load(), c.CheckTotal.Load())
			}
			if !inconsistent {
				continue
			}
			if len(v.Findings) != 1 || v.Findings[0].Key != pipeline.KeyPreValidation ||
				!strings.Contains(v.Findings[0].Message, "bodycontent(contentid)") || !strings.Contains(v.Findings[0].Message, "missing") {
				t.Errorf("findings %+v", v.Findings)
			}
		}
	}
}

func TestValidateIsCancelled(t *testing.T) {
	s := demoSnapshot(t, demo.Options{Pages: 50, Seed: 1})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Validate(ctx, s, Options{}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

var demoOptions = demo.Options{Pages: 500, Seed: 3}
