package xmlbackup

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// value collects the text of an element.
type value struct {
	buf   []byte             // of all values since the last reset
	from  int                // where this one begins
	cdata bool               // a CDATA section was part of it
	take  func(piece []byte) // adds to buf

	limit   int   // of buf
	tooLong bool  // more came than that
	fixed   int64 // "]] >" that became "]]>", over all values
	unknown int64 // references that mean nothing
}

// newValue returns a value without text. A hostile file holds texts without end.
func newValue(limit int) *value {
	v := &value{limit: limit}
	v.take = func(piece []byte) {
		if v.tooLong = v.tooLong || len(v.buf)+len(piece) > v.limit; !v.tooLong {
			v.buf = append(v.buf, piece...)
		}
	}
	return v
}

// reset forgets all values.
func (v *value) reset() { v.buf = v.buf[:0] }

// begin begins a value behind those that there are.
func (v *value) begin() { v.from, v.cdata = len(v.buf), false }

// again begins the same value anew.
func (v *value) again() { v.buf, v.cdata = v.buf[:v.from], false }

// text is the value.
func (v *value) text() []byte { return v.buf[v.from:] }

// trim cuts the white space around a value off, which belongs to it in a CDATA
// section only.
func (v *value) trim() {
	if v.cdata {
		return
	}
	trimmed := bytes.TrimSpace(v.text())
	v.buf = v.buf[:v.from+copy(v.text(), trimmed)]
}

// plain ends a run of text outside CDATA sections that began at start: its
// references are resolved. White space beside a CDATA section only makes the file
// readable.
func (v *value) plain(start int) {
	run := v.buf[start:]
	if v.cdata && len(bytes.TrimLeft(run, " \t\r\n")) == 0 {
		v.buf = v.buf[:start]
		return
	}
	if i := bytes.IndexByte(run, '&'); i >= 0 {
		v.buf = v.buf[:start+i+v.resolve(run[i:])]
	}
}

// beginSection makes what follows a CDATA section.
func (v *value) beginSection() {
	if !v.cdata && len(bytes.TrimLeft(v.text(), " \t\r\n")) == 0 {
		v.buf = v.buf[:v.from]
	}
	v.cdata = true
}

// endSection ends a CDATA section that began at start. A section cannot hold
// "]]>", by which it ends: Confluence writes "]] >" in its place.
func (v *value) endSection(start int) {
	mark := []byte("]] >")
	to := start
	for from := start; ; {
		i := bytes.Index(v.buf[from:], mark)
		if i < 0 {
			if to != from {
				to += copy(v.buf[to:], v.buf[from:])
				v.buf = v.buf[:to]
			}
			return
		}
		to += copy(v.buf[to:], v.buf[from:from+i+2])
		v.buf[to] = '>'
		to++
		from += i + len(mark)
		v.fixed++
	}
}

// entities are the references that XML itself names.
var entities = map[string]byte{"lt": '<', "gt": '>', "amp": '&', "quot": '"', "apos": '\''}

// longestReference is the length of "&#x0010FFFF;" and some zeros more.
const longestReference = 16

// resolve replaces references in b, in place, and returns the new length. What
// is none stays as it stands.
func (v *value) resolve(b []byte) int {
	to := 0
	for from := 0; from < len(b); {
		i := bytes.IndexByte(b[from:], '&')
		if i < 0 {
			i = len(b) - from
		}
		to += copy(b[to:], b[from:from+i])
		from += i
		if from == len(b) {
			break
		}
		end := bytes.IndexByte(b[from:min(len(b), from+longestReference)], ';')
		r, ok := rune(0), false
		if end > 0 {
			r, ok = reference(b[from+1 : from+end])
		}
		if !ok {
			v.unknown++
			b[to] = '&'
			to++
			from++
			continue
		}
		to += copy(b[to:], utf8.AppendRune(make([]byte, 0, utf8.UTFMax), r))
		from += end + 1
	}
	return to
}

// reference is the character that a reference means, given without & and ;.
func reference(name []byte) (rune, bool) {
	if c, ok := entities[string(name)]; ok {
		return rune(c), true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(string(digits), base, 32)
	if err != nil || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
		return 0, false
	}
	return rune(n), true
}

// controls counts the characters of b that XML 1.0 forbids.
func controls(b []byte) int64 {
	n := int64(0)
	for _, c := range b {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			n++
		}
	}
	return n
}
