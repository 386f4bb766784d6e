package takes

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sluice/localexport/demo"
	demodumps "sluice/localexport/demo/dumps"
	"sluice/localexport/snapshot"
	"sluice/localexport/sqlread"
	"sluice/takes/feed"
	"sluice/takes/mydump"
)

// dumps are of one small database, which pg_dump 15 wrote in each of its forms.
var dumps = []string{"pg15.sql", "pg15-inserts.sql", "pg15-zlib.dump", "pg15-piped.dump", "pg15-inserts.dump", "pg15.tar", "pg15-folder"}

// take takes a snapshot of a file of testdata.
func take(t *testing.T, name string) (string, Report) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out.db")
	r, err := Take(t.Context(), filepath.Join("testdata", name), out, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return out, r
}

// contents are all rows of a snapshot but those about itself, as text.
func contents(t *testing.T, path string) string {
	t.Helper()
	c, err := sqlread.Open(t.Context(), path, sqlread.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var names []string
	err = c.Each(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sluice_%' ORDER BY name`, func(s *sqlread.Stmt) error {
		names = append(names, string(s.Bytes(0)))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, name := range names {
		b.WriteString(name + "\n")
		columns, _, err := c.Text(`SELECT group_concat('quote("' || name || '")', ' || ''|'' || ') FROM pragma_table_info(?)`, name)
		if err != nil {
			t.Fatal(err)
		}
		err = c.Each("SELECT "+columns+" FROM "+sqlread.Quote(name)+" ORDER BY 1", func(s *sqlread.Stmt) error {
			b.Write(s.Bytes(0))
			b.WriteByte('\n')
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func TestEveryFormOfDumpGivesTheSameRows(t *testing.T) {
	path, _ := take(t, dumps[0])
	want := contents(t, path)
	for _, text := range []string{ // cells with everything that COPY and SQL have to escape
		"'line\nbreak\r\nand\ttab, back\\slash, \"quotes\" ''single'' \x01 ünïcödé 漢字 😀 \\N \\. $$ -- /* ;'",
		`'\N'`, `'\.'`, "'COPY public.content FROM stdin;\n\\.\nINSERT INTO content VALUES (1);'", "|''|",
	} {
		if !strings.Contains(want, text) {
			t.Errorf("%s does not hold %q", dumps[0], text)
		}
	}
	for _, name := range dumps[1:] {
		path, r := take(t, name)
		if got := contents(t, path); got != want {
			t.Errorf("%s gives other rows than %s", name, dumps[0])
		}
		if len(r.Doubts) > 0 || !strings.HasPrefix(r.Tool, "PostgreSQL 15.") || !strings.Contains(r.Tool, "pg_dump 15.") {
			t.Errorf("%s: tool %q, doubts %q", name, r.Tool, r.Doubts)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v, %v", name, info.Mode(), err)
		}
	}
}

func TestStreamsAreReadAsTheyCome(t *testing.T) {
	path, _ := take(t, "pg15.sql")
	want := contents(t, path)
	for _, name := range []string{"pg15.sql", "pg15-zlib.dump", "pg15-piped.dump", "pg15.tar"} {
		f, err := os.Open(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		out := filepath.Join(t.TempDir(), "out.db")
		// A reader that gives little at a time, like a slow pipe.
		if _, err := Take(t.Context(), "-", out, Options{Stdin: &slow{f}}); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if contents(t, out) != want {
			t.Errorf("%s from a pipe gives other rows", name)
		}
	}
}

type slow struct{ r io.Reader }

func (s *slow) Read(p []byte) (int, error) { return s.r.Read(p[:min(len(p), 61)]) }

func TestSecretsStayBehind(t *testing.T) {
	path, _ := take(t, "pg15.sql")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dump, err := os.ReadFile("testdata/pg15.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"never-export-this", "smtp.mail.servers", "remembermetoken", "plugindata"} {
		if !bytes.Contains(dump, []byte(secret)) {
			t.Fatalf("the dump does not hold %q: the test shows nothing", secret)
		}
		if bytes.Contains(b, []byte(secret)) {
			t.Errorf("the snapshot holds %q", secret)
		}
	}
}

// cutEvery is how far apart the places are at which dumps are cut.
const cutEvery = 997

func TestACutDumpIsNoDump(t *testing.T) {
	dir, made := t.TempDir(), t.TempDir()
	backup := filepath.Join(made, "backup.zip")
	if _, err := demo.Write(t.Context(), backup, demo.Options{Pages: 12, Seed: 3, As: demodumps.XML}); err != nil {
		t.Fatal(err)
	}
	entities := filepath.Join(made, "entities.xml")
	if err := os.WriteFile(entities, unzip(t, backup), 0o600); err != nil {
		t.Fatal(err)
	}
	names := []string{backup, entities}
	for _, name := range []string{"pg15.sql", "pg15-inserts.sql", "pg15-zlib.dump", "pg15-piped.dump", "pg15-inserts.dump", "pg15.tar"} {
		names = append(names, filepath.Join("testdata", name))
	}
	source, out := filepath.Join(made, "cut"), filepath.Join(dir, "out.db")
	for _, name := range names {
		whole, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Take(t.Context(), name, out, Options{}); err != nil {
			t.Fatal(err)
		}
		want := contents(t, out)
		os.Remove(out)
		for n := 0; n < len(whole); n += cutEvery {
			if err := os.WriteFile(source, whole[:n], 0o600); err != nil {
				t.Fatal(err)
			}
			r, err := Take(t.Context(), source, out, Options{})
			switch {
			case err != nil && !errors.Is(err, feed.ErrDamaged):
				t.Errorf("%s cut at %d: %v", name, n, err)
			case err == nil && contents(t, out) != want && len(r.Doubts) == 0:
				t.Errorf("%s cut at %d: rows are missing without a word", name, n)
			}
			if err != nil {
				if left, _ := os.ReadDir(dir); len(left) > 0 {
					t.Fatalf("%s cut at %d: %s is left", name, n, left[0].Name())
				}
				continue
			}
			os.Remove(out)
		}
	}
}

// unzip is the file entities.xml of a backup.
func unzip(t *testing.T, path string) []byte {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open("entities.xml")
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestASnapshotInTheWayStays(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out.db")
	if err := os.WriteFile(out, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	source := filepath.Join("testdata", "pg15.sql")
	if _, err := Take(t.Context(), source, out, Options{}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("error %v", err)
	}
	cut, err := os.ReadFile(source)
	if err != nil {
		t.Fatal(err)
	}
	cut = cut[:len(cut)/2]
	if _, err := Take(t.Context(), "-", out, Options{Replace: true, Stdin: bytes.NewReader(cut)}); err == nil {
		t.Error("a cut dump replaced the snapshot")
	}
	if b, err := os.ReadFile(out); err != nil || string(b) != "mine" {
		t.Errorf("the file holds %q, %v", b, err)
	}
	if _, err := Take(t.Context(), source, out, Options{Replace: true}); err != nil {
		t.Error(err)
	}
}

func TestCancelledTakeLeavesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	dir := t.TempDir()
	f, err := os.Open("testdata/pg15.sql")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	first := true
	stdin := readFunc(func(p []byte) (int, error) {
		if !first {
			cancel()
		}
		first = false
		return f.Read(p[:min(len(p), 9000)])
	})
	_, err = Take(ctx, "-", filepath.Join(dir, "out.db"), Options{Stdin: stdin})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

type readFunc func(p []byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

func TestWhatIsNoDumpIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"empty":       {"", "empty"},
		"SQLite":      {"SQLite format 3\x00 and more", "give its file"},
		"a column":    {"-- PostgreSQL database dump\nCREATE TABLE a.label (labelid bigint, name text);\nCOPY a.label (labelid, nane) FROM stdin;\n1\tx\n\\.\n", `the column "nane"`},
		"zeros":       {"-- PostgreSQL database dump\nCOPY a.label (labelid, name, namespace) FROM stdin;\n1\tx\x00\tz\n\\.\n", "a byte 0"},
		"MySQL zeros": {"-- MySQL dump\n\x00\x00\x00INSERT INTO `label` VALUES (1);\n", "a byte 0"},
		"other":       {"hello", "no dump, backup or database"},
		"no table":    {"-- PostgreSQL database dump\nCREATE TABLE a (b int);\nCOPY a (b) FROM stdin;\n1\n\\.\n-- PostgreSQL database dump complete\n", "none of the tables of a Confluence database"},
		"twice": {"-- PostgreSQL database dump\nCOPY a.label (labelid, name, namespace) FROM stdin;\n\\.\nCOPY b.label (labelid, name, namespace) FROM stdin;\n\\.\n",
			"twice, as a.label and as b.label"},
		"row twice":     {"-- PostgreSQL database dump\nCOPY a.label (labelid, name, namespace) FROM stdin;\n1\tx\ty\n1\tx\ty\n\\.\n", "rows twice"},
		"encoding":      {"-- PostgreSQL database dump\nSET client_encoding = 'BIG5';\n", "--encoding=UTF8"},
		"encodings":     {"-- PostgreSQL database dump\nSET client_encoding = 'SJIS';\nSET client_encoding = 'GBK';\n", "changes its encoding"},
		"style":         {"-- PostgreSQL database dump\nSET DateStyle = 'Klingon, DMY';\n", "DateStyle ISO"},
		"character set": {"-- MySQL dump\n/*!40101 SET NAMES gbk */;\n", "utf8mb4"},
		"values":        {"-- PostgreSQL database dump\nCOPY a.label (labelid, name, namespace) FROM stdin;\n1\tx\n\\.\n", "2 values for 3 columns"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Take(t.Context(), "-", filepath.Join(t.TempDir(), "x.db"), Options{Stdin: strings.NewReader(c.text)})
			if !errors.Is(err, feed.ErrDamaged) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q in it", err, c.want)
			}
		})
	}
}

func TestMySQLDump(t *testing.T) {
	const dump = "/*M!999999\\- enable the sandbox mode */\n-- MariaDB dump 10.19\n/*!40101 SET NAMES utf8mb4 */;\n" +
		"CREATE TABLE `CONTENT` (`CONTENTID` bigint(20) NOT NULL,`CONTENTTYPE` varchar(255),`TITLE` varchar(255),`VERSION` int,`CREATOR` varchar(255)," +
		"`CREATIONDATE` datetime,`LASTMODIFIER` varchar(255),`LASTMODDATE` datetime,`PREVVER` bigint,`CONTENT_STATUS` varchar(255),`PAGEID` bigint,`SPACEID` bigint,`PARENTID` bigint, PRIMARY KEY (`CONTENTID`), KEY `x` (`PAGEID`));\n" +
		"INSERT INTO `CONTENT` VALUES (1,'PAGE','a\\'b''c\\\\d\\ne;),(\\0',1,NULL,'2022-01-01 00:00:00',NULL,NULL,NULL,'current',NULL,7,NULL),\n(2,'PAGE',_binary 'x',-1,0x61,NULL,NULL,NULL,NULL,'current',NULL,7,NULL);\n" +
		"CREATE TABLE `BODYCONTENT` (`BODYCONTENTID` bigint, `BODY` longtext, `CONTENTID` bigint, `BODYTYPEID` smallint);\nINSERT INTO `BODYCONTENT` VALUES (1,'x',1,2);\n" +
		"CREATE TABLE `SPACES` (`SPACEID` bigint, `SPACEKEY` text, `SPACENAME` text);\nINSERT INTO `SPACES` VALUES (7,'A','B');\n" +
		"CREATE TABLE `user_mapping` (`user_key` text, `username` text);\nREPLACE INTO `user_mapping` (`username`, `user_key`) VALUES ('u','k');\n" +
		"CREATE TABLE `LABEL` (`LABELID` bigint, `NAME` text, `NAMESPACE` text);\n" +
		"-- Dump completed on 2026\n"
	out := filepath.Join(t.TempDir(), "x.db")
	r, err := Take(t.Context(), "-", out, Options{Stdin: strings.NewReader(dump)})
	if err != nil {
		t.Fatal(err)
	}
	got := contents(t, out)
	for _, want := range []string{"1|'PAGE'|'a''b''c\\d\ne;),(", "2|'PAGE'|'x'|-1|'a'|NULL", "'k'|'u'", "label\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("the snapshot does not hold %q:\n%s", want, got)
		}
	}
	if !slices.ContainsFunc(r.Doubts, func(s string) bool { return strings.Contains(s, "cwd_user") }) {
		t.Errorf("no word about missing tables: %q", r.Doubts)
	}
}

// TestMySQLDumpWithNamesInDoubleQuotes: so writes mariadb-dump --compatible=ansi.
func TestMySQLDumpWithNamesInDoubleQuotes(t *testing.T) {
	const dump = "-- MariaDB dump 10.19\n/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO,ANSI' */;\n" +
		"CREATE TABLE \"label\" (\n  \"labelid\" bigint(20) DEFAULT NULL,\n  \"name\" text DEFAULT NULL\n);\nINSERT INTO \"label\" VALUES\n(1,'a\\\"b\\\\\\'c');\n" +
		"/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;\nINSERT INTO label VALUES (2,\"text again\");\n-- Dump completed on 2026\n"
	got := ""
	sink := sinkOf(func(row []feed.Value) { got += string(row[0].Text) + string(row[1].Text) + "\n" })
	if _, err := mydump.Read(strings.NewReader(dump), sink); err != nil {
		t.Fatal(err)
	}
	if want := "1a\"b\\'c\n2text again\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// sinkOf takes the rows of all tables.
type sinkOf func(row []feed.Value)

func (sinkOf) Wants(string, string) bool             { return true }
func (f sinkOf) Table(feed.Table) (feed.Rows, error) { return f, nil }
func (sinkOf) Note(feed.Note)                        {}
func (sinkOf) Needs(int) bool                        { return true }
func (sinkOf) End(int64) error                       { return nil }

func (f sinkOf) Row(row []feed.Value) error {
	f(row)
	return nil
}

func TestXMLBackup(t *testing.T) {
	const backup = `<?xml version="1.0" encoding="UTF-8"?><hibernate-generic>
<object class="Page" package="p"><id name="id">1</id><property name="title"><![CDATA[One]]></property><property name="contentStatus"><![CDATA[current]]></property></object>
<object class="Page" package="p"><id name="id">1</id><property name="title"><![CDATA[Twice]]></property><property name="contentStatus"><![CDATA[current]]></property></object>
<object class="BodyContent" package="p"><id name="id">5</id><property name="body"><![CDATA[a]]></property><property name="content" class="Page" package="p"><id name="id">1</id></property></object>
<object class="BodyContent" package="p"><id name="id">5</id><property name="body"><![CDATA[b]]></property><property name="content" class="Page" package="p"><id name="id">2</id></property></object>
</hibernate-generic>`
	out := filepath.Join(t.TempDir(), "x.db")
	r, err := Take(t.Context(), "-", out, Options{Stdin: strings.NewReader(backup)})
	if err != nil {
		t.Fatal(err)
	}
	got := contents(t, out)
	for _, want := range []string{"1|'PAGE'|'One'", "5|1|NULL|'a'", "6|2|NULL|'b'"} {
		if !strings.Contains(got, want) {
			t.Errorf("the snapshot does not hold %q:\n%s", want, got)
		}
	}
	if said := strings.Join(r.Partial, "\n"); !strings.Contains(said, "analytics events") {
		t.Errorf("partial: %q", said)
	}
	for _, want := range []string{"content: 1 rows had a key that came before; the first", "bodycontent: 1 rows had a key that came before; they were taken"} {
		if !slices.ContainsFunc(r.Doubts, func(s string) bool { return strings.Contains(s, want) }) {
			t.Errorf("no doubt with %q in %q", want, r.Doubts)
		}
	}
	s, err := snapshot.Open(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	o, err := s.Origin(t.Context())
	if err != nil || !slices.Equal(o.Partial, r.Partial) {
		t.Errorf("the snapshot says of itself %q, %v", o.Partial, err)
	}
	if _, err := Take(t.Context(), "-", filepath.Join(t.TempDir(), "y.db"), Options{Stdin: strings.NewReader("PK\x03\x04")}); !errors.Is(err, feed.ErrDamaged) || !strings.Contains(err.Error(), "pipe") {
		t.Errorf("a zip archive from a pipe: %v", err)
	}
}

// TestWhatIsSaidIsKept: what was odd about a source stands in the snapshot, for those
// who look at it later; that its end comes is told.
func TestWhatIsSaidIsKept(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("testdata", "pg15.sql"))
	if err != nil {
		t.Fatal(err)
	}
	cut, _, found := bytes.Cut(b, []byte("-- PostgreSQL database dump complete"))
	if !found {
		t.Fatal("the dump has no last line")
	}
	var last Progress
	out := filepath.Join(t.TempDir(), "out.db")
	r, err := Take(t.Context(), "-", out, Options{Stdin: bytes.NewReader(cut), Progress: func(p Progress) { last = p }})
	if err != nil || len(r.Doubts) == 0 || !last.Finishing || last.Rows == 0 {
		t.Fatalf("%+v, %v, %+v", r, err, last)
	}
	s, err := snapshot.Open(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	o, err := s.Origin(t.Context())
	if err != nil || !slices.Equal(o.Doubts, r.Doubts) || !slices.Equal(o.Notes, r.Notes) {
		t.Errorf("kept is %+v (%v), said was %+v", o, err, r)
	}
}
