package saveas

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sluice/csvfile"
)

// awkward are cells that forms get wrong, each of a row of its own. The first two columns
// have types.
var awkward = []string{
	"plain", `say "hi"`, "a,b;c|d\te", "line\nbreak", "line\r\nbreak", "lone\rreturn", "", " spaced ", "007", "=1+1", "+1", "-x", "@a",
	"\U0001f642 é 日本", "{\"a\":[1]}", "<b>&amp;</b>", "`code` *bold* _it_ [x](y) ~s~", "_x000D_", "a_x0041", "\\", "$x$ # 1.", "'", "true", "null", "\x01\x1f\x7f",
}

// table is the awkward cells with an id, a number, a time and a truth, as CSV and as it is
// shown.
func table(rows int) (text string, header []string, cells [][]string) {
	var b strings.Builder
	b.WriteString("id,size,when,done,text,text,\n")
	header = []string{"id", "size", "when", "done", "text", "text", ""}
	for i := range rows {
		a := awkward[i%len(awkward)]
		row := []string{fmt.Sprint(i + 9007199254740990), fmt.Sprint(float64(i) / 4), fmt.Sprintf("2026-01-%02dT08:00:00.%03dZ", i%28+1, i%1000), fmt.Sprint(i%2 == 0), a, "x", "y" + a}
		if i%7 == 0 {
			row[1] = ""
		}
		cells = append(cells, row)
		for k, cell := range row {
			if k > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
		}
		b.WriteByte('\n')
	}
	return b.String(), header, cells
}

func open(t *testing.T, text string) *csvfile.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "in.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := csvfile.Open(t.Context(), path, csvfile.WithCacheDir(""), csvfile.WithReading(csvfile.Reading{Delimiter: ",", Quote: `"`, Escape: "doubled", Header: "yes", Comment: "none", Encoding: "utf-8"}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// readers read a file of a form back, all values as text; missing cells are "∅".
var readers = map[Form]func(t *testing.T, path string) (header []string, rows [][]string){
	CSV: readCSV, TSV: readCSV, JSONL: readLines, Parquet: readParquet, SQLite: readSQLite, XLSX: readBook, Markdown: readMarkdown,
}

// lossy are what a form makes of a cell.
var lossy = map[Form]func(cell string) string{
	Markdown: func(s string) string { // blanks at the ends do not show, and breaks are all the same
		return strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"))
	},
	XLSX: func(s string) string { return s },
}

// TestRoundTrip: what is saved in any form reads back as what was shown, cell by cell, all
// columns and some of them, of a file, of a view, of rows that are sorted.
func TestRoundTrip(t *testing.T) {
	text, header, cells := table(700)
	f := open(t, text)
	view, err := f.FilterBy(t.Context(), csvfile.Is(csvfile.Condition{Column: 3, Text: "true"}))
	if err != nil {
		t.Fatal(err)
	}
	sorted, err := csvfile.Sort(t.Context(), f, []csvfile.SortKey{{Column: 0, Desc: true}})
	if err != nil {
		t.Fatal(err)
	}
	defer sorted.Close()
	var even [][]string
	for i := 0; i < len(cells); i += 2 {
		even = append(even, cells[i])
	}
	backwards := slices.Clone(cells)
	slices.Reverse(backwards)
	unique := []string{"id", "size", "when", "done", "text", "text_2", "Column 7"}
	for _, form := range Forms {
		for name, c := range map[string]struct {
			src     csvfile.Source
			rows    [][]string
			columns []int
			types   Types
		}{
			"file": {f, cells, nil, ""}, "view": {view, even, nil, TypesAuto}, "sorted": {sorted, backwards, []int{4, 0}, TypesText},
		} {
			t.Run(string(form)+" "+name, func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "out"+form.Ending())
				r, err := Save(t.Context(), c.src, path, Options{Columns: c.columns, Types: c.types}, nil)
				if err != nil {
					t.Fatal(err)
				}
				if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 || r.Written != info.Size() || r.Rows != int64(len(c.rows)) || r.Form != form || r.Bytes != r.TotalBytes {
					t.Errorf("%+v, %v, %v", r, info, err)
				}
				names := unique
				if form.plain() {
					names = header
				}
				gotNames, got := readers[form](t, path)
				if diff := cmp.Diff(pick(names, c.columns), gotNames); diff != "" {
					t.Errorf("names: %s", diff)
				}
				if len(got) != len(c.rows) {
					t.Fatalf("%d rows, want %d", len(got), len(c.rows))
				}
				for i, row := range c.rows {
					want := pick(row, c.columns)
					for k := range want {
						if made := lossy[form]; made != nil {
							want[k] = made(want[k])
						}
					}
					if diff := cmp.Diff(want, got[i]); diff != "" {
						t.Fatalf("row %d: %s", i, diff)
					}
				}
			})
		}
	}
}

func pick(row []string, columns []int) []string {
	if columns == nil {
		return slices.Clone(row)
	}
	var out []string
	for _, c := range columns {
		out = append(out, row[c])
	}
	return out
}

// TestTypes: a column has the type that all of its values have, and no digit is lost.
func TestTypes(t *testing.T) {
	for cells, want := range map[string]csvfile.ValueType{
		"1 2 -3":                        csvfile.TypeInteger,
		"9223372036854775807":           csvfile.TypeInteger,
		"9223372036854775808":           csvfile.TypeText,
		"1 2.5 -0.25e-3":                csvfile.TypeDecimal,
		"1.0000000000000001":            csvfile.TypeText,
		"123456789012345678 1.5":        csvfile.TypeText,
		"007":                           csvfile.TypeText,
		"+1":                            csvfile.TypeText,
		"-0":                            csvfile.TypeText,
		".5":                            csvfile.TypeText,
		"1e999":                         csvfile.TypeText,
		"0.000000001234567890123456":    csvfile.TypeText,
		"0.00000000123456789012345":     csvfile.TypeDecimal,
		"true false":                    csvfile.TypeBoolean,
		"true 1":                        csvfile.TypeText,
		"2026-01-01T00:00:00Z":          csvfile.TypeTime,
		"2026-01-01T00:00:00.123+01:00": csvfile.TypeTime,
		"2026-01-01T00:00:00.1234Z":     csvfile.TypeText,
		"2026-01-01T00:00:00":           csvfile.TypeText,
		"2026-01-01":                    csvfile.TypeText,
		"":                              csvfile.TypeText,
	} {
		var col typing
		for _, cell := range strings.Fields(cells) {
			col.add([]byte(cell))
		}
		col.add(nil)
		if got := col.is(); got != want {
			t.Errorf("%s: %s, want %s", cells, got, want)
		}
	}
}

// TestNotes: whatever cannot stand as it is gets counted, with its first row.
func TestNotes(t *testing.T) {
	long := strings.Repeat("é", mostCell+1)
	f := open(t, "a,a,\nshort\nx,y,z,more,and more\nbad\xff,ok,"+long+"\n\nnul\x00,ok,fine\n")
	for form, want := range map[Form]map[NoteKind]string{
		JSONL:    {WiderRows: "one row has more cells than the header: they stand in columns of their own: row 2", NotUTF8: "row 3", Renamed: `"a" is "a_2", "" is "Column 3"`},
		Parquet:  {WiderRows: "row 2", NotUTF8: "row 3", Renamed: "2 columns have no name"},
		SQLite:   {WiderRows: "row 2", NotUTF8: "row 3", Renamed: "2 columns have no name"},
		Markdown: {WiderRows: "row 2", NotUTF8: "row 3", Renamed: "2 columns have no name"},
		XLSX:     {WiderRows: "row 2", NotUTF8: "row 3", Renamed: "2 columns have no name", CutCells: "one cell was longer than the 32,767 characters that a workbook holds, and cut there: row 3", NotInXML: "row 5"},
	} {
		path := filepath.Join(t.TempDir(), "out"+form.Ending())
		r, err := Save(t.Context(), f, path, Options{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range r.Notes {
			if w, ok := want[n.Kind]; !ok || !strings.Contains(n.Text(), w) {
				t.Errorf("%s: %s: %s, want %q", form, n.Kind, n.Text(), w)
			}
		}
		if len(r.Notes) != len(want) || r.Rows != 5 {
			t.Errorf("%s: %d rows, %d notes: %+v", form, r.Rows, len(r.Notes), r.Notes)
		}
		_, rows := readers[form](t, path)
		missing := "∅"
		if form == Markdown || form == XLSX {
			missing = ""
		}
		wide := []string{"x", "y", "z", "more", "and more"}
		if len(rows) != 5 || !slices.Equal(rows[1], wide) || rows[0][0] != "short" || len(rows[0]) > 1 && rows[0][1] != missing {
			t.Errorf("%s: %.300q", form, rows)
		}
	}
}

// TestSheets: rows that one sheet does not hold go on in the next.
func TestSheets(t *testing.T) {
	sheetRows = 11
	defer func() { sheetRows = mostRows }()
	text, _, cells := table(25)
	path := filepath.Join(t.TempDir(), "out.xlsx")
	r, err := Save(t.Context(), open(t, text), path, Options{}, nil)
	if err != nil || r.Parts != 3 || len(r.Notes) != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
	if _, rows := readBook(t, path); len(rows) != 25 || rows[24][0] != cells[24][0] {
		t.Errorf("%d rows", len(rows))
	}
}

// TestWholeOrNot: what fails or is cancelled leaves what was there, and the file that is
// shown is never replaced.
func TestWholeOrNot(t *testing.T) {
	text, _, _ := table(3000)
	f := open(t, text)
	for _, form := range Forms {
		dir := t.TempDir()
		path := filepath.Join(dir, "out"+form.Ending())
		if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		if _, err := Save(ctx, f, path, Options{}, func(p csvfile.SaveProgress) { cancel() }); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: cancelled: %v", form, err)
		}
		left, err := os.ReadDir(dir)
		if b, _ := os.ReadFile(path); err != nil || len(left) != 1 || string(b) != "old" {
			t.Errorf("%s: left are %v, %q", form, left, b)
		}
		if _, err := Save(t.Context(), f, f.Path(), Options{Form: form}, nil); err == nil || !strings.Contains(err.Error(), "another name") {
			t.Errorf("%s: over the file itself: %v", form, err)
		}
		if _, err := Save(t.Context(), f, filepath.Join(dir, "no", "folder"), Options{Form: form}, nil); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: into no folder: %v", form, err)
		}
	}
}

// TestWhatIsLeft: what a process that was killed has left of a file goes with the next, and
// what may still be written stays.
func TestWhatIsLeft(t *testing.T) {
	f := open(t, "a,b\n1,2\n")
	for _, form := range Forms {
		dir := t.TempDir()
		name := "out" + form.Ending()
		long := time.Now().Add(-csvfile.StaleSave)
		for _, left := range []string{name + ".1.partial", name + ".2.partial"} {
			if err := os.WriteFile(filepath.Join(dir, left), []byte("half"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Chtimes(filepath.Join(dir, name+".1.partial"), long, long); err != nil {
			t.Fatal(err)
		}
		if _, err := Save(t.Context(), f, filepath.Join(dir, name), Options{Form: form}, nil); err != nil {
			t.Fatal(err)
		}
		left, err := filepath.Glob(filepath.Join(dir, "*.partial"))
		if err != nil || len(left) != 1 || filepath.Base(left[0]) != name+".2.partial" {
			t.Errorf("%s: left are %v, %v", form, left, err)
		}
	}
}

// TestSpreadsheetSafe: no cell is a formula in any form.
func TestSpreadsheetSafe(t *testing.T) {
	f := open(t, "a,n\n=1+1,1\n@x,-2\n-x,3\n")
	for _, form := range Forms {
		path := filepath.Join(t.TempDir(), "out"+form.Ending())
		if _, err := Save(t.Context(), f, path, Options{SpreadsheetSafe: true}, nil); err != nil {
			t.Fatal(err)
		}
		_, got := readers[form](t, path)
		if diff := cmp.Diff([][]string{{"'=1+1", "1"}, {"'@x", "-2"}, {"'-x", "3"}}, got); diff != "" {
			t.Errorf("%s: %s", form, diff)
		}
	}
}

// TestForms: forms are known by their names and by the ends of those of files.
func TestForms(t *testing.T) {
	for name, want := range map[string]Form{"csv": CSV, "JSONL": JSONL, ".ndjson": JSONL, "md": Markdown, "db": SQLite, "xlsx": XLSX} {
		if got, err := Named(name); err != nil || got != want {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
	if _, err := Named("doc"); err == nil || !strings.Contains(err.Error(), "csv, tsv, jsonl") {
		t.Errorf("doc: %v", err)
	}
	for path, want := range map[string]Form{"a/b.PARQUET": Parquet, "x.tsv": TSV, "x.csv.gz": "", "x": ""} {
		if got := FormOf(path); got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
}

// TestTooManyColumns: a form that cannot hold so many columns says so, and leaves nothing.
func TestTooManyColumns(t *testing.T) {
	f := open(t, strings.Repeat("c,", 20_000)+"c\n1\n")
	for _, form := range []Form{SQLite, XLSX} {
		dir := t.TempDir()
		if _, err := Save(t.Context(), f, filepath.Join(dir, "out"), Options{Form: form}, nil); err == nil || !strings.Contains(err.Error(), "there are 20001") {
			t.Errorf("%s: %v", form, err)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("%s: left are %v, %v", form, left, err)
		}
	}
}
