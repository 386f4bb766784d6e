package confluence

import (
	"math"
	"runtime"
	"testing"
	"time"

	"sluice/columns"
	"sluice/localexport/demo"
	"sluice/localexport/snapshot"
	"sluice/localexport/sqlitefile"
)

// TestNothingIsAllocatedPerRow reads the large tables twice with one reader and
// counts the allocations of the second time.
func TestNothingIsAllocatedPerRow(t *testing.T) {
	path := demoSnapshot(t, demo.Options{Pages: 1500, Seed: 5}).Path()
	e := prepared(t, path, Options{From: time.Unix(0, 0)})
	files, err := e.files(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, fast := range []bool{true, false} {
		for _, i := range []int{filePages, fileComments, fileEvents} {
			err := e.file.Read(t.Context(), func(r *sqlitefile.Reader) error {
				if !fast {
					r = nil
				}
				out := &output{Encoder: e.format.Encoder(columns.Confluence[i])}
				out.Reuse(nil)
				x, err := e.openReader(t.Context(), r, &out.notes, files[i].open)
				if err != nil {
					return err
				}
				defer x.close()
				if two, ok := x.(*tiered); ok != fast || fast && two.fast == nil {
					t.Fatalf("%s: the wrong reader", FileNames[i])
				}
				var rows int64
				out.send = func(bool, error) error {
					rows += out.rows
					out.rows = 0
					out.Reuse(out.Take())
					return nil
				}
				once := func() uint64 {
					var before, after runtime.MemStats
					runtime.ReadMemStats(&before)
					if err := x.read(math.MinInt64, math.MaxInt64, out); err != nil {
						t.Fatal(err)
					}
					runtime.ReadMemStats(&after)
					return after.Mallocs - before.Mallocs
				}
				once()
				if c := out.Take(); c != nil {
					out.Reuse(c)
				}
				rows, out.rows = 0, 0
				allocations := once()
				if rows += out.rows; rows < 1000 || float64(allocations)/float64(rows) > 0.02 {
					t.Errorf("%s, without SQLite %v: %d allocations for %d records", FileNames[i], fast, allocations, rows)
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		}
	}
}

var _ reader = (*tiered)(nil)
var _ snapshot.Row = keyOf{}
