package snapshot

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"sluice/sqliteformat"
)

// smallest is a Confluence database without rows.
var smallest = []string{
	"CREATE TABLE content (contentid INTEGER PRIMARY KEY, contenttype TEXT, title TEXT, version INTEGER, creator TEXT, creationdate TEXT, lastmodifier TEXT, lastmoddate TEXT, prevver BIGINT, content_status TEXT, pageid BIGINT, spaceid BIGINT, parentid BIGINT)",
	"CREATE TABLE bodycontent (bodycontentid INTEGER PRIMARY KEY, body TEXT, contentid BIGINT, bodytypeid SMALLINT)",
	"CREATE TABLE spaces (spaceid INTEGER PRIMARY KEY, spacekey TEXT, spacename TEXT)",
	"CREATE TABLE user_mapping (user_key TEXT PRIMARY KEY, username TEXT)",
}

// database makes a database file from statements.
func database(t testing.TB, statements ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "snapshot.db")
	db, err := sql.Open("sqlite", path+"?_pragma=synchronous(off)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	return path
}

func with(statements ...string) []string {
	return append(append([]string{}, smallest...), statements...)
}

func TestOpenRefuses(t *testing.T) {
	write := func(content string) func(*testing.T) string {
		return func(t *testing.T) string {
			path := filepath.Join(t.TempDir(), "file")
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			return path
		}
	}
	base := func(statements ...string) func(*testing.T) string {
		return func(t *testing.T) string { return database(t, statements...) }
	}
	tests := []struct {
		name string
		make func(*testing.T) string
		want string
	}{
		{"missing", func(t *testing.T) string { return filepath.Join(t.TempDir(), "nothing.db") }, "does not exist"},
		{"folder", func(t *testing.T) string { return t.TempDir() }, "is a folder"},
		{"empty", write(""), "is empty"},
		{"pg_dump -Fc", write("PGDMP\x01\x0e"), "PostgreSQL dump in custom format"},
		{"pg_dump", write("--\n-- PostgreSQL database dump\n--\n\nSET statement_timeout = 0;"), "PostgreSQL dump in text form"},
		{"mysqldump", write("-- MySQL dump 10.13  Distrib 8.0"), "MySQL dump"},
		{"script", write("\xef\xbb\xbfCREATE TABLE content (contentid bigint);"), "SQL script"},
		{"sqlite .dump", write("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;"), "SQL script of SQLite"},
		{"zip", write("PK\x03\x04..."), "ZIP archive"},
		{"gzip", write("\x1f\x8b\x08"), "compressed with gzip"},
		{"H2", write("H:2,block:1,blockSize:1000"), "H2 database"},
		{"picture", write("\x89PNG\r\n"), "is no SQLite file"},
		{"text", write("hello"), "is no SQLite file"},
		{"header only", write(sqliteformat.Magic), "ends within its header"},
		{"nonsense header", write(sqliteformat.Magic + strings.Repeat("\x07", 200)), "header makes no sense"},
		{"truncated", func(t *testing.T) string {
			path := database(t, smallest...)
			if err := os.Truncate(path, 5000); err != nil {
				t.Fatal(err)
			}
			return path
		}, "is cut off: it has 5,000 bytes of "},
		{"damaged schema", func(t *testing.T) string {
			path := database(t, smallest...)
			f, err := os.OpenFile(path, os.O_RDWR, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if _, err := f.WriteAt([]byte(strings.Repeat("\xff", 900)), 100); err != nil {
				t.Fatal(err)
			}
			return path
		}, "is a damaged SQLite file"},
		{"no tables", base("CREATE TABLE a (b)", "DROP TABLE a"), "is no Confluence database: it has no tables"},
		{"other tables", base("CREATE TABLE songs (id)", "CREATE TABLE artists (id)"), "it has the tables artists, songs, but not content, spaces"},
		{"Jira", base("CREATE TABLE jiraissue (id)"), "is a Jira database"},
		{"Bitbucket", base("CREATE TABLE sta_repository (id)"), "is a Bitbucket database"},
		{"no bodies", base(with("DROP TABLE bodycontent")...), "is a Confluence database without the table bodycontent"},
		{"no column", base(with("ALTER TABLE content DROP COLUMN lastmoddate")...), "has no column lastmoddate in the table content"},
		{"view", base(with("ALTER TABLE bodycontent RENAME TO b", "CREATE VIEW bodycontent AS SELECT * FROM b")...), "has a view bodycontent"},
		{"without rowid", base(with("DROP TABLE spaces", "CREATE TABLE spaces (spaceid INTEGER PRIMARY KEY, spacekey TEXT, spacename TEXT) WITHOUT ROWID")...), "WITHOUT ROWID"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := tt.make(t)
			s, err := Open(t.Context(), path)
			if err == nil {
				s.Close()
				t.Fatal("opened")
			}
			var f *FileError
			if !errors.As(err, &f) || !strings.HasPrefix(err.Error(), path+" ") || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %q, want %q", err, tt.want)
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("more than a sentence: %q", err)
			}
		})
	}
}

func TestOpenWithoutPermission(t *testing.T) {
	if runtime.GOOS == "windows" || os.Getuid() == 0 {
		t.Skip("everything can be read")
	}
	path := database(t, smallest...)
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path); err == nil || !strings.Contains(err.Error(), "cannot be read: permission denied") {
		t.Errorf("error %v", err)
	}
}

// TestWriteAheadLog: a snapshot whose newest changes are in a file beside it is
// refused, one without is read, and nothing is ever made beside it.
func TestWriteAheadLog(t *testing.T) {
	path := database(t, append([]string{"PRAGMA journal_mode=WAL"}, smallest...)...)
	before, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if s.Table("CONTENT") == nil {
		t.Error("no table")
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	after, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(after) != len(before) {
		t.Errorf("files before: %v, after: %v, %v", before, after, err)
	}
	for _, suffix := range []string{"-wal", "-journal"} {
		if err := os.WriteFile(path+suffix, []byte("changes of someone"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(t.Context(), path); err == nil || !strings.Contains(err.Error(), "is not complete") {
			t.Errorf("%s: error %v", suffix, err)
		}
		if err := os.WriteFile(path+suffix, make([]byte, 100), 0o600); err != nil { // a journal that was ended
			t.Fatal(err)
		}
		if _, err := Open(t.Context(), path); (err == nil) != (suffix == "-journal") {
			t.Errorf("%s of zeros: error %v", suffix, err)
		}
		if err := os.Remove(path + suffix); err != nil {
			t.Fatal(err)
		}
	}
}

func TestCatalog(t *testing.T) {
	path := database(t, with(
		"CREATE TABLE alias (id INTEGER PRIMARY KEY, a)", "CREATE TABLE bigint (id BIGINT PRIMARY KEY, a)", "CREATE TABLE descending (id INTEGER PRIMARY KEY DESC, a)",
		"CREATE TABLE plain (id INTEGER, rowid TEXT, a)", "CREATE INDEX wide ON plain (id, a)", "CREATE INDEX narrow ON plain (id)",
		"CREATE INDEX part ON alias (a) WHERE a > 1", "CREATE INDEX expr ON bigint (a, id + 1)", "CREATE INDEX down ON descending (a DESC)",
		"CREATE TABLE affinities (a INT(11), b VARCHAR(255), c, d FLOAT, e NUMERIC(18,0), f DATETIME, g BLOB, h DOUBLE PRECISION, i POINT)",
		"CREATE TABLE exact (a ANY, rowid INTEGER PRIMARY KEY) STRICT",
	)...)
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for name, want := range map[string]bool{"alias": true, "bigint": false, "descending": false, "plain": false} {
		if got := s.Table(name).IsRowid("ID"); got != want {
			t.Errorf("%s.id is the row number: %v", name, got)
		}
	}
	if got := s.Table("plain").Rowid; got != "_rowid_" {
		t.Errorf("the row number of plain is %q", got)
	}
	if c := s.Table("exact"); c.Rowid != "rowid" || !c.IsRowid("rowid") || c.Columns[0].Affinity != sqliteformat.AffinityNone {
		t.Errorf("the strict table is %+v", c)
	}
	if x, ok := s.Table("plain").IndexOn("ID"); !ok || x.Name != "narrow" {
		t.Errorf("index %+v, %v", x, ok)
	}
	for table, column := range map[string]string{"alias": "a", "bigint": "a", "descending": "a"} {
		if x, ok := s.Table(table).IndexOn(column); ok {
			t.Errorf("%s.%s has index %+v", table, column, x)
		}
	}
	want := []sqliteformat.Affinity{sqliteformat.AffinityInteger, sqliteformat.AffinityText, sqliteformat.AffinityNone, sqliteformat.AffinityReal, sqliteformat.AffinityNumeric, sqliteformat.AffinityNumeric, sqliteformat.AffinityNone, sqliteformat.AffinityReal, sqliteformat.AffinityInteger}
	for i, c := range s.Table("affinities").Columns {
		if c.Affinity != want[i] {
			t.Errorf("column %s has affinity %d, want %d", c.Name, c.Affinity, want[i])
		}
	}
}
