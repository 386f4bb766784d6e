package charset

import (
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// TestNames: the same name means another set in MySQL than elsewhere, and what is not
// known is said to be so, never taken for UTF-8.
func TestNames(t *testing.T) {
	for name, want := range map[string]*charmap.Charmap{
		"ISO-8859-1": charmap.ISO8859_1, "LATIN1": charmap.ISO8859_1, "iso_8859_15": charmap.ISO8859_15, "latin9": charmap.ISO8859_15,
		"windows-1252": charmap.Windows1252, "WIN1252": charmap.Windows1252, "WIN": charmap.Windows1251, "KOI8-R": charmap.KOI8R, "ALT": charmap.CodePage866,
		"UTF-8": nil, "Unicode": nil, "US-ASCII": nil, "SQL_ASCII": nil,
	} {
		if got, ok := Find(name); !ok || got != want {
			t.Errorf("%s is %v, %v", name, got, ok)
		}
	}
	for name, want := range map[string]*charmap.Charmap{
		"latin1": charmap.Windows1252, "latin2": charmap.ISO8859_2, "greek": charmap.ISO8859_7, "cp850": charmap.CodePage850, "koi8r": charmap.KOI8R,
		"utf8": nil, "utf8mb3": nil, "utf8mb4": nil, "binary": nil, "ascii": nil,
	} {
		if got, ok := FindMySQL(name); !ok || got != want {
			t.Errorf("MySQL's %s is %v, %v", name, got, ok)
		}
	}
	for _, name := range []string{"", "utf16", "EBCDIC", "big5", "latin11"} {
		if _, ok := Find(name); ok {
			t.Errorf("%q is known", name)
		}
		if _, ok := FindMySQL(name); ok {
			t.Errorf("%q of MySQL's is known", name)
		}
	}
}

// TestASCIIStays in all sets of one byte: dumps are cut into values before they are
// decoded.
func TestASCIIStays(t *testing.T) {
	for _, known := range []map[string]*charmap.Charmap{sets, mysql} {
		for name, set := range known {
			for b := range 128 {
				if r := set.DecodeByte(byte(b)); r != rune(b) {
					t.Errorf("%s: byte %#x is %q", name, b, r)
				}
			}
		}
	}
}
