package changes

import (
	"fmt"
	"slices"
	"testing"
)

// TestNameOf: what a file is of, and of which job, by its name.
func TestNameOf(t *testing.T) {
	for file, want := range map[string][3]string{
		"pages_job7_20260102T030405.csv":     {"pages", "7", "true"},
		"analytics_events_job12_2026.csv.gz": {"analytics_events", "12", "true"},
		"pages_job7_2026.csv.partial":        {"pages", "7", "true"},
		"my pages.CSV":                       {"my pages", "", "true"},
		"issues.tsv.gz":                      {"issues", "", "true"},
		"notes.txt":                          {"notes", "", "true"},
		"pages_job7_2026.parquet":            {"pages", "7", "true"},
		"manifest.json":                      {"manifest", "", "false"},
		"Pages_job7_2026.csv":                {"Pages_job7_2026", "", "true"}, // no file of a job is called so
		"csv":                                {"csv", "", "false"},
	} {
		name, job, ok := nameOf(file)
		if got := [3]string{name, job, fmt.Sprint(ok)}; got != want {
			t.Errorf("%s is %q, want %q", file, got, want)
		}
	}
}

func TestSlug(t *testing.T) {
	for path, want := range map[string]string{
		"/data/jobs/7": "7", "/data/My Export (1).csv": "My-Export--1-", "pages_job7_2026.csv": "pages", "/x/ü.csv": "-", "a_b-C9": "a_b-C9",
	} {
		if got := slug(path); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
}

// TestScheme: by which columns the rows of a file are told apart, and which hold the
// date of their last change.
func TestScheme(t *testing.T) {
	for _, c := range []struct {
		file           string
		header, chosen []string
		key            []keyColumn // nil: none
		dates          []string
		whole          bool
	}{
		{"pages", []string{"x", "page_id", "created_date", "updated_date"}, nil, []keyColumn{{"page_id", byNumber}}, []string{"updated_date", "created_date"}, false},
		{"users", []string{"user_id", "user_name"}, nil, []keyColumn{{"user_id", auto}}, nil, true}, // of another product, perhaps
		{"spaces", []string{"space_key"}, nil, []keyColumn{{"space_key", auto}}, nil, true},
		{"issues", []string{"project_id", "id", "updated"}, nil, []keyColumn{{"id", auto}}, []string{"updated"}, false},
		{"users", []string{"id", "name"}, nil, []keyColumn{{"id", auto}}, nil, true},
		{"repositories", []string{"repository_id"}, nil, []keyColumn{{"repository_id", auto}}, nil, false},
		{"builds", []string{"build_key", "commit_hash", "repository_id", "build_updated_date"}, nil,
			[]keyColumn{{"commit_hash", auto}, {"repository_id", auto}, {"build_key", auto}}, []string{"build_updated_date"}, false},
		{"commits", []string{"commit_id", "repository_id"}, nil, []keyColumn{{"commit_id", auto}, {"repository_id", auto}}, nil, false},
		{"activities", []string{"id", "activity_id"}, nil, []keyColumn{{"activity_id", auto}}, nil, false},
		{"things", []string{"id", "x"}, nil, []keyColumn{{"id", auto}}, nil, false},
		{"pages", []string{"page_id", "x"}, []string{"x"}, []keyColumn{{"x", auto}}, nil, false},
		{"pages", []string{"page_id", "x"}, []string{"x", "y"}, nil, nil, false},
		{"things", []string{"name", "x"}, nil, nil, nil, false},
	} {
		s, ok := schemeOf(c.file, c.header, c.chosen)
		if ok != (c.key != nil) || ok && !slices.Equal(s.key, c.key) || !slices.Equal(s.dates, c.dates) || s.whole != c.whole {
			t.Errorf("%s with %q, %q: %+v, %v", c.file, c.header, c.chosen, s, ok)
		}
	}
}
