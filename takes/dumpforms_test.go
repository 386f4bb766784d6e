package takes

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sluice/localexport/snapshot"
	"sluice/takes/feed"
	"sluice/takes/mydump"
)

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
	for _, want := range []string{"content: one row had a key that came before; the first", "bodycontent: one row had a key that came before; it was taken"} {
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
