package takes

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestDumpsInOtherEncodings: a dump in another encoding and date style gives the
// rows of one in UTF-8 and ISO.
func TestDumpsInOtherEncodings(t *testing.T) {
	dump := func(settings, title, time string) string {
		return "-- PostgreSQL database dump\n" + settings + "COPY a.content (contentid, contenttype, title, version, creator, creationdate, lastmodifier, lastmoddate, prevver, content_status, pageid, spaceid, parentid) FROM stdin;\n" +
			"1\tPAGE\t" + title + "\t1\t\\N\t" + time + "\t\\N\t\\N\t\\N\tcurrent\t\\N\t7\t\\N\n\\.\n" +
			"COPY a.bodycontent (bodycontentid, body, contentid, bodytypeid) FROM stdin;\n1\t22.11.2022 20:42:44\t1\t2\n\\.\n" +
			"COPY a.spaces (spaceid, spacekey, spacename) FROM stdin;\n7\tA\tB\n\\.\nCOPY a.user_mapping (user_key, username) FROM stdin;\nk\tu\n\\.\n-- PostgreSQL database dump complete\n"
	}
	dir := t.TempDir()
	taken := func(name, text string) (string, Report) {
		out := filepath.Join(dir, name+".db")
		r, err := Take(t.Context(), "-", out, Options{Stdin: strings.NewReader(text)})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return contents(t, out), r
	}
	want, plain := taken("plain", dump("SET client_encoding = 'UTF8';\n", "Größe", "2022-11-22 20:42:44.083"))
	// What a source lacks of a table is said, too: the files lack it.
	if !slices.ContainsFunc(plain.Doubts, func(s string) bool {
		return strings.Contains(s, "content of the source has no column versioncomment, parentcommentid")
	}) {
		t.Errorf("doubts %q", plain.Doubts)
	}
	for name, text := range map[string]string{
		"latin":    dump("SET client_encoding = 'LATIN1';\n", "Gr\xf6\xdfe", "2022-11-22 20:42:44.083"),
		"ascii":    dump("SET client_encoding = 'SQL_ASCII';\n", "Größe", "2022-11-22 20:42:44.083"),
		"german":   dump("SET DateStyle = 'German, DMY';\n", "Größe", "22.11.2022 20:42:44.083"),
		"postgres": dump("SET client_encoding = 'WIN1252';\nSET datestyle TO Postgres, MDY;\n", "Gr\xf6\xdfe", "Tue Nov 22 20:42:44.083 2022"),
	} {
		got, r := taken(name, text)
		if got != want || slices.ContainsFunc(r.Doubts, func(s string) bool { return !strings.Contains(s, "has no ") }) {
			t.Errorf("%s: %s\nwant %s\ndoubts %q", name, got, want, r.Doubts)
		}
	}
	_, r := taken("ascii of another", dump("SET client_encoding = 'SQL_ASCII';\n", "Gr\xf6\xdfe", "2022-11-22 20:42:44.083"))
	if !slices.ContainsFunc(r.Doubts, func(s string) bool { return strings.Contains(s, "one text is not UTF-8") }) {
		t.Errorf("doubts %q", r.Doubts)
	}
}

// TestMySQLDumpInLatin1: around each CREATE TABLE a dump changes the character set
// of the client, and puts it back.
func TestMySQLDumpInLatin1(t *testing.T) {
	const dump = "-- MySQL dump 10.13\n/*!40101 SET NAMES latin1 */;\n/*!40101 SET @saved_cs_client = @@character_set_client */;\n/*!40101 SET character_set_client = utf8 */;\n" +
		"CREATE TABLE `content` (`contentid` bigint, `contenttype` text, `title` text, `version` int, `creator` text, `creationdate` datetime, `lastmodifier` text, `lastmoddate` datetime, `prevver` bigint, `content_status` text, `pageid` bigint, `spaceid` bigint, `parentid` bigint);\n" +
		"/*!40101 SET character_set_client = @saved_cs_client */;\nINSERT INTO `content` VALUES (1,'PAGE','Gr\xf6\xdfe \x80 \\'',1,NULL,NULL,NULL,NULL,NULL,'current',NULL,7,NULL);\n" +
		"CREATE TABLE `bodycontent` (`bodycontentid` bigint, `body` longtext, `contentid` bigint, `bodytypeid` smallint);\nINSERT INTO `bodycontent` VALUES (1,'x',1,2);\n" +
		"CREATE TABLE `spaces` (`spaceid` bigint, `spacekey` text, `spacename` text);\nINSERT INTO `spaces` VALUES (7,'A','B');\n" +
		"CREATE TABLE `user_mapping` (`user_key` text, `username` text);\nINSERT INTO `user_mapping` VALUES ('k','u');\n-- Dump completed\n"
	out := filepath.Join(t.TempDir(), "x.db")
	r, err := Take(t.Context(), "-", out, Options{Stdin: strings.NewReader(dump)})
	if err != nil {
		t.Fatal(err)
	}
	if got := contents(t, out); !strings.Contains(got, "'Größe € '''|") {
		t.Errorf("the snapshot holds\n%s", got)
	}
	if !slices.ContainsFunc(r.Notes, func(s string) bool { return strings.Contains(s, "latin1") }) {
		t.Errorf("notes %q", r.Notes)
	}
}
