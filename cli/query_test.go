package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// queried is the JSON of a query.
type queried struct {
	Header   []string
	Rows     [][]string
	Total    int64
	Complete bool
	Reason   string
	Tables   []struct {
		Name, File string
		Findings   []struct{ Kind, Text string }
	}
	Notes []string
}

func askJSON(t *testing.T, args ...string) (got queried, code int, errs string) {
	t.Helper()
	code, out, errs := runProgram(t, append([]string{"query", "--json"}, args...)...)
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatalf("%q: exit code %d, %v: %s%s", args, code, err, out, errs)
	}
	return got, code, errs
}

// TestQueryJob: the folder of a job is all its tables, by the names of the documentation, and a
// file of it is a table by what it holds.
func TestQueryJob(t *testing.T) {
	isolate(t)
	_, dir := exported(t)
	const join = "SELECT s.space_name, count(*) AS pages, max(p.page_id) > 5 FROM pages p JOIN spaces s USING (space_key) JOIN users u ON u.user_id = p.creator_id GROUP BY 1 ORDER BY 1"
	got, code, errs := askJSON(t, dir, join)
	if code != exitDone || len(got.Rows) == 0 || int64(len(got.Rows)) != got.Total || !got.Complete || len(got.Tables) != 5 {
		t.Fatalf("exit code %d, %+v: %s", code, got, errs)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*_job*.csv"))
	byFiles, _, _ := askJSON(t, append(files, join)...)
	if diff := cmp.Diff(got.Rows, byFiles.Rows); diff != "" || len(files) != 5 {
		t.Errorf("%d files: %s", len(files), diff)
	}
	_, out, _ := runProgram(t, "preview", files[1], "--count")
	for _, table := range got.Tables {
		if table.File == files[1] {
			one, _, _ := askJSON(t, dir, "SELECT count(*) FROM "+table.Name)
			if one.Rows[0][0] != strings.TrimSpace(out) {
				t.Errorf("%s has %s rows, and the preview counts %s", table.Name, one.Rows[0], out)
			}
		}
	}
}

// TestQuery: what is found is printed and saved as of a preview, and what is odd about a table
// is said.
func TestQuery(t *testing.T) {
	isolate(t)
	path := pagesCSV(t)
	code, out, errs := runProgram(t, "query", "p="+path, "SELECT title, size FROM p WHERE size > 9 ORDER BY size DESC", "--rows", "2")
	if want := "row  title          size\n  1  Draft, second  9007199254740993\n  2  First          9007199254740992\n"; code != exitDone || out != want || !strings.Contains(errs, "2 of 3 rows are shown: --rows shows more") {
		t.Errorf("exit code %d, %q, %s", code, out, errs)
	}
	to := filepath.Join(t.TempDir(), "out.jsonl")
	code, out, errs = runProgram(t, "query", path, "SELECT space_key AS space, count(*) AS n FROM pages GROUP BY upper(space_key) ORDER BY n DESC", "--save", to, "--save-types", "auto")
	if text, err := os.ReadFile(to); code != exitDone || err != nil || !strings.Contains(string(text), `"n":3`) || !strings.Contains(out, "saved 2 rows") {
		t.Errorf("exit code %d, %v, %s, %s%s", code, err, text, out, errs)
	}
	ragged := filepath.Join(t.TempDir(), "odd.csv")
	if err := os.WriteFile(ragged, []byte("a;b\n1;x\n2;y;z\n3;\xe9\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, code, errs := askJSON(t, path, ragged, "SELECT b FROM odd ORDER BY a")
	if diff := cmp.Diff([][]string{{"x"}, {"y"}, {"é"}}, got.Rows); diff != "" || code != exitDone {
		t.Errorf("exit code %d: %s", code, diff)
	}
	for _, want := range []string{"note: odd: ", "row 2", "read as Windows-1252, guessed", "one row has cells behind the last column"} {
		if !strings.Contains(errs, want) {
			t.Errorf("%q is not in %s", want, errs)
		}
	}
	if _, code, errs := askJSON(t, ragged, "--strict", "SELECT 1"); code != exitFailed || !strings.Contains(errs, "is not as it should be") {
		t.Errorf("exit code %d, %s", code, errs)
	}
}

// TestQueryRefuses: what is wrong is said, with its exit code, and no file is replaced.
func TestQueryRefuses(t *testing.T) {
	isolate(t)
	path := pagesCSV(t)
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{path}, exitUsage, "and, behind them, the statement"},
		{[]string{path, path, "SELECT 1"}, exitUsage, "two tables are called pages"},
		{[]string{path, "SELECT nme FROM pages"}, exitUsage, "no such column: nme; there are space_key, title"},
		{[]string{path, "ATTACH '/x' AS y"}, exitUsage, "ATTACH is refused"},
		{[]string{path, "SELECT 1", "--rows", "-1"}, exitUsage, "negative"},
		{[]string{path, "SELECT 1", "--overwrite"}, exitUsage, "--save"},
		{[]string{path, "SELECT 1", "--save", path, "--overwrite"}, exitFailed, "the file that is shown"},
		{[]string{path + ".gone", "SELECT 1"}, exitFailed, "pages.csv.gone"},
		{[]string{"x=" + t.TempDir(), "SELECT 1"}, exitUsage, "no CSV or Parquet files"},
		{[]string{"postgres://u:p@h/d", "SELECT 1"}, exitUsage, "address of a database"},
	} {
		if code, out, errs := runProgram(t, append([]string{"query"}, c.args...)...); code != c.code || out != "" || !strings.Contains(errs, c.says) {
			t.Errorf("%q: exit code %d (want %d), %q, %s", c.args, code, c.code, out, errs)
		}
	}
}
