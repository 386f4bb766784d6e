package confluence

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden exports the edge cases in every storage form, with several numbers
// of workers, with and without SQLite: always the same bytes.
func TestGolden(t *testing.T) {
	path := edge(t)
	if *update {
		m, _ := export(t, path, Options{})
		for _, name := range FileNames {
			if err := os.WriteFile(filepath.Join("testdata", "golden", name+".csv"), m.files[name].Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	check := func(t *testing.T, path string) {
		for i, o := range []Options{{Workers: 1}, {Workers: 2}, {Workers: 3}, {Workers: 1, SQLiteOnly: true}, {Workers: 2, SQLiteOnly: true},
			{Workers: 3, SQLiteOnly: true}, {Workers: 2, MapFile: true}, {Workers: 2, CPUShare: 90}} {
			m, r := export(t, path, o)
			for j, name := range FileNames {
				want, err := os.ReadFile(filepath.Join("testdata", "golden", name+".csv"))
				if err != nil {
					t.Fatal(err)
				}
				got := m.files[name].Bytes()
				if !bytes.Equal(got, want) {
					t.Errorf("options %d: %s differs: %s", i, name, firstDifference(got, want))
				}
				if rows := int64(bytes.Count(want, []byte("\r\n")) - 1); r.Files[j].Rows != rows || r.Files[j].Bytes != int64(len(want)) {
					t.Errorf("%s is reported with %d rows, %d bytes; it has %d, %d", name, r.Files[j].Rows, r.Files[j].Bytes, rows, len(want))
				}
			}
		}
	}
	t.Run("well-formed", func(t *testing.T) { check(t, path) })
	for _, f := range forms {
		t.Run(f.name, func(t *testing.T) { check(t, convert(t, path, f)) })
	}
}

// firstDifference shows the first line that differs.
func firstDifference(got, want []byte) string {
	g, w := strings.Split(string(got), "\r\n"), strings.Split(string(want), "\r\n")
	for i := range max(len(g), len(w)) {
		a, b := "(nothing)", "(nothing)"
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			return fmt.Sprintf("record %d is\n%.600s\nwant\n%.600s", i, a, b)
		}
	}
	return "nothing"
}
