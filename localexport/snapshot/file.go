package snapshot

import (
	"errors"
	"math"
	"strconv"

	"sluice/localexport/keyfile"
	"sluice/localexport/sqlitefile"
	"sluice/localexport/sqlread"
	"sluice/wording"
)

// OpenFile opens the file for reading without SQLite, which is several times as
// fast for whole tables. Its MaxValue is that of this package. The error matches
// sqlitefile.ErrUnsupported if only SQLite can read it.
func (s *Snapshot) OpenFile(o sqlitefile.Options) (*sqlitefile.File, error) {
	o.MaxValue = MaxValue
	f, err := sqlitefile.Open(s.real, o)
	if err != nil {
		return nil, wording.Errorf("read snapshot %s: %w", s.path, err)
	}
	return f, nil
}

// ScanCache is the cache of a scan in bytes, which needs no page twice: small
// enough to stay in the caches of the processor.
const ScanCache = 512 << 10

// fileTable is a table that is read without SQLite.
type fileTable struct {
	cursor *sqlitefile.Cursor
	FileRow
}

// FileRow is the row of a cursor without SQLite. Reading a value can fail: Err
// tells, and then the row is to be forgotten.
type FileRow struct {
	row *sqlitefile.Row
	at  []int // places of the columns in row; -1 for one that the table lacks
	err error
}

var _ Row = (*FileRow)(nil)

// Kind implements Row.
func (r *FileRow) Kind(i int) sqlread.Kind {
	if r.at[i] < 0 {
		return sqlread.Null
	}
	return sqlread.Kind(r.row.Kind(r.at[i]))
}

// IsNull implements Row.
func (r *FileRow) IsNull(i int) bool { return r.at[i] < 0 || r.row.IsNull(r.at[i]) }

// Int implements Row.
func (r *FileRow) Int(i int) int64 { return r.row.Int(r.at[i]) }

// Float implements Row.
func (r *FileRow) Float(i int) float64 { return r.row.Float(r.at[i]) }

// Bytes implements Row.
func (r *FileRow) Bytes(i int) []byte {
	if r.at[i] < 0 {
		return nil
	}
	switch r.row.Kind(r.at[i]) {
	case sqlitefile.Null:
		return nil
	case sqlitefile.Integer:
		return strconv.AppendInt(nil, r.row.Int(r.at[i]), 10)
	case sqlitefile.Real: // SQLite has its own way to write one
		r.fail(sqlitefile.ErrUnsupported)
		return nil
	}
	b, err := r.row.Bytes(r.at[i])
	r.fail(err)
	return b
}

// Size is the length of a text or blob.
func (r *FileRow) Size(i int) int { return r.row.Size(r.at[i]) }

// Prefix returns the first n bytes of a text or blob.
func (r *FileRow) Prefix(i, n int) []byte {
	b, err := r.row.Prefix(r.at[i], n)
	r.fail(err)
	return b
}

// Err is the error of a value that could not be read.
func (r *FileRow) Err() error { return r.err }

func (r *FileRow) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// OpenCursor makes a cursor over columns of a table; those that the table lacks
// are null.
func OpenCursor(r *sqlitefile.Reader, f *sqlitefile.File, t *Table, columns ...string) (*sqlitefile.Cursor, *FileRow, error) {
	x, err := openTable(r, f, t, columns)
	if err != nil {
		return nil, nil, err
	}
	return x.cursor, &x.FileRow, nil
}

func openTable(r *sqlitefile.Reader, f *sqlitefile.File, t *Table, columns []string) (*fileTable, error) {
	table, err := f.Table(t.Name)
	if err != nil {
		return nil, err
	}
	x := &fileTable{}
	if x.cursor, err = r.Cursor(table, x.place(t, columns)...); err != nil {
		return nil, err
	}
	x.row = &x.cursor.Row
	return x, nil
}

// place says where the columns are to be found, and returns those that the table
// has.
func (x *FileRow) place(t *Table, columns []string) (present []string) {
	for _, name := range columns {
		if _, ok := t.Column(name); !ok {
			x.at = append(x.at, -1)
			continue
		}
		x.at = append(x.at, len(present))
		present = append(present, name)
	}
	return present
}

// FileFinder finds single rows by key without SQLite.
type FileFinder struct {
	FileRow
	finder *sqlitefile.Finder
	keys   *keyfile.Reader // nil if the key is the row number
	n      int64
}

// FileFinder is like Finder for reading without SQLite; columns that the table
// lacks are null. What it does not find, SQLite may still find in a damaged file.
func (o *Order) FileFinder(r *sqlitefile.Reader, f *sqlitefile.File, columns ...string) (*FileFinder, error) {
	table, err := f.Table(o.Table.Name)
	if err != nil {
		return nil, err
	}
	x := &FileFinder{}
	if x.finder, err = r.Finder(table, x.place(o.Table, columns)...); err != nil {
		return nil, err
	}
	x.row = &x.finder.Row
	if o.keys != nil {
		x.keys, x.n = o.keys.Reader(), o.keys.Len()
	}
	return x, nil
}

// Find goes to the row with the key, the first if there are several, and
// reports whether there is one.
func (x *FileFinder) Find(key int64) (bool, error) {
	row, found, err := rowOf(x.keys, x.n, key)
	if err != nil || !found {
		return false, err
	}
	return x.finder.Find(row)
}

// numbered is the row of a table behind its row number, which is column 0.
type numbered struct{ x *fileTable }

// Kind implements Row.
func (n numbered) Kind(i int) sqlread.Kind {
	if i == 0 {
		return sqlread.Integer
	}
	return n.x.Kind(i - 1)
}

// IsNull implements Row.
func (n numbered) IsNull(i int) bool { return i > 0 && n.x.IsNull(i-1) }

// Int implements Row.
func (n numbered) Int(i int) int64 {
	if i == 0 {
		return n.x.cursor.Rowid()
	}
	return n.x.Int(i - 1)
}

// Float implements Row.
func (n numbered) Float(i int) float64 {
	if i == 0 {
		return float64(n.x.cursor.Rowid())
	}
	return n.x.Float(i - 1)
}

// Bytes implements Row.
func (n numbered) Bytes(i int) []byte {
	if i == 0 {
		return strconv.AppendInt(nil, n.x.cursor.Rowid(), 10)
	}
	return n.x.Bytes(i - 1)
}

func (x *fileTable) rows(after, last int64) {
	if after < math.MaxInt64 {
		after++
	}
	x.cursor.Range(sqlitefile.Range{Lo: after, Hi: last})
}

func (x *fileTable) next(keep func(Row) bool) (bool, error) {
	for {
		if x.err != nil {
			return false, x.err
		}
		row, err := x.cursor.Next()
		if err != nil || !row {
			return false, err
		}
		if keep == nil || keep(&x.FileRow) {
			return x.err == nil, x.err
		}
	}
}

// find goes to a row by its number and reports whether keep takes it. A row that
// is not there is a surprise: its number was read from the table.
func (x *fileTable) find(row int64, keep func(Row) bool) (bool, error) {
	if x.err != nil {
		return false, x.err
	}
	found, err := x.cursor.Find(row)
	if err == nil && !found {
		err = wording.Errorf("row number %d is gone: %w", row, sqlitefile.ErrDamaged)
	}
	if err != nil || keep != nil && !keep(&x.FileRow) {
		return false, errors.Join(err, x.err)
	}
	return x.err == nil, x.err
}

// FileWalk is like Walk for reading without SQLite. Rows are those that keep
// reports true for.
func (o *Order) FileWalk(r *sqlitefile.Reader, f *sqlitefile.File, keep func(Row) bool, columns ...string) (*Walk, error) {
	x, err := openTable(r, f, o.Table, columns)
	if err != nil {
		return nil, err
	}
	w := &Walk{Row: &x.FileRow, order: o, file: x, keep: keep}
	if o.keys != nil {
		w.keys, w.total = o.keys.Reader(), o.keys.Len()
	}
	return w, nil
}

// Err is the error of a value of the current row that could not be read: the
// row is to be forgotten then.
func (w *Walk) Err() error {
	if w.file == nil {
		return nil
	}
	return w.file.err
}
