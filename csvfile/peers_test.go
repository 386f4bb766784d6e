package csvfile

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sluice/csvfile/internal/block"
)

// rfc4180 leaves nothing to be guessed but the line ends.
var rfc4180 = Reading{Encoding: "utf-8", Delimiter: ",", Quote: `"`, Escape: "doubled", Comment: None, Header: "no", Skip: new(int)}

// ours reads all records of a file, as Rows gives them.
func ours(t testing.TB, content string) [][]string {
	t.Helper()
	f := openContent(t, content, WithReading(rfc4180), WithCellLimit(1<<30), WithWorkers(2))
	n := indexed(t, f)
	rows, err := f.Rows(context.Background(), 0, int(n)+1)
	if err != nil {
		t.Fatal(err)
	}
	if int64(len(rows)) != n {
		t.Fatalf("total is %d, but there are %d rows", n, len(rows))
	}
	return fieldsOf(rows)
}

// pythonCases are files on which Python's csv module and this package must
// agree cell by cell. A lone carriage return outside of quotes is left out:
// there Python ends the record.
func pythonCases() map[string]string {
	cases := map[string]string{
		"simple":          "a,b\n1,2\n",
		"crlf":            "a,b\r\n1,2\r\n",
		"no final break":  "a,b\n1,2",
		"final cr":        "a,b\r\n1,2\r",
		"blank lines":     "a\n\n\r\nb\n\n",
		"embedded breaks": "a,\"b\nc\r\nd\"\n\"\n\",2\n",
		"doubled":         "\"a\"\"b\",\"\"\"\",\"\"\n",
		"ragged":          "a,b,c\n1\n1,2,3,4,5\n,\n",
		"stray":           "a\"b,c\"\n\"x\"y,\"p\"q\"r\n5\" disk,\"a\nb\"\n",
		"unclosed":        "a,b\n1,\"2\n3,4\n",
		"spaces":          " \"a\" , b \n",
		"unicode":         "ä,ö\n\"漢字,\",\"🙂\n\"\n",
	}
	for _, kind := range []string{"plain", "quoted", "foreign", "wide"} {
		cases[kind] = makeCSV(kind, 4*block.Size, 17)
	}
	rng := rand.New(rand.NewPCG(6, 6))
	for _, name := range []string{"random 1", "random 2", "random 3"} {
		var b strings.Builder
		for range 20_000 {
			b.WriteString([]string{`"`, `"`, `""`, ",", "\n", "\r\n", "a", "bc"}[rng.IntN(8)])
		}
		cases[name] = b.String() + "\n"
	}
	return cases
}

// TestAgainstPython compares with the csv module of Python's standard library.
func TestAgainstPython(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not installed, so there is nothing to compare with")
	}
	const script = `
import csv, json, sys
csv.field_size_limit(1 << 30)
for path in sys.argv[1:]:
    with open(path, newline="", encoding="utf-8") as f:
        json.dump(list(csv.reader(f)), sys.stdout)
        print()
`
	dir := t.TempDir()
	var names, paths []string
	cases := pythonCases()
	for name, content := range cases {
		path := filepath.Join(dir, name+".csv")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		names, paths = append(names, name), append(paths, path)
	}
	cmd := exec.Command(python, append([]string{"-c", script}, paths...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Skipf("python3 does not run here: %v", err)
	}
	dec := json.NewDecoder(bytes.NewReader(out))
	for _, name := range names {
		var want [][]string
		if err := dec.Decode(&want); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		t.Run(name, func(t *testing.T) { equalRecords(t, "Python", ours(t, cases[name]), want) })
	}
}

// FuzzAgainstEncodingCSV compares with the standard library wherever that reads
// a file at all (it refuses stray quotes), but for what it does to the data:
// it leaves out blank lines, and turns CRLF inside quotes into LF.
func FuzzAgainstEncodingCSV(f *testing.F) {
	for _, content := range pythonCases() {
		if len(content) < 1000 {
			f.Add([]byte(content))
		}
	}
	f.Add([]byte("\xff\x00,\"\x00\"\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		if notCSV(content) != "" || !endsWithLF(t, content) {
			return
		}
		for _, start := range []string{string(bom), "sep=", "\xff\xfe", "\xfe\xff", "\x1f\x8b"} {
			if bytes.HasPrefix(content, []byte(start)) {
				return // not plain text for us
			}
		}
		got := ours(t, string(content))
		if want := reference(content, ','); len(content) > 0 {
			equalRecords(t, "reference", got, want)
		}
		r := csv.NewReader(bytes.NewReader(content))
		r.FieldsPerRecord = -1
		want, err := r.ReadAll()
		if err != nil {
			if !errors.Is(err, csv.ErrQuote) && !errors.Is(err, csv.ErrBareQuote) && !errors.Is(err, io.EOF) {
				t.Fatal(err)
			}
			return
		}
		got = slices.DeleteFunc(got, func(r []string) bool { return len(r) == 0 })
		for _, rec := range slices.Concat(got, want) { // it takes one CR or two before an LF away
			for i, cell := range rec {
				rec[i] = crBeforeLF.ReplaceAllString(cell, "\n")
			}
		}
		equalRecords(t, "encoding/csv", got, want)
	})
}

var crBeforeLF = regexp.MustCompile("\r+\n")

// endsWithLF reports whether the records of a file are taken to end with LF, as those
// of the peers do.
func endsWithLF(t *testing.T, content []byte) bool {
	f := openContent(t, string(content), WithReading(rfc4180))
	ends := f.Info().LineEnding
	return ends == "LF" || ends == "CRLF"
}
