package charset

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Guess is what the start of a text tells about its encoding.
type Guess struct {
	Encoding
	// Marked says that a byte order mark tells it.
	Marked bool
	// Told says that the bytes themselves do: they are UTF-8, where few other texts are.
	Told bool
	// Fits are other encodings that the bytes are as likely to be in.
	Fits []string
}

// markOf returns the encoding that a byte order mark at the start of a text tells.
func markOf(start []byte) (Encoding, bool) {
	for _, m := range []struct {
		mark string
		e    Encoding
	}{
		{"\xff\xfe\x00\x00", UTF32LE}, // before the mark that begins it
		{"\x00\x00\xfe\xff", UTF32BE},
		{"\xff\xfe", UTF16LE},
		{"\xfe\xff", UTF16BE},
		{"\xef\xbb\xbf", UTF8},
	} {
		if bytes.HasPrefix(start, []byte(m.mark)) {
			return m.e, true
		}
	}
	return UTF8, false
}

// Of guesses the encoding of a text by its start.
func Of(start []byte) Guess {
	if e, ok := markOf(start); ok {
		return Guess{Encoding: e, Marked: true, Told: true}
	}
	if e, ok := wide(start); ok {
		return Guess{Encoding: e}
	}
	// A text of another encoding has hardly any sequences that are characters of UTF-8,
	// and a text of UTF-8 hardly any that are none.
	if good, bad := sequences(start); bad == 0 || good >= bad {
		return Guess{Encoding: UTF8, Told: true}
	}
	return Guess{Encoding: Windows1252, Fits: fits(start)}
}

// sequences counts the characters of more than one byte in a text that may be cut at
// its end, and the bytes that are no UTF-8.
func sequences(b []byte) (good, bad int) {
	if utf8.Valid(b) {
		return 0, 0
	}
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && size == 1:
			if !utf8.FullRune(b) {
				return good, bad
			}
			bad++
		case size > 1:
			good++
		}
		b = b[size:]
	}
	return good, bad
}

// eastern are encodings whose characters mostly have two bytes.
var eastern = []string{"Shift_JIS", "GB18030", "Big5", "EUC-JP", "EUC-KR"}

// cyrillic are those of one byte in whose texts most letters are no ASCII.
var cyrillic = []string{"Windows-1251", "KOI8-R"}

// fits returns the encodings that a text is as likely to be in as in Windows-1252: none
// where most letters are ASCII, as they are in the languages that one is for.
func fits(start []byte) (names []string) {
	high, letters := 0, 0
	for _, c := range start {
		switch {
		case c >= 0x80:
			high++
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			letters++
		}
	}
	if high*3 < letters || high < leastUnits {
		return nil
	}
	for _, name := range eastern {
		if decodes(start, mustLookup(name)) {
			names = append(names, name)
		}
	}
	return append(names, cyrillic...)
}

// decodes reports whether all of a text, which may be cut at its end, is of an encoding.
func decodes(start []byte, e Encoding) bool {
	out, _ := e.enc.NewDecoder().Bytes(start)
	n := bytes.Count(out, replacement)
	return n == 0 || n == 1 && bytes.HasSuffix(out, replacement)
}

// leastUnits is how much text a guess needs: one zero byte is no pattern.
const leastUnits = 4

// wide tells UTF-32 and UTF-16 without a mark. Text with some ASCII in it has zeros in
// some places of each character then, and never in others.
func wide(start []byte) (Encoding, bool) {
	if bytes.IndexByte(start, 0) < 0 {
		return UTF8, false
	}
	if len(start) >= 4*leastUnits {
		if likeUTF32(start, binary.LittleEndian) {
			return UTF32LE, true
		}
		if likeUTF32(start, binary.BigEndian) {
			return UTF32BE, true
		}
	}
	units := len(start) / 2
	if units < leastUnits {
		return UTF8, false
	}
	zeros := [2]int{}
	for i := range 2 * units {
		if start[i] == 0 {
			zeros[i%2]++
		}
	}
	if (zeros[0]+zeros[1])*5 >= units {
		switch {
		case zeros[0] == 0 && likeUTF16(start[:2*units], binary.LittleEndian):
			return UTF16LE, true
		case zeros[1] == 0 && likeUTF16(start[:2*units], binary.BigEndian):
			return UTF16BE, true
		}
	}
	return byEnds(start[:2*units])
}

// byEnds tells UTF-16 by its ends of lines: that of languages whose letters have no zeros, or
// some in the other place, as the Chinese one has. It is no UTF-8. Several lines have to end
// so, and most of those bytes have to be such ends: a zero behind a line is in other texts, too.
func byEnds(text []byte) (Encoding, bool) {
	if good, bad := sequences(text); good >= bad {
		return UTF8, false
	}
	little, big := 0, 0
	all := bytes.Count(text, []byte{'\n'})
	for i := 0; i < len(text); i += 2 {
		switch {
		case text[i] == '\n' && text[i+1] == 0:
			little++
		case text[i] == 0 && text[i+1] == '\n':
			big++
		}
	}
	switch {
	case max(little, big) < 2 || 2*max(little, big) < all:
		return UTF8, false
	case little > big && likeUTF16(text, binary.LittleEndian):
		return UTF16LE, true
	case big > little && likeUTF16(text, binary.BigEndian):
		return UTF16BE, true
	}
	return UTF8, false
}

// control reports whether a character has no place in text.
func control(c rune) bool {
	return c < 0x20 && !strings.ContainsRune("\t\n\v\f\r\x1b\x01\x1f", c) || c == 0xffff
}

// likeUTF32 reports whether the whole characters at the start of b are text.
func likeUTF32(b []byte, order binary.ByteOrder) bool {
	for ; len(b) >= 4; b = b[4:] {
		c := order.Uint32(b)
		if c > utf8.MaxRune || !utf8.ValidRune(rune(c)) || control(rune(c)) {
			return false
		}
	}
	return true
}

// likeUTF16 reports whether units are text: no control characters, whole pairs. The
// last unit may be half of one.
func likeUTF16(b []byte, order binary.ByteOrder) bool {
	for i := 0; i < len(b); i += 2 {
		c := rune(order.Uint16(b[i:]))
		switch {
		case control(c):
			return false
		case utf16.IsSurrogate(c) && i+4 <= len(b):
			if utf16.DecodeRune(c, rune(order.Uint16(b[i+2:]))) == utf8.RuneError {
				return false
			}
			i += 2
		}
	}
	return true
}
