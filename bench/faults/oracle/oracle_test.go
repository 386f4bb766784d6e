package oracle_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/bench/faults/oracle"
	"sluice/localexport/confluence"
	"sluice/localexport/demo"
	"sluice/localexport/snapshot"
)

// file is a file of an export, kept in memory.
type file struct{ bytes.Buffer }

func (*file) Commit() error { return nil }
func (*file) Close() error  { return nil }

// exported makes a demo snapshot and exports it.
func exported(t *testing.T) (path string, files map[string]*file) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "demo.db")
	if _, err := demo.Write(t.Context(), path, demo.Options{Pages: 40, Seed: 2}); err != nil {
		t.Fatal(err)
	}
	s, err := snapshot.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	files = map[string]*file{}
	o := confluence.Options{From: time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC), FullContent: true, PreserveLineBreaks: true, Location: time.UTC}
	_, err = confluence.Export(t.Context(), s, o, func(name string) (confluence.Output, error) {
		files[name] = &file{}
		return files[name], nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return path, files
}

// TestTruth: the exporter and the oracle, which share no code, agree about a
// whole snapshot; and a record more, less or changed is noticed.
func TestTruth(t *testing.T) {
	path, files := exported(t)
	truth, err := oracle.Read(t.Context(), path)
	if err != nil || len(truth.Doubts) > 0 {
		t.Fatal(truth.Doubts, err)
	}
	for _, name := range confluence.FileNames {
		records, err := csv.NewReader(&files[name].Buffer).ReadAll()
		if err != nil || len(records) < 5 {
			t.Fatalf("%s: %d records, %v", name, len(records), err)
		}
		f := truth.Files[name]
		compare := func(change string, records [][]string, want string) {
			t.Helper()
			if got := f.Compare(records[0], records[1:]); got != want && (want == "" || !strings.Contains(got, want)) {
				t.Errorf("%s, %s: %q, want %q", name, change, got, want)
			}
		}
		compare("as it is", records, "")
		compare("in another order", slices.Concat(records[:1], records[3:], records[1:3]), "")
		compare("one less", slices.Delete(slices.Clone(records), 2, 3), "is missing")
		compare("one twice", append(slices.Clone(records), records[2]), "is too much")
		changed := slices.Clone(records)
		changed[2] = slices.Clone(changed[2])
		changed[2][slices.Index(records[0], f.Columns[1])] += "x"
		compare("one cell", changed, f.Columns[1]+" is ")
	}
}

// TestDoubts: what SQLite cannot read is a doubt.
func TestDoubts(t *testing.T) {
	path, _ := exported(t)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, damaged := range map[string][]byte{"cut": b[:len(b)/2], "no database": []byte(strings.Repeat("no database ", 500))} {
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if truth, err := oracle.Read(t.Context(), path); err != nil || len(truth.Doubts) == 0 {
			t.Errorf("%s: %d doubts, %v", name, len(truth.Doubts), err)
		}
	}
}

func TestEqual(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"a\r\nb", "a\nb", true}, {"a\x00b", "a\ufffdb", true}, {"\xff\xfe", "\ufffd", true}, {"a", "b", false}, {"a", "", false}, {"a b", "a  b", false},
	} {
		if oracle.Equal(tt.a, tt.b) != tt.same {
			t.Errorf("Equal(%q, %q) is %v", tt.a, tt.b, !tt.same)
		}
	}
}
