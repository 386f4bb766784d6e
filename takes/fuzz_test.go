package takes

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	_ "modernc.org/sqlite" // to make a file

	"sluice/localexport/sqlread"
	"sluice/takes/converted"
	"sluice/takes/feed"
	"sluice/takes/mydump"
	"sluice/takes/xmlbackup"
)

// discard takes every table and looks at every value.
type discard struct{ sum int }

func (d *discard) Wants(string, string) bool             { return true }
func (d *discard) Note(feed.Note)                        {}
func (d *discard) Table(t feed.Table) (feed.Rows, error) { return &discardRows{d, len(t.Columns)}, nil }

type discardRows struct {
	d       *discard
	columns int
}

func (r *discardRows) Needs(int) bool  { return true }
func (r *discardRows) End(int64) error { return nil }
func (r *discardRows) Row(values []feed.Value) error {
	if len(values) != r.columns {
		panic("a row of another width than its table")
	}
	for _, v := range values {
		for _, c := range v.Text {
			r.d.sum += int(c)
		}
	}
	return nil
}

// FuzzConverted: a SQLite file whose bytes are anything gives an error, or rows.
func FuzzConverted(f *testing.F) {
	dir := f.TempDir()
	for _, statement := range []string{"PRAGMA page_size = 512", "PRAGMA page_size = 1024; PRAGMA encoding = 'UTF-16le'"} {
		path := filepath.Join(dir, "seed.db")
		db, err := sql.Open("sqlite", path)
		if err != nil {
			f.Fatal(err)
		}
		db.SetMaxOpenConns(1)
		for _, s := range []string{statement, `CREATE TABLE "public_content" (contentid TEXT, contenttype TEXT, title TEXT, version REAL, creator TEXT, creationdate, lastmodifier, lastmoddate, prevver, content_status, pageid, spaceid, parentid)`,
			"CREATE TABLE public_bodycontent (bodycontentid INTEGER PRIMARY KEY, body TEXT, contentid INT, bodytypeid INT)", "CREATE INDEX b ON public_bodycontent (contentid)",
			"CREATE TABLE public_spaces (spaceid BIGINT PRIMARY KEY, spacekey TEXT, spacename TEXT)", "CREATE TABLE public_user_mapping (user_key TEXT PRIMARY KEY, username TEXT)",
			"INSERT INTO public_content VALUES ('1', 'PAGE', 'a', 1.0, 'k', 1669149764.25, NULL, 1669149764083, NULL, 'current', '', 7, x'41')",
			"WITH n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 30) INSERT INTO public_bodycontent SELECT i, printf('%.*c', 40 * i, 'x'), i, 2 FROM n",
			"INSERT INTO public_spaces VALUES (7, 'A', 'B')", "INSERT INTO public_user_mapping VALUES ('k', 'u')"} {
			if _, err := db.Exec(s); err != nil {
				f.Fatalf("%s: %v", s, err)
			}
		}
		if err := db.Close(); err != nil {
			f.Fatal(err)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
		os.Remove(path)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		path := filepath.Join(dir, "x.db")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := converted.Read(t.Context(), path, func(context.Context, int) error { return nil }, &discard{})
		if inside := new(sqlread.Error); !errors.As(err, &inside) {
			check(t, err)
		}
	})
}

// check fails for an error that is not about the source.
func check(t *testing.T, err error) {
	t.Helper()
	if err != nil && !errors.Is(err, feed.ErrDamaged) {
		t.Fatal(err)
	}
}

func seed(f *testing.F, names ...string) {
	for _, name := range names {
		b, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
}

func FuzzMySQLDump(f *testing.F) {
	f.Add([]byte("/*!40101 SET NAMES utf8mb4 */;\nCREATE TABLE `a` (`b` int, KEY (`b`));\nINSERT INTO `a` VALUES (1),('x\\'y'),(_binary 'z'),(0x41),(NULL);\n"))
	f.Add([]byte("-- MySQL dump 10.13\n/*!40101 SET @saved_cs_client = @@character_set_client */;\n/*!40101 SET character_set_client = latin1 */;\nUSE `x`;\n" +
		"CREATE TABLE IF NOT EXISTS `label` (`labelid` bigint(20) NOT NULL, `name` varchar(255) COLLATE utf8mb4_bin DEFAULT 'a,b', PRIMARY KEY (`labelid`), KEY `n` (`name`(3))) ENGINE=InnoDB;\n" +
		"LOCK TABLES `label` WRITE;\nREPLACE INTO `label` (`labelid`, `name`) VALUES (-1.5e+3,\"q\"\"x\\Z\\%\"),(2,_latin1'\xe4\\0'),(3,X'41');# c\nUNLOCK TABLES;\nSET sql_mode='NO_BACKSLASH_ESCAPES';\nINSERT IGNORE INTO label VALUES (4,'\\') ON DUPLICATE KEY UPDATE name='x';\n-- Dump completed\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		_, err := mydump.Read(bytes.NewReader(b), &discard{})
		check(t, err)
	})
}

func FuzzXMLBackup(f *testing.F) {
	f.Add([]byte("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<hibernate-generic><object class=\"Page\" package=\"x\"><id name=\"id\">1</id>" +
		"<property name=\"title\"><![CDATA[a]] >\x08]]></property><property name=\"parent\" class=\"Page\"><id name=\"id\">2</id></property></object>" +
		"<object class=\"BodyContent\"><id name=\"id\">3</id><property name=\"body\">&lt;&#65;&x;<!-- c --></property></object></hibernate-generic>"))
	f.Add([]byte("\xff\xfe<\x00h\x00i\x00b\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		_, err := xmlbackup.Read(bytes.NewReader(b), xmlbackup.Descriptor{}, &discard{})
		check(t, err)
		a, err := xmlbackup.OpenArchive(bytes.NewReader(b), int64(len(b)))
		check(t, err)
		if err == nil {
			_, err = a.Read(&discard{})
			check(t, err)
		}
	})
}
