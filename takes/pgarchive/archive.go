package pgarchive

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"sluice/intake/unpack"
	"sluice/takes/feed"
	"sluice/takes/pgtext"
	"sluice/wording"
)

// Info is what an archive says about itself.
type Info struct {
	Tool    string // versions of the server and of pg_dump
	Created string // when, by the clock of the machine that made it
}

// archive is an archive whose contents are known.
type archive struct {
	*contents
	sink feed.Sink
	// head are the statements that say how rows are written: the encoding, the
	// strings, the search path.
	head string
	// defines are the CREATE TABLE statements by schema and name.
	defines map[string]string
	// wanted are the entries whose rows are needed, by id; nil once read.
	wanted map[int64]*entry
}

func newArchive(c *contents, sink feed.Sink) *archive {
	a := &archive{contents: c, sink: sink, defines: map[string]string{}, wanted: map[int64]*entry{}}
	for i := range c.entries {
		e := &c.entries[i]
		switch {
		case e.desc == "ENCODING" || e.desc == "STDSTRINGS" || e.desc == "SEARCHPATH":
			a.head += e.define
			if e.desc == "ENCODING" {
				pgtext.NoteEncoding(e.define, sink)
			}
		case e.desc == "TABLE":
			a.defines[e.schema+"."+e.tag] = e.define
		case e.isRows() && e.hasData && sink.Wants(e.schema, e.tag):
			a.wanted[e.id] = e
		}
	}
	a.tellOdd()
	return a
}

// tellOdd tells of tables that are needed and have no entry for their rows, and of rows
// without a definition beside tables that have one.
func (a *archive) tellOdd() {
	rows := map[string]bool{}
	for _, e := range a.wanted {
		name := e.schema + "." + e.tag
		rows[name] = true
		if _, defined := a.defines[name]; !defined && len(a.defines) > 0 {
			a.sink.Note(feed.Note{Doubt: true, Text: fmt.Sprintf("The archive holds rows of the table %s without its definition: it is damaged, or was made of parts.", e.tag)})
		}
	}
	for _, e := range a.entries {
		if e.desc == "TABLE" && a.sink.Wants(e.schema, e.tag) && !rows[e.schema+"."+e.tag] {
			a.sink.Note(feed.Note{Doubt: true, Text: fmt.Sprintf("The archive holds the table %s without its rows: they were left out when it was made, or it is damaged.", e.tag)})
		}
	}
}

func (a *archive) info() Info { return Info{Tool: a.tool, Created: a.created} }

// rows reads the rows of an entry from its unpacked block.
func (a *archive) rows(e *entry, block io.Reader) error {
	head := a.head + a.defines[e.schema+"."+e.tag] + e.copy
	if !strings.HasSuffix(head, "\n") {
		head += "\n"
	}
	if e.copy == "" {
		head = a.head + "SET search_path = " + quote(e.schema) + ";\n" + a.defines[e.schema+"."+e.tag]
	}
	w := &onlySink{Sink: a.sink, e: e}
	if err := pgtext.ReadPart(head, block, w); err != nil {
		return err
	}
	if !w.seen && e.copy != "" {
		return feed.Damaged("the archive holds no rows for table %s where its table of contents says so: it is damaged", e.tag)
	}
	if !w.seen { // no INSERT: the table is empty
		return pgtext.ReadPart(head, strings.NewReader("COPY "+quote(e.schema)+"."+quote(e.tag)+" FROM stdin;\n\\.\n"), w)
	}
	return nil
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// onlySink passes on the table of an entry, and refuses another one in its
// place.
type onlySink struct {
	feed.Sink
	e    *entry
	seen bool
}

// Table implements feed.Sink.
func (o *onlySink) Table(t feed.Table) (feed.Rows, error) {
	if t.Name != o.e.tag {
		return nil, feed.Damaged("the block of table %s holds rows of %s: the archive is damaged", o.e.tag, t)
	}
	if t.Schema == "" {
		t.Schema = o.e.schema
	}
	o.seen = true
	return o.Sink.Table(t)
}

// missing is the error about wanted rows that did not come.
func (a *archive) missing() error {
	var names []string
	for _, e := range a.wanted {
		names = append(names, e.tag)
	}
	if len(names) == 0 {
		return nil
	}
	slices.Sort(names)
	return feed.Damaged("the archive ends before the rows of %s: it was cut, or copied in part", strings.Join(names, ", "))
}

// unpacked unpacks a block and reads it ahead.
func unpacked(r io.Reader, form unpack.Form, read func(io.Reader) error) error {
	u, err := unpack.Reader(r, form)
	if err != nil {
		return err
	}
	defer u.Close()
	a := unpack.Ahead(u)
	defer a.Close()
	if err := read(a); err != nil {
		return err
	}
	// What is packed has checksums at its end: read up to it.
	if _, err := io.Copy(io.Discard, a); err != nil {
		return wording.Errorf("behind the rows: %w", err)
	}
	return nil
}
