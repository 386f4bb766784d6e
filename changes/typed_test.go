package changes

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"sluice/columns"
)

// cellsOf reads a Parquet file as texts; a cell without a value is "".
func cellsOf(t *testing.T, path string) (names []string, rows [][]string) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	f, err := parquet.OpenFile(file, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range f.Root().Columns() {
		names = append(names, c.Name())
	}
	for _, g := range f.RowGroups() {
		all := g.Rows()
		defer all.Close()
		buffer := make([]parquet.Row, 10)
		for {
			n, err := all.ReadRows(buffer)
			for _, r := range buffer[:n] {
				row := make([]string, len(names))
				for _, v := range r {
					if !v.IsNull() {
						row[v.Column()] += v.String()
					}
				}
				rows = append(rows, row)
			}
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	return names, rows
}

// TestSameRowsInParquet: the rows are those of the CSV file, in any form that cells have.
func TestSameRowsInParquet(t *testing.T) {
	long := `"` + strings.Repeat(`long ""cell"", with a`+"\r\nline ", 40_000) + `"`
	a := "page_id,x,y,x\n1,a,b,c\n2," + long + ",b,c\n3,d,e,f\n"
	b := "page_id,x,y,x,z\n1,\"a,\"\"b\"\"\",\"line\nbreak\",NULL,\n2," + long + ",changed,c,\"\"\"\"\n4,,,\\N,ü\n"
	o := sided(t, "pages", a, b)
	_, text, _ := compared(t, o)
	want, err := csv.NewReader(strings.NewReader(strings.ReplaceAll(text, "\r\n", "\n"))).ReadAll()
	if err != nil || len(want) != 5 {
		t.Fatal(err, len(want))
	}
	o.Format = Parquet
	r, err := Compare(t.Context(), o, nil)
	if err != nil || !strings.HasSuffix(r.Files[0].Path, "changes_pages_one_two.parquet") {
		t.Fatal(err, r.Files)
	}
	names, rows := cellsOf(t, r.Files[0].Path)
	if got := fmt.Sprint(names); got != "[change changed_columns page_id x y x_2 z]" {
		t.Error(got)
	}
	for i, row := range rows {
		for j := range row {
			if got := strings.ReplaceAll(row[j], "\r\n", "\n"); got != want[i+1][j] {
				t.Errorf("row %d, %s: %.80q, want %.80q", i, names[j], got, want[i+1][j])
			}
		}
	}
	if len(rows) != 4 {
		t.Errorf("%d rows", len(rows))
	}
}

// TestTypes: the columns of a documented file have the types of an export, and what does
// not fit them is refused with its row, and leaves nothing.
func TestTypes(t *testing.T) {
	pages, _ := columns.Find(columns.Confluence, "pages")
	row := func(cells map[string]string) string {
		var b strings.Builder
		for i, c := range pages.Columns {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`"` + strings.ReplaceAll(cells[c.Name], `"`, `""`) + `"`)
		}
		return b.String() + "\n"
	}
	head := strings.Join(pages.Names(), ",") + "\n"
	o := sided(t, "pages", head, head+row(map[string]string{"page_id": "9007199254740993", "labels": `["b", "a,c"]`, "page_version": "7", "created_date": "2026-01-02T03:04:05Z"})+
		row(map[string]string{"page_id": "9007199254740994"}))
	o.Format = Parquet
	r, err := Compare(t.Context(), o, nil)
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(r.Files[0].Path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := parquet.OpenFile(strings.NewReader(string(file)), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"required binary change (STRING)", "optional int64 page_id (INT(64,true))", "repeated group list", "optional int64 created_date (TIMESTAMP(isAdjustedToUTC=true,unit=MILLIS))"} {
		if !strings.Contains(f.Schema().String(), want) {
			t.Errorf("%s lacks %s", f.Schema(), want)
		}
	}
	rows := make([]parquet.Row, 2)
	if n, err := f.RowGroups()[0].Rows().ReadRows(rows); n != 2 || err != nil && !errors.Is(err, io.EOF) {
		t.Fatal(n, err)
	}
	if got := fmt.Sprint(rows[0]); !strings.Contains(got, "9007199254740993") || !strings.Contains(got, "b a,c 7") || !strings.Contains(got, "1767323045000") {
		t.Error(got)
	}
	odd := sided(t, "pages", head, head+row(map[string]string{"page_id": "1", "page_version": "many"}))
	odd.Format = Parquet
	if _, err := Compare(t.Context(), odd, nil); err == nil || !strings.Contains(err.Error(), `changed row 1 of pages has "many" as its page_version, which is not a number`) {
		t.Error(err)
	}
	if left, err := fs.Glob(os.DirFS(odd.Dir), "*"); err != nil || len(left) > 0 {
		t.Errorf("%q is left, %v", left, err)
	}
}

// TestTimesOfParquet: a time without milliseconds is the same in Parquet and in CSV whose
// times have them, and only there.
func TestTimesOfParquet(t *testing.T) {
	with := func(parquet bool) *side { return &side{t: &table{input: Input{parquet: parquet}}} }
	mixed, alike := &merger{a: with(true), b: with(false)}, &merger{a: with(false), b: with(false)}
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000Z", true},
		{"2026-01-02T03:04:05.000Z", "2026-01-02T03:04:05Z", true},
		{"2026-01-02T03:04:05Z", "2026-01-02T03:04:06.000Z", false},
		{"2026-01-02T03:04:05Z", "2026-01-02T03:04:05.001Z", false},
	} {
		if got := mixed.sameTime([]byte(c.a), []byte(c.b)); got != c.want {
			t.Errorf("%s and %s: %v", c.a, c.b, got)
		}
		if alike.sameTime([]byte(c.a), []byte(c.b)) {
			t.Errorf("%s and %s are the same in two CSV files", c.a, c.b)
		}
	}
}
