package query

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sluice/csvfile"
	"sluice/csvfile/saveas"
)

// TestRunAsSaved: a table gives the same whatever form it was saved in.
func TestRunAsSaved(t *testing.T) {
	const statement = "SELECT page_id, title, version, price FROM t ORDER BY page_id"
	want, _ := ask(t, []Table{{"t", file(t, pages)}}, statement, Options{})
	for _, name := range []string{"t.parquet", "t.tsv", "utf16.csv"} {
		path := filepath.Join(t.TempDir(), name)
		o := saveas.Options{}
		if name == "utf16.csv" {
			o.CSV = csvfile.SaveOptions{Encoding: "utf-16le", Delimiter: ';', BOM: true}
		}
		if _, err := saveas.Save(t.Context(), file(t, pages), path, o, nil); err != nil {
			t.Fatal(err)
		}
		f, err := csvfile.Open(t.Context(), path, csvfile.WithCacheDir(t.TempDir()))
		if err != nil {
			t.Fatal(err)
		}
		got, notes := ask(t, []Table{{"t", f}}, statement, Options{})
		if diff := cmp.Diff(want, got); diff != "" || len(notes) > 0 {
			t.Errorf("%s: %q (-want +got):\n%s", name, notes, diff)
		}
		f.Close()
	}
}

// TestRunWide: any column of a wide table can be asked for, alone, joined by and with all others.
func TestRunWide(t *testing.T) {
	for _, columns := range []int{63, 64, 65, 66, 300} {
		var names, cells []string
		for i := range columns {
			names, cells = append(names, fmt.Sprintf("c%d", i)), append(cells, fmt.Sprintf("v%d", i))
		}
		text := strings.Join(names, ",") + "\n" + strings.Join(cells, ",") + "\n"
		tables := []Table{{"t", file(t, text)}, {"u", file(t, text)}}
		for _, i := range []int{0, 1, 62, 63, 64, 65, columns - 2, columns - 1} {
			if i >= columns {
				continue
			}
			for _, statement := range []string{
				"SELECT c%d FROM t", "SELECT c%d FROM (SELECT * FROM t)", "SELECT c%d FROM t JOIN u USING (c%[1]d)",
				"SELECT u.c%d FROM t JOIN u ON t.c62 = u.c62", "SELECT c%d FROM t WHERE c1 = 'v1' GROUP BY 1 ORDER BY count(*)",
				"SELECT (SELECT c%d FROM u) FROM t", "SELECT x.c%d FROM t x LEFT JOIN t y ON x.c0 = y.c%[1]d",
			} {
				if got, _ := ask(t, tables, fmt.Sprintf(statement, i), Options{}); len(got) != 1 || got[0] != cells[i] {
					t.Errorf("%d columns, %s, %d: %q", columns, statement, i, got)
				}
			}
		}
		if got, _ := ask(t, tables, "SELECT * FROM t", Options{}); got[0] != strings.Join(cells, "|") {
			t.Errorf("%d columns: %q", columns, got)
		}
	}
}

// TestRunEmptyCells: an empty cell of text is a text, also before the first that is not empty,
// and a missing one is NULL.
func TestRunEmptyCells(t *testing.T) {
	for _, text := range []string{"id,a\n1,\n2,\n3\n", "id,a\n1,\n2,\n3\n" + strings.Repeat("x,y\n", 3000)} {
		for _, as := range []bool{false, true} {
			for statement, want := range map[string]string{
				"SELECT count(*) FROM t WHERE a = ''":                            "2",
				"SELECT count(*) FROM t WHERE a IS NULL":                         "1",
				"SELECT count(*) FROM (SELECT a FROM t LIMIT 3) WHERE a IS NULL": "1",
			} {
				if got, _ := ask(t, []Table{{"t", file(t, text, csvfile.WithHeader(true))}}, statement, Options{Text: as}); got[0] != want {
					t.Errorf("%s of %d bytes, text %v: %q", statement, len(text), as, got)
				}
			}
		}
	}
}

// TestRunNoTable: what SQLite could not have as a table is refused.
func TestRunNoTable(t *testing.T) {
	for text, want := range map[string]string{
		"": "t has 0 columns",
		strings.Repeat("c,", mostColumns) + "c\n1\n": "t has 2,001 columns",
	} {
		if _, err := Run(t.Context(), []Table{{"t", file(t, text)}}, "SELECT 1", Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q in it", err, want)
		}
	}
}

// TestValue: a cell that is not of the type of its column, as the file has changed since, is
// text, and nothing is lost of it.
func TestValue(t *testing.T) {
	for _, c := range []struct {
		cell []byte
		as   csvfile.ValueType
		want any
	}{
		{nil, csvfile.TypeText, nil}, {[]byte{}, csvfile.TypeText, ""}, {[]byte{}, csvfile.TypeInteger, nil}, {[]byte{}, csvfile.TypeDecimal, nil},
		{[]byte("7"), csvfile.TypeInteger, int64(7)}, {[]byte("7.5"), csvfile.TypeDecimal, 7.5}, {[]byte("true"), csvfile.TypeBoolean, "true"},
		{[]byte("7.5"), csvfile.TypeInteger, "7.5"}, {[]byte("x"), csvfile.TypeDecimal, "x"},
	} {
		if got := value(c.cell, c.as); got != c.want {
			t.Errorf("%q as %s: %v (%T), want %v", c.cell, c.as, got, got, c.want)
		}
	}
}
