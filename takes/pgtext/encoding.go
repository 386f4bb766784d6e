package pgtext

import (
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/transform"

	"sluice/figures"
	"sluice/takes/charset"
	"sluice/takes/feed"
)

// encodedNote tells that texts had to be decoded.
const encodedNote = "The dump is in the encoding %s; its texts became UTF-8."

// NoteEncoding tells the sink of the encoding that a setting at the head of an
// archive names, if it is another than UTF-8. Nothing is told of one that cannot be
// read, which the first part will refuse.
func NoteEncoding(setting string, sink feed.Sink) {
	d := newDump(strings.NewReader(setting), sink)
	if err := d.read(); err == nil && d.encoded != "" {
		sink.Note(feed.Note{Text: fmt.Sprintf(encodedNote, d.encoded)})
	}
}

// encoding obeys a setting of the encoding.
func (d *Dump) encoding(name string) error {
	set, ok := charset.Find(name)
	if d.wide != nil && !strings.EqualFold(name, d.encoded) {
		return feed.Damaged("the dump changes its encoding from %s to %q: make it again with pg_dump --encoding=UTF8", d.encoded, name)
	}
	if !ok {
		return d.decode(name)
	}
	d.sink.Charset, d.encoded = set, ""
	if set != nil {
		d.encoded = strings.ToUpper(name)
	}
	return nil
}

// decode decodes all that follows, since characters of the encoding may have a
// backslash in them.
func (d *Dump) decode(name string) error {
	if d.wide != nil { // it has begun
		return nil
	}
	set, ok := charset.FindWide(name)
	if !ok {
		return feed.Damaged("the dump is in the encoding %q, which Sluice cannot read as PostgreSQL does: make it again with pg_dump --encoding=UTF8", name)
	}
	d.sink.Charset, d.encoded, d.wide = nil, strings.ToUpper(name), set.NewDecoder()
	d.w.Through(func(r io.Reader) io.Reader { return transform.NewReader(r, d.wide) })
	return nil
}

// tellLost tells of characters that could not be decoded.
func (d *Dump) tellLost() {
	if d.wide != nil && d.wide.Lost > 0 {
		d.sink.Note(feed.Note{Doubt: true, Text: fmt.Sprintf("In the encoding %s that the dump declares %s.", d.encoded, figures.Some(d.wide.Lost, "one character means nothing; it became U+FFFD", "%d characters mean nothing; they became U+FFFD"))})
	}
}
