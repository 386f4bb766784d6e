package confluence

import (
	"database/sql"
	"errors"
	"os"
	"strings"
	"testing"

	"sluice/localexport/snapshot"
	"sluice/localexport/sqlread"
)

// behindIndex runs statements while an index does not exist for SQLite, so that
// it is out of date afterwards.
func behindIndex(t *testing.T, path, index string, statements ...string) {
	t.Helper()
	var kind, table, definition string
	var root int64
	db, err := sql.Open("sqlite", quick(path))
	if err != nil {
		t.Fatal(err)
	}
	err = db.QueryRow("SELECT type, tbl_name, rootpage, sql FROM sqlite_schema WHERE name = ?", index).Scan(&kind, &table, &root, &definition)
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	alter(t, path, "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = '"+index+"'")
	alter(t, path, statements...)
	db, err = sql.Open("sqlite", quick(path)+"&_pragma=writable_schema(on)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES (?, ?, ?, ?, ?)", kind, index, table, root, definition); err != nil {
		t.Fatal(err)
	}
}

func validate(t *testing.T, path string) Validation {
	t.Helper()
	s, err := snapshot.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	v, err := Validate(t.Context(), s, Options{Workers: 2}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestIndexOutOfDate: what Validate finds, and what a forced export says.
func TestIndexOutOfDate(t *testing.T) {
	tests := []struct {
		name, index, statement, finding, warning, cell string
	}{
		{"entry without its row", "body_content_idx", "DELETE FROM bodycontent WHERE bodycontentid = 1",
			"1 entries belong to no row", "Bodies that cannot be read, because the file is damaged", "1001,"},
		{"row without its entry", "body_content_idx", "INSERT INTO bodycontent VALUES (500, 'unseen', 1011, 2)",
			"1 rows are missing from it", "", "1011,"},
		{"entry of another row", "body_content_idx", "UPDATE bodycontent SET contentid = 1011 WHERE bodycontentid = 1",
			"they do not belong to them", "", "1011,"},
		{"label without its entry", "cl_contentid_idx", "INSERT INTO content_label VALUES (500, 1, 1011, 1011, 'CONTENT')",
			"so labels of pages would be missing", "", "1011,"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := edge(t)
			behindIndex(t, path, tt.index, tt.statement)
			v := validate(t, path)
			if v.Consistent || len(v.Findings) != 1 || !strings.Contains(v.Findings[0].Message, tt.finding) {
				t.Errorf("verdict %+v, want %q", v, tt.finding)
			}
			for _, workers := range []int{1, 3} {
				m, r := export(t, path, Options{Workers: workers})
				if !strings.Contains(m.files["pages"].String(), "\r\n"+tt.cell) {
					t.Errorf("page %s is missing", tt.cell)
				}
				said := ""
				for _, d := range r.Warnings {
					if d.Key == KeyBodyUnreadable {
						said = d.Message
					}
				}
				if (tt.warning == "") != (said == "") || !strings.HasPrefix(said, tt.warning) {
					t.Errorf("warning %q, want %q", said, tt.warning)
				}
			}
		})
	}
	if v := validate(t, edge(t)); !v.Consistent {
		t.Errorf("an intact snapshot: %+v", v)
	}
}

func TestUserIndexOutOfDate(t *testing.T) {
	path := edge(t, "CREATE TABLE copy AS SELECT * FROM user_mapping", "DROP TABLE user_mapping",
		"CREATE TABLE user_mapping (user_key VARCHAR(255), username VARCHAR(255), lower_username VARCHAR(255))",
		"INSERT INTO user_mapping SELECT * FROM copy", "CREATE INDEX user_key_idx ON user_mapping (user_key)")
	if v := validate(t, path); !v.Consistent {
		t.Fatalf("before: %+v", v)
	}
	behindIndex(t, path, "user_key_idx", "INSERT INTO user_mapping VALUES ('zzz', 'unseen', 'unseen')")
	if v := validate(t, path); v.Consistent || !strings.Contains(v.Findings[0].Message, "so users would be missing") {
		t.Errorf("after: %+v", v)
	}
}

func TestNoBodiesIsAFinding(t *testing.T) {
	v := validate(t, edge(t, "DELETE FROM bodycontent"))
	if v.Consistent || !strings.Contains(v.Findings[0].Message, "the bodies were left out") {
		t.Errorf("verdict %+v", v)
	}
}

// pageOf is the first page of the file that holds the text.
func pageOf(t *testing.T, path, text string) int64 {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	i := strings.Index(string(b), text)
	if i < 0 {
		t.Fatalf("%q is not in the file", text)
	}
	return int64(i / 4096)
}

// spoil overwrites the start of a page.
func spoil(t *testing.T, path string, page int64) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteAt([]byte(strings.Repeat("\x7f", 64)), page*4096); err != nil {
		t.Fatal(err)
	}
}

func TestDamagedPages(t *testing.T) {
	t.Run("of bodies", func(t *testing.T) {
		path := edge(t)
		spoil(t, path, pageOf(t, path, "First comment"))
		if v := validate(t, path); v.Consistent || !strings.Contains(v.Findings[0].Message, "The table bodycontent cannot be read to its end") {
			t.Errorf("verdict %+v", v)
		}
		m, r := export(t, path, Options{})
		if n := strings.Count(m.files["comments"].String(), "\r\n"); n != 7 {
			t.Errorf("%d lines of comments", n)
		}
		said := false
		for _, d := range r.Warnings {
			said = said || d.Key == KeyBodyUnreadable
		}
		if !said {
			t.Errorf("warnings %+v", r.Warnings)
		}
	})
	t.Run("of content", func(t *testing.T) {
		path := edge(t)
		spoil(t, path, pageOf(t, path, "Engineering Home"))
		err := failedExport(t, path, Options{})
		if !errors.Is(err, sqlread.ErrCorrupt) || !strings.Contains(err.Error(), path+" is damaged: the table content cannot be read to its end") {
			t.Errorf("error %v", err)
		}
	})
}

// TestLongBodies: a body of any length is cut, or comes whole.
func TestLongBodies(t *testing.T) {
	if testing.Short() {
		t.Skip("makes a file of 65 MB")
	}
	path := edge(t)
	put(t, path, "UPDATE bodycontent SET body = ? WHERE bodycontentid = 1", "ä"+strings.Repeat("xyz", 22_500_000))
	for p, o := range map[string]Options{path: {}, convert(t, path, forms[2]): {SQLiteOnly: true}} {
		m, r := export(t, p, o)
		if want := "current,ä" + strings.Repeat("xyz", 3333) + ",,"; !strings.Contains(m.files["pages"].String(), want) {
			t.Errorf("the start of the body is missing; warnings %+v", r.Warnings)
		}
		o.FullContent = true
		m, r = export(t, p, o)
		if n := strings.Count(m.files["pages"].String(), "xyz"); n != 22_500_000 || diagnostic(r, KeyBodyTooLong) != "" {
			t.Errorf("of 22,500,000 pieces of the body %d are there", n)
		}
	}
}
