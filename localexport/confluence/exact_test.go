package confluence

import (
	"bytes"
	"database/sql"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/localexport/snapshot"
)

// redeclared copies a database and declares columns anew; declare gets table,
// column and type.
func redeclared(t testing.TB, path string, declare func(table, column, kind string) string) string {
	t.Helper()
	target := filepath.Join(t.TempDir(), "redeclared.db")
	db, err := sql.Open("sqlite", quick(target))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	exec := func(s string, args ...any) {
		t.Helper()
		if _, err := db.Exec(s, args...); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	exec("ATTACH ? AS old", path)
	rows, err := db.Query("SELECT type, name, sql FROM old.sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, rowid")
	if err != nil {
		t.Fatal(err)
	}
	var statements []string
	columns := regexp.MustCompile(`([(,] ?)("?\w+"?) (VARCHAR\(\d+\)|CHAR\(1\)|BIGINT|SMALLINT|TEXT)`)
	for rows.Next() {
		var kind, name, text string
		if err := rows.Scan(&kind, &name, &text); err != nil {
			t.Fatal(err)
		}
		if kind == "table" {
			text = columns.ReplaceAllStringFunc(text, func(s string) string {
				m := columns.FindStringSubmatch(s)
				return m[1] + m[2] + " " + declare(name, strings.Trim(m[2], `"`), m[3])
			})
			text += "; INSERT INTO " + quoted(name) + " SELECT * FROM old." + quoted(name)
		}
		statements = append(statements, text)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for _, s := range statements {
		exec(s)
	}
	return target
}

// bothWays exports a snapshot with and without SQLite and with one and several
// workers, and wants the same bytes and warnings, or the same error.
func bothWays(t *testing.T, path string, o Options) (*memory, error) {
	t.Helper()
	o.From, o.Location, o.BaseURL = time.Unix(0, 0), berlin, "https://wiki.example.com"
	var first *memory
	var firstSaid string
	var firstErr error
	for i, way := range []Options{{Workers: 1}, {Workers: 3}, {Workers: 1, SQLiteOnly: true}, {Workers: 3, SQLiteOnly: true}} {
		o.Workers, o.SQLiteOnly, o.TempDir = way.Workers, way.SQLiteOnly, t.TempDir()
		s, err := snapshot.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		m := &memory{}
		r, err := Export(t.Context(), s, o, m.open, nil)
		s.Close()
		said := fmt.Sprint(r.Warnings)
		if i == 0 {
			first, firstSaid, firstErr = m, said, err
			continue
		}
		if fmt.Sprint(err) != fmt.Sprint(firstErr) {
			t.Fatalf("%d workers, SQLite only %v: error %v, want %v", way.Workers, way.SQLiteOnly, err, firstErr)
		}
		if err != nil {
			continue
		}
		if said != firstSaid {
			t.Errorf("%d workers, SQLite only %v: warnings\n%s\nwant\n%s", way.Workers, way.SQLiteOnly, said, firstSaid)
		}
		for _, name := range FileNames {
			if a, b := first.files[name].Bytes(), m.files[name].Bytes(); !bytes.Equal(a, b) {
				t.Errorf("%d workers, SQLite only %v: %s differs: %s", way.Workers, way.SQLiteOnly, name, firstDifference(a, b))
			}
		}
	}
	return first, firstErr
}

// TestExactValues: what is a live page is said by the exact value, as text or blob,
// whatever collation its column has.
func TestExactValues(t *testing.T) {
	const wanted = `SELECT count(*) FROM content JOIN spaces USING (spaceid) WHERE prevver IS NULL
		AND CAST(content_status AS BLOB) = x'63757272656e74' AND CAST(contenttype AS BLOB) IN (x'50414745', x'424c4f47504f5354')
		AND COALESCE(content.lastmoddate, content.creationdate) <> ''`
	for _, tt := range []struct {
		name, collation string
		change          []string
	}{
		{"NOCASE", " COLLATE NOCASE", []string{"UPDATE content SET content_status = 'CURRENT' WHERE contentid % 4 = 0",
			"UPDATE content SET contenttype = 'page' WHERE contenttype = 'PAGE' AND contentid % 3 = 0"}},
		{"RTRIM", " COLLATE RTRIM", []string{"UPDATE content SET content_status = 'current   ' WHERE contentid % 4 = 0"}},
		{"blobs", "", []string{"UPDATE content SET content_status = CAST(content_status AS BLOB) WHERE contentid % 4 = 0",
			"UPDATE content SET contenttype = CAST(contenttype AS BLOB) WHERE contentid % 3 = 0"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := redeclared(t, edge(t), func(table, column, kind string) string {
				if column == "content_status" || column == "contenttype" {
					return kind + tt.collation
				}
				return kind
			})
			alter(t, path, tt.change...)
			m, err := bothWays(t, path, Options{IgnoreOptOuts: true})
			if err != nil {
				t.Fatal(err)
			}
			db, err := sql.Open("sqlite", quick(path))
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			var want int
			if err := db.QueryRow(wanted).Scan(&want); err != nil {
				t.Fatal(err)
			}
			if got := strings.Count(m.files["pages"].String(), "\r\n") - 1; got != want || got == 0 {
				t.Errorf("%d pages, want %d", got, want)
			}
		})
	}
}

// ruled are the columns whose values the rules of an export look at.
var ruled = map[string][]string{
	"content":                     {"contenttype", "content_status", "prevver", "pageid", "spaceid", "parentid", "creator"},
	"bodycontent":                 {"bodytypeid", "contentid"},
	"label":                       {"namespace", "name"},
	"content_label":               {"contentid", "labelableid", "labelabletype", "labelid"},
	"spaces":                      {"spacestatus", "spacetype", "homepage"},
	"user_mapping":                {"username", "lower_username"},
	"cwd_user":                    {"lower_user_name", "active", "directory_id"},
	"cwd_directory":               {"active"},
	"AO_7B47A5_EVENT":             {"NAME", "SPACE_KEY", "CONTENT_ID", "CONTAINER_ID"},
	"AO_8752F1_DATA_PIPELINE_EOO": {"ENTITY_IDENTIFIER"},
}

// TestRandomSchemas: with random types, collations and values in the columns of the
// rules, every way to read a snapshot says the same.
func TestRandomSchemas(t *testing.T) {
	types := []string{"", "BLOB", "TEXT", "VARCHAR(255)", "INTEGER", "BIGINT", "NUMERIC", "REAL"}
	collations := []string{"", "", " COLLATE NOCASE", " COLLATE RTRIM", " COLLATE BINARY"}
	changes := []string{"CAST(COLUMN AS BLOB)", "CAST(COLUMN AS TEXT)", "lower(COLUMN)", "upper(COLUMN)", "COLUMN || '  '", "' ' || COLUMN", "NULL", "''", "x''", "x'20'", "0", "1.0", "'0'", "CAST(COLUMN AS REAL)"}
	base := edge(t)
	exported := 0
	const trials = 40
	for seed := range uint64(trials) {
		rnd := rand.New(rand.NewPCG(seed, 9))
		pick := func(list []string) string { return list[rnd.IntN(len(list))] }
		path := redeclared(t, base, func(table, column, kind string) string {
			if rnd.IntN(3) > 0 {
				return kind
			}
			if rnd.IntN(2) == 0 && column != "user_key" { // which is a key of text
				kind = pick(types)
			}
			return kind + pick(collations)
		})
		db, err := sql.Open("sqlite", quick(path))
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for range rnd.IntN(6) {
			table := pick(slices.Sorted(maps.Keys(ruled)))
			column := pick(ruled[table])
			s := fmt.Sprintf("UPDATE OR IGNORE %s SET %s = %s WHERE rowid %% %d = 0", quoted(table), quoted(column),
				strings.ReplaceAll(pick(changes), "COLUMN", quoted(column)), 1+rnd.IntN(6))
			said = append(said, s)
			if _, err := db.Exec(s); err != nil && !strings.Contains(err.Error(), "constraint") {
				t.Fatalf("%s: %v", s, err)
			}
		}
		db.Close()
		_, err = bothWays(t, path, Options{AllLabels: rnd.IntN(2) == 0, StatuslessContent: rnd.IntN(3) == 0, UsersOfDirectoriesOnly: rnd.IntN(3) == 0})
		if err == nil {
			exported++
		}
		if t.Failed() {
			t.Fatalf("seed %d: %s", seed, strings.Join(said, "; "))
		}
	}
	if exported < trials/4 {
		t.Errorf("only %d of %d schemas were exported: the test shows too little", exported, trials)
	}
}

// TestIdsThatAreBlobs: an index on numbers has ids that are stored as blobs behind
// the numbers, and names that are blobs behind the texts; they are found all the
// same, and equal keys of users follow each other.
func TestIdsThatAreBlobs(t *testing.T) {
	plain := edge(t, "UPDATE content_label SET contentid = 1001, labelableid = NULL WHERE id = 1")
	want, err := bothWays(t, plain, Options{})
	if err != nil {
		t.Fatal(err)
	}
	changed := redeclared(t, plain, func(_, _, kind string) string { return kind })
	alter(t, changed, "UPDATE bodycontent SET contentid = CAST(CAST(contentid AS TEXT) AS BLOB) WHERE bodycontentid = 1",
		"UPDATE content_label SET contentid = CAST('1001' AS BLOB) WHERE id = 1",
		"UPDATE cwd_user SET lower_user_name = CAST(lower_user_name AS BLOB) WHERE id = 13",
		"UPDATE user_mapping SET user_key = CAST(user_key AS BLOB) WHERE lower_username = 'first'",
		"INSERT INTO user_mapping SELECT CAST(user_key AS TEXT), 'again', 'again' FROM user_mapping WHERE lower_username = 'first'")
	got, err := bothWays(t, changed, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range FileNames {
		if a, b := want.files[name].Bytes(), got.files[name].Bytes(); name != "users" && !bytes.Equal(a, b) {
			t.Errorf("%s differs: %s", name, firstDifference(a, b))
		}
	}
	users := got.files["users"].String()
	if n := strings.Count(users, "4028b8810000000000000000000000e0,"); n != 1 || !strings.Contains(users, "robin@example.com") {
		t.Errorf("users (the doubled one %d times):\n%s", n, users)
	}
}
