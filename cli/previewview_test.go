package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// pagesCSV is a small table with some of everything that filters look at.
func pagesCSV(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pages.csv")
	text := "space_key,title,updated_date,size\n" +
		"ENG,First,2026-01-01T08:00:00Z,9007199254740992\n" +
		"ENG,\"Draft, second\",2025-06-01T00:00:00Z,9007199254740993\n" +
		"OPS,Third,2026-03-01T00:00:00Z,10\n" +
		"eng,fourth draft,2026-02-01T00:00:00Z,\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestPreviewFilter: rows that meet a filter keep their numbers, and everything else of
// the preview looks at them alone.
func TestPreviewFilter(t *testing.T) {
	isolate(t)
	path := pagesCSV(t)
	for _, c := range []struct {
		args []string
		rows [][]string
		at   int64
		nums []int64
	}{
		{[]string{"--filter", "space_key = ENG and updated_date >= 2026-01-01"}, [][]string{{"ENG", "First", "2026-01-01T08:00:00Z", "9007199254740992"}}, 0, []int64{1}},
		{[]string{"--filter", "size > 9007199254740992", "--columns", "title,#1"}, [][]string{{"Draft, second", "ENG"}}, 0, []int64{2}},
		{[]string{"--filter", "title ~ draft nocase or space_key in (OPS)", "--columns", "size", "--at", "1"}, [][]string{{"10"}, {""}}, 1, []int64{3, 4}},
		{[]string{"--filter", "size is not empty", "--columns", "title", "--row", "3"}, [][]string{{"Third"}}, 2, []int64{3}},
		{[]string{"--filter", "size is not empty", "--columns", "title", "--find", "^t", "--regex", "--ignore-case"}, [][]string{{"Third"}}, 2, []int64{3}},
		{[]string{"--columns", "title", "--at", "-1"}, [][]string{{"fourth draft"}}, 3, nil},
	} {
		code, out, errs := runProgram(t, append([]string{"preview", path, "--json"}, c.args...)...)
		var got struct {
			Rows    [][]string
			At      int64
			Numbers []int64
			Matches *int64
			Total   int64
		}
		if err := json.Unmarshal([]byte(out), &got); err != nil || code != exitDone {
			t.Fatalf("%q: exit code %d, %v, %s", c.args, code, err, errs)
		}
		if diff := cmp.Diff(c.rows, got.Rows) + cmp.Diff(c.nums, got.Numbers); diff != "" || got.At != c.at || got.Total != 4 || (got.Matches == nil) != (c.nums == nil) {
			t.Errorf("%q: at %d, total %d, matches %v, (-want +got):\n%s", c.args, got.At, got.Total, got.Matches, diff)
		}
	}
}

// TestPreviewFilterTable: the table tells the numbers of the rows, and how many there are.
func TestPreviewFilterTable(t *testing.T) {
	isolate(t)
	path := pagesCSV(t)
	code, out, errs := runProgram(t, "preview", path, "--filter", "space_key = eng nocase and not title = First", "--columns", "title")
	if want := "row  title\n  2  Draft, second\n  4  fourth draft\n"; code != exitDone || out != want || !strings.Contains(errs, "2 rows meet the filter, of 4") {
		t.Errorf("exit code %d, %q, %s", code, out, errs)
	}
	for args, want := range map[string]string{"space_key = ENG": "2\n", "size is number": "3\n"} {
		if code, out, errs := runProgram(t, "preview", path, "--count", "--filter", args); code != exitDone || out != want {
			t.Errorf("%s: exit code %d, %q, %s", args, code, out, errs)
		}
	}
	if _, out, _ := runProgram(t, "preview", path, "--count", "--filter", "size is number", "--find", "draft", "--ignore-case"); out != "1\n" {
		t.Errorf("found in the view: %q", out)
	}
}

// TestPreviewFilterErrors: wrong use says where it is wrong.
func TestPreviewFilterErrors(t *testing.T) {
	isolate(t)
	path := pagesCSV(t)
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"--filter", "spacekey = ENG"}, exitUsage, `at character 1, "spacekey": there is no such column; the nearest is space_key`},
		{[]string{"--columns", "size,nme"}, exitUsage, "--columns: "},
		{[]string{"--profile", "nme"}, exitUsage, "--profile: "},
		{[]string{"--profile", "size,title"}, exitUsage, "one column"},
		{[]string{"--profile", "size", "--find", "x"}, exitUsage, "--filter"},
		{[]string{"--profile", "size", "--count"}, exitUsage, "--count"},
		{[]string{"--regex"}, exitUsage, "--find"},
		{[]string{"--filter", "title = nothing", "--at", "3"}, exitFailed, "0 rows meet the filter"},
		{[]string{"--find", "(", "--regex"}, exitFailed, `"(" is no regular expression: a ( is never closed`},
	} {
		code, out, errs := runProgram(t, append([]string{"preview", path}, c.args...)...)
		if code != c.code || out != "" || !strings.Contains(errs, c.says) {
			t.Errorf("%q: exit code %d (want %d), %q, %s", c.args, code, c.code, out, errs)
		}
	}
}

// TestPreviewProfile: a column is described, for people and for programs.
func TestPreviewProfile(t *testing.T) {
	isolate(t)
	path := pagesCSV(t)
	code, out, errs := runProgram(t, "preview", path, "--profile", "updated_date", "--filter", "space_key = ENG", "--json")
	var got columnProfile
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != exitDone {
		t.Fatalf("exit code %d, %v, %s", code, err, errs)
	}
	if got.Type != "time" || got.Rows != 2 || got.Distinct != 2 || !got.DistinctExact || got.Min != "2025-06-01T00:00:00Z" || len(got.Top) != 2 || !got.Complete {
		t.Errorf("%+v", got)
	}
	code, out, _ = runProgram(t, "preview", path, "--profile", "size")
	for _, want := range []string{"integer", "4, 1 of them empty", "greatest   9007199254740993", "mean"} {
		if code != exitDone || !strings.Contains(out, want) {
			t.Errorf("no %q in %s", want, out)
		}
	}
}
