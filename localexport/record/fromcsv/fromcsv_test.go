package fromcsv

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"sluice/columns"
	"sluice/localexport/record/parquet"
)

var things = columns.File{Name: "things", Columns: []columns.Column{
	{Name: "id", Type: columns.TypeID, Key: true}, {Name: "title", Type: columns.TypeText}, {Name: "says", Type: columns.TypeText, Nullable: true},
	{Name: "n", Type: columns.TypeNumber, Nullable: true}, {Name: "at", Type: columns.TypeTime, Nullable: true}, {Name: "tags", Type: columns.TypeList},
}}

// written makes Parquet of CSV that comes in pieces of a size.
func written(text string, file columns.File, o Options, size int) (*bytes.Buffer, int64, error) {
	var out bytes.Buffer
	w, err := New(&out, file, o)
	if err != nil {
		return nil, 0, err
	}
	for b := []byte(text); len(b) > 0; {
		n, err := w.Write(b[:min(size, len(b))])
		if err != nil {
			return nil, 0, err
		}
		b = b[n:]
	}
	rows, err := w.End()
	return &out, rows, err
}

// texts are the cells of a Parquet file that are no lists, as exports write them.
func texts(t *testing.T, b *bytes.Buffer, file columns.File) (rows [][]string) {
	t.Helper()
	r, err := parquet.Open(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	err = r.Each(t.Context(), func() error {
		var row []string
		for i, c := range file.Columns {
			if c.Type != columns.TypeList {
				row = append(row, string(r.AppendText(nil, i)))
			}
		}
		rows = append(rows, row)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

const head = "id,title,says,n,at,tags\r\n"

// TestCells: each cell arrives as it stands in the CSV, in pieces of any size and behind a
// byte order mark.
func TestCells(t *testing.T) {
	text := "\ufeff" + head + "1,\"a \"\"b\"\", c\r\nd\",\"NULL\",7,2026-01-02T03:04:05Z,\"[\"\"x\"\"]\"\r\n2,,,,,\r\n3,ü,\"\",-1,1969-12-31T23:59:59Z,[]\r\n"
	want := [][]string{{"1", "a \"b\", c\r\nd", "NULL", "7", "2026-01-02T03:04:05Z"}, {"2", "", "", "", ""}, {"3", "ü", "", "-1", "1969-12-31T23:59:59Z"}}
	for _, size := range []int{3, 7, 1 << 20} {
		out, rows, err := written(text, things, Options{Names: things.Names()}, size)
		if err != nil || rows != 3 {
			t.Fatalf("%d: %d rows, %v", size, rows, err)
		}
		for i, row := range texts(t, out, things) {
			for n := range row {
				// AppendText writes times with their milliseconds.
				if got := strings.Replace(row[n], ".000Z", "Z", 1); got != want[i][n] {
					t.Errorf("%d: row %d, cell %d: %q, want %q", size, i, n, got, want[i][n])
				}
			}
		}
	}
}

// TestWhatIsRefused is named with its row and column.
func TestWhatIsRefused(t *testing.T) {
	for text, says := range map[string]string{
		head + "x,,,,,\r\n":             `row 1 of things has "x" as its id, which is not a number`,
		head + "1,,,,,\r\n2,,,,so,\r\n": `row 2 of things has "so" as its at, which is not a time`,
		head + "1,,,9999999999,,\r\n":   "which is not a number",
		head + ",,,,,\r\n":              "there is always one",
		head + "1,,,,\r\n":              "row 1 of things has 5 cells, and there are 6 columns",
		head + "1,,,,,,,\r\n":           "row 1 of things has 8 cells",
		head + "1,,\"cut":               "things ends within row 1",
		head + "1,,":                    "things ends within row 1",
		"id,title\r\n":                  "the columns of things are id,title",
		"":                              "has no names of columns",
	} {
		if _, _, err := written(text, things, Options{Names: things.Names()}, 5); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", text, err, says)
		}
	}
}

// FuzzTexts: cells of text are those that another reader of CSV finds.
func FuzzTexts(f *testing.F) {
	f.Add("a", "b,\"c\"", "d\r\ne", 2)
	f.Add("", "\"", "NULL", 1)
	f.Fuzz(func(t *testing.T, a, b, c string, size int) {
		file := columns.File{Name: "f", Columns: []columns.Column{{Name: "a", Type: columns.TypeText}, {Name: "b", Type: columns.TypeText}, {Name: "c", Type: columns.TypeText}}}
		var text bytes.Buffer
		w := csv.NewWriter(&text)
		w.UseCRLF = true
		_ = w.Write(file.Names())
		_ = w.Write([]string{a, b, c})
		w.Flush()
		want, err := csv.NewReader(bytes.NewReader(text.Bytes())).ReadAll()
		if err != nil || len(want) != 2 {
			return
		}
		out, rows, err := written(text.String(), file, Options{Names: file.Names()}, max(1, size%50))
		if err != nil || rows != 1 {
			t.Fatalf("%q: %d rows, %v", text.String(), rows, err)
		}
		for i, got := range texts(t, out, file)[0] {
			if strings.ReplaceAll(got, "\r\n", "\n") != want[1][i] {
				t.Errorf("%q: %q, want %q", text.String(), got, want[1][i])
			}
		}
	})
}
