package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// salesCSV is a small table with some of everything that is sorted.
func salesCSV(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sales.csv")
	text := "id,name,size,at\n" +
		"1,Ärger,9007199254740993,2026-01-02\n" +
		"2,zebra,,2026-01-01T10:00:00Z\n" +
		"3,apple,n/a,2026-01-01T12:00:00+0300\n" +
		"4,Apple,9007199254740992,2025-12-31\n" +
		"5,apple,-1.5e3,\n"
	for i := range 40 { // so that one cell that is no number leaves the column one of numbers
		text += fmt.Sprintf("%d,m,5,2026-01-01 09:%02d:00\n", 6+i, i)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestPreviewSort(t *testing.T) {
	isolate(t)
	path := salesCSV(t)
	type by struct {
		Column, Type string
		Desc         bool
		Other        int64
	}
	for _, c := range []struct {
		args  []string
		ids   []string
		nums  []int64
		sort  []by
		kinds string
	}{
		{[]string{"--sort", "size:desc", "--rows", "3"}, []string{"1", "4", "6"}, []int64{1, 4, 6}, []by{{"size", "number", true, 1}}, "not-number"},
		{[]string{"--sort", "size", "--at", "-3"}, []string{"1", "3", "2"}, []int64{1, 3, 2}, []by{{"size", "number", false, 1}}, "not-number"},
		{[]string{"--sort", "name", "--rows", "4"}, []string{"3", "5", "4", "1"}, []int64{3, 5, 4, 1}, []by{{"name", "text", false, 0}}, ""},
		{[]string{"--sort", "name:bytes,id:desc", "--rows", "3"}, []string{"4", "5", "3"}, []int64{4, 5, 3}, []by{{"name", "bytes", false, 0}, {"id", "number", true, 0}}, ""},
		{[]string{"--sort", "at:time", "--at", "1", "--rows", "2"}, []string{"3", "6"}, []int64{3, 6}, []by{{"at", "time", false, 0}}, ""},
		{[]string{"--sort", "id:text:desc", "--rows", "2", "--filter", "id < 20"}, []string{"9", "8"}, []int64{9, 8}, []by{{"id", "text", true, 0}}, ""},
		{[]string{"--sort", "#1:desc", "--find", "zebra", "--rows", "1"}, []string{"2"}, []int64{2}, []by{{"id", "number", true, 0}}, ""},
	} {
		code, out, errs := runProgram(t, append([]string{"preview", path, "--json", "--columns", "id"}, c.args...)...)
		var got struct {
			Rows     [][]string
			Numbers  []int64
			Sort     []by
			Findings []struct{ Kind, Text string }
		}
		if err := json.Unmarshal([]byte(out), &got); err != nil || code != exitDone {
			t.Fatalf("%q: exit code %d, %v, %s", c.args, code, err, errs)
		}
		var ids []string
		for _, r := range got.Rows {
			ids = append(ids, r[0])
		}
		kinds := ""
		for _, f := range got.Findings {
			kinds += f.Kind
		}
		if diff := cmp.Diff(c.ids, ids) + cmp.Diff(c.nums, got.Numbers) + cmp.Diff(c.sort, got.Sort) + cmp.Diff(c.kinds, kinds); diff != "" {
			t.Errorf("%q: (-want +got):\n%s", c.args, diff)
		}
	}
}

// TestPreviewSortTable: rows keep their numbers, and what cannot be sorted is said, once,
// and is an error where all is to be as it should.
func TestPreviewSortTable(t *testing.T) {
	isolate(t)
	path := salesCSV(t)
	code, out, errs := runProgram(t, "preview", path, "--sort", "size:desc", "--rows", "1")
	if code != exitDone || !strings.Contains(out, "9007199254740993") || strings.Contains(out, "9007199254740992") {
		t.Errorf("exit code %d:\n%s", code, out)
	}
	const odd = "one cell of size cannot be sorted as a number, and comes behind those that can, before empty cells; the first is in row 3"
	if strings.Count(errs, odd) != 1 {
		t.Errorf("it says:\n%s", errs)
	}
	if code, _, errs := runProgram(t, "preview", path, "--sort", "size", "--strict"); code != exitFailed || !strings.Contains(errs, "is not as it should be: one cell of size") {
		t.Errorf("--strict: exit code %d: %s", code, errs)
	}
}

func TestPreviewSortRefuses(t *testing.T) {
	isolate(t)
	path := salesCSV(t)
	for want, args := range map[string][]string{
		"the nearest is size":                    {"--sort", "sice"},
		"says nothing of how to sort by size":    {"--sort", "size:numeric"},
		"--count counts them":                    {"--sort", "size", "--count"},
		"--group puts them into groups":          {"--sort", "size", "--group", "name"},
		"--profile describes a column":           {"--sort", "size", "--profile", "name"},
		"--row begins with a row by its number ": {"--sort", "size", "--row", "3"},
	} {
		code, _, errs := runProgram(t, append([]string{"preview", path}, args...)...)
		if code != exitUsage || !strings.Contains(errs, want) {
			t.Errorf("%q: exit code %d: %s", args, code, errs)
		}
	}
	if code, _, errs := runProgram(t, "preview", path, "--sort", "size", "--at", "100"); code != exitFailed || !strings.Contains(errs, "row 101 does not exist: the file has 45 rows") {
		t.Errorf("behind the end: exit code %d: %s", code, errs)
	}
}

// TestPreviewSortSaves: what is saved is in the order that is shown, in any form.
func TestPreviewSortSaves(t *testing.T) {
	isolate(t)
	path := salesCSV(t)
	out := filepath.Join(t.TempDir(), "sorted.jsonl")
	if code, _, errs := runProgram(t, "preview", path, "--sort", "size:desc", "--columns", "id,size", "--save", out); code != exitDone {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	text, err := os.ReadFile(out)
	if lines := strings.Split(strings.TrimSpace(string(text)), "\n"); err != nil || len(lines) != 45 || !strings.Contains(lines[0], "9007199254740993") || !strings.Contains(lines[1], "9007199254740992") || !strings.Contains(lines[43], "n/a") {
		t.Errorf("%v:\n%s", err, text)
	}
}
