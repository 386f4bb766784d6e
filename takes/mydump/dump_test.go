package mydump

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"sluice/takes/feed"
)

// memory keeps what a dump holds, a line a row.
type memory struct {
	lines, notes []string
	doubts       int
}

func (m *memory) Wants(string, string) bool { return true }
func (m *memory) Note(n feed.Note) {
	m.notes = append(m.notes, n.Text)
	if n.Doubt {
		m.doubts++
	}
}
func (m *memory) Table(t feed.Table) (feed.Rows, error) { return &rows{m, t.String()}, nil }

type rows struct {
	m     *memory
	table string
}

func (r *rows) Needs(int) bool  { return true }
func (r *rows) End(int64) error { return nil }
func (r *rows) Row(values []feed.Value) error {
	line := r.table
	for _, v := range values {
		if v.Valid {
			line += "|" + string(v.Text)
		} else {
			line += "|-"
		}
	}
	r.m.lines = append(r.m.lines, line)
	return nil
}

const (
	head   = "-- MySQL dump 10.13  Distrib 8.0.36\n-- Server version\t8.0.36\n"
	create = "CREATE TABLE `label` (`labelid` bigint NOT NULL, `name` varchar(255), PRIMARY KEY (`labelid`));\n"
	tail   = "-- Dump completed on 2026-01-02\n"
)

// TestSettingsDecideHowTextIsRead: they hold from their statement on.
func TestSettingsDecideHowTextIsRead(t *testing.T) {
	for name, c := range map[string]struct{ statements, want string }{
		"backslashes escape":       {`INSERT INTO label VALUES (1,'a\'b\\');`, `label|1|a'b\`},
		"backslashes that are not": {`SET sql_mode='NO_BACKSLASH_ESCAPES'; INSERT INTO label VALUES (1,'a\');`, `label|1|a\`},
		"they are again":           {`SET sql_mode='NO_BACKSLASH_ESCAPES'; SET @@SQL_MODE=''; INSERT INTO label VALUES (1,'\'');`, `label|1|'`},
		"so for the session":       {`SET @@session.sql_mode='NO_BACKSLASH_ESCAPES'; INSERT INTO label VALUES (1,'a\');`, `label|1|a\`},
		"not for this session":     {`SET @@global.sql_mode='NO_BACKSLASH_ESCAPES'; INSERT INTO label VALUES (1,'\'');`, `label|1|'`},
		"names in double quotes":   {`/*!40101 SET SQL_MODE='ANSI' */; INSERT INTO "label" ("name", "labelid") VALUES ('x',1);`, `label|x|1`},
		"latin1":                   {"/*!40101 SET NAMES latin1 */; INSERT INTO label VALUES (1,'Gr\xf6\xdfe \x80');", "label|1|Größe €"},
		"put back after a CREATE":  {"/*!40101 SET NAMES latin1 */; SET character_set_client = utf8mb4; SET character_set_client = @saved; INSERT INTO label VALUES (1,'\xf6');", "label|1|ö"},
		"another database":         {"USE `wiki`; " + create + "INSERT INTO label VALUES (1,NULL);", "wiki.label|1|-"},
		"REPLACE":                  {"REPLACE INTO label VALUES (1,0x61),(2,_binary 'b');", "label|1|a\nlabel|2|b"},
		"what is no table":         {"LOCK TABLES `label` WRITE; CREATE VIEW v AS SELECT ';'; INSERT INTO label VALUES (1,'');UNLOCK TABLES;", "label|1|"},
	} {
		m := &memory{}
		tool, err := Read(iotest.OneByteReader(strings.NewReader(head+create+c.statements+"\n"+tail)), m)
		if got := strings.Join(m.lines, "\n"); err != nil || got != c.want || m.doubts > 0 {
			t.Errorf("%s: %q, %v, notes %q; want %q", name, got, err, m.notes, c.want)
		}
		if tool != "10.13  Distrib 8.0.36, server 8.0.36" {
			t.Errorf("%s: it was written by %q", name, tool)
		}
		if said := slices.ContainsFunc(m.notes, func(n string) bool { return strings.Contains(n, "became UTF-8") }); said != strings.Contains(c.statements, "latin1") {
			t.Errorf("%s: notes %q", name, m.notes)
		}
	}
}

// TestDumpsThatAreRefused, each with one sentence, and never a panic.
func TestDumpsThatAreRefused(t *testing.T) {
	for statements, want := range map[string]string{
		"SET NAMES gb18030;": `character set "gb18030"`, "INSERT INTO other VALUES (1);": "names no columns", create + "INSERT INTO label VALUES (1,'a": "label",
		create + "INSERT INTO label VALUES (1);": "label", create + "INSERT INTO label VALUES (1,'a'),": "cut", "\x00\x00": "",
	} {
		if _, err := Read(strings.NewReader(head+statements), &memory{}); !errors.Is(err, feed.ErrDamaged) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", statements, err, want)
		}
	}
	m := &memory{}
	if _, err := Read(strings.NewReader(head+create+"INSERT INTO label VALUES (1,'a');\n"), m); err != nil || m.doubts != 1 || !strings.Contains(m.notes[0], "may be cut between two statements") {
		t.Errorf("a dump without its last comment: %v, %q", err, m.notes)
	}
}

// TestLook: who wrote a dump, and the tables of its first bytes; a dump that goes on
// is not cut, one that ends in a row is.
func TestLook(t *testing.T) {
	tool, tables, all, err := Look(strings.NewReader(head + create + tail))
	if err != nil || !all || len(tables) != 1 || !slices.Equal(tables[0].Columns, []string{"labelid", "name"}) || !strings.Contains(tool, "server 8.0.36") {
		t.Errorf("a short dump: %q, %v, %v, %v", tool, tables, all, err)
	}
	row := "INSERT INTO label VALUES (1,'" + strings.Repeat("x", 1000) + "');\n"
	if _, tables, all, err = Look(strings.NewReader(head + create + strings.Repeat(row, lookSize/1000))); err != nil || all || len(tables) != 1 {
		t.Errorf("a long dump: %v, %v, %v", tables, all, err)
	}
	if _, _, _, err = Look(strings.NewReader(head + create + row[:100])); !errors.Is(err, feed.ErrDamaged) {
		t.Errorf("a dump that is cut: %v", err)
	}
	for head, want := range map[string]bool{head: true, "/*M!999999\\- enable the sandbox mode */": true, "\n-- MariaDB dump 10.19": true, "-- PostgreSQL database dump": false, strings.Repeat(" ", 200) + "-- MySQL dump": false, "": false} {
		if IsDump([]byte(head)) != want {
			t.Errorf("%.40q is a dump: %v", head, !want)
		}
	}
}
