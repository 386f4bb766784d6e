package confluence

import (
	"fmt"
	"unicode/utf8"

	"sluice/localexport/sqlread"
	"sluice/wording"
)

const (
	// longBody is the length in bytes from which on a body is not loaded into
	// memory: only as much of it as a cell holds, or in pieces.
	longBody = 8 << 20
	// bodyPiece is the length of the pieces.
	bodyPiece = 256 << 10
)

// bodyColumns are the columns of the statement for bodies: body, type, id, length
// in bytes, row number. A body that is too long to be loaded is null.
func (x *bodyCursor) bodyColumns() string {
	t := x.e.bodies.table
	body := t.Select("body")
	if !x.e.s.UTF8() { // what is not loaded would have to be converted
		return t.Select("body", "bodytypeid", "bodycontentid") + ", 0, " + t.Rowid
	}
	return fmt.Sprintf("CASE WHEN octet_length(%[1]s) <= %[2]d THEN %[1]s END, %[3]s, octet_length(%[1]s), %[4]s",
		body, longBody, t.Select("bodytypeid", "bodycontentid"), t.Rowid)
}

// appendLong appends the body of the row with the given number, which is too long
// to be loaded.
func (x *bodyCursor) appendLong(out *output, row int64) error {
	t := x.e.bodies.table
	body, _ := t.Column("body")
	if x.cut != nil {
		b, err := x.conn.Prefix(t.Name, body.Name, row, (x.limit+1)*utf8.UTFMax)
		if err != nil {
			return err
		}
		x.text(out, b)
		return nil
	}
	blob, err := x.conn.OpenValue(t.Name, body.Name, row)
	if err != nil {
		return err
	}
	defer blob.Close()
	return x.stream(out, blob)
}

// stream appends a body in pieces. It is read twice: all of it must be readable,
// and the format must have looked at it, before the first piece is sent on its way.
func (x *bodyCursor) stream(out *output, blob *sqlread.Value) error {
	if x.piece == nil {
		x.piece = make([]byte, bodyPiece)
	}
	out.BeginText()
	err := pieces(blob, x.piece, func(b []byte) error {
		out.Look(b)
		return nil
	})
	if err != nil {
		return err
	}
	err = pieces(blob, x.piece, out.piece)
	if err != nil {
		return wording.Errorf("read a long body again: %w", err)
	}
	out.EndText()
	return nil
}

// pieces calls f for the pieces of a value, in a buffer.
func pieces(blob *sqlread.Value, buf []byte, f func([]byte) error) error {
	for at := 0; at < blob.Size(); at += len(buf) {
		b := buf[:min(len(buf), blob.Size()-at)]
		if err := blob.Read(b, at); err != nil {
			return err
		}
		if err := f(b); err != nil {
			return err
		}
	}
	return nil
}

// piece gives a piece of a text.
func (o *output) piece(b []byte) error {
	o.Piece(b)
	return o.room()
}
