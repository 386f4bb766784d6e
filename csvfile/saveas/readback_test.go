package saveas

import (
	"archive/zip"
	"bufio"
	"database/sql"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"sluice/csvfile"
)

func readCSV(t *testing.T, path string) (header []string, rows [][]string) {
	r := csvfile.Reading{Header: "yes", Quote: `"`, Escape: "doubled", Comment: "none", Delimiter: ","}
	if FormOf(path) == TSV {
		r.Delimiter = "tab"
	}
	f, err := csvfile.Open(t.Context(), path, csvfile.WithCacheDir(""), csvfile.WithReading(r))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	err = csvfile.EachRow(t.Context(), f, nil, func(r csvfile.FullRow) error {
		var row []string
		for _, c := range r.Cells {
			row = append(row, string(c))
		}
		rows = append(rows, row)
		return nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return f.Header(), rows
}

// readLines reads JSON Lines, with the keys in the order in which they first come.
func readLines(t *testing.T, path string) (header []string, rows [][]string) {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		var row []string
		d := json.NewDecoder(strings.NewReader(s.Text()))
		d.UseNumber()
		d.Token()
		for d.More() {
			key, err := d.Token()
			if err != nil {
				t.Fatalf("%v in %s", err, s.Text())
			}
			v, err := d.Token()
			if err != nil {
				t.Fatalf("%v in %s", err, s.Text())
			}
			i := slices.Index(header, key.(string))
			if i < 0 {
				i = len(header)
				header = append(header, key.(string))
			}
			for len(row) < i {
				row = append(row, "∅")
			}
			if v == nil {
				v = ""
			}
			row = append(row, fmt.Sprint(v))
		}
		rows = append(rows, row)
	}
	return header, rows
}

func readParquet(t *testing.T, path string) (header []string, rows [][]string) {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	p, err := parquet.OpenFile(f, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	fields := p.Schema().Fields()
	for _, field := range fields {
		header = append(header, field.Name())
	}
	r := parquet.NewReader(p)
	buf := make([]parquet.Row, 64)
	for {
		n, err := r.ReadRows(buf)
		for _, values := range buf[:n] {
			var row []string
			for i, v := range values {
				row = append(row, parquetText(v, fields[i]))
			}
			rows = append(rows, row)
		}
		if err == io.EOF {
			return header, rows
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// parquetText is a value as it was written as CSV.
func parquetText(v parquet.Value, f parquet.Field) string {
	text := f.Type().Kind() == parquet.ByteArray
	switch {
	case v.IsNull() && text:
		return "∅"
	case v.IsNull():
		return ""
	case text:
		return string(v.ByteArray())
	case f.Type().Kind() == parquet.Double:
		return strconv.FormatFloat(v.Double(), 'f', -1, 64)
	case f.Type().Kind() == parquet.Boolean:
		return fmt.Sprint(v.Boolean())
	case strings.HasPrefix(f.Type().String(), "TIMESTAMP"):
		return time.UnixMilli(v.Int64()).UTC().Format("2006-01-02T15:04:05.000Z")
	}
	return fmt.Sprint(v.Int64())
}

func readSQLite(t *testing.T, path string) (header []string, rows [][]string) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	r, err := db.Query("SELECT * FROM " + Table + " ORDER BY rowid")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	header, err = r.Columns()
	if err != nil {
		t.Fatal(err)
	}
	kinds, err := r.ColumnTypes()
	if err != nil {
		t.Fatal(err)
	}
	for r.Next() {
		values, to := make([]any, len(header)), make([]any, len(header))
		for i := range values {
			to[i] = &values[i]
		}
		if err := r.Scan(to...); err != nil {
			t.Fatal(err)
		}
		row := make([]string, len(header))
		for i, v := range values {
			switch v := v.(type) {
			case nil:
				if row[i] = ""; kinds[i].DatabaseTypeName() == "TEXT" {
					row[i] = "∅"
				}
			case float64:
				row[i] = strconv.FormatFloat(v, 'f', -1, 64)
			default:
				row[i] = fmt.Sprint(v)
			}
		}
		rows = append(rows, row)
	}
	return header, rows
}

// readBook reads the sheets of a workbook one behind the other, as the format says.
func readBook(t *testing.T, path string) (header []string, rows [][]string) {
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for i := 1; ; i++ {
		f, err := z.Open(fmt.Sprintf("xl/worksheets/sheet%d.xml", i))
		if err != nil {
			break
		}
		var s struct {
			Rows []struct {
				R     int `xml:"r,attr"`
				Cells []struct {
					R    string `xml:"r,attr"`
					Type string `xml:"t,attr"`
					V    string `xml:"v"`
					Text string `xml:"is>t"`
				} `xml:"c"`
			} `xml:"sheetData>row"`
		}
		if err := xml.NewDecoder(f).Decode(&s); err != nil {
			t.Fatal(err)
		}
		f.Close()
		width := len(s.Rows[0].Cells)
		for n, r := range s.Rows {
			row := make([]string, width)
			for _, c := range r.Cells {
				at := letters(strings.TrimRight(c.R, "0123456789"))
				switch c.Type {
				case "inlineStr":
					row[at] = unescaped(c.Text)
				case "b":
					row[at] = fmt.Sprint(c.V == "1")
				default:
					row[at] = c.V
				}
			}
			if r.R != n+1 {
				t.Fatalf("row %d is %d", n+1, r.R)
			}
			if n == 0 {
				header = row
			} else {
				rows = append(rows, row)
			}
		}
	}
	return header, rows
}

// letters is the number of a column, from 0.
func letters(name string) (n int) {
	for _, c := range name {
		n = n*26 + int(c-'A') + 1
	}
	return n - 1
}

var escaped = regexp.MustCompile("_x[0-9A-Fa-f]{4}_")

func unescaped(text string) string {
	return escaped.ReplaceAllStringFunc(text, func(s string) string {
		n, _ := strconv.ParseUint(s[2:6], 16, 16)
		return string(rune(n))
	})
}

var unmarked = strings.NewReplacer("&lt;", "<", "&amp;", "&", "<br>", "\n")

func readMarkdown(t *testing.T, path string) (header []string, rows [][]string) {
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") {
		if i == 1 {
			continue // the rule
		}
		var row []string
		cell := ""
		for k := 1; k < len(line); k++ {
			switch {
			case line[k] == '\\':
				k++
				cell += line[k : k+1]
			case line[k] == '|':
				row = append(row, unmarked.Replace(strings.TrimSpace(cell)))
				cell = ""
			default:
				cell += line[k : k+1]
			}
		}
		if i == 0 {
			header = row
		} else {
			rows = append(rows, row)
		}
	}
	return header, rows
}
