package snapshot

import (
	"bytes"
	"context"
	"fmt"

	"sluice/localexport/sqlread"
	"sluice/pipeline"
)

const (
	bodyPlaces   = 16 // places in the content table, evenly over its rows
	bodyRows     = 64 // rows looked at in each place
	bodiesWanted = 12 // live rows taken in each place
	bodyBytes    = 32 << 10
	bodiesFewest = 50 // with fewer, nothing is said
)

// BodySample is what a look at the bodies of some live pages and comments, evenly
// over the table, found.
type BodySample struct {
	Content    int // live rows looked at
	Missing    int // of these, without a row in bodycontent
	References int // whose body is but a reference
	Nulls      int // whose body is the text \N
}

// The shares of a sample from which on bodies are taken for lost.
const (
	missingShare = 4  // one in so many has no row
	oddShare     = 20 // one in so many is a reference or \N
)

// SampleBodies looks at the bodies of some live pages and comments. It needs an
// index of bodies, without which it finds nothing.
func (s *Snapshot) SampleBodies(ctx context.Context) (BodySample, error) {
	var b BodySample
	bodies := s.Table("bodycontent")
	column, _ := bodies.Column("contentid")
	if _, ok := bodies.IndexOn("contentid"); !ok || !column.Affinity.Numeric() || bodies.Rowid == "" {
		return b, nil
	}
	c, err := s.Conn(ctx)
	if err != nil {
		return b, err
	}
	defer c.Close()
	ids, err := s.sampleContent(c)
	if err != nil {
		return b, fmt.Errorf("look at some pages: %w", err)
	}
	body, _ := bodies.Column("body")
	rows, err := c.Prepare("SELECT " + bodies.Rowid + ", typeof(" + sqlread.Quote(body.Name) + ") IN ('text', 'blob') FROM " + sqlread.Quote(bodies.Name) + " WHERE contentid = ?1 LIMIT 1")
	if err != nil {
		return b, err
	}
	defer rows.Close()
	for _, id := range ids {
		rows.Reset()
		if err := rows.BindInt(0, id); err != nil {
			return b, err
		}
		b.Content++
		switch found, err := rows.Step(); {
		case err != nil:
			return b, fmt.Errorf("look at some bodies: %w", err)
		case !found:
			b.Missing++
			continue
		case rows.Int(1) == 0:
			continue
		}
		text, err := c.Prefix(bodies.Name, body.Name, rows.Int(0), longestReference+1)
		if err != nil {
			return b, fmt.Errorf("look at some bodies: %w", err)
		}
		switch {
		case IsReference(text):
			b.References++
		case IsLiteralNull(text):
			b.Nulls++
		}
	}
	return b, nil
}

// sampleContent lists some live pages and comments.
func (s *Snapshot) sampleContent(c *sqlread.Conn) ([]int64, error) {
	t := s.Table("content")
	if t.Rowid == "" {
		return nil, nil
	}
	places, err := s.ranges(t, bodyBytes)
	if err == nil && len(places) < bodyPlaces { // a small table, by its single pages
		places, err = s.ranges(t, s.header.pageSize)
	}
	if err != nil {
		return nil, err
	}
	stmt, err := c.Prepare("SELECT " + t.Select("contentid", "contenttype", "prevver", "content_status") + " FROM " + t.From("t") +
		" WHERE t." + t.Rowid + " > ?1 AND t." + t.Rowid + " <= ?2")
	if err != nil {
		return nil, err
	}
	defer stmt.Close()
	var ids []int64
	n := min(bodyPlaces, len(places))
	for i := range n {
		place, seen, taken := places[i*len(places)/n], 0, 0
		err := each(stmt, func(r *sqlread.Stmt) error {
			if seen++; seen > bodyRows || taken == bodiesWanted {
				return errFound
			}
			switch string(r.Bytes(1)) {
			case "PAGE", "BLOGPOST", "COMMENT":
				if id, state := ID(r, 0); state == IDPresent && Live(r, 2, 3, Accepted{}) {
					ids = append(ids, id)
					taken++
				}
			}
			return nil
		}, place.after, place.last)
		stmt.Reset()
		if err != nil && err != errFound {
			return nil, err
		}
	}
	return ids, nil
}

// Complaints say what is wrong with the bodies.
func (b BodySample) Complaints() []pipeline.Diagnostic {
	var all []pipeline.Diagnostic
	say := func(key string, n, share int, what string) {
		if b.Content >= bodiesFewest && n*share >= b.Content {
			all = append(all, pipeline.Diagnostic{Key: key, Message: fmt.Sprintf("Of %d live pages and comments that were looked at, %d %s. Convert the database again.", b.Content, n, what)})
		}
	}
	say(KeyBodyMissing, b.Missing, missingShare, "have no row in bodycontent: that table was copied in part, and their content would be empty")
	say(KeyBodyReference, b.References, oddShare, "have a body that is only a reference to a value in the database, such as oracle.sql.CLOB@1b2c3d: the converter did not read the values")
	say(KeyLiteralNull, b.Nulls, oddShare, `have the body \N, which COPY writes for NULL: its text was taken for the values`)
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
