package filtertext

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sluice/csvfile"
)

var header = []string{"space_key", "updated_date", "version", "Page Title", "ID", "id", "twice", "twice", "and"}

// TestParse reads filters, and writes them in their plainest form.
func TestParse(t *testing.T) {
	for text, plain := range map[string]string{
		"space_key = ENG and updated_date >= 2026-01-01": "",
		"SPACE_KEY==ENG AND Updated_Date>=2026-01-01":    "space_key = ENG and updated_date >= 2026-01-01",
		`"Page Title" ~ "^a (b|c)$"`:                     "",
		`'Page Title' =~ '^a "b"' nocase`:                `"Page Title" ~ '^a "b"' nocase`,
		`space_key in (A, 'B', "5", 5, 2026-01-01)`:      `space_key in (A, B, "5", 5, 2026-01-01)`,
		"space_key NOT IN (A, b) nocase":                 "space_key not in (A, b) nocase",
		"version = 9007199254740993":                     "",
		`version = "007" or version <> 007`:              `version = "007" or version != 007`,
		"version between 1 and 2 and id is not empty":    "",
		"version not between 1 and 2":                    "",
		"not (version = 1 or version = 2)":               "",
		"not not version = 1":                            "version = 1",
		"not version >= 1":                               "",
		"(version = 1 and (id = 2 and ID = 3))":          "version = 1 and id = 2 and ID = 3",
		"(version = 1 or id = 2) and ID = 3":             "",
		"version = 1 or id = 2 and ID = 3":               "",
		"#7 is number and #8 is not time":                "",
		`"and" = "or"`:                                   "",
		`space_key = ""`:                                 "space_key is empty",
		`space_key != ''`:                                "space_key is not empty",
		`updated_date < "2026-01-01 08:00"`:              "updated_date < 2026-01-01T08:00",
		`updated_date = "2026-01-01"`:                    "",
		"space_key > M":                                  "",
		"space_key not contains a-b":                     "",
		"space_key contains 5 and space_key !~ ^x":       "",
		`space_key = 'it''s "so"'`:                       "",
		"space_key = été nocase":                         "",
	} {
		e, err := Parse(text, header)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if plain == "" {
			plain = text
		}
		if got := Format(e, header); got != plain && !strings.Contains(text, "''") {
			t.Errorf("%s becomes %s, want %s", text, got, plain)
		}
		again, err := Parse(Format(e, header), header)
		if diff := cmp.Diff(e, again); err != nil || diff != "" {
			t.Errorf("%s: %v %s", text, err, diff)
		}
	}
}

// TestParseConditions: what a comparison becomes.
func TestParseConditions(t *testing.T) {
	for text, want := range map[string]csvfile.Condition{
		"version = 5":                {Column: 2, Op: csvfile.OpNumber, Min: "5", Max: "5"},
		`version != "5"`:             {Column: 2, Op: csvfile.OpEquals, Text: "5", Not: true},
		"version > 5":                {Column: 2, Op: csvfile.OpNumber, Min: "5", MinOpen: true},
		"updated_date <= 2026-01-01": {Column: 1, Op: csvfile.OpTime, Max: "2026-01-01"},
		"space_key < ENG":            {Op: csvfile.OpText, Max: "ENG", MaxOpen: true},
		"space_key = ENG nocase":     {Op: csvfile.OpEquals, Text: "ENG", IgnoreCase: true},
		"not space_key contains x":   {Op: csvfile.OpContains, Text: "x", Not: true},
	} {
		if e, err := Parse(text, header); err != nil || cmp.Diff(csvfile.Is(want), e) != "" {
			t.Errorf("%s: %v %s", text, err, cmp.Diff(csvfile.Is(want), e))
		}
	}
}

// TestParseErrors: what is wrong, where, and what is near.
func TestParseErrors(t *testing.T) {
	for text, c := range map[string]struct {
		at   int // character, from 1
		says string
	}{
		"":                                {1, "at its end: expected the name of a column"},
		"spce_key = ENG":                  {1, `"spce_key": there is no such column; the nearest is space_key`},
		"version = 1 and pagetitle = x":   {17, `the nearest is "Page Title"`},
		"twice = 1":                       {1, "#7 or #8"},
		"#12 = 1":                         {1, "#1 to #9"},
		"version 5":                       {9, "expected a comparison"},
		"version =":                       {10, "expected a value"},
		"version = and":                   {11, "put this word in quotes"},
		"version = 1 id = 2":              {13, "expected and, or, or the end"},
		"(version = 1":                    {1, "never closed"},
		"version = 1)":                    {12, "expected and"},
		"space_key in (a b)":              {17, "a comma or )"},
		"space_key in ()":                 {15, "expected a value"},
		"space_key in a":                  {14, "expected ("},
		"space_key in (a":                 {14, "never closed"},
		`space_key = "a`:                  {13, "quote is never closed"},
		"space_key ~ '('":                 {13, "a ( is never closed"},
		"version between 1 and x":         {23, "not of the kind"},
		"version between 1, 2":            {18, "expected and"},
		"version = 1 nocase":              {13, "nocase is for text"},
		"version is 5":                    {12, "to compare with a value, use ="},
		"space_key contains ''":           {20, "is empty"},
		"version < ''":                    {11, "is empty"},
		"ÄÖÜ = 1":                         {1, "no such column"},
		"version = 1 and ÄÖ":              {17, "no such column"},
		strings.Repeat("not ", 200) + "x": {401, "deep"},
	} {
		_, err := Parse(text, header)
		var wrong *Error
		if !errors.As(err, &wrong) || wrong.Character() != c.at || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), `is ""`) {
			t.Errorf("%s: %v, want %q at %d", text, err, c.says, c.at)
		}
	}
}

// TestColumns reads lists of columns.
func TestColumns(t *testing.T) {
	got, err := Columns(`id, "Page Title",#7 , Version`, header)
	if diff := cmp.Diff([]int{5, 3, 6, 2}, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	for _, text := range []string{"", "id,", "id version", "nothing"} {
		if got, err := Columns(text, header); err == nil || !strings.HasPrefix(err.Error(), "the list of columns is wrong") || strings.Contains(err.Error(), `""`) && text == "nothing" {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
}

// FuzzParse: whatever is typed is read or refused with a place in it, and what was read
// is written as text that reads the same.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"space_key = ENG and updated_date >= 2026-01-01", `not ("Page Title" ~ "^a" nocase or version in (1, "2", 2026-01-01))`,
		"#7 not between -1e5 and .5", "id is not empty or version != 'it''s'", "a=b", "((((", `"`, "updated_date < '2026-01-01 08:00'",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := Parse(text, header)
		if err != nil {
			var wrong *Error
			if !errors.As(err, &wrong) || wrong.At < 0 || wrong.At > wrong.Behind || wrong.Behind > len(text) || wrong.Error() == "" {
				t.Fatalf("%q: %#v", text, err)
			}
			return
		}
		plain := Format(e, header)
		again, err := Parse(plain, header)
		if diff := cmp.Diff(e, again); err != nil || diff != "" {
			t.Fatalf("%q becomes %q: %v %s", text, plain, err, diff)
		}
	})
}
