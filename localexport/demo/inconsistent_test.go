package demo

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

func TestInconsistentSnapshot(t *testing.T) {
	for _, c := range []struct{ pages, least int64 }{{1, 1}, {3, 3}, {1200, 4}} {
		t.Run(fmt.Sprint(c.pages), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "demo.db")
			s, err := Write(t.Context(), path, Options{Pages: int(c.pages), Seed: 1, Inconsistent: true})
			if err != nil {
				t.Fatal(err)
			}
			db := open(t, path)
			inTable := count(t, db, "SELECT count(*) FROM bodycontent NOT INDEXED")
			inIndex := count(t, db, "SELECT count(*) FROM bodycontent INDEXED BY body_content_idx WHERE contentid > 0")
			if inTable-inIndex != s.IndexMissing || s.IndexMissing < c.least || s.IndexMissing < c.pages/1000 {
				t.Errorf("table has %d rows, index %d; summary says %d are missing", inTable, inIndex, s.IndexMissing)
			}
			var missing, other int64
			for _, line := range texts(t, db, "PRAGMA integrity_check(1000)") {
				switch {
				case strings.HasSuffix(line, "missing from index body_content_idx"):
					missing++
				case line != "wrong # of entries in index body_content_idx":
					other++
				}
			}
			if missing != s.IndexMissing || other != 0 {
				t.Errorf("integrity_check: %d rows missing, %d other problems; want %d and 0", missing, other, s.IndexMissing)
			}
		})
	}
}

func TestInconsistencyChangesNothingElse(t *testing.T) {
	const pages = 200
	write := func(inconsistent bool) *sql.DB {
		path := filepath.Join(t.TempDir(), "demo.db")
		if _, err := Write(t.Context(), path, Options{Pages: pages, Seed: 1, Inconsistent: inconsistent}); err != nil {
			t.Fatal(err)
		}
		return open(t, path)
	}
	thinned, whole := write(true), write(false)
	const schema = "SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY name"
	if a, b := texts(t, thinned, schema), texts(t, whole, schema); strings.Join(a, "\n") != strings.Join(b, "\n") {
		t.Error("the schemas differ")
	}
	const bodies = "SELECT bodycontentid || ' ' || contentid || ' ' || body FROM bodycontent NOT INDEXED ORDER BY bodycontentid"
	if a, b := texts(t, thinned, bodies), texts(t, whole, bodies); strings.Join(a, "\n") != strings.Join(b, "\n") {
		t.Error("the bodies differ")
	}
}
