package fromcsv

import "bytes"

// records cuts CSV as exports write it into cells, in pieces of any size.
type records struct {
	to     *Writer
	quoted bool // within quotes
	closed bool // behind a quote within quotes: the end, or the first of two
}

// feed takes the next piece.
func (r *records) feed(b []byte) {
	for len(b) > 0 {
		switch {
		case r.closed:
			if r.closed = false; b[0] == '"' {
				r.to.data(b[:1])
				b = b[1:]
			} else {
				r.quoted = false
			}
		case r.quoted:
			i := bytes.IndexByte(b, '"')
			if i < 0 {
				r.to.data(b)
				return
			}
			r.to.data(b[:i])
			r.closed = true
			b = b[i+1:]
		default:
			b = r.plain(b)
		}
	}
}

// plain takes what stands outside of quotes up to the next mark, and returns the rest.
// A record ends with CR LF; cells with one of them are in quotes.
func (r *records) plain(b []byte) []byte {
	i := bytes.IndexAny(b, ",\"\r\n")
	if i < 0 {
		r.to.data(b)
		return nil
	}
	r.to.data(b[:i])
	switch b[i] {
	case ',':
		r.to.endCell()
	case '"':
		r.quoted = true
	case '\n':
		r.to.endCell()
		r.to.endRecord()
	}
	return b[i+1:]
}
