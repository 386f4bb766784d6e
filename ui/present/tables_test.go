package present

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sluice/pipeline"
)

// TestTablesOf: a table that was written in two formats is one table, with a choice of
// formats, which stays when another table is chosen.
func TestTablesOf(t *testing.T) {
	file := func(name, path string, rows int64) pipeline.File {
		return pipeline.File{Name: name, Path: path, Rows: rows, Bytes: 2000}
	}
	both := []pipeline.File{file("users", "u.csv", 5), file("users.parquet", "u.parquet", 5), file("pages", "p.csv", 7), file("pages.parquet", "p.parquet", 7), file("spaces", "s.csv", -1)}
	for _, c := range []struct {
		name, chosen string
		files        []pipeline.File
		tables       []TableChip
		formats      []FormatChip
	}{
		{"CSV of both", "p.csv", both,
			[]TableChip{{"users", "5", "u.csv", false}, {"pages", "7", "p.csv", true}, {"spaces", "2.0 kB", "s.csv", false}},
			[]FormatChip{{"CSV", "p.csv", true}, {"Parquet", "p.parquet", false}}},
		{"Parquet of both", "p.parquet", both,
			[]TableChip{{"users", "5", "u.parquet", false}, {"pages", "7", "p.parquet", true}, {"spaces", "2.0 kB", "s.csv", false}},
			[]FormatChip{{"CSV", "p.csv", false}, {"Parquet", "p.parquet", true}}},
		{"one format only", "s.csv", both,
			[]TableChip{{"users", "5", "u.csv", false}, {"pages", "7", "p.csv", false}, {"spaces", "2.0 kB", "s.csv", true}}, nil},
		{"named alike in a folder", "p.parquet", []pipeline.File{file("pages", "p.csv", -1), file("pages", "p.parquet", -1)},
			[]TableChip{{"pages", "2.0 kB", "p.parquet", true}}, []FormatChip{{"CSV", "p.csv", false}, {"Parquet", "p.parquet", true}}},
		{"none", "", nil, nil, nil},
	} {
		tables, formats := TablesOf(c.files, c.chosen)
		if diff := cmp.Diff(c.tables, tables); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
		if diff := cmp.Diff(c.formats, formats); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}
