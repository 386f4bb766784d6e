package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPreviewSave: what is shown is saved in every form, by the name or by a flag.
func TestPreviewSave(t *testing.T) {
	isolate(t)
	path := pagesCSV(t)
	dir := t.TempDir()
	for _, c := range []struct {
		name  string
		args  []string
		holds string
	}{
		{"out.csv", []string{"--filter", "space_key = ENG", "--columns", "title,size"}, "title,size\nFirst,9007199254740992\n\"Draft, second\",9007199254740993\n"},
		{"out.txt", []string{"--columns", "space_key,size", "--save-delimiter", "semicolon", "--save-quote", "'all", "--save-line-ending", "crlf", "--save-bom", "--filter", "#4 = 10"}, "\xef\xbb\xbf'space_key';'size'\r\n'OPS';'10'\r\n"},
		{"bare.csv", []string{"--columns", "title", "--save-header", "no", "--filter", "title = Third"}, "Third\n"},
		{"out.tsv", []string{"--sort", "title:desc", "--columns", "title", "--filter", "size is number"}, "title\nThird\nFirst\nDraft, second\n"},
		{"out.jsonl", []string{"--filter", "title = First", "--save-types", "auto"}, `{"space_key":"ENG","title":"First","updated_date":"2026-01-01T08:00:00Z","size":9007199254740992}` + "\n"},
		{"out.md", []string{"--filter", "title = Third", "--columns", "space_key,size"}, "| space_key | size |\n| --- | --- |\n| OPS | 10 |\n"},
		{"groups.csv", []string{"--group", "space_key", "--filter", "space_key = ENG"}, "space_key,count\nENG,2\n"},
		{"out.data", []string{"--save-as", "sqlite"}, "SQLite format 3\x00"},
		{"out.parquet", nil, "PAR1"},
		{"out.xlsx", nil, "PK\x03\x04"},
	} {
		to := filepath.Join(dir, c.name)
		code, out, errs := runProgram(t, append([]string{"preview", path, "--save", to, "--json"}, c.args...)...)
		var done savedView
		if err := json.Unmarshal([]byte(out), &done); err != nil || code != exitDone {
			t.Fatalf("%s: exit code %d, %v, %s", c.name, code, err, errs)
		}
		b, err := os.ReadFile(to)
		if err != nil || !strings.HasPrefix(string(b), c.holds) || done.Bytes != int64(len(b)) || done.Path != to || !done.Complete {
			t.Errorf("%s: %+v, %v, %.300q", c.name, done, err, b)
		}
		if text := strings.HasSuffix(c.holds, "\n"); text && string(b) != c.holds {
			t.Errorf("%s: %q, want %q", c.name, b, c.holds)
		}
	}
	code, out, errs := runProgram(t, "preview", path, "--save", filepath.Join(dir, "safe.csv"), "--spreadsheet-safe")
	if code != exitDone || !strings.Contains(out, "saved 4 rows as csv") {
		t.Errorf("exit code %d, %s, %s", code, out, errs)
	}
}

// TestPreviewSaveNotes: what could not stand as it is gets told.
func TestPreviewSaveNotes(t *testing.T) {
	isolate(t)
	path := filepath.Join(t.TempDir(), "odd.csv")
	if err := os.WriteFile(path, []byte("a,a\n1,2\n3,4,5\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "out.parquet")
	code, out, errs := runProgram(t, "preview", path, "--save", to, "--json")
	for _, want := range []string{`"kind": "wider-rows"`, `"first": 2`, `"kind": "renamed"`, `"name": "Column 3"`, `"type": "integer"`} {
		if code != exitDone || !strings.Contains(out, want) {
			t.Errorf("exit code %d, no %s in %s", code, want, out)
		}
	}
	if !strings.Contains(errs, `note: one column has no name, or that of another, and got its own: "a" is "a_2"`) {
		t.Errorf("%s", errs)
	}
}

// TestPreviewSaveErrors: wrong use is told before anything is written.
func TestPreviewSaveErrors(t *testing.T) {
	isolate(t)
	path := pagesCSV(t)
	dir := t.TempDir()
	to := filepath.Join(dir, "out.csv")
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"--save", filepath.Join(dir, "out")}, exitUsage, "--save-as"},
		{[]string{"--save", to, "--save-as", "doc"}, exitUsage, `no form "doc"`},
		{[]string{"--save", to, "--rows", "3"}, exitUsage, "--filter"},
		{[]string{"--save", to, "--count"}, exitUsage, "--count"},
		{[]string{"--save", to, "--save-types", "some"}, exitUsage, "auto or text"},
		{[]string{"--save", to, "--save-line-ending", "x"}, exitUsage, "lf or crlf"},
		{[]string{"--save", to, "--save-header", "maybe"}, exitUsage, "--save-header is yes or no"},
		{[]string{"--save", to, "--save-delimiter", "two"}, exitUsage, "--save-delimiter"},
		{[]string{"--save", to, "--save-delimiter", `"`}, exitFailed, "both between"},
		{[]string{"--save", to, "--save-encoding", "klingon"}, exitFailed, "no encoding"},
		{[]string{"--save", filepath.Join(dir, "out.xlsx"), "--save-encoding", "utf-16"}, exitUsage, "xlsx has its own"},
		{[]string{"--save", filepath.Join(dir, "out.tsv"), "--save-delimiter", ";"}, exitUsage, "a tab"},
		{[]string{"--spreadsheet-safe"}, exitUsage, "--save"},
		{[]string{"--overwrite"}, exitUsage, "--save"},
		{[]string{"--save", path}, exitFailed, "choose another name"},
		{[]string{"--group", "space_key", "--save", path}, exitFailed, "choose another name"},
	} {
		code, out, errs := runProgram(t, append([]string{"preview", path}, c.args...)...)
		if code != c.code || out != "" || !strings.Contains(errs, c.says) {
			t.Errorf("%q: exit code %d (want %d), %q, %s", c.args, code, c.code, out, errs)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}

// TestPreviewSaveReplacesNothing: a file that is there stays as it is, and costs no work,
// until it is said that it may be replaced.
func TestPreviewSaveReplacesNothing(t *testing.T) {
	isolate(t)
	path := pagesCSV(t)
	to := filepath.Join(t.TempDir(), "out.csv")
	if err := os.WriteFile(to, []byte("of somebody"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, more := range [][]string{nil, {"--sort", "title"}, {"--group", "space_key"}} {
		code, out, errs := runProgram(t, append([]string{"preview", path, "--save", to}, more...)...)
		if b, err := os.ReadFile(to); code != exitFailed || out != "" || err != nil || string(b) != "of somebody" ||
			!strings.Contains(errs, to+" exists already: name another file, or add --overwrite") {
			t.Errorf("%v: exit code %d, %s, %s, %v, %.40q", more, code, out, errs, err, b)
		}
	}
	code, out, errs := runProgram(t, "preview", path, "--save", to, "--overwrite", "--columns", "title")
	if b, err := os.ReadFile(to); code != exitDone || err != nil || !strings.HasPrefix(string(b), "title\n") {
		t.Errorf("exit code %d, %s, %s, %v, %.40q", code, out, errs, err, b)
	}
	if code, _, errs := runProgram(t, "preview", path, "--save", path, "--overwrite"); code != exitFailed || !strings.Contains(errs, "choose another name") {
		t.Errorf("onto itself: exit code %d, %s", code, errs)
	}
}
