package takes

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"sluice/localexport/snapshot"
	"sluice/takes/feed"
)

// TestPlacesAreSaidOnce: the reader of a source and the writer of a snapshot both know
// in which row they are.
func TestPlacesAreSaidOnce(t *testing.T) {
	const head = "-- PostgreSQL database dump\nCREATE TABLE a.label (labelid bigint, name text, namespace text);\n"
	for name, text := range map[string]string{
		"an empty key":          head + "COPY a.label (labelid, name, namespace) FROM stdin;\n1\tx\ty\n\\N\tx\ty\n\\.\n",
		"an empty key, INSERT":  head + "INSERT INTO a.label VALUES (1, 'x', 'y');\nINSERT INTO a.label VALUES (NULL, 'x', 'y');\n",
		"a key that is none":    head + "COPY a.label (labelid, name, namespace) FROM stdin;\n1\tx\ty\nz\tx\ty\n\\.\n",
		"a value too many":      head + "COPY a.label (labelid, name, namespace) FROM stdin;\n1\tx\ty\n2\tx\ty\tz\n\\.\n",
		"a value less, INSERT":  head + "INSERT INTO a.label VALUES (1, 'x', 'y'), (2, 'x');\n",
		"a key of another form": head + "INSERT INTO a.label VALUES (1, 'x', 'y'), ('z', 'x', 'y');\n",
	} {
		_, err := Take(t.Context(), "-", filepath.Join(t.TempDir(), "x.db"), Options{Stdin: strings.NewReader(text)})
		if !errors.Is(err, feed.ErrDamaged) || strings.Count(err.Error(), "table a.label, row 2") != 1 || strings.Count(err.Error(), "table") != 1 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWhatBreaksAPackedSource: what ends its reading is said, and not that it was
// damaged.
func TestWhatBreaksAPackedSource(t *testing.T) {
	whole, err := os.ReadFile(filepath.Join("testdata", "pg15-zlib.dump"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = Take(t.Context(), "-", filepath.Join(t.TempDir(), "x.db"), Options{Stdin: bytes.NewReader(whole[:len(whole)-len(whole)/4])})
	if err == nil || !strings.Contains(err.Error(), "the archive ends within the rows") || strings.Contains(err.Error(), "zlib") {
		t.Errorf("a cut archive: %v", err)
	}
	dump, err := os.ReadFile(filepath.Join("testdata", "pg15.sql"))
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(dump); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	broken := errors.New("the disk broke")
	for name, source := range map[string][]byte{"gzip": packed.Bytes(), "zlib": whole} {
		half := source[:len(source)/2]
		stdin := io.MultiReader(bytes.NewReader(half), readFunc(func([]byte) (int, error) { return 0, broken }))
		_, err := Take(t.Context(), "-", filepath.Join(t.TempDir(), "x.db"), Options{Stdin: stdin})
		if !errors.Is(err, broken) || strings.Contains(err.Error(), "damaged") || errors.Is(err, feed.ErrDamaged) {
			t.Errorf("%s that cannot be read on: %v", name, err)
		}
	}
}

// TestWhatIsSaidIsKept: what was odd about a source stands in the snapshot, for those
// who look at it later; that its end comes is told.
func TestWhatIsSaidIsKept(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("testdata", "pg15.sql"))
	if err != nil {
		t.Fatal(err)
	}
	cut, _, found := bytes.Cut(b, []byte("-- PostgreSQL database dump complete"))
	if !found {
		t.Fatal("the dump has no last line")
	}
	var last Progress
	out := filepath.Join(t.TempDir(), "out.db")
	r, err := Take(t.Context(), "-", out, Options{Stdin: bytes.NewReader(cut), Progress: func(p Progress) { last = p }})
	if err != nil || len(r.Doubts) == 0 || !last.Finishing || last.Rows == 0 {
		t.Fatalf("%+v, %v, %+v", r, err, last)
	}
	s, err := snapshot.Open(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	o, err := s.Origin(t.Context())
	if err != nil || !slices.Equal(o.Doubts, r.Doubts) || !slices.Equal(o.Notes, r.Notes) {
		t.Errorf("kept is %+v (%v), said was %+v", o, err, r)
	}
}
