package sqltext

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sluice/takes/feed/feedtest"
)

func TestQualifiedNames(t *testing.T) {
	for _, c := range []struct {
		d                  Dialect
		text, schema, name string
	}{
		{postgres, "Content (", "", "content"}, // folded, as PostgreSQL does
		{postgres, `"Content" (`, "", "Content"},
		{postgres, `Public."AO_1""A".x`, `AO_1"A`, "x"}, // a database before the schema
		{postgres, "a . b;", "a", "b"},
		{mysql, "`Db`.`CONTENT` ", "Db", "CONTENT"},
		{mysql, "CONTENT", "", "CONTENT"}, // as the file system has it
		{mysql, `"CONTENT"(`, "", "CONTENT"},
	} {
		if schema, name, err := lexer(c.text, c.d).QualifiedName(); err != nil || schema != c.schema || name != c.name {
			t.Errorf("%s: %q . %q, %v", c.text, schema, name, err)
		}
	}
	for text, says := range map[string]string{"": "within a statement", "a.": "within a statement", "1": `"1" where a name should stand`, "a.'b'": `"b" where a name`,
		"'" + strings.Repeat("x", 99) + "'": strings.Repeat("x", 40) + `…" where a name`} {
		_, _, err := lexer(text, postgres).QualifiedName()
		feedtest.Damaged(t, err, says)
	}
}

func TestCreateTable(t *testing.T) {
	for _, c := range []struct {
		d          Dialect
		text, want string
	}{
		{postgres, `a.b (c bigint NOT NULL, "D" numeric(10,2) DEFAULT (1 + 2), e text DEFAULT 'x, y'::text, CONSTRAINT f CHECK ((c > 0)), PRIMARY KEY (c, "D"), UNIQUE (c)) WITH (x=1);`, "a.b c D e"},
		{postgres, `IF NOT EXISTS b (LIKE a, c text, CHECK (c > 0), FOREIGN KEY (c) REFERENCES d (e), EXCLUDE USING gist (c WITH =), EXCLUDE (c WITH =));`, "b c"},
		// No reserved words of PostgreSQL: its dumps have them without quotes.
		{postgres, `b (key text, index integer, period interval, fulltext text, spatial point, exclude boolean);`, "b key index period fulltext spatial exclude"},
		{postgres, "b PARTITION OF a FOR VALUES IN (1);", "b"},
		{postgres, "b AS SELECT 1;", "b"},
		{mysql, "`b` (`key` int COMMENT 'a, (b', `c` varchar(255) COLLATE x, PRIMARY KEY (`key`), KEY `k` (`c`(3)), UNIQUE KEY (`c`), INDEX (`c`), FULLTEXT KEY `f` (`c`), SPATIAL INDEX (`c`), CONSTRAINT `x` FOREIGN KEY (`c`) REFERENCES `d` (`e`), PERIOD FOR SYSTEM_TIME (`s`, `e`)) ENGINE=InnoDB;", "b key c"},
	} {
		l := lexer(c.text+" next", c.d)
		table, err := l.CreateTable()
		if got := strings.Join(append([]string{table.String()}, table.Columns...), " "); err != nil || got != c.want {
			t.Errorf("%s:\n%q, %v, want %q", c.text, got, err, c.want)
		}
		if next, err := l.Next(); err != nil || !next.Is("NEXT") {
			t.Errorf("%s: then comes %q, %v", c.text, next.Text, err)
		}
		// Wherever it is cut, it is no table.
		if !strings.Contains(c.text, "(c") && !strings.Contains(c.text, "(`") {
			continue
		}
		for n := strings.Index(c.text, "(") + 1; n < len(c.text); n++ {
			if _, err := lexer(c.text[:n], c.d).CreateTable(); err == nil {
				t.Errorf("%s is taken for whole", c.text[:n])
			} else {
				feedtest.Damaged(t, err, "")
			}
		}
	}
}

func TestSettings(t *testing.T) {
	for text, want := range map[string]string{
		"client_encoding = 'UTF8';":                  "client_encoding=utf8",
		"search_path TO Public, pg_catalog;":         "search_path=public,pg_catalog",
		"session standard_conforming_strings = OFF;": "standard_conforming_strings=off",
		"LOCAL a = 1":             "a=1",
		"NAMES latin1 COLLATE x;": "names=latin1",
		"@OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_ZERO' ;": "sql_mode=no_zero",
		"ROLE postgres;": "=",
		";":              "=",
		"TRANSACTION ISOLATION LEVEL SERIALIZABLE;": "=",
		"a = " + strings.Repeat("x ", 90) + ";":     "a=" + strings.Repeat("x", 14), // no more than is asked for
	} {
		l := lexer(text+" next", mysql)
		name, value, err := l.Setting()
		if got := name + "=" + value; err != nil || !strings.HasPrefix(got, want) || len(got) > len(want)+4 {
			t.Errorf("SET %s: %q, %v, want %q", text, got, err, want)
		}
	}
	_, _, err := lexer("a = 'b", postgres).Setting()
	feedtest.Damaged(t, err, "within a text in quotes")
}

// inserted reads a text of CREATE and INSERT statements into a memory.
func inserted(text string, d Dialect, m *feedtest.Memory) error {
	l := lexer(text, d)
	x := NewInserts(l, m)
	x.Schema = "s"
	for {
		t, err := l.Next()
		switch {
		case err != nil:
			return err
		case t.Kind == End:
			if err := x.End(); err != nil {
				return err
			}
			return x.EmptyTables()
		case t.Is("CREATE"):
			err = x.Create()
		case t.Is("INSERT") || t.Is("REPLACE"):
			err = x.Insert()
		case !t.IsSymbol(';'):
			_, err = l.SkipStatement()
		}
		if err != nil {
			return err
		}
	}
}

func TestInsertedValues(t *testing.T) {
	for _, c := range []struct {
		d            Dialect
		values, want string
	}{
		{postgres, "'x', NULL, -1.5", "x|-|-1.5"},
		{postgres, "'2022-01-01'::timestamp without time zone, 1::bigint::text, B'0101'", "2022-01-01|1|0101"},
		{postgres, "true, DEFAULT, E'a\\tb'", "true|DEFAULT|a\tb"},
		{postgres, "'', null, '\\x41'", `|-|\x41`},
		{mysql, "_binary 'x\\0', 0x4142, N'y'", "x\x00|AB|y"},
		{mysql, "X'4142', x'', _latin1 X'43'", "AB||C"},
		{mysql, "b'01', -0.1, \"q\"", "01|-0.1|q"},
	} {
		m := &feedtest.Memory{}
		if err := inserted("INSERT INTO t (a, b, c) VALUES ("+c.values+");", c.d, m); err != nil || m.Text() != "s.t|"+c.want+"\n" {
			t.Errorf("%s: %q, %v, want %q", c.values, m.Lines, err, c.want)
		}
	}
	for _, c := range []struct {
		d          Dialect
		text, says string
		rowsBefore int
	}{
		{postgres, "INSERT INTO t (a, b) VALUES (1, 2), (3);", "table s.t, row 2 of an INSERT: 1 values for 2 columns", 1},
		{postgres, "INSERT INTO t (a) VALUES (1, 2);", "2 values for 1 columns", 0},
		{postgres, "INSERT INTO t (a) VALUES (1) (2);", `"(" where the next row should stand`, 1},
		{postgres, "INSERT INTO t (a) VALUES (1 2);", `"2" where the next value should stand`, 0},
		{postgres, "INSERT INTO t (a) VALUES (,);", `"," where a value should stand`, 0},
		{postgres, "INSERT INTO t (a) VALUES (1), 2;", `"2" where a row in parentheses should stand`, 1},
		{postgres, "INSERT INTO t (a b) VALUES (1);", `"b" where a comma should stand`, 0},
		{postgres, "INSERT INTO t (a); VALUES (1);", `";" where VALUES should stand`, 0},
		{postgres, "INSERT 'x';", `"x" where INTO should stand`, 0},
		{postgres, "INSERT INTO t VALUES (1);", "INSERT INTO s.t names no columns, and no CREATE TABLE tells them", 0},
		{mysql, "INSERT INTO t (a) VALUES (1),(X'4');", "row 2 of an INSERT: at byte 34: a hexadecimal value that is none", 1},
	} {
		m := &feedtest.Memory{}
		feedtest.Damaged(t, inserted(c.text, c.d, m), c.says)
		if len(m.Lines) != c.rowsBefore {
			t.Errorf("%s: rows %q", c.text, m.Lines)
		}
	}
}

// TestPiecesOfInserts: statements that follow each other are one piece of their table, as
// long as they name the same columns; tables without rows are told, too.
func TestPiecesOfInserts(t *testing.T) {
	const text = `CREATE UNLOGGED TABLE a (x int, y text); CREATE TABLE s.empty (x int); CREATE INDEX i ON a (x); CREATE TABLE other (x int);
INSERT INTO a VALUES (1, 'b'); INSERT INTO s.a OVERRIDING SYSTEM VALUE VALUES (2, 'c'), (3, 'd') ON CONFLICT DO NOTHING;
INSERT INTO a (y, x) VALUES ('e', 4); INSERT INTO other VALUES (NOT a value); INSERT INTO b.a (x) VALUES (5); INSERT INTO a VALUES (6, 'f');`
	m := &feedtest.Memory{Without: []string{"other"}}
	if err := inserted(text, postgres, m); err != nil {
		t.Fatal(err)
	}
	want := []string{"s.a(x,y) 3", "s.a(y,x) 1", "b.a(x) 1", "s.a(x,y) 1", "s.empty(x) 0"}
	if !slices.Equal(m.Pieces, want) || len(m.Lines) != 6 || m.Lines[3] != "s.a|e|4" {
		t.Errorf("pieces %q, rows %q", m.Pieces, m.Lines)
	}

	m = &feedtest.Memory{}
	if err := inserted("CREATE TABLE a (x int);", postgres, m); err != nil || len(m.Pieces) != 0 {
		t.Errorf("a dump of the structure has the tables %q, %v", m.Pieces, err)
	}
	feedtest.Damaged(t, inserted("INSERT INTO other VALUES (1, 2", postgres, &feedtest.Memory{Without: []string{"other"}}), "ends within an INSERT of table s.other")
}

// FuzzInserts: any statements give rows as wide as their tables, or an error of the source.
func FuzzInserts(f *testing.F) {
	f.Add("CREATE TABLE a (b int, c text); INSERT INTO a VALUES (1, 'x'::text), (NULL, $$y$$) ON CONFLICT DO NOTHING;", false)
	f.Add("REPLACE INTO `a` (`b`) VALUES (_binary 'x'),(0x41),(X'41');# c\nINSERT IGNORE INTO a (b) VALUE (1) ON DUPLICATE KEY UPDATE b = 1;", true)
	f.Add("CREATE TABLE a (b int, CHECK (b > (1)), EXCLUDE (b WITH =)); INSERT INTO a DEFAULT VALUES;", false)
	f.Fuzz(func(t *testing.T, text string, isMySQL bool) {
		d := postgres
		if isMySQL {
			d = mysql
		}
		feedtest.OfTheSource(t, inserted(text, d, &feedtest.Memory{}))
	})
}

// TestACutInsertIsNone: wherever a dump ends within its INSERT, that is an error, and the
// rows before it are right.
func TestACutInsertIsNone(t *testing.T) {
	for _, d := range []Dialect{postgres, mysql} {
		const text = "INSERT INTO t (a, b) VALUES (1, 'it''s'), (-2.5, NULL) ;"
		for n := len("INSERT"); n < len(text); n++ {
			m := &feedtest.Memory{}
			err := inserted(text[:n], d, m)
			feedtest.Damaged(t, err, "")
			if whole := fmt.Sprint([]string{"s.t|1|it's", "s.t|-2.5|-"}[:len(m.Lines)]); whole != fmt.Sprint(m.Lines) {
				t.Errorf("cut at %d: %q", n, m.Lines)
			}
		}
	}
}
