package query

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sluice/csvfile"
)

// file is a file with a text, open.
func file(t *testing.T, text string, opts ...csvfile.Option) *csvfile.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "t.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := csvfile.Open(t.Context(), path, append([]csvfile.Option{csvfile.WithCacheDir(filepath.Join(t.TempDir(), "cache"))}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// ask runs a statement, and returns its rows with bars between cells.
func ask(t *testing.T, tables []Table, statement string, o Options) (rows []string, notes []string) {
	t.Helper()
	r, err := Run(t.Context(), tables, statement, o)
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	defer r.Close()
	err = csvfile.EachRow(t.Context(), r.File, nil, func(r csvfile.FullRow) error {
		var cells []string
		for _, c := range r.Cells {
			cells = append(cells, string(c))
		}
		rows = append(rows, strings.Join(cells, "|"))
		return nil
	}, nil)
	if err != nil || int64(len(rows)) != r.Rows {
		t.Fatalf("%s: %d rows of %d: %v", statement, len(rows), r.Rows, err)
	}
	return rows, r.Notes
}

const (
	pages = "page_id,space_id,title,version,zip,price\n" +
		"9007199254740993,1,\"a, \"\"b\"\"\nc\",10,01234,1.50\n" +
		"9007199254740992,2,Ärger,9,12345,20\n" +
		"3,1,,100,99999,\n" +
		"4,,last,2,00001,3.25\n"
	spaces = "space_id,name\n1,Engineering\n2,Operations\n"
)

func TestRun(t *testing.T) {
	tables := []Table{{"pages", file(t, pages)}, {"spaces", file(t, spaces)}}
	for _, c := range []struct {
		statement string
		text      bool
		want      []string
	}{
		{"SELECT count(*) FROM pages", false, []string{"4"}},
		{"SELECT title FROM pages WHERE version > 9 ORDER BY version", false, []string{"a, \"b\"\nc", ""}},
		{"SELECT page_id FROM pages ORDER BY page_id DESC", false, []string{"9007199254740993", "9007199254740992", "4", "3"}},
		{"SELECT zip FROM pages WHERE zip = '01234' OR zip = 12345 ORDER BY zip", false, []string{"01234", "12345"}},
		{"SELECT price, typeof(price), typeof(zip), typeof(version), typeof(title) FROM pages ORDER BY page_id", false,
			[]string{"|null|text|integer|text", "3.25|real|text|integer|text", "20|real|text|integer|text", "1.5|real|text|integer|text"}},
		{"SELECT page_id FROM pages WHERE space_id IS NULL", false, []string{"4"}},
		{"SELECT page_id FROM pages WHERE title = ''", false, []string{"3"}},
		{"SELECT price, space_id FROM pages WHERE page_id = '9007199254740993' AND space_id = '1'", true, []string{"1.50|1"}},
		{"SELECT page_id FROM pages WHERE space_id = '' ORDER BY version", true, []string{"4"}},
		{"SELECT s.name, count(p.page_id), sum(p.version) FROM spaces s JOIN pages p USING (space_id) GROUP BY 1 ORDER BY 1;", false, []string{"Engineering|2|110", "Operations|1|9"}},
		{"SELECT p.page_id, s.name FROM pages p LEFT JOIN spaces s ON s.space_id = p.space_id WHERE p.page_id < 10 ORDER BY 1", false, []string{"3|Engineering", "4|"}},
		{"WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 3) SELECT x FROM n", false, []string{"1", "2", "3"}},
		{"SELECT page_id, name FROM pages NATURAL JOIN spaces ORDER BY 1", false, []string{"3|Engineering", "9007199254740992|Operations", "9007199254740993|Engineering"}},
		{"SELECT name, count(*) FROM pages JOIN spaces USING (space_id) GROUP BY 1 ORDER BY 1", false, []string{"Engineering|2", "Operations|1"}},
		{"SELECT count(*) FROM pages NATURAL JOIN spaces", false, []string{"3"}},
		{"SELECT NULL, x'41', 1e300, 2.0, 0.1 + 0.2, -9223372036854775808", false, []string{"|A|1e+300|2|0.30000000000000004|-9223372036854775808"}},
		{"SELECT a.page_id FROM pages a, pages b WHERE a.version = b.version + 1", false, []string{"9007199254740993"}},
		{"SELECT title FROM PAGES WHERE Title REGEXP '^[ÄÖ]' -- the end", false, []string{"Ärger"}},
		{"SELECT rank() OVER (ORDER BY version), page_id FROM pages WHERE page_id IN (3, 4) ORDER BY 1", false, []string{"1|4", "2|3"}},
		{"SELECT x FROM (SELECT version AS x FROM pages LIMIT 2) WHERE x < 10", false, []string{"9"}},
		{"SELECT page_id FROM pages WHERE 0", false, nil},
		{"VALUES (1, 'a'), (2, NULL)", false, []string{"1|a", "2|"}},
	} {
		got, notes := ask(t, tables, c.statement, Options{Text: c.text})
		if diff := cmp.Diff(c.want, got); diff != "" || len(notes) > 0 {
			t.Errorf("%s: %q (-want +got):\n%s", c.statement, notes, diff)
		}
	}
}

// TestRunNames: columns whose names cannot stand in a table get others, and cells behind the
// last of them are said.
func TestRunNames(t *testing.T) {
	f := file(t, "id,ID,,x y\n1,2,3,4\n5,6,7,8,9\n10\n", csvfile.WithHeader(true))
	got, notes := ask(t, []Table{{`a "b"`, f}}, `SELECT id_2, "Column 3", "x y" FROM "a ""b""" ORDER BY id`, Options{})
	if diff := cmp.Diff([]string{"2|3|4", "6|7|8", "||"}, got); diff != "" {
		t.Error(diff)
	}
	if all := strings.Join(notes, "\n"); len(notes) != 2 || !strings.Contains(all, `"ID" is "ID_2"`) || !strings.Contains(all, "one row has cells behind") {
		t.Errorf("%q", notes)
	}
}

// TestRunRefuses: a statement only reads, and only its tables; what is wrong is said before a
// row is read.
func TestRunRefuses(t *testing.T) {
	f := file(t, pages)
	other := filepath.Join(t.TempDir(), "other.db")
	for statement, want := range map[string]string{
		"":                        "SELECT",
		"SELECT 1; SELECT 2":      "one statement",
		"SELECT FROM":             "syntax error",
		"SELECT * FROM page":      "no such table: page; there are pages",
		"SELECT titel FROM pages": "no such column: titel; there are page_id, space_id, title",
		`SELECT page_id FROM pages WHERE "titel" = ''`: "no such column",
		"ATTACH '" + other + "' AS o":                  "ATTACH is refused",
		"PRAGMA writable_schema = 1":                   "PRAGMA is refused",
		"INSERT INTO pages VALUES (1)":                 "INSERT is refused",
		"DELETE FROM pages":                            "DELETE is refused",
		"UPDATE pages SET title = ''":                  "UPDATE is refused",
		"CREATE TABLE x AS SELECT 1":                   "is refused",
		"VACUUM INTO '" + other + "'":                  "one statement is run, a SELECT",
		"BEGIN":                                        "is refused",
		"SELECT load_extension('x')":                   "load_extension() is refused",
		"SELECT * FROM pragma_database_list":           "PRAGMA is refused",
		"EXPLAIN SELECT 1":                             "one statement",
		"SELECT 1) UNION SELECT * FROM (SELECT 2":      "syntax error",
		"SELECT title REGEXP '(' FROM pages":           "no regular expression",
		"SELECT ?":                                     "missing argument",
		"SELECT zeroblob(70000000)":                    "has more than 64.0 MB",
		"SELECT abs(-9223372036854775808)":             "integer overflow",
		"SELECT abs(9223372036854775808 - version) FROM pages UNION ALL SELECT sum(9223372036854775807) FROM pages": "integer overflow",
	} {
		r, err := Run(t.Context(), []Table{{"pages", f}}, statement, Options{})
		if err == nil {
			r.Close()
		}
		var wrong *StatementError
		if !errors.As(err, &wrong) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q in it", statement, err, want)
		}
	}
	if _, err := os.Stat(other); err == nil {
		t.Error("a statement has made a file")
	}
}

// TestRunEnds: a statement that would not end does with its context, whether it reads or not.
func TestRunEnds(t *testing.T) {
	f := file(t, "a\n"+strings.Repeat("1\n", 50_000))
	for _, statement := range []string{
		"WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n, t",
		"SELECT count(*) FROM t x, t y WHERE x.a + y.a = 7",
	} {
		ctx, cancel := context.WithCancel(t.Context())
		r, err := Run(ctx, []Table{{"t", f}}, statement, Options{Progress: func(p Progress) {
			if !p.Typing {
				cancel()
			}
		}})
		cancel()
		if err == nil {
			r.Close()
		}
		if wrong := (*StatementError)(nil); !errors.Is(err, context.Canceled) || errors.As(err, &wrong) {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

// TestRunPutsAside: what does not fit in memory lies in files without a name in the work folder
// of the file, which only its owner reads, and nothing stays.
func TestRunPutsAside(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("files without a name are seen in /proc")
	}
	var text strings.Builder
	text.WriteString("id,other,text\n")
	const rows = 30_000
	for i := range rows {
		fmt.Fprintf(&text, "%d,%d,%s\n", i, (i*7919)%rows, strings.Repeat("x", 200))
	}
	f := file(t, text.String())
	seen := map[string]bool{}
	r := run{memory: 1 << 20, o: Options{Progress: func(Progress) {
		open, _ := os.ReadDir("/proc/self/fd")
		for _, fd := range open {
			if to, err := os.Readlink("/proc/self/fd/" + fd.Name()); err == nil && strings.HasSuffix(to, " (deleted)") {
				seen[filepath.Dir(to)] = true
			}
		}
	}}}
	out, err := r.whole(t.Context(), []Table{{"t", f}}, "SELECT a.id, a.text, b.text FROM t a JOIN t b ON a.id = b.other ORDER BY b.id")
	if err != nil {
		t.Fatal(err)
	}
	if out.Rows != rows || len(out.Notes) > 0 {
		t.Errorf("%d rows, %q", out.Rows, out.Notes)
	}
	out.Close()
	if len(seen) != 1 || !seen[f.WorkDir()] {
		t.Errorf("files lie in %v, not in %s", seen, f.WorkDir())
	}
	if info, err := os.Stat(f.WorkDir()); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	left, _ := filepath.Glob(filepath.Join(f.WorkDir(), "*"))
	if len(left) > 0 {
		t.Errorf("left: %q", left)
	}
}

// TestNumbersOfManyDigits: where a column is text for nothing but the length of its numbers,
// that is said; digits that are no numbers, such as those of keys, are texts as they should be.
func TestNumbersOfManyDigits(t *testing.T) {
	f := file(t, "id,v,key,mixed\n1,9,007,x\n2,99999999999999999999,123,99999999999999999999\n")
	_, notes := ask(t, []Table{{"t", f}}, "SELECT id, v, key, mixed FROM t", Options{})
	if len(notes) != 1 || !strings.HasPrefix(notes[0], "t: the column v has numbers of more digits") {
		t.Errorf("%q", notes)
	}
	if _, notes := ask(t, []Table{{"t", f}}, "SELECT v FROM t", Options{Text: true}); len(notes) > 0 {
		t.Errorf("as texts: %q", notes)
	}
}
