package confluence

import (
	"database/sql"
	"encoding/binary"
	"errors"
	"os"
	"strings"
	"testing"

	"sluice/localexport/snapshot"
)

// leaves are the pages of a table's rows, in their order, in a file with pages of
// 4096 bytes and one interior page. pointers are where the pages are named.
func leaves(t *testing.T, b []byte, root int) (pages []int, pointers []int) {
	t.Helper()
	top := b[(root-1)*4096:][:4096]
	if top[0] != 5 {
		t.Fatalf("page %d is of kind %d", root, top[0])
	}
	for i := range int(binary.BigEndian.Uint16(top[3:])) {
		at := int(binary.BigEndian.Uint16(top[12+2*i:]))
		pointers = append(pointers, (root-1)*4096+at)
	}
	pointers = append(pointers, (root-1)*4096+8)
	for _, p := range pointers {
		pages = append(pages, int(binary.BigEndian.Uint32(b[p:])))
	}
	return pages, pointers
}

// hidden damages a table so that SQLite finds fewer of its rows, and says nothing.
var hidden = map[string]func(t *testing.T, b []byte, root int){
	"two pages change places": func(t *testing.T, b []byte, root int) {
		pages, pointers := leaves(t, b, root)
		binary.BigEndian.PutUint32(b[pointers[0]:], uint32(pages[1]))
		binary.BigEndian.PutUint32(b[pointers[1]:], uint32(pages[0]))
	},
	"a page stands twice": func(t *testing.T, b []byte, root int) {
		pages, pointers := leaves(t, b, root)
		binary.BigEndian.PutUint32(b[pointers[1]:], uint32(pages[0]))
	},
	"a key far too large": func(t *testing.T, b []byte, root int) {
		pages, _ := leaves(t, b, root)
		leaf := b[(pages[len(pages)-2]-1)*4096:][:4096]
		at := int(binary.BigEndian.Uint16(leaf[8+2*1:]))
		for leaf[at]&0x80 != 0 { // behind the size
			at++
		}
		at++
		for leaf[at]&0x80 != 0 { // the last byte of the key
			leaf[at] |= 0x7f
			at++
		}
	},
}

// TestHiddenRows: whatever hides rows of a table fails the validation, with and
// without SQLite, and ends a forced export or is counted in its warnings.
func TestHiddenRows(t *testing.T) {
	grow := []string{
		"WITH RECURSIVE n(i) AS (SELECT 10000 UNION ALL SELECT i + 1 FROM n WHERE i < 10600) INSERT INTO content (contentid, contenttype, title, creationdate, lastmoddate, content_status, spaceid, version) SELECT i, 'PAGE', 'Page ' || i, '2024-01-01 00:00:00', '2024-01-01 00:00:00', 'current', 5, 1 FROM n",
		"WITH RECURSIVE n(i) AS (SELECT 10000 UNION ALL SELECT i + 1 FROM n WHERE i < 10600) INSERT INTO bodycontent SELECT i, 'Body ' || i, i, 2 FROM n",
		`WITH RECURSIVE n(i) AS (SELECT 10000 UNION ALL SELECT i + 1 FROM n WHERE i < 10600) INSERT INTO "AO_7B47A5_EVENT" SELECT i, 'page_viewed', 1704067200000, NULL, 'ENG', 1001, 0 FROM n`,
	}
	base := edge(t, grow...)
	whole, err := os.ReadFile(base)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"content", "bodycontent", "AO_7B47A5_EVENT"} {
		for name, damage := range hidden {
			t.Run(table+", "+name, func(t *testing.T) {
				b := append([]byte(nil), whole...)
				damage(t, b, rootOf(t, base, table))
				path := base + "." + name
				if err := os.WriteFile(path, b, 0o600); err != nil {
					t.Fatal(err)
				}
				for _, sqliteOnly := range []bool{false, true} {
					s, err := snapshot.Open(t.Context(), path)
					if err != nil {
						t.Fatal(err)
					}
					defer s.Close()
					o := Options{Workers: 2, SQLiteOnly: sqliteOnly, Location: berlin, TempDir: t.TempDir()}
					v, err := Validate(t.Context(), s, o, nil)
					if err != nil {
						t.Fatal(err)
					}
					if v.Consistent || !strings.Contains(v.Findings[0].Message, table) {
						t.Errorf("SQLite only %v: verdict %+v", sqliteOnly, v)
					}
					var m memory
					r, err := Export(t.Context(), s, o, m.open, nil)
					file := new(snapshot.FileError)
					if errors.As(err, &file) && strings.Contains(err.Error(), "the table "+table+" cannot be read to its end") {
						continue
					}
					counted := false
					for _, d := range r.Warnings {
						counted = counted || d.Key == KeyBodyUnreadable
					}
					if err != nil || !counted {
						t.Errorf("SQLite only %v: error %v, warnings %v", sqliteOnly, err, r.Warnings)
					}
				}
			})
		}
	}
}

// TestHiddenKeys: the same for a snapshot whose keys are sorted.
func TestHiddenKeys(t *testing.T) {
	rows := "WITH RECURSIVE n(i) AS (SELECT 10000 UNION ALL SELECT i + 1 FROM n WHERE i < 10600) INSERT INTO content (contentid, contenttype, title, creationdate, lastmoddate, content_status, spaceid, version) SELECT i, 'PAGE', 'Page ' || i, '2024-01-01 00:00:00', '2024-01-01 00:00:00', 'current', 5, 1 FROM n"
	base := convert(t, edge(t, rows), form{types: forms[1].types})
	whole, err := os.ReadFile(base)
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range hidden {
		b := append([]byte(nil), whole...)
		damage(t, b, rootOf(t, base, "content"))
		path := base + "." + name
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, sqliteOnly := range []bool{false, true} {
			if err := failedExport(t, path, Options{SQLiteOnly: sqliteOnly}); !strings.Contains(err.Error(), "the table content cannot be read to its end") {
				t.Errorf("%s, SQLite only %v: %v", name, sqliteOnly, err)
			}
		}
	}
}

// TestDoubtIsCounted: where the file reader has proved that the file is damaged and
// SQLite reads over it, the records are there and counted.
func TestDoubtIsCounted(t *testing.T) {
	path := edge(t, "UPDATE bodycontent SET body = replace(hex(zeroblob(4000)), '00', 'ab') || ' the tail' WHERE contentid = 1001")
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	// The last page of a long text names one more.
	if _, err := f.WriteAt([]byte{0, 0, 0, 3}, pageOf(t, path, "the tail")*4096); err != nil {
		t.Fatal(err)
	}
	for _, workers := range []int{1, 3} {
		m, r := export(t, path, Options{Workers: workers})
		if !strings.Contains(m.files["pages"].String(), "ab the tail") {
			t.Error("the body is missing")
		}
		said := ""
		for _, d := range r.Warnings {
			if d.Key == KeyDoubtful {
				said = d.Message
			}
		}
		if !strings.Contains(said, "looks less closely: ") || !strings.Contains(said, "(first: the one with id ") {
			t.Errorf("%d workers: warnings %v", workers, r.Warnings)
		}
	}
}

func rootOf(t *testing.T, path, table string) (root int) {
	t.Helper()
	db := openDB(t, path)
	if err := db.QueryRow("SELECT rootpage FROM sqlite_schema WHERE name = ?", table).Scan(&root); err != nil {
		t.Fatal(err)
	}
	return root
}

func openDB(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", quick(path))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}
