package demo

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	_ "modernc.org/sqlite"
)

// large is a snapshot of 3,000 pages that the tests only read.
var large struct {
	path    string
	summary Summary
}

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "demo")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	large.path = filepath.Join(dir, "large.db")
	large.summary, err = Write(context.Background(), large.path, Options{Pages: 3000, Seed: 1})
	code := 1
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	} else {
		code = m.Run()
	}
	if err := os.RemoveAll(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

// open opens a snapshot for reading only.
func open(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro&immutable=1")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// count runs a query that returns one number.
func count(t *testing.T, db *sql.DB, query string, args ...any) int64 {
	t.Helper()
	var n int64
	if err := db.QueryRowContext(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// texts runs a query that returns one column of text.
func texts(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer func() { _ = rows.Close() }()
	var list []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

func TestSameOptionsGiveSameBytes(t *testing.T) {
	sum := func(o Options) string {
		path := filepath.Join(t.TempDir(), "demo.db")
		if _, err := Write(t.Context(), path, o); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%x", sha256.Sum256(data))
	}
	for _, o := range []Options{{Pages: 1}, {Pages: 300, Seed: 7}, {Pages: 300, Seed: 7, Inconsistent: true}} {
		if first, second := sum(o), sum(o); first != second {
			t.Errorf("%+v: %s, then %s", o, first, second)
		}
	}
	if sum(Options{Pages: 50, Seed: 1}) == sum(Options{Pages: 50, Seed: 2}) {
		t.Error("seeds 1 and 2 give the same bytes")
	}
}

func TestSummaryMatchesTheTables(t *testing.T) {
	for _, pages := range []int{1, 2, 16, 333, 3000} {
		t.Run(fmt.Sprint(pages), func(t *testing.T) {
			path, s := large.path, large.summary
			if pages != 3000 {
				path = filepath.Join(t.TempDir(), "demo.db")
				var err error
				if s, err = Write(t.Context(), path, Options{Pages: pages, Seed: 1}); err != nil {
					t.Fatal(err)
				}
			}
			checkSummary(t, open(t, path), s, int64(pages))
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			if info.Size() != s.Bytes || info.Mode().Perm() != 0o600 {
				t.Errorf("file has %d bytes and mode %v, want %d and 0600", info.Size(), info.Mode(), s.Bytes)
			}
		})
	}
}

func checkSummary(t *testing.T, db *sql.DB, s Summary, pages int64) {
	t.Helper()
	const live = "FROM content c JOIN spaces USING (spaceid) WHERE prevver IS NULL AND content_status = 'current' AND contenttype = "
	for _, c := range []struct {
		name  string
		got   int64
		query string
	}{
		{"LivePages", s.LivePages, "SELECT count(*) " + live + "'PAGE'"},
		{"BlogPosts", s.BlogPosts, "SELECT count(*) " + live + "'BLOGPOST'"},
		{"Comments", s.Comments, `SELECT count(*) FROM content c
			JOIN content p ON p.contentid = c.pageid AND p.prevver IS NULL AND p.content_status = 'current'
			LEFT JOIN content q ON p.contenttype = 'ATTACHMENT' AND q.contentid = p.pageid
			JOIN spaces s ON s.spaceid = coalesce(q.spaceid, p.spaceid)
			WHERE c.contenttype = 'COMMENT' AND c.prevver IS NULL AND c.content_status = 'current'
			AND (p.contenttype IN ('PAGE', 'BLOGPOST') OR (q.contenttype IN ('PAGE', 'BLOGPOST')
				AND q.prevver IS NULL AND q.content_status = 'current'))`},
		{"Events", s.Events, `SELECT count(*) FROM "AO_7B47A5_EVENT" WHERE "NAME" IN ('page_viewed','page_created','page_updated',
			'blog_viewed','blog_created','blog_updated','comment_created','attachment_viewed','attachment_created')`},
		{"Events+OtherEvents", s.Events + s.OtherEvents, `SELECT count(*) FROM "AO_7B47A5_EVENT"`},
		{"Users", s.Users, "SELECT count(*) FROM user_mapping"},
		{"Spaces", s.Spaces, "SELECT count(*) FROM spaces"},
		{"ContentRows", s.ContentRows, "SELECT count(*) FROM content"},
	} {
		if want := count(t, db, c.query); c.got != want {
			t.Errorf("%s = %d, the tables have %d", c.name, c.got, want)
		}
	}
	if s.LivePages+s.BlogPosts != pages {
		t.Errorf("%d pages and %d blog posts, want %d together", s.LivePages, s.BlogPosts, pages)
	}
	if want := pages * 3 / 4; s.Comments != want {
		t.Errorf("%d comments, want %d", s.Comments, want)
	}
	if s.Events < pages*5 || s.Events > pages*5+pages/10 {
		t.Errorf("%d events, want about %d", s.Events, pages*5)
	}
}

func TestNewestChange(t *testing.T) {
	db := open(t, large.path)
	if want := time.Date(2026, 11, 20, 15, 58, 41, 204e6, time.UTC); !large.summary.Newest.Equal(want) {
		t.Errorf("Newest = %v, want %v", large.summary.Newest, want)
	}
	const want = "2026-11-20 16:58:41.204"
	got := texts(t, db, "SELECT max(lastmoddate) FROM content WHERE contenttype = 'PAGE' AND prevver IS NULL")
	if got[0] != want {
		t.Errorf("newest change is %s, want %s", got[0], want)
	}
	if n := count(t, db, "SELECT count(*) FROM content WHERE lastmoddate > ? OR creationdate > lastmoddate", want); n != 0 {
		t.Errorf("%d rows of content are newer than the newest change or changed before they were created", n)
	}
	// The default window of an export has to select a real part of the pages.
	recent := count(t, db, `SELECT count(*) FROM content WHERE contenttype IN ('PAGE', 'BLOGPOST') AND prevver IS NULL
		AND content_status = 'current' AND lastmoddate > '2025-11-20 16:58:41.204'`)
	if recent < 1000 || recent > 2000 {
		t.Errorf("%d of 3000 pages changed in the last year, want about half", recent)
	}
}

func TestSnapshotIsWellFormed(t *testing.T) {
	db := open(t, large.path)
	if got := texts(t, db, "PRAGMA integrity_check"); len(got) != 1 || got[0] != "ok" {
		t.Errorf("integrity_check: %q", got)
	}
	if got := texts(t, db, `SELECT "table" || ' row ' || rowid || ' -> ' || parent FROM pragma_foreign_key_check`); len(got) > 0 {
		t.Errorf("foreign_key_check: %d rows, first %s", len(got), got[0])
	}
	got := texts(t, db, "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")
	if want := len(indexStatements()); len(got) != want {
		t.Errorf("%d indexes, want %d: %q", len(got), want, got)
	}
	if got := texts(t, db, `SELECT title || ' in ' || spaceid FROM content WHERE contenttype IN ('PAGE', 'BLOGPOST')
		AND prevver IS NULL AND content_status = 'current' GROUP BY lowertitle, spaceid HAVING count(*) > 1`); len(got) > 0 {
		t.Errorf("titles that are not unique in their space: %q", got)
	}
}
