package cli

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// converters are what converters do to the tables of a demo, in SQL: %COLUMNS% stands
// for the columns of a table, %TABLE% for its name.
var converters = map[string]struct{ create, name string }{
	"text in another order":      {"CREATE TABLE new.%NAME% AS SELECT %TEXT% FROM %TABLE% ORDER BY 1 DESC", "public_%TABLE%"},
	"as it is, without any keys": {"CREATE TABLE new.%NAME% AS SELECT * FROM %TABLE%", "%TABLE%"},
	"real numbers, upper case":   {"CREATE TABLE new.%NAME% AS SELECT %REAL% FROM %TABLE% ORDER BY 1 DESC", "%TABLE%"},
}

// convert writes the demo at path as a converter would.
func convert(t *testing.T, path, create, name string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "converted.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	run := func(s string, args ...any) {
		t.Helper()
		if _, err := db.Exec(s, args...); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	list := func(s string, args ...any) (names []string) {
		t.Helper()
		rows, err := db.Query(s, args...)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				t.Fatal(err)
			}
			names = append(names, name)
		}
		return names
	}
	run("ATTACH ? AS new", out)
	for _, table := range list("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'") {
		var text, real []string
		for _, c := range list("SELECT name FROM pragma_table_info(?)", table) {
			text = append(text, `CAST("`+c+`" AS TEXT) AS "`+c+`"`)
			real = append(real, `CASE WHEN typeof("`+c+`") = 'integer' THEN CAST("`+c+`" AS REAL) ELSE "`+c+`" END AS "`+strings.ToUpper(c)+`"`)
		}
		named := `"` + strings.ReplaceAll(name, "%TABLE%", table) + `"`
		run(strings.NewReplacer("%NAME%", named, "%TABLE%", `main."`+table+`"`, "%TEXT%", strings.Join(text, ", "), "%REAL%", strings.Join(real, ", ")).Replace(create))
	}
	return out
}

// TestSnapshotOfAConverter: a SQLite file in whatever form a converter left it becomes
// a typed and keyed snapshot that gives the same files, and is not changed.
func TestSnapshotOfAConverter(t *testing.T) {
	dir := t.TempDir()
	original := filepath.Join(dir, "demo.db")
	if r := sluice(t, "demo", original, "--pages", "120", "--seed", "9"); r.code != exitDone {
		t.Fatal(r.err)
	}
	want := csvFiles(t, original)
	for name, c := range converters {
		source := convert(t, original, c.create, c.name)
		before, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		out := filepath.Join(dir, "taken.db")
		for range 2 { // of the converter's file, then of what was taken
			r := sluice(t, "snapshot", source, out, "--replace", "--json")
			var taken struct {
				Kind             string
				Warnings         []string
				Tables           []struct{ Table string }
				DatabaseTimeZone string
			}
			if err := json.Unmarshal([]byte(r.out), &taken); err != nil || r.code != exitDone || !strings.Contains(taken.Kind, "SQLite database") || len(taken.Warnings) > 0 {
				t.Fatalf("%s: exit %d, %v\n%s%s", name, r.code, err, r.out, r.err)
			}
			if got := csvFiles(t, out); !slices.EqualFunc(files(got), files(want), bytes.Equal) {
				t.Errorf("%s: the snapshot gives other files than the source", name)
			}
			if now, err := os.ReadFile(source); err != nil || sha256.Sum256(now) != sha256.Sum256(before) {
				t.Errorf("%s: the source was changed, %v", name, err)
			}
			source = filepath.Join(dir, "again.db")
			if err := os.Rename(out, source); err != nil {
				t.Fatal(err)
			}
			if before, err = os.ReadFile(source); err != nil {
				t.Fatal(err)
			}
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*-*")); len(left) > 0 {
		t.Errorf("left beside the files: %q", left)
	}
}

// files are the files of an export in one order.
func files(of map[string][]byte) [][]byte {
	return [][]byte{of["users"], of["spaces"], of["pages"], of["comments"], of["analytics_events"]}
}

// TestSnapshotOfASQLiteFileRefuses: what cannot be read whole, what would be written
// over, and what is of another product.
func TestSnapshotOfASQLiteFileRefuses(t *testing.T) {
	dir := t.TempDir()
	source := filepath.Join(dir, "demo.db")
	if r := sluice(t, "demo", source, "--pages", "20"); r.code != exitDone {
		t.Fatal(r.err)
	}
	whole, err := os.ReadFile(source)
	if err != nil {
		t.Fatal(err)
	}
	link, out := filepath.Join(dir, "link.db"), filepath.Join(dir, "out.db")
	if err := os.Link(source, link); err != nil {
		t.Fatal(err)
	}
	make := func(name string, b []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	logged := make("logged.db", whole)
	make("logged.db-wal", []byte("changes"))
	for name, c := range map[string]struct{ source, out, want string }{
		"over itself":                  {source, source, "is the source itself"},
		"over itself, by another name": {source, link, "is the source itself"},
		"a dump over itself":           {make("x.dump", []byte("PGDMP\x01\x0e\x00\x04\x08\x01")), filepath.Join(dir, "x.dump"), "is the source itself"},
		"cut":                          {make("cut.db", whole[:len(whole)/2]), out, "is cut off"},
		"changes beside it":            {logged, out, "changes are still in"},
		"another product":              {make("jira.db", jira(t)), out, "is a Jira database"},
	} {
		r := sluice(t, "snapshot", c.source, c.out, "--replace")
		if r.code != exitFailed || !strings.Contains(r.err, c.want) || strings.Count(r.err, "\n") != 1 {
			t.Errorf("%s: exit %d, %s", name, r.code, r.err)
		}
		if strings.Contains(r.err, c.source+": "+c.source) {
			t.Errorf("%s: the file is named twice: %s", name, r.err)
		}
	}
	if now, err := os.ReadFile(source); err != nil || !bytes.Equal(now, whole) {
		t.Errorf("the source was changed, %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.partial")); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
}

// jira is a SQLite file with a table of Jira.
func jira(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "jira.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("CREATE TABLE jiraissue (id INTEGER PRIMARY KEY)"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
