// Package pgtext reads the plain text dumps of pg_dump: their COPY blocks and
// INSERT statements. No SQL is executed.
package pgtext

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"sluice/takes/charset"
	"sluice/takes/ends"
	"sluice/takes/feed"
	"sluice/takes/recode"
	"sluice/takes/sqltext"
	"sluice/takes/window"
)

// Magic stands in the first lines of a dump.
const Magic = "PostgreSQL database dump"

// complete is the comment that pg_dump writes last.
const complete = "-- PostgreSQL database dump complete"

// Dump is a text dump that is being read.
type Dump struct {
	w       *window.Window
	l       *sqltext.Lexer
	sink    *recode.Sink
	inserts *sqltext.Inserts
	part    bool             // it is the rows of one table
	Tool    string           // versions of the server and of pg_dump, by the head
	encoded string           // the encoding, if it is another than UTF-8
	wide    *charset.Decoder // of an encoding of several bytes
}

// Read hands the tables of the dump in r to the sink.
func Read(r io.Reader, sink feed.Sink) (*Dump, error) {
	in := ends.NewReader(r)
	d := newDump(in, sink)
	err := d.read()
	d.Tool = toolOf(in)
	if err != nil {
		return d, err
	}
	if d.encoded != "" {
		sink.Note(feed.Note{Text: fmt.Sprintf(encodedNote, d.encoded)})
	}
	if d.sink.Style.Guessed() {
		sink.Note(feed.Note{Doubt: true, Text: fmt.Sprintf("The dump does not tell the order of day and month in its times; they were read in the style %q.", d.sink.Style)})
	}
	if !in.EndsWith(complete) {
		sink.Note(feed.Note{Doubt: true, Text: fmt.Sprintf("The dump does not end in %q, as pg_dump's do: it may be cut between two tables, or was made or changed by another program.", complete)})
	}
	return d, nil
}

// toolOf is who wrote a dump, as its first lines say it; "" if they do not.
func toolOf(in *ends.Reader) string {
	versions := in.Lines("-- Dumped from database version ", "-- Dumped by pg_dump version ")
	if len(versions) != 2 {
		return ""
	}
	return "PostgreSQL " + versions[0] + ", pg_dump " + versions[1]
}

// ReadPart hands the tables of a part of a dump, such as a block of an archive,
// to the sink. The statements in head come before it.
func ReadPart(head string, r io.Reader, sink feed.Sink) error {
	d := newDump(io.MultiReader(strings.NewReader(head), r), sink)
	d.part = true
	return d.read()
}

// inPart are the first words of statements that stand before the rows of a part, or
// hold them.
var inPart = []string{"SET", "SELECT", "CREATE", "ALTER", "COMMENT", "COPY", "INSERT"}

func newDump(r io.Reader, sink feed.Sink) *Dump {
	w := window.New(r)
	w.ForbidZeros()
	l := sqltext.NewLexer(w, sqltext.Dialect{})
	s := &recode.Sink{Sink: sink}
	return &Dump{w: w, l: l, sink: s, inserts: sqltext.NewInserts(l, s)}
}

func (d *Dump) read() error {
	for {
		t, err := d.l.Next()
		if err != nil {
			return err
		}
		if t.Kind == sqltext.End {
			if err := d.inserts.End(); err != nil {
				return err
			}
			d.tellLost()
			return d.inserts.EmptyTables()
		}
		if t.Kind == sqltext.Meta || t.IsSymbol(';') {
			continue
		}
		if err := d.statement(t); err != nil {
			return err
		}
	}
}

// statement reads on behind the statement that begins with t. In a part of a dump
// whatever else stands there was a statement with rows before it was damaged.
func (d *Dump) statement(t sqltext.Token) error {
	if d.part && !slices.ContainsFunc(inPart, t.Is) {
		return feed.Damaged("near byte %d of the rows: %.40q where the next statement should stand", d.w.Offset(), t.Text)
	}
	if !t.Is("INSERT") {
		if err := d.inserts.End(); err != nil {
			return err
		}
	}
	switch {
	case t.Is("COPY"):
		return d.copy()
	case t.Is("INSERT"):
		return d.inserts.Insert()
	case t.Is("CREATE"):
		return d.inserts.Create()
	case t.Is("SET"):
		name, value, err := d.l.Setting()
		if err != nil {
			return err
		}
		return d.set(name, value)
	}
	ended, err := d.l.SkipStatement()
	if err == nil && !ended && d.part {
		err = feed.Damaged("the rows end within a statement at byte %d: they were cut, or are damaged", d.w.Offset())
	}
	return err
}

// set obeys the settings that decide how to read what follows.
func (d *Dump) set(name, value string) error {
	switch name {
	case "client_encoding", "names":
		return d.encoding(value)
	case "search_path":
		d.inserts.Schema, _, _ = strings.Cut(value, ",")
	case "standard_conforming_strings":
		d.l.Backslash = value == "off" || value == "false" || value == "0"
	case "datestyle":
		style, ok := recode.ParseStyle(value)
		if !ok {
			return feed.Damaged("the dump writes dates in the style %q, which is not known: make it again with DateStyle ISO, as pg_dump does by itself", value)
		}
		d.sink.Style = style
	}
	return nil
}

// otherForms are the words of COPY that make its rows others than those of pg_dump.
var otherForms = []string{"csv", "binary", "delimiter", "delimiters", "null", "default", "header", "quote", "escape", "encoding", "oids"}

// copy reads COPY … FROM stdin and its rows, or skips another COPY.
func (d *Dump) copy() error {
	var table feed.Table
	var err error
	t, err := d.l.Next()
	if err != nil {
		return err
	}
	if t.IsSymbol('(') { // COPY (SELECT …) TO
		_, err = d.l.SkipStatement()
		return err
	}
	d.l.PutBack(t)
	if table.Schema, table.Name, err = d.l.QualifiedName(); err != nil {
		return err
	}
	d.inserts.Qualify(&table)
	fromStdin := false
	for {
		t, err := d.l.Next()
		switch {
		case err != nil:
			return err
		case t.Kind == sqltext.End:
			return feed.Damaged("the dump ends within COPY %s: it was cut, or copied in part", table)
		case t.IsSymbol('(') && table.Columns == nil && !fromStdin:
			if table.Columns, err = d.l.Names(); err != nil {
				return err
			}
		case t.Is("stdin"):
			fromStdin = true
		case slices.ContainsFunc(otherForms, t.Is):
			return feed.Damaged("COPY %s is not in PostgreSQL's text format: make the dump with pg_dump", table)
		case t.IsSymbol(';'):
			if !fromStdin {
				return nil
			}
			return d.rows(table)
		}
	}
}

// rows reads the rows of a COPY, which begin on the next line.
func (d *Dump) rows(table feed.Table) error {
	rest, err := d.w.Line()
	if err != nil {
		return cut(table, 1, d.w, err)
	}
	crlf := len(rest) > 0 && rest[len(rest)-1] == '\r'
	created, err := d.created(table)
	if err != nil {
		return err
	}
	if table.Columns == nil {
		if table.Columns = created; table.Columns == nil {
			if !d.sink.Wants(table.Schema, table.Name) { // such as a table without any column
				return Copy(d.w, table, nil, crlf)
			}
			return feed.Damaged("COPY %s names no columns, and no CREATE TABLE tells them: make the dump with the schema", table)
		}
	}
	rows, err := d.sink.Table(table)
	if err != nil {
		return err
	}
	return Copy(d.w, table, rows, crlf)
}

// created are the columns by CREATE TABLE of a table whose rows begin; nil if they are
// not known. It refuses rows with a column that is none of them.
func (d *Dump) created(table feed.Table) ([]string, error) {
	created := d.inserts.Columns(table)
	for _, name := range table.Columns {
		if created != nil && !slices.Contains(created, name) {
			return nil, feed.Damaged("COPY %s names the column %.40q, which its CREATE TABLE does not have: the dump is damaged", table, name)
		}
	}
	return created, nil
}
