package snapshot

import (
	"bytes"
	"context"
	"strconv"

	"sluice/figures"
	"sluice/localexport/sqlread"
	"sluice/pipeline"
	"sluice/wording"
)

const (
	sampleSpots      = 16 // places in a table, evenly over its rows
	sampleLooks      = 64 // rows looked at in each place
	sampleTakes      = 12 // rows taken in each place
	samplePlaceBytes = 32 << 10
	sampleFewest     = 50 // with fewer rows, nothing is said
)

// BodySample is what a look at a few rows, evenly over the tables, found.
type BodySample struct {
	Content int // live pages and comments looked at; 0 without an index of bodies
	Missing int // of these, without a row in bodycontent

	Bodies     int // bodies looked at
	References int // that are but a reference
	Nulls      int // that are the text \N
}

// The shares of a sample from which on bodies are taken for lost.
const (
	missingShare = 4  // one in so many has no row
	oddShare     = 20 // one in so many is a reference or \N
)

// SampleBodies looks whether some live pages and comments have bodies, and at some
// bodies.
func (s *Snapshot) SampleBodies(ctx context.Context, a Accepted) (BodySample, error) {
	var b BodySample
	c, err := s.Conn(ctx)
	if err != nil {
		return b, err
	}
	defer c.Close()
	if err := s.sampleOwners(c, a, &b); err != nil {
		return b, wording.Errorf("look for the bodies of some pages: %w", err)
	}
	if err := s.sampleTexts(c, &b); err != nil {
		return b, wording.Errorf("look at some bodies: %w", err)
	}
	return b, nil
}

// sampleOwners looks whether some live pages and comments have a body.
func (s *Snapshot) sampleOwners(c *sqlread.Conn, a Accepted, b *BodySample) error {
	t := s.Table("bodycontent")
	if _, ok := t.NumberIndex("contentid"); !ok {
		return nil // each look would read the whole table
	}
	var ids []int64
	err := s.sampleRows(c, s.Table("content"), []string{"contentid", "contenttype", "prevver", "content_status"}, func(r *sqlread.Stmt) bool {
		id, state := ID(r, 1)
		if state != IDPresent || !KindOf(r.Bytes(2)).IsExported() || !a.Takes(StateOf(r, 3, 4)) {
			return false
		}
		ids = append(ids, id)
		return true
	})
	if err != nil {
		return err
	}
	return lookUp(c, "SELECT 1 FROM "+sqlread.Quote(t.Name)+" WHERE contentid = ?1 LIMIT 1", ids, func(_ int64, row *sqlread.Stmt) error {
		if b.Content++; row == nil {
			b.Missing++
		}
		return nil
	})
}

// lookUp calls f with each key and the row that the statement finds by it, nil if
// none.
func lookUp(c *sqlread.Conn, sql string, keys []int64, f func(key int64, row *sqlread.Stmt) error) error {
	stmt, err := c.Prepare(sql)
	if err != nil {
		return err
	}
	defer stmt.Close()
	for _, key := range keys {
		stmt.Reset()
		if err := stmt.BindInt(0, key); err != nil {
			return err
		}
		found, err := stmt.Step()
		if err != nil {
			return err
		}
		row := stmt
		if !found {
			row = nil
		}
		if err := f(key, row); err != nil {
			return err
		}
	}
	return nil
}

// sampleTexts looks at some bodies, of which it reads the short ones only.
func (s *Snapshot) sampleTexts(c *sqlread.Conn, b *BodySample) error {
	t := s.Table("bodycontent")
	if t.Rowid == "" {
		return nil
	}
	var rows []int64
	err := s.sampleRows(c, t, []string{"bodytypeid"}, func(r *sqlread.Stmt) bool {
		rows = append(rows, r.Int(0))
		return true
	})
	if err != nil {
		return err
	}
	body, _ := t.Column("body")
	name := sqlread.Quote(body.Name)
	// Twice as long in UTF-16. The length is looked up without the body.
	sql := "SELECT " + name + " FROM " + sqlread.Quote(t.Name) + " WHERE " + t.Rowid + " = ?1 AND octet_length(" + name + ") <= " + strconv.Itoa(2*longestReference)
	return lookUp(c, sql, rows, func(_ int64, short *sqlread.Stmt) error {
		b.Bodies++
		switch {
		case short == nil:
		case IsReference(short.Bytes(0)):
			b.References++
		case IsLiteralNull(short.Bytes(0)):
			b.Nulls++
		}
		return nil
	})
}

// sampleRows calls f for some rows of a table, evenly over it: column 0 is the row
// number, then come the columns. f reports whether it takes the row.
func (s *Snapshot) sampleRows(c *sqlread.Conn, t *Table, columns []string, f func(*sqlread.Stmt) bool) error {
	if t.Rowid == "" {
		return nil
	}
	places, err := s.ranges(t, samplePlaceBytes)
	if err == nil && len(places) < sampleSpots { // a small table, by its single pages
		places, err = s.ranges(t, int64(s.header.PageSize))
	}
	if err != nil {
		return err
	}
	stmt, err := c.Prepare("SELECT t." + t.Rowid + ", " + t.Select(columns...) + " FROM " + t.From("t") +
		" WHERE t." + t.Rowid + " > ?1 AND t." + t.Rowid + " <= ?2")
	if err != nil {
		return err
	}
	defer stmt.Close()
	n := min(sampleSpots, len(places))
	for i := range n {
		place, looks, takes := places[i*len(places)/n], 0, 0
		err := each(stmt, func(r *sqlread.Stmt) error {
			if looks++; looks > sampleLooks || takes == sampleTakes {
				return errFound
			}
			if f(r) {
				takes++
			}
			return nil
		}, place.after, place.last)
		stmt.Reset()
		if err != nil && err != errFound {
			return err
		}
	}
	return nil
}

// Complaints say what is wrong with the bodies.
func (b BodySample) Complaints() []pipeline.Diagnostic {
	var all []pipeline.Diagnostic
	say := func(key string, of, n, share int, what string) {
		if of >= sampleFewest && n*share >= of {
			all = append(all, pipeline.Say(key, what, figures.N(of), figures.N(n)))
		}
	}
	say(KeyBodyMissing, b.Content, b.Missing, missingShare, wording.Format("Of %d live pages and comments that were looked at, %d have no row in bodycontent: that table was copied in part, and their content would be empty. Convert the database again."))
	say(KeyBodyReference, b.Bodies, b.References, oddShare, wording.Format("Of %d bodies that were looked at, %d are only a reference to a value in the database, such as oracle.sql.CLOB@1b2c3d: the converter did not read the values. Convert the database again."))
	say(KeyLiteralNull, b.Bodies, b.Nulls, oddShare, wording.Format(`Of %d bodies that were looked at, %d are the text \N, which COPY writes for NULL: its text was taken for the values. Convert the database again.`))
	return all
}

// longestReference is longer than any reference that drivers print.
const longestReference = 100

// IsLiteralNull reports whether a value is the text that COPY writes for NULL.
func IsLiteralNull(value []byte) bool { return len(value) == 2 && value[0] == '\\' && value[1] == 'N' }

// MayBeOdd reports whether a body is short enough to be looked at with
// IsLiteralNull and IsReference.
func MayBeOdd(body []byte) bool { return len(body) <= longestReference }

// IsReference reports whether a text is what drivers of Java and Python print in
// place of a long value that nobody has read: oracle.sql.CLOB@1b2c3d, also in
// angle brackets, [C@1b2c3d, <cx_Oracle.LOB object at 0x7f1b2c3d>.
func IsReference(value []byte) bool {
	if len(value) == 0 || len(value) > longestReference {
		return false
	}
	text := bytes.TrimSuffix(bytes.TrimPrefix(value, []byte("<")), []byte(">"))
	class, address, ok := bytes.Cut(text, []byte("@"))
	if !ok {
		if class, address, ok = bytes.Cut(text, []byte(" object at 0x")); !ok {
			return false
		}
	}
	for _, c := range class {
		if !isWord(c) && c != '.' && c != '$' && c != '[' && c != ';' {
			return false
		}
	}
	for _, c := range address {
		if !isHex(c) {
			return false
		}
	}
	name := bytes.ToLower(class)
	return len(address) > 0 && (bytes.HasSuffix(name, []byte("lob")) || string(class) == "[C" || string(class) == "[B")
}

func isWord(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
