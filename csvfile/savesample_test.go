package csvfile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSaveSample: a sample is what saving writes, in every dialect, and whether the names of
// the columns come first can be said.
func TestSaveSample(t *testing.T) {
	files := map[string]*File{
		"a header": openContent(t, "id;name\n7;\"a; b\"\n8;=1+1\n"),
		"none":     openFile(t, writeFile(t, "7;\"a; b\"\n8;=1+1\n"), WithReading(Reading{Header: "no"})),
	}
	for name, f := range files {
		indexed(t, f)
		rows, err := f.Rows(t.Context(), 0, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range []SaveOptions{
			{}, {Header: "no"}, {Header: "yes"}, {Delimiter: ',', QuoteAll: true}, {Delimiter: '\t', Quote: '\'', Header: "yes", LineEnding: "CRLF"},
			{Columns: []int{1}, SpreadsheetSafe: true}, {Encoding: "utf-16", BOM: false},
		} {
			lines, err := f.SaveSample(t.Context(), rows[0], o)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(t.TempDir(), "saved.csv")
			plain := o
			plain.Encoding = ""
			if _, err := SaveView(t.Context(), f, path, plain, nil); err != nil {
				t.Fatal(err)
			}
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			whole := strings.Split(strings.ReplaceAll(strings.TrimSpace(string(b)), "\r\n", "\n"), "\n")
			if want := whole[:len(whole)-1]; strings.Join(lines, "\n") != strings.Join(want, "\n") {
				t.Errorf("%s, %+v: %q, saved is %q", name, o, lines, want)
			}
		}
	}
	if _, err := files["none"].SaveSample(t.Context(), Row{}, SaveOptions{Delimiter: '"'}); err == nil || !strings.Contains(err.Error(), "both between") {
		t.Errorf("a delimiter that is the quote: %v", err)
	}
}
