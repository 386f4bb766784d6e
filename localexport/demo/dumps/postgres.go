package dumps

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"sluice/localexport/sqlread"
)

// schema is where a dump of PostgreSQL creates its tables.
const schema = "public"

// release is the release of PostgreSQL whose dumps are written.
const release = "15 (demo of Sluice)"

const postgresHead = `--
-- PostgreSQL database dump
--

-- Dumped from database version ` + release + `
-- Dumped by pg_dump version ` + release + `

SET statement_timeout = 0;
SET lock_timeout = 0;
` + setEncoding + setStrings + setPath + `SET check_function_bodies = false;
SET client_min_messages = warning;
SET row_security = off;
`

// Settings that an archive has as entries of their own.
const (
	setEncoding = "SET client_encoding = 'UTF8';\n"
	setStrings  = "SET standard_conforming_strings = on;\n"
	setPath     = "SELECT pg_catalog.set_config('search_path', '', false);\n"
)

const postgresTail = `
--
-- PostgreSQL database dump complete
--
`

// writePostgres writes the text that pg_dump would.
func writePostgres(c *sqlread.Conn, tables []*table, w *bufio.Writer) error {
	w.WriteString(postgresHead) // the buffer keeps the first error
	for _, t := range tables {
		comment(w, t.name, "TABLE")
		w.WriteString(t.create())
	}
	for _, t := range tables {
		comment(w, t.name, "TABLE DATA")
		w.WriteString(t.copy())
		if err := t.copyRows(c, w); err != nil {
			return err
		}
		w.WriteString("\\.\n\n")
	}
	for _, t := range tables {
		for _, x := range t.extras() {
			comment(w, x.tag, x.kind)
			w.WriteString(x.sql)
		}
	}
	_, err := w.WriteString(postgresTail)
	return err
}

func comment(w *bufio.Writer, name, kind string) {
	fmt.Fprintf(w, "\n--\n-- Name: %s; Type: %s; Schema: %s; Owner: -\n--\n\n", name, kind, schema)
}

// postgresName quotes a name where it must be.
func postgresName(name string) string {
	if name == strings.ToLower(name) {
		return name
	}
	return sqlread.Quote(name)
}

func postgresNames(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = postgresName(name)
	}
	return strings.Join(quoted, ", ")
}

func (t *table) postgresName() string { return schema + "." + postgresName(t.name) }

func (x column) postgresType() string {
	switch x.kind {
	case bigint:
		return "bigint"
	case integer:
		return "integer"
	case smallint:
		return "smallint"
	case varchar:
		return fmt.Sprintf("character varying(%d)", x.size)
	case char:
		return fmt.Sprintf("character(%d)", x.size)
	case timestamp:
		return "timestamp without time zone"
	}
	return "text"
}

// create is the statement that makes the table.
func (t *table) create() string {
	lines := make([]string, len(t.columns))
	for i, x := range t.columns {
		lines[i] = "    " + postgresName(x.name) + " " + x.postgresType()
		if x.notNull {
			lines[i] += " NOT NULL"
		}
	}
	return "CREATE TABLE " + t.postgresName() + " (\n" + strings.Join(lines, ",\n") + "\n);\n\n"
}

// copy is the statement before the rows of the table.
func (t *table) copy() string {
	names := make([]string, len(t.columns))
	for i, x := range t.columns {
		names[i] = x.name
	}
	return "COPY " + t.postgresName() + " (" + postgresNames(names) + ") FROM stdin;\n"
}

// extra is a key, an index or what else follows the rows.
type extra struct{ tag, kind, sql string }

// extras are the keys and indexes of the table.
func (t *table) extras() []extra {
	var all []extra
	constraint := func(name, kind string, columns []string) {
		all = append(all, extra{t.name + " " + name, "CONSTRAINT", fmt.Sprintf("ALTER TABLE ONLY %s\n    ADD CONSTRAINT %s %s (%s);\n",
			t.postgresName(), postgresName(name), kind, postgresNames(columns))})
	}
	if t.key != nil {
		constraint(t.name+"_pkey", "PRIMARY KEY", t.key)
	}
	for _, x := range t.indexes {
		if x.unique {
			constraint(x.name, "UNIQUE", x.columns)
			continue
		}
		all = append(all, extra{x.name, "INDEX", fmt.Sprintf("CREATE INDEX %s ON %s USING btree (%s);\n", postgresName(x.name), t.postgresName(), postgresNames(x.columns))})
	}
	return all
}

// copyRows writes the rows in COPY's text format.
func (t *table) copyRows(c *sqlread.Conn, w io.Writer) error {
	var line []byte
	return t.each(c, func(s *sqlread.Stmt) error {
		line = line[:0]
		for i := range t.columns {
			if i > 0 {
				line = append(line, '\t')
			}
			if s.IsNull(i) {
				line = append(line, `\N`...)
			} else {
				line = copyEscape(line, s.Bytes(i))
			}
		}
		_, err := w.Write(append(line, '\n'))
		return err
	})
}

// copyEscape appends a value of COPY's text format. A NUL, which PostgreSQL cannot
// hold, is left out.
func copyEscape(to, value []byte) []byte {
	for _, c := range value {
		switch c {
		case '\\':
			to = append(to, `\\`...)
		case '\n':
			to = append(to, `\n`...)
		case '\r':
			to = append(to, `\r`...)
		case '\t':
			to = append(to, `\t`...)
		case 0:
		default:
			to = append(to, c)
		}
	}
	return to
}
