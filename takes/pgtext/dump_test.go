package pgtext

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sluice/takes/feed/feedtest"
)

const (
	head = "--\n-- PostgreSQL database dump\n--\n\n-- Dumped from database version 15.3\n-- Dumped by pg_dump version 16.1\n\n"
	end  = "--\n-- PostgreSQL database dump complete\n--\n"
)

// read reads a dump of some statements.
func read(statements string) (*feedtest.Memory, *Dump, error) {
	m := &feedtest.Memory{Without: []string{"other"}}
	d, err := Read(strings.NewReader(head+statements+end), m)
	return m, d, err
}

func TestStatementsOfDumps(t *testing.T) {
	for name, c := range map[string]struct{ statements, rows string }{
		"COPY":                                  {"COPY a.label (labelid, name) FROM stdin;\n1\tx\n\\.\n", "a.label|1|x"},
		"COPY with the columns of CREATE TABLE": {"CREATE TABLE a.label (labelid bigint, name text);\nCOPY a.label FROM stdin WITH (FORMAT text);\n1\tx\n\\.\n", "a.label|1|x"},
		"a search path":                         {"SET search_path = \"B\", pg_catalog;\nCOPY label (labelid) FROM stdin;\n1\n\\.\n", "b.label|1"},
		"INSERT":                                {"CREATE TABLE a.label (labelid bigint, name text);\nINSERT INTO a.label VALUES (1, 'x\\'), (2, NULL);\n", "a.label|1|x\\ a.label|2|-"},
		"an identity":                           {"INSERT INTO a.label (labelid) OVERRIDING SYSTEM VALUE VALUES (1);\n", "a.label|1"},
		"strings with backslashes":              {"SET standard_conforming_strings = off;\nINSERT INTO a.label (labelid, name) VALUES (1, 'x\\'y');\n", "a.label|1|x'y"},
		"a table in two pieces":                 {"COPY a.label (labelid) FROM stdin;\n1\n\\.\nCOPY a.label (labelid) FROM stdin;\n2\n\\.\n", "a.label|1 a.label|2"},
		"what is not needed":                    {"COPY a.other (labelid) FROM stdin;\n1\n\\.\nINSERT INTO a.other VALUES (nonsense);\n\\connect x\nSELECT $$;\n$$;\n", ""},
		"a table without columns":               {"CREATE TABLE a.other (\n);\nCOPY a.other  FROM stdin;\n\n\n\\.\nCOPY a.label (labelid) FROM stdin;\n1\n\\.\n", "a.label|1"},
		"a column of the name key":              {"CREATE TABLE a.label (key text, index integer);\nCOPY a.label (key, index) FROM stdin;\nx\t1\n\\.\n", "a.label|x|1"},
		"COPY of a query":                       {"COPY (SELECT 1) TO stdout;\nCOPY a.label TO stdout;\nCOPY a.label FROM '/x';\n", ""},
		"a time of another style":               {"SET DateStyle = 'German, DMY';\nCOPY a.content (contentid, creationdate) FROM stdin;\n1\t22.11.2022 20:42:44\n\\.\n", "a.content|1|2022-11-22 20:42:44"},
		"lines of Windows":                      {"COPY a.label (labelid) FROM stdin;\r\n1\r\n\\.\r\n", "a.label|1"},
		"an encoding of one byte":               {"SET client_encoding = 'LATIN1';\nCOPY a.label (name) FROM stdin;\n\xfc\n\\.\n", "a.label|ü"},
		"an encoding of many bytes":             {"SET client_encoding = 'SJIS';\nCOPY a.label (name) FROM stdin;\n\x83\\\n\\.\n", "a.label|ソ"}, // with a backslash in it
	} {
		m, d, err := read(c.statements)
		if got := strings.Join(m.Lines, " "); err != nil || got != c.rows {
			t.Errorf("%s: %q, %v, want %q", name, got, err, c.rows)
		}
		if d.Tool != "PostgreSQL 15.3, pg_dump 16.1" {
			t.Errorf("%s: made by %q", name, d.Tool)
		}
	}
}

func TestDumpsThatAreRefused(t *testing.T) {
	const copies = "COPY a.label (labelid, name) FROM stdin"
	for statements, says := range map[string]string{
		copies + " WITH (FORMAT csv);\n1,x\n\\.\n":                          "COPY a.label is not in PostgreSQL's text format",
		copies + " WITH DELIMITER '|';\n1|x\n\\.\n":                         "not in PostgreSQL's text format",
		copies + " DELIMITERS '|';\n1|x\n\\.\n":                             "not in PostgreSQL's text format",
		copies + " WITH NULL '';\n1\t\n\\.\n":                               "not in PostgreSQL's text format",
		copies + " (FORMAT text, HEADER);\nlabelid\tname\n\\.\n":            "not in PostgreSQL's text format",
		"COPY a.label FROM stdin;\n1\n\\.\n":                                "COPY a.label names no columns, and no CREATE TABLE tells them",
		"CREATE TABLE a.label (labelid int);\n" + copies + ";\n1\tx\n\\.\n": `names the column "name", which its CREATE TABLE does not have`,
		copies + ";\n1\tx\x00\n\\.\n":                                       "a byte 0",
		"SET client_encoding = 'BIG5';\n":                                   `the encoding "big5"`,
		"SET client_encoding = 'SJIS';\nSET client_encoding = 'UTF8';\n":    `changes its encoding from SJIS to "utf8"`,
		"SET DateStyle = 'Klingon';\n":                                      `the style "klingon"`,
		"SELECT 'a;\n":                                                      "within a text in quotes",
		"INSERT INTO a.label (labelid) VALUES (1, 2);\n":                    "2 values for 1 columns",
	} {
		_, _, err := read(statements)
		feedtest.Damaged(t, err, says)
	}
	for cut, says := range map[string]string{
		"COPY a.label (labelid) FROM": "the dump ends within COPY a.label",
		copies + ";":                  "within the rows of table a.label, after 0 of them",
		copies + ";\n1\tx\n2\ty\n\\":  "within the rows of table a.label, after 2 of them",
	} {
		_, err := Read(strings.NewReader(head+cut), &feedtest.Memory{})
		feedtest.Damaged(t, err, says)
	}
}

func TestNotesOnDumps(t *testing.T) {
	for statements, want := range map[string]string{
		"": "",
		"SET client_encoding = 'UTF8';\nSET client_encoding = 'SQL_ASCII';\n":         "",
		"SET client_encoding = 'LATIN1';\n":                                           "The dump is in the encoding LATIN1; its texts became UTF-8.",
		"SET client_encoding = 'SJIS';\nCOPY a.label (name) FROM stdin;\n\x83\n\\.\n": "one character means nothing",
		"SET DateStyle = 'SQL';\n":                                                    "? The dump does not tell the order of day and month",
	} {
		m, _, err := read(statements)
		said := strings.Join(m.Notes, " ")
		if err != nil || !strings.Contains(said, want) || want == "" && said != "" {
			t.Errorf("%s: %q, %v, want %q", statements, said, err, want)
		}
	}
	m := &feedtest.Memory{}
	d, err := Read(strings.NewReader("COPY a.label (labelid) FROM stdin;\n\\.\n"), m)
	if err != nil || d.Tool != "" || len(m.Notes) != 1 || !strings.HasPrefix(m.Notes[0], "? The dump does not end in") {
		t.Errorf("without head and end: %q, %q, %v", d.Tool, m.Notes, err)
	}
	m = &feedtest.Memory{}
	NoteEncoding("SET client_encoding = 'LATIN1';\n", m)
	NoteEncoding("SET client_encoding = 'UTF8';\n", m)
	NoteEncoding("SET client_encoding = 'Klingon", m)
	if want := []string{"The dump is in the encoding LATIN1; its texts became UTF-8."}; !slices.Equal(m.Notes, want) {
		t.Errorf("notes of archives: %q", m.Notes)
	}
}

// TestParts: in the rows of one table nothing else may stand than what pg_dump writes.
func TestParts(t *testing.T) {
	for name, c := range map[string]struct{ head, rows, want, says string }{
		"COPY":            {"COPY a.label (labelid) FROM stdin;\n", "1\n\\.\n\n\n", "a.label|1", ""},
		"INSERT":          {"SET search_path = a;\nCREATE TABLE a.label (labelid int);\n", "INSERT INTO label VALUES (1);\n", "a.label|1", ""},
		"a word":          {"", "INSERT INTO a.label (labelid) VALUES (1);\nINSXRT INTO a.label (labelid) VALUES (2);\n", "a.label|1", `"INSXRT" where the next statement should stand`},
		"rows behind":     {"COPY a.label (labelid) FROM stdin;\n", "1\n\\.\n2\n", "a.label|1", `"2" where the next statement`},
		"a cut statement": {"", "INSERT INTO a.label (labelid) VALUES (1);\nCOMMENT ON x", "a.label|1", "the rows end within a statement"},
	} {
		m := &feedtest.Memory{}
		err := ReadPart(c.head, strings.NewReader(c.rows), m)
		if got := strings.Join(m.Lines, " "); got != c.want || (err == nil) != (c.says == "") {
			t.Errorf("%s: %q, %v", name, got, err)
		}
		if c.says != "" {
			feedtest.Damaged(t, err, c.says)
		}
	}
}

func TestLook(t *testing.T) {
	const create = "CREATE TABLE a.label (labelid bigint, name text);\nCREATE TABLE a.other (x int);\n"
	long := "-- " + strings.Repeat("x", lookSize) + "\n"
	for name, c := range map[string]struct {
		text, tool, tables, says string
		all                      bool
	}{
		"whole":              {head + create + "COPY a.label (labelid) FROM stdin;\nnonsense", "PostgreSQL 15.3, pg_dump 16.1", "a.label a.other", "", true},
		"the structure only": {create, "", "a.label a.other", "", true},
		"rows first":         {head + "INSERT INTO a.label VALUES (1);\n" + create, "PostgreSQL 15.3, pg_dump 16.1", "", "", false},
		"a long head":        {create + long + "CREATE TABLE late (x int);\n", "", "a.label a.other", "", false},
		"damaged":            {create + "SET client_encoding = 'Klingon';\n", "", "a.label a.other", `"klingon"`, false},
		"cut":                {create + "CREATE TABLE c (x int", "", "a.label a.other", "within a statement", false},
	} {
		tool, tables, all, err := Look(strings.NewReader(c.text))
		var names []string
		for _, t := range tables {
			names = append(names, t.String())
		}
		if got := strings.Join(names, " "); tool != c.tool || got != c.tables || all != c.all || (err == nil) != (c.says == "") {
			t.Errorf("%s: %q, %q, all %t, %v", name, tool, got, all, err)
		}
		if c.says != "" {
			feedtest.Damaged(t, err, c.says)
		}
	}
}

// FuzzDump: any text gives rows, or an error of the source; looking at it first finds no
// other fault.
func FuzzDump(f *testing.F) {
	for _, name := range []string{"pg15.sql", "pg15-inserts.sql"} {
		b, err := os.ReadFile(filepath.Join("..", "testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte("SET standard_conforming_strings = off;\nINSERT INTO a VALUES (E'\\x41', $$b$$, 'c'::text, -1.5e+3, NULL);\nCOPY b (c) FROM stdin;\n\\x41\\101\n\\.\n"))
	f.Add([]byte("SET client_encoding = SJIS;\nCREATE TABLE a (key text);\nCOPY a FROM stdin;\n\x83\\\n\\.\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		_, err := Read(bytes.NewReader(b), &feedtest.Memory{})
		feedtest.OfTheSource(t, err)
		_, _, _, before := Look(bytes.NewReader(b))
		feedtest.OfTheSource(t, before)
		if before != nil && err == nil {
			t.Errorf("a look fails with %v, reading does not", before)
		}
	})
}
