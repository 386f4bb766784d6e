package parquet

import (
	"bytes"
	"unicode/utf8"
)

// bounds are the smallest and the largest of some texts, as far as a little more than is
// written of them. The library would keep those of each page whole until the file ends.
type bounds struct {
	low, high []byte
	any       bool
}

// add takes a text in.
func (b *bounds) add(text []byte) {
	text = text[:min(len(text), boundSize+1)]
	if !b.any || bytes.Compare(text, b.low) < 0 {
		b.low = append(b.low[:0], text...)
	}
	if !b.any || bytes.Compare(text, b.high) > 0 {
		b.high = append(b.high[:0], text...)
	}
	b.any = true
}

// extend takes in more of the only text.
func (b *bounds) extend(piece []byte) {
	if more := min(len(piece), boundSize+1-len(b.low)); more > 0 || !b.any {
		b.low = append(b.low, piece[:more]...)
		b.high = append(b.high[:0], b.low...)
		b.any = true
	}
}

// lower is a text of at most boundSize bytes that is not larger.
func lower(text []byte) []byte {
	if len(text) <= boundSize {
		return text
	}
	return whole(text[:boundSize])
}

// upper is a text of at most boundSize bytes that is not smaller; the text itself if there
// is none.
func upper(text []byte) []byte {
	if len(text) <= boundSize {
		return text
	}
	short := whole(text[:boundSize])
	for len(short) > 0 {
		// The last character becomes its successor, which must be one of UTF-8.
		r, size := utf8.DecodeLastRune(short)
		short = short[:len(short)-size]
		next := r + 1
		if next == 0xD800 {
			next = 0xE000 // behind the surrogates
		}
		if r != utf8.RuneError && next <= utf8.MaxRune && utf8.RuneLen(next) == size {
			return utf8.AppendRune(bytes.Clone(short), next)
		}
	}
	return text
}

// whole is a text without the part of a character at its end.
func whole(text []byte) []byte {
	for n := len(text); n > 0 && n > len(text)-utf8.UTFMax; n-- {
		if r, _ := utf8.DecodeLastRune(text[:n]); r != utf8.RuneError {
			return text[:n]
		}
	}
	return text
}
