// Package recode stands between a dump and a snapshot, and turns values in another
// encoding or date style into those of a snapshot: texts of UTF-8, and times of
// ISO 8601.
package recode

import (
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"sluice/figures"
	"sluice/takes/feed"
	"sluice/takes/shape"
)

// Sink is a feed.Sink before another one.
type Sink struct {
	feed.Sink
	// Charset is that of the texts of tables that begin from now on; nil is UTF-8.
	Charset *charmap.Charmap
	// Style is that of their times.
	Style Style
}

// Table implements feed.Sink.
func (s *Sink) Table(t feed.Table) (feed.Rows, error) {
	inner, err := s.Sink.Table(t)
	if inner == nil || err != nil || s.Charset == nil && s.Style.iso() {
		return inner, err
	}
	r := &rows{Rows: inner, sink: s.Sink, table: t, charset: s.Charset, style: s.Style, times: make([]bool, len(t.Columns)), values: make([]feed.Value, len(t.Columns))}
	if known := shape.Find(t.Name); known != nil && !s.Style.iso() {
		for i, name := range t.Columns {
			at := known.Index(name)
			r.times[i] = at >= 0 && known.Columns[at].Type == shape.Time
		}
	}
	return r, nil
}

// rows turns the values of rows.
type rows struct {
	feed.Rows
	sink    feed.Sink
	table   feed.Table
	charset *charmap.Charmap
	style   Style
	times   []bool // columns of times
	values  []feed.Value
	buf     []byte

	unread, lost int64
}

// Row implements feed.Rows.
func (r *rows) Row(values []feed.Value) error {
	copy(r.values, values)
	r.buf = r.buf[:0]
	for i, v := range r.values {
		switch {
		case !v.Valid || !r.Needs(i):
		case r.times[i]:
			r.values[i].Text = r.time(v.Text)
		case r.charset != nil && !isASCII(v.Text):
			r.values[i].Text = r.text(v.Text)
		}
	}
	return r.Rows.Row(r.values)
}

// time is a time in the form of a snapshot; what is none stays as it is.
func (r *rows) time(b []byte) []byte {
	from := len(r.buf)
	out, ok := r.style.appendISO(r.buf, b)
	if !ok {
		r.unread++
		return b
	}
	r.buf = out
	return out[from:]
}

// text is a text in UTF-8. The values of a row before it keep the place that they
// have, also when the buffer moves.
func (r *rows) text(b []byte) []byte {
	from := len(r.buf)
	for _, c := range b {
		if c < utf8.RuneSelf {
			r.buf = append(r.buf, c)
			continue
		}
		x := r.charset.DecodeByte(c)
		if x == utf8.RuneError {
			r.lost++
		}
		r.buf = utf8.AppendRune(r.buf, x)
	}
	return r.buf[from:]
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// End implements feed.Rows.
func (r *rows) End(known int64) error {
	if r.unread > 0 {
		r.sink.Note(feed.Note{Doubt: true, Text: fmt.Sprintf("Table %s: in the style %q that the dump declares %s.", r.table, r.style, figures.Some(r.unread, "one time is not; it was kept as it stands", "%d times are not; they were kept as they stand"))})
	}
	if r.lost > 0 {
		r.sink.Note(feed.Note{Doubt: true, Text: fmt.Sprintf("Table %s: in the encoding that the dump declares %s.", r.table, figures.Some(r.lost, "one byte means nothing; it became U+FFFD", "%d bytes mean nothing; they became U+FFFD"))})
	}
	r.unread, r.lost = 0, 0
	return r.Rows.End(known)
}
