package palette

import (
	"fmt"
	"strings"
	"testing"
)

var items = []Item{
	{ID: "start", Name: "Start the export", Keys: "Ctrl+Enter"},
	{ID: "cancel", Name: "Cancel the export", Off: true},
	{ID: "history", Name: "History", Words: "jobs"},
	{ID: "files", Name: "Files"},
	{ID: "csv", Name: "Open a CSV file"},
	{ID: "wiki", Name: "Wiki of the house", Detail: "Completed"},
	{ID: "job7", Name: "Job 7", Detail: "Failed, 2024-02-01"},
	{ID: "dark", Name: "Colours: Dark"},
}

func ids(list []Item) string {
	var s []string
	for _, i := range list {
		s = append(s, i.ID)
	}
	return strings.Join(s, " ")
}

func TestFind(t *testing.T) {
	for query, want := range map[string]string{
		"":             "start history files csv wiki job7 dark cancel",
		"file":         "files csv",
		"FIL csv":      "csv",
		"export":       "start cancel",
		"ocf":          "csv",
		"strt":         "start",
		"jobs":         "history",
		"completed":    "wiki",
		"wiki compl":   "wiki",
		"job fail":     "job7",
		"drk":          "dark",
		"nothing here": "",
		"zzz":          "",
		"wxof":         "",
	} {
		if got := ids(Find(items, query, nil)); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
}

// TestNumbers: who types the number of a job means that job.
func TestNumbers(t *testing.T) {
	jobs := []Item{{ID: "97", Name: "Job 97", Detail: "Completed · 2024-03-01 07:00 · Wiki 0"}, {ID: "70", Name: "Job 70", Detail: "Wiki 9"}, {ID: "7", Name: "Job 7", Detail: "Wiki 9"}, {ID: "8", Name: "Job 8", Detail: "at 07:00"}}
	for query, want := range map[string]string{"job 7": "7 97 70 8", "job 7 wiki 9": "7 70 97", "9": "70 7 97", "5": ""} {
		if got := ids(Find(jobs, query, nil)); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
}

// TestUsed: what was used last comes first, among what fits alike.
func TestUsed(t *testing.T) {
	used := Used(Used(Used(nil, "csv"), "wiki"), "gone")
	if got := ids(Find(items, "", used)); !strings.HasPrefix(got, "wiki csv start") {
		t.Errorf("%q", got)
	}
	if got := ids(Find(items, "file", used)); got != "csv files" && got != "files csv" {
		t.Errorf("%q", got)
	}
	if got := ids(Find(items, "", Used(nil, "cancel"))); !strings.HasSuffix(got, "cancel") {
		t.Errorf("what cannot be done now comes last: %q", got)
	}
	for i := range 100 {
		used = Used(used, fmt.Sprint(i%30))
	}
	if len(used) != mostUsed || used[0] != "9" {
		t.Errorf("%d are remembered: %v", len(used), used)
	}
}

// TestMany: a long list is cut, and nothing that fits better is.
func TestMany(t *testing.T) {
	var many []Item
	for i := range 5000 {
		many = append(many, Item{ID: fmt.Sprint(i), Name: fmt.Sprintf("page %d", i)})
	}
	many = append(many, Item{ID: "best", Name: "4 pages"})
	if got := Find(many, "4 pages", nil); len(got) != 1 || got[0].ID != "best" {
		t.Errorf("%d found, first %q", len(got), got[0].Name)
	}
	if got := Find(many, "page", nil); len(got) != Most {
		t.Errorf("%d found", len(got))
	}
}
