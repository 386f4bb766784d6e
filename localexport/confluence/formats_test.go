package confluence

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"sluice/columns"
	"sluice/localexport/product"
)

// TestParquetAsCSV: the cells of the Parquet files are those of the CSV files, which are
// the same as alone; for any number of workers, and read by SQLite or from the file.
func TestParquetAsCSV(t *testing.T) {
	path := edge(t)
	want, _ := export(t, path, Options{PreserveLineBreaks: true, From: time.Unix(0, 0)})
	var first map[string]*bytes.Buffer
	for _, o := range []Options{{Workers: 1}, {Workers: 3}, {SQLiteOnly: true}} {
		o.Formats, o.PreserveLineBreaks, o.From = product.Formats, true, time.Unix(0, 0)
		m, r := export(t, path, o)
		if len(r.Files) != 2*fileCount || r.Entities != r.Rows {
			t.Errorf("%d files, %d rows of %d entities", len(r.Files), r.Rows, r.Entities)
		}
		for i, file := range columns.Confluence {
			text, packed := m.files[file.Name], m.files[file.Name+".parquet"]
			if !bytes.Equal(text.Bytes(), want.files[file.Name].Bytes()) {
				t.Errorf("%s is another beside Parquet than alone", file.Name)
			}
			for j, b := range []*bytes.Buffer{text, packed} {
				if f := r.Files[2*i+j]; f.Bytes != int64(b.Len()) || f.Rows != r.Files[2*i].Rows {
					t.Errorf("%s is told as %+v, and has %d bytes", f.Name, f, b.Len())
				}
			}
			compareCells(t, file, text.String(), packed.Bytes())
			if first != nil && !bytes.Equal(packed.Bytes(), first[file.Name+".parquet"].Bytes()) {
				t.Errorf("%s: other bytes with %+v", file.Name, o)
			}
		}
		if first == nil {
			first = m.files
		}
	}
}

// compareCells compares the cells of a CSV file with those of a Parquet file.
func compareCells(t *testing.T, file columns.File, text string, packed []byte) {
	t.Helper()
	rows := cellsOf(text)[1:]
	f, err := parquet.OpenFile(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	if n := f.NumRows(); n != int64(len(rows)) || n == 0 {
		t.Fatalf("%s: %d records in Parquet, %d in CSV", file.Name, n, len(rows))
	}
	at := 0
	for _, g := range f.RowGroups() {
		r := g.Rows()
		buffer := make([]parquet.Row, 16)
		for n, err := 1, error(nil); n > 0 && err == nil; {
			n, err = r.ReadRows(buffer)
			for _, row := range buffer[:n] {
				if got := asCSV(file, row); !slices.Equal(got, rows[at]) {
					t.Errorf("%s, record %d:\n%q in Parquet\n%q in CSV", file.Name, at, got, rows[at])
				}
				at++
			}
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}

// asCSV are the cells of a record of Parquet as CSV has them.
func asCSV(file columns.File, row parquet.Row) (cells []string) {
	for i, values := range row.Range {
		switch v := values[0]; {
		case file.Columns[i].Type == columns.TypeList:
			list := []string{}
			for _, v := range values {
				if !v.IsNull() {
					list = append(list, string(v.ByteArray()))
				}
			}
			var b strings.Builder
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			_ = e.Encode(list)
			cells = append(cells, strings.ReplaceAll(strings.TrimSpace(b.String()), `","`, `", "`))
		case v.IsNull():
			cells = append(cells, "")
		case file.Columns[i].Type == columns.TypeTime:
			cells = append(cells, time.UnixMilli(v.Int64()).UTC().Format(time.RFC3339))
		case v.Kind() == parquet.ByteArray:
			cells = append(cells, string(v.ByteArray()))
		default:
			cells = append(cells, fmt.Sprint(v))
		}
	}
	return cells
}

// cellsOf are the cells of a CSV file with their line breaks, which encoding/csv changes.
func cellsOf(text string) (rows [][]string) {
	row, cell, quoted := []string{}, strings.Builder{}, false
	end := func() { row = append(row, cell.String()); cell.Reset() }
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case quoted && c == '"' && i+1 < len(text) && text[i+1] == '"':
			cell.WriteByte(c)
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
			cell.WriteByte(c)
		case c == ',':
			end()
		case c == '\r': // and the line feed behind it
			end()
			rows, row = append(rows, row), []string{}
			i++
		default:
			cell.WriteByte(c)
		}
	}
	return rows
}
