package sqlitefile

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"sluice/localexport/sqlread"
)

// The claim that is tested on damaged files, for every table and index:
//
//   - no panic, and no end but a row or one of the package's errors;
//   - rows come one by one equal to those of SQLite, as far as both give any;
//     what SQLite does not see in damaged pages (rows out of order, say) is an
//     error here, before the first row of such a page;
//   - if neither gives an error, both end after the same row; SQLite may find
//     damage that does not concern the rows, such as a schema that makes no sense;
//   - reading by blocks and mapping give the same rows and the same error;
//   - if a whole scan gives no error, then its rows, in any number of ranges and
//     sought one by one, are the same; and an index gives an error in ranges if and
//     only if it gives one as a whole.

// bases are the sound files that are damaged, by their page sizes.
var bases = sync.OnceValue(func() [][]byte {
	var t builder
	shapes := []string{
		database(&t, nil, "PRAGMA page_size=512"),
		reserve(&t, 512, 20),
		database(&t, nil, "PRAGMA page_size=1024", "PRAGMA auto_vacuum=FULL"),
	}
	var files [][]byte
	for _, path := range shapes {
		extend(&t, path, fillZoo(120), zoo...)
		b, err := os.ReadFile(path)
		if err != nil {
			panic(err)
		}
		files = append(files, b)
		os.RemoveAll(filepath.Dir(path))
	}
	return files
})

// builder stands for the test while files are made that outlive it.
type builder struct{ testing.TB }

func (*builder) Helper()                      {}
func (*builder) Fatal(args ...any)            { panic(fmt.Sprint(args...)) }
func (*builder) Fatalf(f string, args ...any) { panic(fmt.Sprintf(f, args...)) }
func (*builder) TempDir() string {
	dir, err := os.MkdirTemp("", "sqlitefile")
	if err != nil {
		panic(err)
	}
	return dir
}

// damage applies edits of five bytes each: a page, a place on it, a finer place,
// what to do, and a value.
func damage(file, edits []byte) []byte {
	b := slices.Clone(file)
	size := int(binary.BigEndian.Uint16(b[16:]))
	pages := len(b) / size
	for ; len(edits) >= 5 && pages > 0; edits = edits[5:] {
		number, where, fine, do, v := int(edits[0]), int(edits[1]), int(edits[2]), edits[3], edits[4]
		start := number % pages * size
		head := start
		if start == 0 {
			head = headerSize
		}
		page := b[start : start+size]
		var at int
		switch where % 4 {
		case 0: // the head
			at = head - start + fine%12
		case 1: // the cell pointers
			at = head - start + 8 + fine
		case 2: // a cell
			cells := int(binary.BigEndian.Uint16(b[head+3:]))
			pointer := head - start + 8 + 2*(fine%max(1, cells))
			at = int(binary.BigEndian.Uint16(page[min(pointer, size-2):])) + where/4%16
		default:
			at = fine*size/256 + where/4
		}
		at = min(at, size-4)
		switch do % 8 {
		case 0, 1:
			page[at] = v
		case 2:
			page[at] ^= 1 << (v % 8)
		case 3:
			page[at] += v%3 - 1
		case 4:
			binary.BigEndian.PutUint32(page[at:], uint32(v))
		case 5:
			binary.BigEndian.PutUint16(page[at:], uint16(v)<<1)
		case 6: // two pages change places, or one stands twice
			copy(page, b[int(v)%pages*size:][:size])
		case 7: // the rest is zero
			clear(page[at:])
		}
	}
	return b
}

func FuzzDamagedFile(f *testing.F) {
	rnd := rand.New(rand.NewPCG(5, 6))
	for i := range 150 {
		edits := make([]byte, 5*(1+i%3))
		for j := range edits {
			edits[j] = byte(rnd.UintN(256))
		}
		f.Add(byte(i), edits, uint32(0))
	}
	f.Add(byte(0), []byte{}, uint32(0))
	f.Add(byte(1), []byte{}, uint32(1))
	f.Add(byte(2), []byte{}, uint32(3000))
	path := filepath.Join(f.TempDir(), "damaged.db")
	f.Fuzz(func(t *testing.T, base byte, edits []byte, cut uint32) {
		b := damage(bases()[int(base)%len(bases())], edits)
		if cut > 0 { // and the header believes it
			b = b[:len(b)-int(cut)%len(b)]
			if len(b) > 100 {
				clear(b[28:32])
			}
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		checkDamaged(t, path)
	})
}

func checkDamaged(t *testing.T, path string) {
	read, err := Open(path, Options{CacheBytes: 1})
	checkError(t, err)
	mapped, err2 := Open(path, Options{Map: true})
	if text(err) != text(err2) {
		t.Fatalf("opened by blocks: %v; mapped: %v", err, err2)
	}
	if err != nil {
		return
	}
	defer read.Close()
	defer mapped.Close()
	conn, err := openReference(path)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for _, name := range zooTables {
		checkDamagedTable(t, conn, read, mapped, name)
	}
	for _, names := range zooIndexes {
		checkDamagedIndex(t, conn, read, mapped, names)
	}
}

func checkDamagedTable(t *testing.T, conn *sqlread.Conn, read, mapped *File, name string) {
	table, err := read.Table(name)
	checkError(t, err)
	if err != nil {
		return
	}
	rows, err := scanRows(read, table, All)
	rows2, err2 := scanRows(mapped, table, All)
	checkSame(t, name, rows, rows2, err, err2)
	checkAgainst(t, conn, tableQuery(table), rows, err)
	checkSingle(t, read, mapped, table, rows, err == nil)
	if err != nil {
		return
	}
	ranges, err := read.Split(t.Context(), table, 3)
	if err != nil {
		t.Fatalf("split %s: %v", name, err)
	}
	var parts []string
	for _, rg := range ranges {
		part, err := scanRows(read, table, rg)
		if err != nil {
			t.Fatalf("scan %v of %s: %v", rg, name, err)
		}
		parts = append(parts, part...)
	}
	if !slices.Equal(rows, parts) {
		t.Fatalf("table %s has %d rows, its ranges %v %d", name, len(rows), ranges, len(parts))
	}
	checkFound(t, read, table, rows)
}

// checkSingle looks for single rows, which must be found if the table is sound,
// and must be those that were asked for in any case.
func checkSingle(t *testing.T, read, mapped *File, table *Table, rows []string, sound bool) {
	for _, f := range []*File{read, mapped} {
		err := f.Read(t.Context(), func(r *Reader) error {
			s, err := r.Finder(table, names(table)...)
			if err != nil {
				return err
			}
			for i := 0; i < len(rows); i += 5 {
				text, _, _ := strings.Cut(strings.TrimPrefix(rows[i], "int "), "|")
				id, err := strconv.ParseInt(text, 10, 64)
				if err != nil {
					t.Fatal(err)
				}
				found, err := s.Find(id)
				if err != nil {
					return err
				}
				if sound && !found || found && s.Rowid() != id {
					t.Fatalf("table %s: find %d: %t, row %d", table.Name, id, found, s.Rowid())
				}
				got, err := rowString(&s.Row)
				if sound && (err != nil || got != rows[i]) {
					t.Fatalf("table %s: found %q, not %q: %v", table.Name, got, rows[i], err)
				}
			}
			return nil
		})
		checkError(t, err)
		if sound && err != nil {
			t.Fatal(err)
		}
	}
}

// checkFound seeks some rows, from the last to the first.
func checkFound(t *testing.T, f *File, table *Table, rows []string) {
	err := f.Read(t.Context(), func(r *Reader) error {
		c, err := r.Cursor(table, names(table)...)
		if err != nil {
			return err
		}
		for i := len(rows) - 1; i >= 0; i -= 7 {
			text, _, _ := strings.Cut(strings.TrimPrefix(rows[i], "int "), "|")
			id, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return err
			}
			found, err := c.Find(id)
			if err != nil || !found {
				return fmt.Errorf("find %d: %t, %w", id, found, err)
			}
			if got, err := rowString(&c.Row); err != nil || got != rows[i] {
				return fmt.Errorf("found %q, not %q: %w", got, rows[i], err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("table %s: %v", table.Name, err)
	}
}

func checkDamagedIndex(t *testing.T, conn *sqlread.Conn, read, mapped *File, names []string) {
	table, err := read.Table(names[0])
	if err != nil {
		return
	}
	x, err := read.Index(table, names[1:]...)
	checkError(t, err)
	if err != nil {
		return
	}
	rows, err := indexRows(read, x)
	rows2, err2 := indexRows(mapped, x)
	checkSame(t, x.Name, rows, rows2, err, err2)
	checkAgainst(t, conn, indexQuery(x), rows, err)
	checkIndexRanges(t, read, x, rows, err)
}

// checkIndexRanges reads an index in three ranges: with an error if the whole
// gave one, else with all of its entries that have a number.
func checkIndexRanges(t *testing.T, f *File, x *Index, whole []string, wholeErr error) {
	var parts []string
	var err error
	for _, rg := range []Range{{math.MinInt64, 10}, {11, 60}, {61, math.MaxInt64}} {
		part, partErr := indexRangeRows(f, x, rg)
		checkError(t, partErr)
		err = errors.Join(err, partErr)
		parts = append(parts, part...)
	}
	if (err == nil) != (wholeErr == nil) {
		t.Fatalf("index %s gives %v, its ranges %v", x.Name, wholeErr, err)
	}
	var numbers []string
	for _, row := range whole {
		_, first, _ := strings.Cut(row, "|")
		if strings.HasPrefix(first, "int ") || strings.HasPrefix(first, "real ") {
			numbers = append(numbers, row)
		}
	}
	// The reals between two ranges are in neither of them.
	hasReal := func(row string) bool { return strings.Contains(row, "|real ") }
	if err == nil && !slices.Equal(slices.DeleteFunc(numbers, hasReal), slices.DeleteFunc(parts, hasReal)) {
		t.Fatalf("index %s has %d entries with numbers, its ranges %d", x.Name, len(numbers), len(parts))
	}
}

// checkAgainst compares the rows before err with those of SQLite.
func checkAgainst(t *testing.T, conn *sqlread.Conn, query string, rows []string, err error) {
	checkError(t, err)
	want, wantErr := queryRows(conn, query, len(rows)+1)
	for i := range min(len(rows), len(want)) {
		if rows[i] != want[i] {
			t.Fatalf("%s: row %d is\n%q\nSQLite:\n%q", query, i, rows[i], want[i])
		}
	}
	if err == nil && wantErr == nil && len(rows) != len(want) {
		t.Fatalf("%s: ends after %d rows, SQLite has more or less: %d", query, len(rows), len(want))
	}
	if len(want) < len(rows) && wantErr == nil {
		t.Fatalf("%s: gives %d rows and %v, SQLite %d without an error", query, len(rows), err, len(want))
	}
}

func checkSame(t *testing.T, name string, rows, mapped []string, err, mappedErr error) {
	if !slices.Equal(rows, mapped) || text(err) != text(mappedErr) {
		t.Fatalf("%s: by blocks %d rows and %v; mapped %d and %v", name, len(rows), err, len(mapped), mappedErr)
	}
}

// checkError fails on errors that are none of the package's.
func checkError(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	for _, known := range []error{ErrDamaged, ErrUnsupported, ErrNotFound, ErrTooBig} {
		if errors.Is(err, known) {
			return
		}
	}
	t.Fatalf("an error of no known kind: %v", err)
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
