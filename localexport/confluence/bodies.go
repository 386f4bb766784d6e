package confluence

import (
	"errors"
	"fmt"

	"sluice/localexport/keyfile"
	"sluice/localexport/snapshot"
	"sluice/localexport/sqlread"
	"sluice/wording"
)

// The types of bodies that are exported (spec/confluence-database.md §2.3).
const (
	bodyWiki  = 0 // wiki markup of very old versions
	bodyXHTML = 2 // storage format
)

// bodyCursor finds bodies. Its rows have the columns body, type and id.
type bodyCursor struct {
	e     *exporter
	notes *notes
	conn  *sqlread.Conn
	stmt  *sqlread.Stmt
	keys  *keyfile.Reader
	at    int64
	cut   func([]byte) []byte
	limit int // of cut
	piece []byte
	last  []byte // the body that was encoded last, if it is short

	fast *fastBodies // instead of conn, stmt and keys
}

func (e *exporter) openBodies(src source, limit int) (_ *bodyCursor, err error) {
	x := &bodyCursor{e: e, notes: src.notes, conn: src.conn, cut: e.cutter(limit), limit: limit}
	if src.file != nil {
		x.fast, err = e.openFastBodies(src.file)
		return x, err
	}
	t := e.bodies.table
	sql := "SELECT " + x.bodyColumns() + " FROM " + sqlread.Quote(t.Name)
	if e.bodies.index != "" {
		sql += " INDEXED BY " + sqlread.Quote(e.bodies.index) + " WHERE contentid = ?1"
	} else {
		x.keys = e.bodies.keys.Reader()
		sql += " NOT INDEXED WHERE " + t.Rowid + " = ?1"
	}
	x.stmt, err = src.conn.Prepare(sql)
	return x, err
}

// Close releases the cursor.
func (x *bodyCursor) Close() { x.stmt.Close() }

// rank orders the bodies of one content: storage format before wiki markup,
// then the newest.
type rank struct{ kind, id int64 }

// over reports whether a body is exported rather than another.
func (r rank) over(other rank) bool {
	return r.kind > other.kind || r.kind == other.kind && r.id > other.id
}

// append appends the cell with the body of content; the ids of successive calls
// ascend within a range. A body that cannot be read leaves an empty cell and is
// noted. A long body is sent on its way in pieces: what can fail with its record
// must come before.
func (x *bodyCursor) append(out *output, id int64) error {
	if x.fast != nil {
		return x.appendFast(out, id)
	}
	mark := out.Mark()
	best, any, long, none := rank{}, false, false, true
	var row int64
	err := x.each(id, func() error {
		none = false
		r, ok, err := x.rankOf(x.stmt, id)
		if err != nil || !ok || any && !r.over(best) {
			return err
		}
		best, any = r, true
		out.Rewind(mark)
		if long, row = x.stmt.Int(3) > longBody, x.stmt.Int(4); !long {
			x.encode(out)
		}
		return nil
	})
	if err == nil && long {
		err = x.appendLong(out, row)
	}
	if (errors.Is(err, sqlread.ErrCorrupt) || errors.Is(err, sqlread.ErrTooBig)) && !out.torn {
		x.note(err, id)
		any, none, err = false, false, nil
	}
	if !any && err == nil {
		out.Rewind(mark)
		out.Null()
	}
	if err == nil {
		x.doubt(id, any, none)
	}
	return err
}

func (x *bodyCursor) note(err error, id int64) {
	if errors.Is(err, sqlread.ErrTooBig) {
		x.notes.add(KeyBodyTooLong, "Bodies of more than 64 MB in a file of UTF-16 were left empty: %d (first: contentid %d).", id)
		return
	}
	x.notes.add(KeyBodyUnreadable,
		"Bodies that cannot be read, because the file is damaged (an index entry without its row, or a damaged page), were left empty: %d (first: contentid %d). Copy the file or convert the database again.", id)
}

// encode appends the body of the current row, cut.
func (x *bodyCursor) encode(out *output) { x.text(out, x.stmt.Bytes(0)) }

func (x *bodyCursor) text(out *output, b []byte) {
	if x.last = x.last[:0]; snapshot.MayBeOdd(b) {
		x.last = append(x.last, b...)
	}
	if x.cut != nil {
		if c := x.cut(b); len(c) < len(b) {
			if b = c; x.e.o.CutMarker != "" {
				b = append(append(make([]byte, 0, len(c)+len(x.e.o.CutMarker)), c...), x.e.o.CutMarker...)
			}
		}
	}
	out.Text(b)
}

// rankOf ranks a row whose columns 1 and 2 are type and id; ok is false for a
// type that is not exported.
func (x *bodyCursor) rankOf(s snapshot.Row, content int64) (r rank, ok bool, err error) {
	kind, state := snapshot.ID(s, 1)
	if state == snapshot.IDBad {
		return r, false, x.bad("bodytypeid", content, s.Bytes(1))
	}
	if state == snapshot.IDNull || kind != bodyWiki && kind != bodyXHTML {
		return r, false, nil
	}
	id, state := snapshot.ID(s, 2)
	if state == snapshot.IDBad {
		return r, false, x.bad("bodycontentid", content, s.Bytes(2))
	}
	return rank{kind, id}, true, nil
}

func (x *bodyCursor) bad(column string, content int64, value []byte) error {
	return &snapshot.ValueError{Path: x.e.s.Path(), Table: x.e.bodies.table.Name, Column: column,
		Row: fmt.Sprintf("contentid %d", content), Value: string(value), Want: "is no number"}
}

// each calls f for every body of content.
func (x *bodyCursor) each(id int64, f func() error) error {
	if x.keys == nil {
		_, err := x.rows(id, f)
		return err
	}
	n := x.e.bodies.keys.Len()
	for ; x.at < n; x.at++ {
		p, err := x.keys.At(x.at)
		if err != nil || p.Key > id {
			return err
		}
		if p.Key == id {
			n, err := x.rows(p.Row, f)
			if err == nil && n == 0 {
				err = wording.Errorf("row number %d is gone: %w", p.Row, sqlread.ErrCorrupt)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// rows runs the statement with one parameter and counts its rows.
func (x *bodyCursor) rows(parameter int64, f func() error) (n int, err error) {
	x.stmt.Reset()
	if err := x.stmt.BindInt(0, parameter); err != nil {
		return 0, err
	}
	for ; ; n++ {
		row, err := x.stmt.Step()
		if err != nil || !row {
			return n, err
		}
		if err := f(); err != nil {
			return n, err
		}
	}
}

// start goes to the bodies of a range of content.
func (x *bodyCursor) start(after, last int64) error {
	if x.fast != nil {
		return x.fast.start(after, last)
	}
	if x.keys == nil {
		return nil
	}
	var err error
	x.at, err = x.keys.Search(after + 1)
	return err
}
