package confluence

import (
	"database/sql"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"sluice/localexport/demo"
	"sluice/localexport/snapshot"
)

// independent are statements that select what each file holds, written down
// from the documented rules and run by SQLite alone. Cells are compared as text.
var independent = map[string]struct {
	columns []string
	sql     string
}{
	"users":  {[]string{"user_id", "user_name"}, `SELECT user_key, COALESCE((SELECT user_name FROM cwd_user u LEFT JOIN cwd_directory d ON d.id = u.directory_id LEFT JOIN cwd_app_dir_mapping m ON m.directory_id = d.id WHERE u.lower_user_name = COALESCE(um.lower_username, lower(um.username)) ORDER BY d.active = 'T' DESC, m.list_index, u.id LIMIT 1), username) FROM user_mapping um ORDER BY user_key`},
	"spaces": {[]string{"space_key", "space_name", "space_status", "creator_id"}, `SELECT spacekey, spacename, lower(spacestatus), creator FROM spaces ORDER BY spaceid`},
	"pages": {[]string{"page_id", "space_key", "page_type", "page_title", "page_parent_id", "page_version", "creator_id", "last_modifier_id", "page_content"},
		`SELECT c.contentid, s.spacekey, CASE c.contenttype WHEN 'PAGE' THEN 'page' ELSE 'blogpost' END, c.title, c.parentid, c.version, c.creator, c.lastmodifier,
 (SELECT b.body FROM bodycontent b WHERE b.contentid = c.contentid AND b.bodytypeid IN (0, 2) ORDER BY b.bodytypeid DESC, b.bodycontentid DESC LIMIT 1)
FROM content c JOIN spaces s ON s.spaceid = c.spaceid
WHERE c.contenttype IN ('PAGE', 'BLOGPOST') AND c.prevver IS NULL AND c.content_status = 'current' ORDER BY c.contentid`},
	"comments": {[]string{"comment_id", "page_id", "parent_comment_id", "creator_id", "last_modifier_id", "comment_content"},
		`SELECT c.contentid, COALESCE(p2.contentid, p.contentid), c.parentcommentid, c.creator, c.lastmodifier,
 (SELECT b.body FROM bodycontent b WHERE b.contentid = c.contentid AND b.bodytypeid IN (0, 2) ORDER BY b.bodytypeid DESC, b.bodycontentid DESC LIMIT 1)
FROM content c JOIN content p ON p.contentid = c.pageid AND p.prevver IS NULL AND p.content_status = 'current'
LEFT JOIN content p2 ON p.contenttype = 'ATTACHMENT' AND p2.contentid = p.pageid
JOIN spaces s ON s.spaceid = COALESCE(p2.spaceid, p.spaceid)
WHERE c.contenttype = 'COMMENT' AND c.prevver IS NULL AND c.content_status = 'current'
 AND ((p.contenttype IN ('PAGE', 'BLOGPOST')) OR (p2.contenttype IN ('PAGE', 'BLOGPOST') AND p2.prevver IS NULL AND p2.content_status = 'current'))
ORDER BY c.contentid`},
	"analytics_events": {[]string{"event_id", "event_name", "created_date", "event_author_id", "event_space_key", "event_content_id"},
		`SELECT "ID", "NAME", strftime('%Y-%m-%dT%H:%M:%SZ', "EVENT_AT" / 1000, 'unixepoch'), "USER_KEY", "SPACE_KEY", "CONTENT_ID" FROM "AO_7B47A5_EVENT"
WHERE "NAME" IN ('page_viewed','page_created','page_updated','blog_viewed','blog_created','blog_updated','comment_created','attachment_viewed','attachment_created') ORDER BY "ID"`},
}

// TestIndependentStatements compares the export of a demo snapshot, record by
// record, with what SQLite itself selects.
func TestIndependentStatements(t *testing.T) {
	s := demoSnapshot(t, demo.Options{Pages: 600, Seed: 7})
	m, _ := export(t, s.Path(), Options{FullContent: true, PreserveLineBreaks: true, Workers: 3})
	db, err := sql.Open("sqlite", "file:"+s.Path()+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, name := range FileNames {
		x := independent[name]
		records, err := csv.NewReader(strings.NewReader(m.files[name].String())).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var at []int
		for _, column := range x.columns {
			at = append(at, slices.Index(records[0], column))
		}
		rows, err := db.Query(x.sql)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		n := 0
		for rows.Next() {
			values := make([]any, len(at))
			for i := range values {
				values[i] = new(sql.NullString)
			}
			if err := rows.Scan(values...); err != nil {
				t.Fatal(err)
			}
			if n++; n >= len(records) {
				continue
			}
			for i, column := range at {
				want := strings.ReplaceAll(values[i].(*sql.NullString).String, "\r\n", "\n")
				if got := records[n][column]; got != want {
					t.Fatalf("%s, record %d, %s is %.200q, want %.200q", name, n, x.columns[i], got, want)
				}
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		rows.Close()
		if n != len(records)-1 || n == 0 {
			t.Errorf("%s has %d records, SQLite selects %d", name, len(records)-1, n)
		}
	}
}

// TestOneSnapshotForSeveralExports: what was built for one export serves the
// next.
func TestOneSnapshotForSeveralExports(t *testing.T) {
	path := convert(t, edge(t), forms[2])
	s, err := snapshot.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var first string
	for i := range 2 {
		var m memory
		if _, err := Export(t.Context(), s, Options{Location: berlin, TempDir: t.TempDir()}, m.open, nil); err != nil {
			t.Fatal(err)
		}
		all := fmt.Sprint(m.files["pages"], m.files["comments"], m.files["analytics_events"])
		if i == 0 {
			first = all
		}
		if all != first || len(all) < 1000 {
			t.Error("the second export differs")
		}
	}
}
