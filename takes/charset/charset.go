// Package charset decodes the character sets that dumps and backups are written
// in when that is not UTF-8.
package charset

import (
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// sets are the character sets of one byte each, under the names of IANA (for
// XML) and of PostgreSQL, in small letters without signs. In all of them the
// bytes of ASCII are those of ASCII, so that a dump can be cut into values
// before it is decoded.
var sets = map[string]*charmap.Charmap{
	"iso88591": charmap.ISO8859_1, "latin1": charmap.ISO8859_1,
	"iso88592": charmap.ISO8859_2, "latin2": charmap.ISO8859_2,
	"iso88593": charmap.ISO8859_3, "latin3": charmap.ISO8859_3,
	"iso88594": charmap.ISO8859_4, "latin4": charmap.ISO8859_4,
	"iso88595": charmap.ISO8859_5, "iso88596": charmap.ISO8859_6,
	"iso88597": charmap.ISO8859_7, "iso88598": charmap.ISO8859_8,
	"iso88599": charmap.ISO8859_9, "latin5": charmap.ISO8859_9,
	"iso885910": charmap.ISO8859_10, "latin6": charmap.ISO8859_10,
	"iso885913": charmap.ISO8859_13, "latin7": charmap.ISO8859_13,
	"iso885914": charmap.ISO8859_14, "latin8": charmap.ISO8859_14,
	"iso885915": charmap.ISO8859_15, "latin9": charmap.ISO8859_15,
	"iso885916": charmap.ISO8859_16, "latin10": charmap.ISO8859_16,
	"windows1250": charmap.Windows1250, "win1250": charmap.Windows1250,
	"windows1251": charmap.Windows1251, "win1251": charmap.Windows1251, "win": charmap.Windows1251,
	"windows1252": charmap.Windows1252, "win1252": charmap.Windows1252,
	"windows1253": charmap.Windows1253, "win1253": charmap.Windows1253,
	"windows1254": charmap.Windows1254, "win1254": charmap.Windows1254,
	"windows1255": charmap.Windows1255, "win1255": charmap.Windows1255,
	"windows1256": charmap.Windows1256, "win1256": charmap.Windows1256,
	"windows1257": charmap.Windows1257, "win1257": charmap.Windows1257,
	"windows1258": charmap.Windows1258, "win1258": charmap.Windows1258,
	"windows874": charmap.Windows874, "win874": charmap.Windows874,
	"koi8r": charmap.KOI8R, "koi8": charmap.KOI8R, "koi8u": charmap.KOI8U,
	"ibm866": charmap.CodePage866, "win866": charmap.CodePage866, "alt": charmap.CodePage866,
}

// unchanged are names of UTF-8 and of its part ASCII. SQL_ASCII is PostgreSQL's name
// for bytes of which it knows nothing; they are UTF-8 nearly always, and counted
// where they are not.
var unchanged = map[string]bool{"utf8": true, "unicode": true, "ascii": true, "usascii": true, "sqlascii": true}

// Find returns the encoding of a name, whatever its case and signs; nil for
// UTF-8. It reports false for a name that it does not know.
func Find(name string) (*charmap.Charmap, bool) {
	plain := normal(name)
	c, ok := sets[plain]
	return c, ok || unchanged[plain]
}

func normal(name string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(name))
}

// mysql are the names by which MySQL calls other sets than others do, or that it
// has alone.
var mysql = map[string]*charmap.Charmap{
	"latin1": charmap.Windows1252, // and not ISO 8859-1
	"latin5": charmap.ISO8859_9, "latin7": charmap.ISO8859_13, "greek": charmap.ISO8859_7, "hebrew": charmap.ISO8859_8,
	"cp1250": charmap.Windows1250, "cp1251": charmap.Windows1251, "cp1256": charmap.Windows1256, "cp1257": charmap.Windows1257,
	"cp850": charmap.CodePage850, "cp852": charmap.CodePage852, "cp866": charmap.CodePage866,
}

// FindMySQL is Find for a name of MySQL's.
func FindMySQL(name string) (*charmap.Charmap, bool) {
	plain := normal(name)
	if c, ok := mysql[plain]; ok {
		return c, true
	}
	if plain == "utf8mb3" || plain == "utf8mb4" || plain == "binary" {
		return nil, true
	}
	return Find(name)
}
