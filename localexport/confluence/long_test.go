package confluence

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sluice/localexport/record/csv"
	"sluice/localexport/snapshot"
)

// TestLongBodyIsTheSame compares a body that is written in pieces with the same
// one in one piece, with special characters at their ends.
func TestLongBodyIsTheSame(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	body := strings.Repeat("x", longBody)
	for len(body) < longBody+4*bodyPiece {
		body += strings.Repeat("y", r.IntN(bodyPiece)) + []string{"\r\n", "\r", "\n", "\"", ",", "\x00", "é", "\r\r\n"}[r.IntN(8)]
	}
	// Breaks of two bytes astride the ends of pieces.
	b := []byte(body)
	for at := bodyPiece; at < len(b); at += 2 * bodyPiece {
		b[at-1], b[at] = '\r', '\n'
	}
	path := edge(t)
	put(t, path, "UPDATE bodycontent SET body = ? WHERE bodycontentid = 1", string(b))
	for _, o := range []Options{{}, {PreserveLineBreaks: true, KeepNUL: true}, {LineBreakEscape: ","}} {
		o.FullContent = true
		enc := csv.New(csv.Options{PreserveLineBreaks: o.PreserveLineBreaks, Escape: o.LineBreakEscape, KeepNUL: o.KeepNUL})
		want := "Engineering Home,current," + string(enc.AppendField(nil, b)) + ","
		for _, name := range two {
			way := engines[name]
			way.FullContent, way.PreserveLineBreaks, way.KeepNUL, way.LineBreakEscape = true, o.PreserveLineBreaks, o.KeepNUL, o.LineBreakEscape
			m, res := export(t, path, way)
			if !strings.Contains(m.files["pages"].String(), want) {
				t.Errorf("%s, %+v: the body is not the same", name, o)
			}
			if said := strings.Contains(diagnostic(res, KeyNULReplaced), "page_content of pages"); said == o.KeepNUL {
				t.Errorf("%s, %+v: said to have replaced U+0000: %v", name, o, said)
			}
		}
	}
}

// TestManyLabels compares the cell of many labels with that of a few, and the two
// forms of it.
func TestManyLabels(t *testing.T) {
	const many = manyLabels + 5000
	path := edge(t, fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
		INSERT INTO label (labelid, name, namespace) SELECT 70000 + i, 'l' || char(34, 92, 10, 8232) || i, 'global' FROM n`, many),
		fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
		INSERT INTO content_label (id, labelid, contentid) SELECT 70000 + i, 70000 + i, 1005 FROM n`, many))
	var names []string
	for i := range many {
		names = append(names, fmt.Sprintf("l\"\\\n\u2028%d", i+1))
	}
	slices.Sort(names)
	var quoted []string
	for _, name := range names {
		quoted = append(quoted, strconv.Quote(name))
	}
	enc := csv.New(csv.Options{})
	for form, cell := range map[LabelForm]string{LabelsJSON: "[" + strings.Join(quoted, ", ") + "]", LabelsCommas: strings.Join(names, ",")} {
		want := "," + string(enc.AppendField(nil, []byte(cell))) + ","
		for name, o := range engines {
			o.Labels = form
			if m, _ := export(t, path, o); !strings.Contains(m.files["pages"].String(), want) {
				t.Errorf("%s, form %d: the labels are not there", name, form)
			}
		}
	}
}

func TestLabelNames(t *testing.T) {
	l := newLabelNames(0, 0)
	for _, x := range []struct {
		id   int64
		name string
	}{{9, "b"}, {3, "a"}, {7, "b"}, {3, "c\"\xff"}, {1, ""}} {
		if err := l.add(x.id, []byte(x.name)); err != nil {
			t.Fatal(err)
		}
	}
	l.sort()
	for id, want := range map[int64]string{9: "b", 7: "b", 3: "c\"\xff", 1: "", 2: "none"} {
		rank, ok := l.rankOf(id)
		got := "none"
		if ok {
			got = string(l.Text(rank))
		}
		if got != want {
			t.Errorf("label %d is %q, want %q", id, got, want)
		}
	}
	if l.Len() != 4 {
		t.Errorf("%d names, want 4", l.Len())
	}
	if a, b := must(l.rankOf(9)), must(l.rankOf(7)); a != b {
		t.Errorf("equal names have the ranks %d and %d", a, b)
	}
	empty := newLabelNames(0, 0)
	empty.sort()
	if _, ok := empty.rankOf(1); ok {
		t.Error("a label is found where there are none")
	}
}

func must(rank int32, _ bool) int32 { return rank }

// discard is a destination that keeps a digest, and how much of the heap was in use
// at most.
type discard struct {
	hash.Hash
	peak *uint64
}

func (d discard) Write(b []byte) (int, error) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	*d.peak = max(*d.peak, m.HeapInuse)
	return d.Hash.Write(b)
}

func (discard) Commit() error { return nil }
func (discard) Close() error  { return nil }

// TestMemoryIsFlat: a long body and many labels do not come as a whole into the
// memory that Go manages; SQLite has its own, of which it takes pieces.
func TestMemoryIsFlat(t *testing.T) {
	if testing.Short() {
		t.Skip("makes a file of 60 MB")
	}
	path := edge(t)
	put(t, path, "UPDATE bodycontent SET body = ? WHERE bodycontentid = 1", strings.Repeat("a \"b\" c\ndefg", 4_000_000))
	for _, name := range two {
		o := engines[name]
		o.FullContent, o.From, o.Location, o.TempDir = true, time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC), berlin, t.TempDir()
		s, err := snapshot.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		runtime.GC()
		peak := uint64(0)
		r, err := Export(t.Context(), s, o, func(string) (Output, error) { return discard{sha256.New(), &peak}, nil }, nil)
		if err != nil || r.Files[filePages].Bytes < 52_000_000 {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
		// Three buffers of about 1 MB for each of three workers, and what else there is.
		if peak > 40<<20 {
			t.Errorf("%s: %d MB of the heap were in use for a body of 52 MB", name, peak>>20)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

var _ io.Writer = discard{}

// put runs a statement with a value.
func put(t *testing.T, path, statement string, value any) {
	t.Helper()
	db := openQuick(t, path)
	if _, err := db.Exec(statement, value); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
