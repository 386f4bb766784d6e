package query

import (
	"context"
	"strings"
	"testing"

	"modernc.org/sqlite"
)

// TestTrimmed: what stands behind the last word of a statement is left out, whatever its order,
// and what looks like that in a text or a name is not.
func TestTrimmed(t *testing.T) {
	for statement, want := range map[string]string{
		"":                                   "",
		" ;-- nothing":                       "",
		"SELECT 1":                           "SELECT 1",
		"SELECT 1; -- the end":               "SELECT 1",
		"SELECT 1 -- the end; of it\n;;\r\n": "SELECT 1",
		"SELECT 1 /* a; */ ; /* b":           "SELECT 1",
		"SELECT 1; SELECT 2; --":             "SELECT 1; SELECT 2",
		"SELECT ';--' ;":                     "SELECT ';--'",
		"SELECT 'it''s; --';":                "SELECT 'it''s; --'",
		`SELECT "a;--" FROM [b;/*] ;`:        `SELECT "a;--" FROM [b;/*]`,
		"SELECT `;` --":                      "SELECT `;`",
		"SELECT 'open; --":                   "SELECT 'open; --",
		"SELECT 3 - -1;":                     "SELECT 3 - -1",
		"SELECT 4 / 2; ":                     "SELECT 4 / 2",
		"SELECT 'ü' ; -- ü":                  "SELECT 'ü'",
	} {
		if got := trimmed(statement); got != want {
			t.Errorf("%q is %q, want %q", statement, got, want)
		}
	}
	tables := []Table{{"pages", file(t, pages)}}
	for _, statement := range []string{"SELECT count(*) FROM pages; -- all of them", "SELECT count(*) FROM pages /* all */;\n-- of them\n"} {
		if got, _ := ask(t, tables, statement, Options{}); len(got) != 1 || got[0] != "4" {
			t.Errorf("%s: %q", statement, got)
		}
	}
}

// TestFullDisk: where SQLite has no room, it is told which folder is full and what to do.
func TestFullDisk(t *testing.T) {
	db, err := open(&sqlite.Driver{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("PRAGMA max_page_count = 2"); err != nil {
		t.Fatal(err)
	}
	_, full := db.Exec("CREATE TABLE x AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 9999) SELECT x FROM n")
	f := file(t, pages)
	r := &run{tables: []*table{{file: f}}}
	err = r.failing(context.Background(), full)
	for _, want := range []string{f.WorkDir(), "no room", "XDG_CACHE_HOME"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v is told as %v, without %q", full, err, want)
		}
	}
}
