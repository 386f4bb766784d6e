package localexport

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/pipeline"
	"sluice/retention"
)

// TestKept: the bounds of a home are there without opening it, and go again; what cannot be
// read is an error and no bound.
func TestKept(t *testing.T) {
	o := testOptions(t)
	e := openFake(t, newFake(), o)
	if s, err := KeptIn(o.Home); err != nil || s != (retention.Settings{}) {
		t.Errorf("%+v, %v", s, err)
	}
	want := retention.Settings{Keep: 3, MaxAge: "90d", MaxSize: "5GB", PartialAge: "1d"}
	if err := e.SetKept(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	if s, err := e.Kept(t.Context()); err != nil || s != want {
		t.Errorf("%+v, %v", s, err)
	}
	if err := e.SetKept(t.Context(), retention.Settings{MaxAge: "soon"}); err == nil || !strings.Contains(err.Error(), "no age") {
		t.Errorf("%v", err)
	}
	file := filepath.Join(o.Home, rootName, keptFile)
	// The last one is written over: a file of a newer version would be left as it is.
	for _, c := range [][2]string{{`{"version": 9}`, "newer Sluice"}, {`{"maxAge": "soon"}`, "no age"}, {`{`, "set it again"}} {
		text, says := c[0], c[1]
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := KeptIn(o.Home); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", text, err)
		}
	}
	if err := e.SetKept(t.Context(), retention.Settings{}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Errorf("the file is there still: %v", err)
	}
}

// TestRemoveFiles: of one job, the newest too; what is spared stays when the bounds would let
// it go.
func TestRemoveFiles(t *testing.T) {
	e := openFake(t, newFake(), testOptions(t))
	for range 2 {
		runToEnd(t, e, pipeline.Request{})
	}
	if c, err := e.RemoveFiles(t.Context(), 2, true); err != nil || c.Reason != retention.ReasonAsked || c.Bytes == 0 {
		t.Fatalf("%+v, %v", c, err)
	}
	if n, _ := filesOf(t, e, 2); n == 0 {
		t.Fatal("a dry run removed files")
	}
	first, err := e.Prune(t.Context(), retention.Policy{Keep: 1}, false, e.home.folder(pipeline.Job{ID: 1}))
	if err != nil || len(first) != 2 || first[1].Reason != retention.ReasonOwed {
		t.Errorf("%+v, %v", first, err)
	}
	if n, _ := filesOf(t, e, 1); n == 0 {
		t.Error("what is spared was removed")
	}
	if c, err := e.RemoveFiles(t.Context(), 2, false, e.home.folder(pipeline.Job{ID: 2})); err != nil || c.Reason != retention.ReasonOwed {
		t.Errorf("%+v, %v", c, err)
	}
	if n, _ := filesOf(t, e, 2); n == 0 {
		t.Error("what is spared was removed since somebody asked")
	}
	if _, err := e.RemoveFiles(t.Context(), 2, false); err != nil {
		t.Fatal(err)
	}
	if n, manifest := filesOf(t, e, 2); n > 0 || !manifest {
		t.Errorf("%d files, manifest %t", n, manifest)
	}
	for _, id := range []int64{2, 7} {
		if _, err := e.RemoveFiles(t.Context(), id, false); err == nil || !strings.Contains(err.Error(), "has no files here") {
			t.Errorf("job %d: %v", id, err)
		}
	}
}
