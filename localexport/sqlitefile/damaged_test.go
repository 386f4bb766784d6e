package sqlitefile

import (
	"encoding/binary"
	"errors"
	"math"
	"os"
	"strings"
	"testing"

	"sluice/localexport/sqlread"

	"github.com/google/go-cmp/cmp"
)

// image is a database file of 512-byte pages that a test spoils at a chosen place.
type image struct {
	t    *testing.T
	b    []byte
	root int // page of the table or index
}

func (m *image) page(n int) []byte { return m.b[(n-1)*512 : n*512] }

// cell returns the bytes from cell i of page n on.
func (m *image) cell(n, i int) []byte {
	p := m.page(n)
	pointers := 8
	if p[0] == interiorTable || p[0] == interiorIndex {
		pointers = 12
	}
	return p[binary.BigEndian.Uint16(p[pointers+2*i:]):]
}

// child returns the page that cell i of an interior page points to.
func (m *image) child(n, i int) int { return int(binary.BigEndian.Uint32(m.cell(n, i))) }

// leaf returns the first leaf below page n.
func (m *image) leaf(n int) int {
	for m.page(n)[0] == interiorTable || m.page(n)[0] == interiorIndex {
		n = m.child(n, 0)
	}
	return n
}

// chain returns the overflow pages of the first row: its cell has a size of two
// bytes, a rowid of one, and local bytes.
func (m *image) chain() []int {
	size, at := varint(m.cell(m.root, 0), 0)
	local := 39 + (int(size)-39)%508
	if local > 477 {
		local = 39
	}
	var pages []int
	next := int(binary.BigEndian.Uint32(m.cell(m.root, 0)[at+1+local:]))
	for next != 0 {
		pages = append(pages, next)
		next = int(binary.BigEndian.Uint32(m.page(next)))
	}
	if len(pages) < 3 {
		m.t.Fatalf("the chain has %d pages", len(pages))
	}
	return pages
}

func putPage(b []byte, n int) { binary.BigEndian.PutUint32(b, uint32(n)) }

// TestDamageIsNamed spoils one place each in the tables "deep" (a tree of three
// levels) and "long" (one row in overflow pages) and the index "deep_v".
func TestDamageIsNamed(t *testing.T) {
	sound := database(t, func(conn *sqlread.Conn) error {
		return conn.Exec(`
			WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 5000) INSERT INTO deep SELECT i, i FROM n;
			INSERT INTO long VALUES (1, printf('%.*c', 3000, 'x'), 'tail');`)
	}, "PRAGMA page_size=512", "CREATE TABLE deep (id INTEGER PRIMARY KEY, v INTEGER)", "CREATE TABLE long (id INTEGER PRIMARY KEY, body TEXT, tail TEXT)",
		"CREATE INDEX deep_v ON deep (v)")
	for _, test := range []struct {
		name, what string
		spoil      func(m *image)
		says       string
	}{
		{"points nowhere", "deep", func(m *image) { putPage(m.cell(m.root, 0), 99999) }, "points to page 99999"},
		{"points to page 0", "deep", func(m *image) { putPage(m.cell(m.root, 0), 0) }, "points to page 0"},
		{"points to itself", "deep", func(m *image) { putPage(m.cell(m.root, 0), m.root) }, "out of order"},
		{"only points to itself", "deep", func(m *image) {
			p := m.page(m.root)
			p[3], p[4] = 0, 0
			putPage(p[8:], m.root)
		}, "interior page without cells"},
		{"points to a page twice", "deep", func(m *image) { putPage(m.page(m.root)[8:], m.child(m.root, 0)) }, "out of order"},
		{"points to an index", "deep", func(m *image) { m.page(m.leaf(m.root))[0] = leafIndex }, "belongs to an index, not to table deep"},
		{"points to a page without a kind", "deep", func(m *image) { m.page(m.leaf(m.root))[0] = 0 }, "is no b-tree page (kind 0)"},
		{"too many cells", "deep", func(m *image) { m.page(m.leaf(m.root))[3] = 1 }, "claims to have"},
		{"no cells", "deep", func(m *image) { m.page(m.leaf(m.root))[4] = 0 }, "is a leaf without rows"},
		{"cell in the head", "deep", func(m *image) { copy(m.page(m.leaf(m.root))[8:], []byte{0, 4}) }, "cell 0 begins at byte 4"},
		{"cell behind the end", "deep", func(m *image) { copy(m.page(m.leaf(m.root))[8:], []byte{2, 0}) }, "cell 0 begins at byte 512"},
		{"cells out of order", "deep", func(m *image) {
			p := m.page(m.leaf(m.root))
			p[8], p[9], p[10], p[11] = p[10], p[11], p[8], p[9]
		}, "row 1 is out of order"},
		{"row outside of its page's range", "deep", func(m *image) { m.cell(m.leaf(m.root), 0)[1] = 0x7f }, "out of order"},
		{"row over the end", "deep", func(m *image) { m.cell(m.leaf(m.root), 0)[0] = 0x7f }, "runs over the end"},
		{"head longer than the row", "deep", func(m *image) { m.cell(m.leaf(m.root), 0)[2] = 0x70 }, "the head of row 1 of deep has 112 bytes"},
		{"type that is none", "deep", func(m *image) { m.cell(m.leaf(m.root), 0)[4] = 10 }, "a value of type 10"},
		{"value longer than the row", "deep", func(m *image) { m.cell(m.leaf(m.root), 0)[4] = 0x7f }, "a value of type 127, which does not fit in"},
		{"values shorter than the row", "deep", func(m *image) { m.cell(m.leaf(m.root), 1)[4] = 0 }, "the values of row 2 of deep end at byte"},
		{"row of 200 MB", "long", func(m *image) { copy(m.cell(m.root, 0), []byte{0xe0, 0x80, 0x80, 0, 1}) }, "claims a row of 201326592 bytes"},
		{"overflow chain too short", "long", func(m *image) { putPage(m.page(m.chain()[1]), 0) }, "the overflow chain of row 1 of long has the wrong length"},
		{"overflow chain too long", "long", func(m *image) { c := m.chain(); putPage(m.page(c[len(c)-1]), 2) }, "has the wrong length"},
		{"overflow chain in a circle", "long", func(m *image) { c := m.chain(); putPage(m.page(c[len(c)-2]), c[0]) }, "has the wrong length"},
		{"overflow chain to nowhere", "long", func(m *image) { putPage(m.page(m.chain()[0]), 1<<20) }, "points to page 1048576"},
		{"index points to a table", "deep_v", func(m *image) { m.page(m.leaf(m.root))[0] = leafTable }, "belongs to a table, not to index deep_v"},
		{"index points to itself", "deep_v", func(m *image) { putPage(m.cell(m.root, 0), m.root) }, "deeper than 20 pages"},
		{"index out of order", "deep_v", func(m *image) {
			p := m.page(m.leaf(m.root))
			p[8], p[9], p[10], p[11] = p[10], p[11], p[8], p[9]
		}, "the entry of row 1 is out of order"},
		{"index page twice", "deep_v", func(m *image) { putPage(m.page(m.root)[8:], m.child(m.root, 0)) }, "is out of order"},
		{"index page empty", "deep_v", func(m *image) { m.page(m.leaf(m.root))[4] = 0 }, "is an index page without entries"},
		{"entry without a rowid", "deep_v", func(m *image) { m.cell(m.leaf(m.root), 1)[3] = 0 }, "end at byte"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := copyOf(t, sound, func(b []byte) []byte {
				m := &image{t: t, b: b, root: rootOf(t, sound, test.what)}
				test.spoil(m)
				return b
			})
			for _, mapped := range []bool{false, true} {
				err := readAll(t, path, mapped, test.what)
				var page *PageError
				if !errors.As(err, &page) || !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), test.says) {
					t.Errorf("map=%t: %v", mapped, err)
				}
			}
		})
	}
}

func rootOf(t *testing.T, path, name string) int {
	f, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, e := range f.schema {
		if e.name == name {
			return int(e.root)
		}
	}
	t.Fatalf("no %s", name)
	return 0
}

// readAll reads a table or the index deep_v and returns the error.
func readAll(t *testing.T, path string, mapped bool, what string) error {
	f, err := Open(path, Options{Map: mapped})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if what == "deep_v" {
		x, err := f.Index(mustTable(t, f, "deep"), "v")
		if err != nil {
			t.Fatal(err)
		}
		_, err = indexRows(f, x)
		return err
	}
	_, err = scanRows(f, mustTable(t, f, what), All)
	return err
}

// TestRangeOfIndexMissesNothing moves an entry out of place: a walk that ends
// there must not take it for the end of its range.
func TestRangeOfIndexMissesNothing(t *testing.T) {
	sound := database(t, nil, "PRAGMA page_size=512", "CREATE TABLE deep (id INTEGER PRIMARY KEY, v INTEGER)", "CREATE INDEX deep_v ON deep (v)",
		"WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i+1 FROM n WHERE i < 6000) INSERT INTO deep SELECT i, i FROM n")
	interior := func(m *image) int { return m.child(m.root, 0) }
	// An entry is 3 bytes of sizes and types behind its own size, then the key.
	raise := func(cell []byte) { cell[0] = 0x20 } // 1000 becomes 8232 and more
	for name, spoil := range map[string]func(*image){
		"first in a leaf":           func(m *image) { raise(m.cell(m.leaf(m.root), 0)[4:]) },
		"last in a leaf":            func(m *image) { n := m.leaf(m.root); raise(m.cell(n, int(m.page(n)[4])-1)[4:]) },
		"first in an interior page": func(m *image) { raise(m.cell(interior(m), 0)[8:]) },
		"last in an interior page":  func(m *image) { n := interior(m); raise(m.cell(n, int(m.page(n)[4])-1)[8:]) },
		"last of the last interior page": func(m *image) {
			n := int(binary.BigEndian.Uint32(m.page(m.root)[8:]))
			raise(m.cell(n, int(m.page(n)[4])-1)[8:])
		},
		"in the root": func(m *image) { raise(m.cell(m.root, 0)[8:]) },
	} {
		path := copyOf(t, sound, func(b []byte) []byte {
			spoil(&image{t: t, b: b, root: rootOf(t, sound, "deep_v")})
			return b
		})
		f, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		x, err := f.Index(mustTable(t, f, "deep"), "v")
		if err != nil {
			t.Fatal(err)
		}
		if rows, err := indexRangeRows(f, x, Range{0, 8000}); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %d entries and %v", name, len(rows), err)
		}
	}
}

// TestNaN: SQLite stores no NaN, but reads one as null.
func TestNaN(t *testing.T) {
	sound := database(t, nil, "PRAGMA page_size=512", "CREATE TABLE t (x)", "INSERT INTO t VALUES (1.5)")
	path := copyOf(t, sound, func(b []byte) []byte {
		m := &image{t: t, b: b, root: rootOf(t, sound, "t")}
		binary.BigEndian.PutUint64(m.cell(m.root, 0)[4:], math.Float64bits(math.NaN()))
		return b
	})
	f, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table := mustTable(t, f, "t")
	rows, err := scanRows(f, table, All)
	want, wantErr := referenceRows(path, tableQuery(table), 2)
	if d := cmp.Diff(want, rows); d != "" || err != nil || wantErr != nil || rows[0] != "int 1|null|" {
		t.Error(d, rows, err, wantErr)
	}
}

// TestLockPage: a pointer to the page of SQLite's locks is damage.
func TestLockPage(t *testing.T) {
	f, err := Open(database(t, nil, "PRAGMA page_size=4096", "CREATE TABLE t (x)"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if f.shape.lockPage != 262145 {
		t.Error("the lock page is", f.shape.lockPage)
	}
	table := mustTable(t, f, "t")
	f.shape.lockPage = table.root // as if the file had a gigabyte
	if _, err := scanRows(f, table, All); !errors.Is(err, ErrDamaged) {
		t.Error(err)
	}
}

// TestErrorsStay: a cursor that met damage gives no row any more.
func TestErrorsStay(t *testing.T) {
	sound := database(t, nil, "PRAGMA page_size=512", "CREATE TABLE t (id INTEGER PRIMARY KEY, v)",
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 500) INSERT INTO t SELECT i, i FROM n")
	path := copyOf(t, sound, func(b []byte) []byte {
		m := &image{t: t, b: b, root: rootOf(t, sound, "t")}
		m.page(m.child(m.root, 1))[0] = 0
		return b
	})
	f, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	err = f.Read(t.Context(), func(r *Reader) error {
		c, err := r.Cursor(mustTable(t, f, "t"), "v")
		if err != nil {
			return err
		}
		rows := 0
		for ok, err := c.Next(); ok && err == nil; ok, err = c.Next() {
			rows++
		}
		if rows == 0 || rows == 500 {
			t.Fatal(rows)
		}
		for range 2 {
			if ok, err := c.Next(); ok || !errors.Is(err, ErrDamaged) {
				t.Error("next:", ok, err)
			}
			if ok, err := c.Find(1); ok || !errors.Is(err, ErrDamaged) {
				t.Error("find:", ok, err)
			}
		}
		c.Range(All)
		if ok, err := c.Next(); ok || !errors.Is(err, ErrDamaged) {
			t.Error("range:", ok, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestCompareNumbers(t *testing.T) {
	integer := func(n int64) value { return value{kind: Integer, bits: uint64(n)} }
	real := func(x float64) value { return value{kind: Real, bits: math.Float64bits(x)} }
	// In ascending order; equal values stand side by side.
	ladder := [][]value{
		{real(math.Inf(-1))}, {real(-1 << 64)}, {integer(math.MinInt64), real(-1 << 63)}, {integer(math.MinInt64 + 1)}, {integer(-1), real(-1)},
		{real(-0.5)}, {integer(0), real(0), real(math.Copysign(0, -1))}, {real(0.5)}, {integer(1), real(1)},
		{integer(1 << 53), real(1 << 53)}, {integer(1<<53 + 1)}, {integer(1<<53 + 2), real(1<<53 + 2)},
		{integer(math.MaxInt64 - 1)}, {integer(math.MaxInt64)}, {real(1 << 63)}, {real(math.Inf(1))},
	}
	sign := func(n int) int { return compareInt(int64(n), 0) }
	for i, a := range ladder {
		for j, b := range ladder {
			for _, x := range a {
				for _, y := range b {
					if got := sign(compareNumbers(&x, &y)); got != sign(i-j) {
						t.Errorf("step %d and step %d: %d", i, j, got)
					}
				}
			}
		}
	}
}

// failing fails after some reads.
type failing struct {
	left int
	file *os.File
}

var errDisk = errors.New("the disk failed")

func (f *failing) ReadAt(b []byte, at int64) (int, error) {
	if f.left--; f.left < 0 {
		return 0, errDisk
	}
	return f.file.ReadAt(b, at)
}

func TestDiskFails(t *testing.T) {
	f, err := Open(bigDatabase(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	err = f.Read(t.Context(), func(r *Reader) error {
		r.blocks = newBlocks(&failing{left: 5, file: f.file}, f.size, f.shape.pageSize, 1)
		c, err := r.Cursor(mustTable(t, f, "t"), "body")
		if err != nil {
			return err
		}
		for {
			if ok, err := c.Next(); err != nil || !ok {
				return err
			}
			if _, err := c.Bytes(0); err != nil {
				return err
			}
		}
	})
	if !errors.Is(err, errDisk) || errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), f.path) {
		t.Error(err)
	}
}
