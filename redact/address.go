package redact

import (
	"bytes"
	"net/url"
	"strings"
)

// addressing is what is done with addresses, which have keys of spaces and titles in
// them, written with percent signs.
type addressing struct {
	key      *maker
	titles   bool // may stay
	keys     bool // of all spaces become pseudonyms
	personal bool // those of personal spaces do, and the titles in them go
}

// changes reports whether addresses are looked at.
func (a addressing) changes() bool { return !a.titles || a.keys || a.personal }

// append appends an address of the instance at base as far as it may be told. ok is
// false if its form is not known, and what was appended then is to be forgotten.
func (a addressing) append(dst, base, address []byte) (_ []byte, ok bool) {
	base = bytes.TrimRight(base, "/")
	rest, in := bytes.CutPrefix(address, base)
	if !in || len(base) == 0 {
		return dst, false
	}
	if tail, is := bytes.CutPrefix(rest, []byte("/pages/viewpage.action?pageId=")); is {
		return append(append(append(dst, base...), rest[:len(rest)-len(tail)]...), idPart(tail)...), true
	}
	for _, form := range []string{"/display/", "/spaces/", "/projects/", "/browse/", "/users/"} {
		tail, is := bytes.CutPrefix(rest, []byte(form))
		if !is {
			continue
		}
		return a.appendPath(append(append(dst, base...), form...), form, tail)
	}
	return dst, false
}

// idPart is the start of a text that has ids only: "12&focusedCommentId=3#comment-3".
func idPart(tail []byte) []byte {
	at := digits(tail)
	for _, word := range []string{"&focusedCommentId=", "#comment-"} {
		next, is := bytes.CutPrefix(tail[at:], []byte(word))
		if n := digits(next); is && n > 0 {
			at += len(word) + n
		}
	}
	return tail[:at]
}

func digits(b []byte) int {
	n := 0
	for n < len(b) && b[n] >= '0' && b[n] <= '9' {
		n++
	}
	return n
}

// appendPath appends what follows form: the key, and what is behind it.
func (a addressing) appendPath(dst []byte, form string, tail []byte) ([]byte, bool) {
	end := bytes.IndexAny(tail, "/?#")
	if end < 0 {
		end = len(tail)
	}
	key, err := url.QueryUnescape(string(tail[:end]))
	if err != nil {
		return dst, false
	}
	someones := personal(key) || form == "/users/"
	titles := a.titles
	switch {
	case a.keys || a.personal && someones:
		dst = a.key.appendSpace(dst, []byte(key))
		titles = titles && !someones
	default:
		dst = append(dst, tail[:end]...)
	}
	switch {
	case titles:
		return append(dst, tail[end:]...), true
	case form == "/spaces/":
		if id, is := bytes.CutPrefix(tail[end:], []byte("/pages/")); is && digits(id) > 0 {
			return append(append(dst, "/pages/"...), id[:digits(id)]...), true
		}
	}
	return dst, true
}

// keyOf is the key of the space in an address; ok is false if it tells none.
func keyOf(base, address string) (key string, ok bool) {
	rest, in := strings.CutPrefix(address, strings.TrimRight(base, "/"))
	if !in {
		return "", false
	}
	for _, form := range []string{"/display/", "/spaces/"} {
		if tail, is := strings.CutPrefix(rest, form); is {
			if i := strings.IndexAny(tail, "/?#"); i >= 0 {
				tail = tail[:i]
			}
			key, err := url.QueryUnescape(tail)
			return key, err == nil
		}
	}
	return "", false
}
