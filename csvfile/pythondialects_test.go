package csvfile

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// dialects is how many random dialects Python is asked about.
var dialects = flag.Int("dialects", 60, "random dialects that are compared with Python's csv module")

// pythonWrites writes tables in random dialects, and prints for each how it is written
// and what its own reader makes of it.
const pythonWrites = `
import csv, json, os, random, sys
folder, count = sys.argv[1], int(sys.argv[2])
rng = random.Random(7)
words = ["a", "bc", "", "x y", "12", "-1.5", "ä", "漢字", "it's", 'say "hi"', "a,b", "a;b", "a|b", "tab\there", "two\nlines", "c:\\dir", "#x", "2026-01-02"]
for i in range(count):
    delimiter = rng.choice(",;\t|^~:\x01\x1f ")
    quote = rng.choice(['"', '"', "'"])
    escape = rng.choice([None, None, "\\"])
    doubled = True if escape is None else rng.random() < 0.5
    end = rng.choice(["\n", "\r\n"])
    quoting = rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    columns = rng.randint(2, 6)
    path = os.path.join(folder, "%d.csv" % i)
    with open(path, "w", newline="", encoding="utf-8") as f:
        w = csv.writer(f, delimiter=delimiter, quotechar=quote, escapechar=escape, doublequote=doubled, lineterminator=end, quoting=quoting)
        w.writerow(["name_%d" % c for c in range(columns)])
        for r in range(rng.randint(1, 30)):
            w.writerow([str(r)] + [rng.choice(words) for _ in range(columns - 1)])
    with open(path, newline="", encoding="utf-8") as f:
        rows = list(csv.reader(f, delimiter=delimiter, quotechar=quote, escapechar=escape, doublequote=doubled))
    json.dump({"path": path, "delimiter": delimiter, "quote": quote, "escape": "backslash" if escape else "doubled", "rows": rows}, sys.stdout)
    print()
`

// TestDialectsOfPython: a file in any dialect that is named has the rows that Python's csv
// module reads; and where nothing is named, the dialect is mostly found.
func TestDialectsOfPython(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not installed, so there is nothing to compare with")
	}
	cmd := exec.Command(python, "-c", pythonWrites, t.TempDir(), fmt.Sprint(*dialects))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Skipf("python3 does not run here: %v", err)
	}
	found, all := 0, 0
	for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); all++ {
		var d struct {
			Path, Delimiter, Quote, Escape string
			Rows                           [][]string
		}
		if err := dec.Decode(&d); err != nil {
			t.Fatal(err)
		}
		named := Reading{Encoding: "utf-8", Delimiter: d.Delimiter, Quote: d.Quote, Escape: d.Escape, Comment: None, Header: "no", Skip: new(int)}
		got := recordsOf(t, d.Path, named)
		if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", d.Rows) {
			content, _ := os.ReadFile(d.Path)
			t.Errorf("%s: %+v\n%q\ngives %q\nPython reads %q", filepath.Base(d.Path), named, content, got, d.Rows)
		}
		guessed := recordsOf(t, d.Path, Reading{Header: "no"})
		if fmt.Sprintf("%q", guessed) == fmt.Sprintf("%q", d.Rows) {
			found++
		} else if testing.Verbose() {
			content, _ := os.ReadFile(d.Path)
			t.Logf("guessed otherwise: %+v\n%q\n%.300q", named, content, guessed)
		}
	}
	t.Logf("%d of %d dialects were guessed", found, all)
	if found*10 < all*8 {
		t.Errorf("only %d of %d dialects were guessed", found, all)
	}
}

func recordsOf(t *testing.T, path string, r Reading) [][]string {
	t.Helper()
	f := openFile(t, path, WithReading(r), WithCacheDir(""), WithCellLimit(1<<20))
	n := indexed(t, f)
	rows, err := f.Rows(t.Context(), 0, int(n)+1)
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	return fieldsOf(rows)
}
