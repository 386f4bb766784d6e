// Package charset turns text of any character encoding into UTF-8 as it is read, and
// guesses in which encoding a text is.
package charset

import (
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"sluice/wording"
)

// Encoding is how a text is written as bytes.
type Encoding struct {
	// Name is that of IANA, as people write it: "Windows-1252".
	Name string
	enc  encoding.Encoding // nil for UTF-8
}

// ID is the name in small letters: "windows-1252".
func (e Encoding) ID() string { return strings.ToLower(e.Name) }

// IsUTF8 reports whether nothing has to be decoded.
func (e Encoding) IsUTF8() bool { return e.enc == nil }

// units is how many bytes a unit of the encoding has.
func (e Encoding) units() int {
	switch {
	case strings.HasPrefix(e.Name, "UTF-16"):
		return 2
	case strings.HasPrefix(e.Name, "UTF-32"):
		return 4
	}
	return 1
}

// Encodings that texts are guessed to be in.
var (
	UTF8        = Encoding{Name: "UTF-8"}
	UTF16LE     = Encoding{"UTF-16LE", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)}
	UTF16BE     = Encoding{"UTF-16BE", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)}
	UTF32LE     = Encoding{"UTF-32LE", utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)}
	UTF32BE     = Encoding{"UTF-32BE", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)}
	Windows1252 = mustLookup("windows-1252")
)

// byOrder are the names under which the byte order is that of the mark, which
// little-endian without one stands for.
var byOrder = map[string][2]Encoding{
	"utf-16": {UTF16LE, UTF16BE}, "utf16": {UTF16LE, UTF16BE},
	"utf-32": {UTF32LE, UTF32BE}, "utf32": {UTF32LE, UTF32BE},
}

// own are the encodings that no index has, or has with other rules for the mark.
var own = []Encoding{UTF8, UTF16LE, UTF16BE, UTF32LE, UTF32BE}

// Lookup finds an encoding by a name of IANA or of the WHATWG's index, whatever its
// case; start tells the byte order where the name does not. The error is a sentence.
func Lookup(name string, start []byte) (Encoding, error) {
	id := strings.ToLower(strings.TrimSpace(name))
	if orders, ok := byOrder[id]; ok {
		if e, marked := markOf(start); marked && e == orders[1] {
			return e, nil
		}
		return orders[0], nil
	}
	for _, e := range own {
		if id == e.ID() || id == strings.ReplaceAll(e.ID(), "utf-", "utf") {
			return e, nil
		}
	}
	enc, err := ianaindex.IANA.Encoding(id) // knows Latin-1 from Windows-1252
	if err != nil || enc == nil {
		if enc, err = htmlindex.Get(id); err != nil {
			return Encoding{}, wording.Errorf("there is no encoding %q; give its name, such as utf-8, windows-1252, iso-8859-15, shift_jis, gb18030 or koi8-r", name)
		}
	}
	shown, err := ianaindex.MIME.Name(enc)
	if err != nil {
		shown = id
	}
	if shown == "UTF-8" {
		return UTF8, nil
	}
	return Encoding{strings.Replace(shown, "windows-", "Windows-", 1), enc}, nil
}

func mustLookup(name string) Encoding {
	e, err := Lookup(name, nil)
	if err != nil {
		panic(err)
	}
	return e
}

// Names are encodings to choose from, the most common first.
func Names() []string {
	return []string{
		"UTF-8", "Windows-1252", "ISO-8859-15", "ISO-8859-1", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE",
		"Windows-1250", "ISO-8859-2", "Windows-1251", "KOI8-R", "Windows-1253", "Windows-1254", "Windows-1255", "Windows-1256", "Windows-1257", "Windows-1258",
		"Shift_JIS", "EUC-JP", "ISO-2022-JP", "GB18030", "GBK", "Big5", "EUC-KR", "IBM850", "IBM437", "macintosh",
	}
}
