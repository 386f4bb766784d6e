package snapshot

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"sluice/localexport/keyfile"
)

// TestKeysOfRecordsThatDoNotFit: SQLite reads a number out of a record whose
// values do not fill it, which is then not the number that was there. A key like
// that is not sorted in silence.
func TestKeysOfRecordsThatDoNotFit(t *testing.T) {
	for _, sqliteOnly := range []bool{false, true} {
		body := "FIND-" + strings.Repeat("x", 195) // 200 bytes: a text of type 413
		path := database(t, with("CREATE TABLE body (b TEXT, content BIGINT, kind INTEGER)", "INSERT INTO body VALUES ('"+body+"', 70000, 2)",
			"INSERT INTO body VALUES ('another', 70001, 2)")...)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		at := bytes.Index(b, []byte{0x83, 0x1d, 3, 1}) // types 413, of 3 bytes, of 1 byte
		if at < 0 {
			t.Fatal("the head of the record is not found")
		}
		b[at+1] -= 2 // one byte less of text
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		s := opened(t, path)
		_, _, err = s.Keys(t.Context(), s.Table("body"), "content", Sorting{SQLiteOnly: sqliteOnly, TempDir: t.TempDir()}, "", []string{"content"},
			func(r Row, k *keyfile.Builder) error { return k.Add(r.Int(1), r.Int(0)) })
		if file := new(FileError); !errors.As(err, &file) || !strings.Contains(err.Error(), "is damaged: the table body cannot be read to its end (page ") {
			t.Errorf("SQLite only %v: Keys: %v", sqliteOnly, err)
		}
	}
}
