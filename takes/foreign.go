package takes

import (
	"bytes"
	"strings"

	"sluice/takes/feed"
	"sluice/wording"
)

// What to do about databases of which Sluice reads no file.
const (
	adviceH2  = `"docs/other-databases.md" says how it becomes a SQLite file with the jar of its own version (CSVWRITE)`
	adviceCSV = `restore it into its database, and "docs/other-databases.md" says how its tables become a SQLite file`
)

// foreign are files of which people want a snapshot and that are none of the kinds,
// by what they begin with.
var foreign = []struct{ magic, sentence string }{
	{"H:2,", "this is a database of H2: " + adviceH2},
	{"-- H2 0.5/", "this is a database of an old H2: " + adviceH2},
	{"TAPE\x00\x00", "this is a backup of SQL Server: " + adviceCSV},
	{"7z\xbc\xaf\x27\x1c", "this is a 7-Zip archive: unpack it, and give the dump or backup that is in it"},
	{"Rar!\x1a\x07", "this is a RAR archive: unpack it, and give the dump or backup that is in it"},
	{"-- PostgreSQL database cluster dump", "this is a dump of all databases of a server, by pg_dumpall: dump the one of Confluence with pg_dump"},
	{"<!doctype html", "this is a web page, perhaps that of a login, and no dump: load the file down again"},
	{"<html", "this is a web page, perhaps that of a login, and no dump: load the file down again"},
}

// recogniseForeign says what a file is and what to do with it; nil of what may be of a
// kind that can be read.
func recogniseForeign(head []byte) error {
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n-")
	for _, f := range foreign {
		n := len(f.magic)
		plain := strings.TrimPrefix(f.magic, "-- ")
		if len(head) >= n && strings.EqualFold(string(head[:n]), f.magic) ||
			f.magic[0] < 0x80 && len(text) >= len(plain) && strings.EqualFold(string(text[:len(plain)]), plain) {
			return feed.Damaged("%s", wording.Text{Format: f.sentence})
		}
	}
	if isOracle(head) {
		return feed.Damaged("this is a dump of Oracle: %s", adviceCSV)
	}
	return nil
}

// isOracle tells the dumps of exp, which name it and their version, and of expdp, which
// have the name of the table of their job in their first block.
func isOracle(head []byte) bool {
	const first = 64
	return bytes.Contains(head[:min(len(head), first)], []byte("EXPORT:V")) ||
		bytes.Contains(head, []byte(`"SYS_EXPORT_`)) && !bytes.HasPrefix(head, []byte("--"))
}
