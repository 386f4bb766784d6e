// Package mydump reads the text dumps of mysqldump and mariadb-dump. No SQL is
// executed.
package mydump

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"sluice/takes/charset"
	"sluice/takes/ends"
	"sluice/takes/feed"
	"sluice/takes/recode"
	"sluice/takes/sqltext"
	"sluice/takes/window"
)

// completed is the comment that ends a dump, unless it was made without
// comments.
const completed = "-- Dump completed"

// IsDump tells a dump by its first bytes.
func IsDump(head []byte) bool {
	return slices.ContainsFunc([]string{"-- MySQL dump", "-- MariaDB dump", "/*M!999999"}, func(magic string) bool {
		return bytes.Contains(head[:min(len(head), 200)], []byte(magic))
	})
}

// dump is a dump that is being read.
type dump struct {
	l       *sqltext.Lexer
	sink    *recode.Sink
	inserts *sqltext.Inserts
	names   *charmap.Charmap // of SET NAMES
	encoded string           // the character set of the texts, if it is another than UTF-8
}

// Read hands the tables of the dump in r to the sink, and returns what the head
// says about the server.
func Read(r io.Reader, sink feed.Sink) (tool string, err error) {
	in := ends.NewReader(r)
	d := newDump(in, sink)
	err = d.read()
	tool = toolOf(in)
	if err != nil {
		return tool, err
	}
	if d.encoded != "" {
		sink.Note(feed.Note{Text: fmt.Sprintf("The dump is in the character set %s; its texts became UTF-8.", d.encoded)})
	}
	if !in.EndsWith(completed) {
		sink.Note(feed.Note{Doubt: true, Text: fmt.Sprintf("The dump does not end in %q: it may be cut between two statements, or was made with --skip-comments or --compact.", completed)})
	}
	return tool, nil
}

func newDump(r io.Reader, sink feed.Sink) *dump {
	w := window.New(r)
	w.ForbidZeros()
	l := sqltext.NewLexer(w, sqltext.Dialect{MySQL: true, Backslash: true})
	s := &recode.Sink{Sink: sink}
	return &dump{l: l, sink: s, inserts: sqltext.NewInserts(l, s)}
}

func (d *dump) read() error {
	for {
		t, err := d.l.Next()
		switch {
		case err != nil:
			return err
		case t.Kind == sqltext.End:
			if err := d.inserts.End(); err != nil {
				return err
			}
			return d.inserts.EmptyTables()
		case t.IsSymbol(';'):
			continue
		}
		if err := d.statement(t); err != nil {
			return err
		}
	}
}

func (d *dump) statement(t sqltext.Token) error {
	switch {
	case t.Is("INSERT") || t.Is("REPLACE"):
		return d.inserts.Insert()
	case t.Is("CREATE"):
		return d.inserts.Create()
	case t.Is("SET"):
		name, value, err := d.l.Setting()
		if err != nil {
			return err
		}
		return d.set(name, value)
	case t.Is("USE"):
		_, name, err := d.l.QualifiedName()
		if err != nil {
			return err
		}
		d.inserts.Schema = name
	}
	_, err := d.l.SkipStatement()
	return err
}

// set obeys the settings that decide how to read what follows.
func (d *dump) set(name, value string) error {
	switch name {
	case "names":
		if err := d.encoding(value); err != nil {
			return err
		}
		d.names = d.sink.Charset
	case "character_set_client":
		return d.encoding(value)
	case "sql_mode":
		d.l.Backslash = !strings.Contains(value, "no_backslash_escapes")
		d.l.AnsiQuotes = strings.Contains(value, "ansi")
	}
	return nil
}

// encoding obeys a change of the character set. Around each CREATE TABLE it is
// another one, and then put back from a variable.
func (d *dump) encoding(name string) error {
	if strings.HasPrefix(name, "@") {
		d.sink.Charset = d.names
		return nil
	}
	set, ok := charset.FindMySQL(name)
	if !ok {
		return feed.Damaged("the dump is in the character set %q: make it again with --default-character-set=utf8mb4", name)
	}
	if d.sink.Charset = set; set != nil {
		d.encoded = name
	}
	return nil
}
