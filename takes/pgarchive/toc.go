// Package pgarchive reads the archives of pg_dump: the custom format, with and
// without offsets, folders, and tar files. It never needs pg_restore.
//
// The format is described nowhere but in PostgreSQL's source; archive versions
// 1.12 (PostgreSQL 9) to 1.16 (17 and 18) are known. An archive begins with a
// table of contents; the rows of each table are a block of COPY's text, packed by
// itself.
package pgarchive

import (
	"bytes"
	"fmt"
	"io"

	"sluice/intake/unpack"
	"sluice/takes/feed"
	"sluice/wording"
)

// Magic begins an archive.
const Magic = "PGDMP"

// formats of an archive.
const (
	formatCustom = 1
	formatFiles  = 3 // a folder or a tar file
)

// kinds of offsets.
const (
	offsetUnknown = 1
	offsetKnown   = 2
	offsetNone    = 3 // no rows
)

// limits against nonsense in a damaged file.
const (
	maxEntries = 10_000_000
	maxString  = 1 << 30
)

// contents is the table of contents of an archive.
type contents struct {
	version int // minor; the major is 1
	format  int
	packing unpack.Form
	tool    string
	created string
	entries []entry
}

// entry is a line of the table of contents.
type entry struct {
	id        int64
	tag, desc string
	schema    string
	define    string // SQL that creates it
	copy      string // the COPY statement of rows; "" where they are INSERTs
	hasData   bool
	offset    int64  // of the block; -1 if not known
	file      string // of a folder or tar
}

// isRows reports whether the entry stands for the rows of a table. The statement that
// loads them says so too, whatever a damaged entry calls itself.
func (e *entry) isRows() bool { return e.desc == "TABLE DATA" || e.copy != "" }

// reader reads the elements of an archive.
type reader struct {
	r                   io.Reader
	intSize, offsetSize int
	scratch             [16]byte
	err                 error
	broken              error // what the disk or the network said, where it was that and no end
}

// fail keeps the first error.
func (r *reader) fail(err error) {
	if r.err != nil {
		return
	}
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = feed.Damaged("the archive ends within its table of contents: it was cut, or copied in part")
	} else {
		err = wording.Errorf("read the archive: %w", err)
		r.broken = err
	}
	r.err = err
}

// cutOr returns what broke the reading, and cut where the archive only ended.
func (r *reader) cutOr(cut error) error {
	if r.broken != nil {
		return r.broken
	}
	return cut
}

func (r *reader) bytes(n int) []byte {
	b := r.scratch[:n]
	if r.err != nil {
		clear(b)
		return b
	}
	if _, err := io.ReadFull(r.r, b); err != nil {
		r.fail(err)
		clear(b)
	}
	return b
}

func (r *reader) byte() int { return int(r.bytes(1)[0]) }

// int reads a sign and a little-endian number.
func (r *reader) int() int64 {
	b := r.bytes(1 + r.intSize)
	n := little(b[1:])
	if b[0] != 0 {
		return -n
	}
	return n
}

func little(b []byte) int64 {
	var n int64
	for i := len(b) - 1; i >= 0; i-- {
		n = n<<8 | int64(b[i])
	}
	return n
}

// string reads a text; ok is false for NULL.
func (r *reader) string() (text string, ok bool) {
	n := r.int()
	if n < 0 || r.err != nil {
		return "", false
	}
	if n > maxString {
		r.fail(feed.Damaged("the table of contents holds a text of %d bytes: the archive is damaged", n))
		return "", false
	}
	var b bytes.Buffer // grows with what is there, whatever the length says
	if _, err := io.CopyN(&b, r.r, n); err != nil {
		r.fail(err)
	}
	return b.String(), r.err == nil
}

func (r *reader) text() string {
	s, _ := r.string()
	return s
}

// readContents reads the head of an archive and its table of contents.
func readContents(in io.Reader) (*contents, *reader, error) {
	r := &reader{r: in}
	if magic := string(r.bytes(len(Magic))); magic != Magic && r.err == nil {
		return nil, nil, feed.Damaged("the archive does not begin with %s", Magic)
	}
	major, minor, _ := r.byte(), r.byte(), r.byte()
	if r.err == nil && (major != 1 || minor < 12 || minor > 16) {
		return nil, nil, feed.Damaged("the archive has the version %d.%d; 1.12 to 1.16 can be read: make a text dump of it with pg_restore -f", major, minor)
	}
	c := &contents{version: minor}
	r.intSize, r.offsetSize, c.format = r.byte(), r.byte(), r.byte()
	if r.err != nil { // these numbers need not make sense
		return nil, nil, r.err
	}
	if r.intSize < 1 || r.intSize > 8 || r.offsetSize < 1 || r.offsetSize > 8 {
		return nil, nil, feed.Damaged("the archive has numbers of %d and %d bytes: it is damaged", r.intSize, r.offsetSize)
	}
	if c.format != formatCustom && c.format != formatFiles {
		return nil, nil, feed.Damaged("the archive is of the format %d, which is not known", c.format)
	}
	if err := c.readPacking(r); err != nil {
		return nil, nil, err
	}
	var when [7]int64
	for i := range when {
		when[i] = r.int()
	}
	c.created = fmt.Sprintf("%04d-%02d-%02d %02d:%02d:%02d", when[5]+1900, when[4]+1, when[3], when[2], when[1], when[0])
	r.text() // name of the database
	server, dump := r.text(), r.text()
	c.tool = fmt.Sprintf("PostgreSQL %s, pg_dump %s", server, dump)
	count := r.int()
	if r.err == nil && (count < 0 || count > maxEntries) {
		return nil, nil, feed.Damaged("the table of contents has %d entries: the archive is damaged", count)
	}
	for range count {
		e := c.readEntry(r)
		if r.err != nil {
			break
		}
		c.entries = append(c.entries, e)
	}
	return c, r, r.err
}

// readPacking reads how blocks are packed: a level of gzip until 1.14, then an
// algorithm.
func (c *contents) readPacking(r *reader) error {
	if c.version < 15 {
		if r.int() != 0 {
			c.packing = unpack.Zlib
		}
		return nil
	}
	forms := []unpack.Form{unpack.None, unpack.Zlib, unpack.LZ4, unpack.Zstd}
	n := r.byte()
	if n >= len(forms) {
		return feed.Damaged("the archive is packed in a way (%d) that is not known: make a text dump of it with pg_restore -f", n)
	}
	c.packing = forms[n]
	return nil
}

func (c *contents) readEntry(r *reader) entry {
	var e entry
	if e.id = r.int(); e.id <= 0 {
		r.fail(feed.Damaged("an entry of the table of contents has the number %d: the archive is damaged", e.id))
	}
	e.hasData = r.int() != 0
	r.text() // oid of the catalogue
	r.text() // oid
	e.tag, e.desc = r.text(), r.text()
	r.int() // section
	e.define = r.text()
	r.text() // DROP
	e.copy = r.text()
	e.schema = r.text()
	r.text() // table space
	if c.version >= 14 {
		r.text() // access method
	}
	if c.version >= 16 {
		r.int() // kind of relation
	}
	r.text() // owner
	r.text() // with OIDs
	for r.err == nil {
		if _, ok := r.string(); !ok {
			break // the end of the dependencies
		}
	}
	e.offset = -1
	if c.format == formatFiles {
		e.file = r.text()
		return e
	}
	state := r.byte()
	at := little(r.bytes(r.offsetSize))
	switch state {
	case offsetUnknown, offsetNone:
	case offsetKnown:
		if e.offset = at; at <= 0 {
			r.fail(feed.Damaged("the entry of %s has the offset %d: the archive is damaged", e.tag, at))
		}
	default:
		r.fail(feed.Damaged("the entry of %s has an offset of the kind %d, which is not known: the archive is damaged", e.tag, state))
	}
	return e
}
