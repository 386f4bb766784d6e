package cli

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// zipOf is a zip archive with files of the given names, each with a text.
func zipOf(t *testing.T, encrypted bool, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		h := &zip.FileHeader{Name: name, Method: zip.Store}
		if encrypted {
			h.Flags |= 1
		}
		f, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte("<entity-engine-xml/>")); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Dumps as the tools write them, of databases without rows or of others.
const (
	pgHead     = "--\n-- PostgreSQL database dump\n--\n\n-- Dumped from database version 15.8\n-- Dumped by pg_dump version 15.8\n\nSET client_encoding = 'UTF8';\n"
	pgTail     = "--\n-- PostgreSQL database dump complete\n--\n"
	pgContent  = "CREATE TABLE public.content (contentid bigint NOT NULL, contenttype text, title text, version int, creator text, creationdate timestamp, lastmodifier text, lastmoddate timestamp, prevver bigint, content_status text, pageid bigint, spaceid bigint, parentid bigint);\n"
	pgBodies   = "CREATE TABLE public.bodycontent (bodycontentid bigint, body text, contentid bigint, bodytypeid smallint);\n"
	pgSpaces   = "CREATE TABLE public.spaces (spaceid bigint, spacekey text, spacename text);\n"
	pgMapping  = "CREATE TABLE public.user_mapping (user_key text, username text);\n"
	pgJira     = "CREATE TABLE public.jiraissue (id numeric NOT NULL, summary text);\nCOPY public.jiraissue (id, summary) FROM stdin;\n1\tx\n\\.\n"
	pgRow      = "COPY public.content (contentid, contenttype, title, version, creator, creationdate, lastmodifier, lastmoddate, prevver, content_status, pageid, spaceid, parentid) FROM stdin;\n1\tPAGE\tx\t1\t\\N\t\\N\t\\N\t\\N\t\\N\tcurrent\t\\N\t7\t\\N\n\\.\n"
	mysqlHead  = "-- MySQL dump 10.13  Distrib 8.0.36\n/*!50503 SET NAMES utf8mb4 */;\n"
	mysqlEmpty = mysqlHead + "-- Dump completed on 2024-01-01  1:00:00\n"
)

// badSources are files of which no snapshot can be taken, with what is said about them.
func badSources(t *testing.T) map[string]struct{ content, want string } {
	tape := "TAPE\x00\x00\x03\x00\x8c\x00\x0e\x01"
	return map[string]struct{ content, want string }{
		"an empty file":              {"", "the file is empty"},
		"an encrypted archive":       {zipOf(t, true, "entities.xml", "exportDescriptor.properties"), "encrypted: unpack it with its password"},
		"an empty archive":           {zipOf(t, false), "the zip archive is empty"},
		"a backup of Jira":           {zipOf(t, false, "entities.xml", "activeobjects.xml"), "a backup of Jira"},
		"an archive of letters":      {zipOf(t, false, "word/document.xml"), "no XML backup of Confluence"},
		"a dump of Jira":             {pgHead + pgJira + pgTail, "a dump of Jira"},
		"a MySQL dump of Jira":       {mysqlHead + "CREATE TABLE `jiraissue` (`ID` decimal(18,0));\nINSERT INTO `jiraissue` VALUES (1);\n-- Dump completed", "a dump of Jira"},
		"a dump of Bitbucket":        {pgHead + "CREATE TABLE public.sta_pull_request (id bigint);\n" + pgTail, "a dump of Bitbucket"},
		"a dump of nothing":          {pgHead + pgTail, "none of the tables of a Confluence database"},
		"a MySQL dump of nothing":    {mysqlEmpty, "none of the tables of a Confluence database"},
		"the structure only":         {pgHead + pgContent + pgBodies + pgSpaces + pgMapping + pgTail, "holds the structure only"},
		"the structure only (MySQL)": {mysqlHead + strings.ReplaceAll(pgContent+pgBodies+pgSpaces+pgMapping, "public.", "") + "-- Dump completed", "holds the structure only"},
		"one table":                  {pgHead + pgContent + pgRow + pgTail, "no table bodycontent, spaces, user_mapping"},
		"a whole cluster": {"--\n-- PostgreSQL database cluster dump\n--\n\n\\connect postgres\n" + pgHead + pgTail + "\\connect jira\n" + pgHead + pgJira + pgTail + "\\connect wiki\n" + pgHead + pgContent + pgRow + pgTail,
			"pg_dumpall"},
		"a cluster's roles":    {"--\n-- PostgreSQL database cluster dump\n--\n\nCREATE ROLE postgres;\n", "pg_dumpall"},
		"H2":                   {"H:2,block:4,blockSize:1000,chunk:1,", "CSVWRITE"},
		"old H2":               {"-- H2 0.5/B --      \n\x00\x00", "CSVWRITE"},
		"SQL Server":           {tape, "of SQL Server"},
		"Oracle, exp":          {"\x03\x03\x69EXPORT:V11.02.00\nDSYSTEM\n", "of Oracle"},
		"Oracle, expdp":        {"\x03\x01\x00\x00\x00\x00\x00\x00" + strings.Repeat("\x00", 200) + "\"SYSTEM\".\"SYS_EXPORT_SCHEMA_01\"" + strings.Repeat("\x00", 100), "of Oracle"},
		"xz":                   {"\xfd7zXZ\x00\x00\x04", "end too early"},
		"7-Zip":                {"7z\xbc\xaf\x27\x1c\x00\x04", "unpack"},
		"a page of a web site": {"<!DOCTYPE html><html><body>Log in</body></html>", "a web page"},
		"an archive, cut":      {"PGDMP\x01\x0e\x00\x04\x08\x01", "the archive ends within its table of contents"},
		"gzip, cut":            {"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", "gzip data end too early"},
	}
}

// TestBadSources: one sentence that says what it is and what to do, exit code 1, and
// nothing is left.
func TestBadSources(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out.db")
	refused := func(name, source, want string) {
		t.Helper()
		r := sluice(t, "snapshot", source, out)
		if r.code != exitFailed || !strings.Contains(r.err, want) || strings.Count(r.err, "\n") != 1 || r.out != "" {
			t.Errorf("%s: exit %d, %q, want %q", name, r.code, r.err, want)
		}
		if left, _ := filepath.Glob(out + "*"); len(left) > 0 {
			t.Errorf("%s: left %q", name, left)
		}
	}
	for name, c := range badSources(t) {
		path := filepath.Join(dir, "source")
		if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		refused(name, path, c.want)
	}
	refused("no file", filepath.Join(dir, "nix"), "there is no such file\n")
	r := sluice(t, "snapshot", smallDump, filepath.Join(dir, "nix", "x.db"))
	if want := "there is no folder " + filepath.Join(dir, "nix") + ": make it first"; r.code != exitFailed || !strings.Contains(r.err, want) || strings.Contains(r.err, ".partial") {
		t.Errorf("a folder that is missing: exit %d, %q", r.code, r.err)
	}
	refused("a folder without a table of contents", t.TempDir(), "no toc.dat")
	r = sluice(t, "snapshot", "")
	if r.code != exitUsage {
		t.Errorf("nothing: exit %d, %s", r.code, r.err)
	}
}
