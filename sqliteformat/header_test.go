package sqliteformat

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"
)

// TestHeaderIsSQLites reads the header of files that SQLite has made, and has it count
// what the header says.
func TestHeaderIsSQLites(t *testing.T) {
	for _, size := range []int{512, 1024, 4096, 32768, 65536} {
		for encoding, number := range map[string]uint32{"UTF-8": 1, "UTF-16le": 2, "UTF-16be": 3} {
			path := filepath.Join(t.TempDir(), "a.db")
			db := open(t, path, fmt.Sprintf("PRAGMA page_size = %d", size), fmt.Sprintf("PRAGMA encoding = %q", encoding),
				"CREATE TABLE t (a)", "CREATE TABLE gone AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT hex(randomblob(50)) FROM n",
				"DROP TABLE gone")
			var pages, free, cookie int64
			for name, n := range map[string]*int64{"page_count": &pages, "freelist_count": &free, "schema_version": &cookie} {
				if err := db.QueryRow("PRAGMA " + name).Scan(n); err != nil {
					t.Fatal(err)
				}
			}
			db.Close()
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			h, err := ParseHeader(b)
			if err != nil || h.PageSize != size || h.Pages(int64(len(b))) != pages || int64(h.FreePages) != free || free == 0 || h.FreeTrunk == 0 ||
				int64(h.SchemaCookie) != cookie || h.Encoding != number || h.UTF8() != (number == 1) || h.Usable() != size || h.SchemaFormat != 4 ||
				h.Fractions != [3]uint8{64, 32, 32} || h.WriteVersion != 1 || h.ReadVersion != 1 || h.ChangeCounter != h.ValidFor || h.Version < 3_040_000 {
				t.Errorf("%d, %s: %+v, %v; SQLite says %d pages, %d free, cookie %d", size, encoding, h, err, pages, free, cookie)
			}
			again := make([]byte, HeaderSize)
			if h.Put(again); string(again) != string(b[:HeaderSize]) {
				t.Errorf("%d, %s: written again it is\n%x, not\n%x", size, encoding, again, b[:HeaderSize])
			}
		}
	}
}

// TestUTF8 changes the number of the encoding in a file and asks SQLite what it takes
// text for.
func TestUTF8(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	open(t, path, "CREATE TABLE t (a)").Close()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []uint32{0, 1, 2, 3, 4, 5, 6, math.MaxUint32} {
		binary.BigEndian.PutUint32(b[56:], n)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		h, err := ParseHeader(b)
		if err != nil {
			t.Fatal(err)
		}
		db := open(t, "file:"+path+"?mode=ro&immutable=1")
		var said string
		// The schema is text of this encoding: as UTF-16, it makes no sense.
		if err := db.QueryRow("SELECT name FROM sqlite_schema").Scan(&said); (err == nil && said == "t") != h.UTF8() {
			t.Errorf("encoding %d: UTF-8 %t, SQLite reads %q, %v", n, h.UTF8(), said, err)
		}
		db.Close()
	}
}

// TestPages: the number in the header counts only if the last writer knew of it, as
// SQLite has it.
func TestPages(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	open(t, path, "PRAGMA page_size = 512", "CREATE TABLE t (a)", "CREATE TABLE u (a)").Close() // 3 pages
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name            string
		count, validFor uint32
		more            int // pages behind the end
		want            int64
	}{
		{"as it was written", 3, 0, 0, 3},
		{"longer than it says", 3, 0, 2, 3},
		{"by a release that does not know the number", 2, 1, 0, 3},
		{"no number", 0, 0, 2, 5},
	} {
		b := append([]byte(nil), sound...)
		b = append(b, make([]byte, 512*c.more)...)
		binary.BigEndian.PutUint32(b[28:], c.count)
		binary.BigEndian.PutUint32(b[92:], binary.BigEndian.Uint32(b[24:])+c.validFor)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		h, err := ParseHeader(b)
		var judged int64
		db := open(t, "file:"+path+"?mode=ro&immutable=1")
		if err := db.QueryRow("PRAGMA page_count").Scan(&judged); err != nil {
			t.Fatal(err)
		}
		db.Close()
		if got := h.Pages(int64(len(b))); err != nil || got != c.want || got != judged {
			t.Errorf("%s: %d pages, %v, want %d; SQLite says %d", c.name, got, err, c.want, judged)
		}
	}
}

func TestParseHeaderRefuses(t *testing.T) {
	sound := make([]byte, HeaderSize)
	Header{PageSize: 4096}.Put(sound)
	with := func(at int, v ...byte) []byte {
		b := append([]byte(nil), sound...)
		copy(b[at:], v)
		return b
	}
	for name, c := range map[string]struct {
		b    []byte
		want error
	}{
		"sound": {sound, nil}, "empty": {nil, ErrNoMagic}, "text": {[]byte("SQLite format 3, and more"), ErrNoMagic}, "cut magic": {sound[:15], ErrNoMagic},
		"cut": {sound[:99], ErrShort}, "magic alone": {sound[:16], ErrShort}, "size 0": {with(16, 0, 0), ErrPageSize}, "size 256": {with(16, 1, 0), ErrPageSize},
		"size 1536": {with(16, 6, 0), ErrPageSize}, "size 2": {with(16, 0, 2), ErrPageSize}, "size 65536": {with(16, 0, 1), nil},
	} {
		if _, err := ParseHeader(c.b); !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestIsFile(t *testing.T) {
	dir := t.TempDir()
	database := filepath.Join(dir, "a.csv") // whatever its name
	open(t, database, "CREATE TABLE t (a)").Close()
	if is, err := IsFile(database); !is || err != nil {
		t.Errorf("a database: %t, %v", is, err)
	}
	for name, content := range map[string]string{"empty.db": "", "short.db": "SQLite format 3", "text.db": "id,name\r\n1,a\r\n and some more of it"} {
		if is, err := IsFile(write(t, filepath.Join(dir, name), content)); is || err != nil {
			t.Errorf("%s: %t, %v", name, is, err)
		}
	}
	if is, err := IsFile(dir); is || err != nil && !errors.Is(err, os.ErrPermission) { // Windows opens no folder
		t.Errorf("a folder: %t, %v", is, err)
	}
	if is, err := IsFile(filepath.Join(dir, "none")); is || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %t, %v", is, err)
	}
}

func FuzzParseHeader(f *testing.F) {
	sound := make([]byte, HeaderSize)
	Header{PageSize: 65536, PageCount: 7, Encoding: 2}.Put(sound)
	f.Add(sound)
	f.Add([]byte(Magic))
	f.Fuzz(func(t *testing.T, b []byte) {
		h, err := ParseHeader(b)
		if err != nil {
			return
		}
		again := make([]byte, HeaderSize)
		h.Put(again)
		if got, err := ParseHeader(again); err != nil || got != h {
			t.Errorf("%+v is written and read as %+v, %v", h, got, err)
		}
		if n := h.Pages(1 << 40); n < 0 || h.Usable() < 512-255 {
			t.Errorf("%d pages of %d bytes", n, h.Usable())
		}
	})
}
