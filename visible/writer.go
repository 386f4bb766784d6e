package visible

import (
	"io"
	"sync"
	"unicode/utf16"
	"unicode/utf8"
)

// Writer shows everything that is written to it, as [Text] does: line feeds and
// tabulators go through, since they may be the program's own. It is the last gate
// before a terminal or a pipe; where foreign text must not begin a line of its own,
// [Fprintf] and [Line] see to that. It is safe for use by several goroutines.
type Writer struct {
	w    io.Writer
	show func([]byte) []byte

	mu   sync.Mutex
	tail []byte // the beginning of a character that is not complete yet
}

// NewWriter returns a Writer in front of w.
func NewWriter(w io.Writer) *Writer {
	return &Writer{w: w, show: func(p []byte) []byte { return []byte(Text(string(p))) }}
}

// JSON returns a Writer for JSON documents in front of w. What would not show, or
// could do harm to a terminal, can stand within strings only, and is escaped there
// as \uXXXX: a reader of the JSON gets the same value.
func JSON(w io.Writer) *Writer { return &Writer{w: w, show: escape} }

// Unwrap returns the writer behind, for those who ask what it is.
func (v *Writer) Unwrap() io.Writer { return v.w }

// Write shows p. The count is of the bytes of p that were taken: all, unless the
// writer behind has failed.
func (v *Writer) Write(p []byte) (int, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for done := 0; ; {
		part := p[done:min(done+piece, len(p))]
		if err := v.put(part); err != nil {
			return done, err
		}
		if done += len(part); done == len(p) {
			return done, nil
		}
	}
}

// piece is how much is shown at a time, so that a large document is not copied
// whole.
const piece = 64 << 10

func (v *Writer) put(p []byte) error {
	if len(v.tail) == 0 && plain(p) {
		_, err := v.w.Write(p)
		return err
	}
	text := append(v.tail, p...)
	whole := len(text) - incomplete(text)
	out := v.show(text[:whole])
	v.tail = append([]byte(nil), text[whole:]...)
	if len(out) == 0 {
		return nil
	}
	_, err := v.w.Write(out)
	return err
}

// Flush writes what was held back as the beginning of a character.
func (v *Writer) Flush() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.tail) == 0 {
		return nil
	}
	out := v.show(v.tail)
	v.tail = nil
	_, err := v.w.Write(out)
	return err
}

// plain reports whether p is ASCII in which everything shows.
func plain(p []byte) bool {
	for _, c := range p {
		if (c < 0x20 || c >= 0x7f) && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}

// incomplete is how many bytes at the end of p may become a character, or a line
// break, with those that follow.
func incomplete(p []byte) int {
	if n := len(p); n > 0 && p[n-1] == '\r' {
		return 1
	}
	for n := 1; n < utf8.UTFMax && n <= len(p); n++ {
		if start := p[len(p)-n:]; utf8.RuneStart(start[0]) {
			if !utf8.FullRune(start) {
				return n
			}
			return 0
		}
	}
	return 0
}

// escape writes what may hide in JSON as \uXXXX.
func escape(p []byte) []byte {
	out := make([]byte, 0, len(p)+len(p)/8)
	for len(p) > 0 {
		r, size := utf8.DecodeRune(p)
		switch {
		case r < 0x7f && r != utf8.RuneError: // the encoder has escaped controls; line feeds are its own
			out = append(out, p[:size]...)
		case r == utf8.RuneError && size == 1:
			out = append(out, `\ufffd`...)
		case mayHide(r):
			out = appendUnit(out, r)
		default:
			out = append(out, p[:size]...)
		}
		p = p[size:]
	}
	return out
}

// appendUnit appends a rune as the escapes of its UTF-16 units.
func appendUnit(out []byte, r rune) []byte {
	const digits = "0123456789abcdef"
	for _, unit := range utf16.Encode([]rune{r}) {
		out = append(out, '\\', 'u', digits[unit>>12], digits[unit>>8&15], digits[unit>>4&15], digits[unit&15])
	}
	return out
}
