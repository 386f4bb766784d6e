package confluence

import (
	"strconv"
	"unicode"
	"unicode/utf8"

	"sluice/localexport/wallclock"
)

// addresses builds the addresses of spaces, pages and comments
// (spec/confluence-export-queries.md §5.1).
type addresses struct {
	base string
	form URLForm
}

// plain marks the bytes that stay as they are in a path; a space becomes "+".
var plain = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_' || c == '*'
	}
	return t
}()

// unsafeASCII marks the signs with which a title is not put into an address:
// those that the vendor lists (+ ? % & " / \ ; :) and those that have a meaning
// in addresses or are not allowed in them.
var unsafeASCII = func() (t [128]bool) {
	for _, c := range "+?%&\"/\\;:#<>[]{}|^`" {
		t[c] = true
	}
	for c := range 32 {
		t[c] = true
	}
	t[127] = true
	return t
}()

const hexDigits = "0123456789ABCDEF"

func appendEscaped(dst, text []byte) []byte {
	for _, c := range text {
		switch {
		case plain[c]:
			dst = append(dst, c)
		case c == ' ':
			dst = append(dst, '+')
		default:
			dst = append(dst, '%', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	return dst
}

// appendKey appends a space key; the ~ of personal spaces stays.
func appendKey(dst, key []byte) []byte {
	if len(key) > 0 && key[0] == '~' {
		dst = append(dst, '~')
		key = key[1:]
	}
	return appendEscaped(dst, key)
}

// safeTitle reports whether a title is put into the address of its page: it has
// only Latin letters, digits, spaces and harmless signs, and does not end with
// punctuation.
func safeTitle(title []byte) bool {
	blank := true
	last := rune(0)
	for i := 0; i < len(title); {
		c := title[i]
		if c < utf8.RuneSelf {
			if unsafeASCII[c] {
				return false
			}
			blank = blank && c == ' '
			last = rune(c)
			i++
			continue
		}
		r, size := utf8.DecodeRune(title[i:])
		if !unicode.Is(unicode.Latin, r) {
			return false
		}
		blank, last = false, r
		i += size
	}
	return !blank && !unicode.IsPunct(last)
}

// page is what the address of a page or blog post depends on.
type page struct {
	id      int64
	space   string // escaped key of its space
	title   []byte
	blog    bool
	created int64 // wall-clock seconds of its creation
	dated   bool
}

// appendPage appends the address of a page; query reports whether it has a
// query part.
func (a addresses) appendPage(dst []byte, p page) (_ []byte, query bool) {
	dst = append(dst, a.base...)
	switch {
	case a.form == URLSpaces:
		dst = append(append(append(dst, "/spaces/"...), p.space...), "/pages/"...)
		dst = append(strconv.AppendInt(dst, p.id, 10), '/')
		return appendEscaped(dst, p.title), false
	case a.form == URLByID, p.space == "", !safeTitle(p.title), p.blog && !p.dated:
		return strconv.AppendInt(append(dst, "/pages/viewpage.action?pageId="...), p.id, 10), true
	}
	dst = append(append(append(dst, "/display/"...), p.space...), '/')
	if p.blog {
		year, month, day := wallclock.Date(p.created)
		dst = strconv.AppendInt(dst, int64(year), 10)
		dst = append(dst, '/', byte('0'+month/10), byte('0'+month%10), '/', byte('0'+day/10), byte('0'+day%10), '/')
	}
	return appendEscaped(dst, p.title), false
}

// appendComment appends the address of a comment on a page.
func (a addresses) appendComment(dst []byte, p page, comment int64) []byte {
	dst, query := a.appendPage(dst, p)
	mark := byte('?')
	if query {
		mark = '&'
	}
	dst = append(append(dst, mark), "focusedCommentId="...)
	dst = append(strconv.AppendInt(dst, comment, 10), "#comment-"...)
	return strconv.AppendInt(dst, comment, 10)
}

// appendSpace appends the address of a space with an escaped key.
func (a addresses) appendSpace(dst []byte, key string) []byte {
	form := "/display/"
	if a.form == URLSpaces {
		form = "/spaces/"
	}
	return append(append(append(dst, a.base...), form...), key...)
}
