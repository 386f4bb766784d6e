// Package parquettext reads a Parquet file as the text of a table: a CSV with the names of
// the columns first, in which nothing stands where there is no value, and "" for an empty
// text. Whole numbers, decimals, dates and times stand in full, times in UTC as exports
// write them, lists as JSON, and what is nested as JSON, too. Memory is that of a page of
// each column.
package parquettext

import (
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"

	"sluice/intake/unpack"
	"sluice/wording"
)

// Form is what errors of damaged files are about.
const Form unpack.Form = "Parquet"

const (
	rowsAtOnce = 64
	pieceSize  = 64 << 10
	readSize   = 256 << 10
	// mostKept is the largest buffer that is used again.
	mostKept = 8 << 20
)

// Is reports whether a file that begins with head is one of Parquet.
func Is(head []byte) bool {
	return len(head) >= 4 && (string(head[:4]) == "PAR1" || string(head[:4]) == "PARE")
}

// File is a Parquet file.
type File struct {
	file    *parquet.File
	columns []*node
	leaves  int
}

// Open reads the table of contents of a file of so many bytes. Errors are sentences without
// a subject.
func Open(r io.ReaderAt, size int64) (f *File, err error) {
	defer func() {
		if p := recover(); p != nil { // the library trusts what it reads
			err = wording.Errorf("it is a damaged Parquet file: its table of contents makes no sense (%v); get it again", p)
		}
	}()
	magic := make([]byte, 4)
	if size < 12 {
		return nil, wording.New("it is a Parquet file that was cut: it has no table of contents at its end; get it again")
	}
	if _, err := r.ReadAt(magic, size-4); err != nil {
		return nil, err
	}
	switch string(magic) {
	case "PAR1":
	case "PARE":
		return nil, wording.New("it is an encrypted Parquet file: write it anew without encryption first")
	default:
		return nil, wording.New("it is a Parquet file that was cut: it has no table of contents at its end; get it again")
	}
	file, err := parquet.OpenFile(r, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true), parquet.ReadBufferSize(readSize))
	if err != nil {
		return nil, wording.Errorf("it is a Parquet file that cannot be read: %w", err)
	}
	f = &File{file: file}
	for _, c := range file.Root().Columns() {
		n, err := f.nodeOf(c)
		if err != nil {
			return nil, err
		}
		f.columns = append(f.columns, n)
	}
	if len(f.columns) == 0 {
		return nil, wording.New("it is a Parquet file without columns")
	}
	return f, nil
}

// Rows is the number of rows.
func (f *File) Rows() int64 { return f.file.NumRows() }

// Text reads the text from its start. progress, which may be nil, is told how many rows were
// read. Errors of reading are of type *[unpack.Error] where the file is damaged.
func (f *File) Text(progress func(rows int64)) io.ReadCloser {
	if progress == nil {
		progress = func(int64) {}
	}
	t := &text{f: f, groups: f.file.RowGroups(), progress: progress, leaf: make([]cursor, f.leaves), rows: make([]parquet.Row, rowsAtOnce)}
	for i, n := range f.columns {
		if i > 0 {
			t.buf = append(t.buf, ',')
		}
		t.buf = appendCell(t.buf, []byte(n.name))
	}
	t.buf = append(t.buf, '\n')
	t.out = t.buf
	return t
}

// text is the text of a file.
type text struct {
	f        *File
	groups   []parquet.RowGroup // not begun yet
	reader   parquet.Rows       // of the current one
	progress func(int64)
	leaf     []cursor
	rows     []parquet.Row
	done     int64 // rows

	buf, out []byte // written, and not given out yet
	cell     []byte
	err      error
}

// cursor are the values of a leaf in a row, as far as they have not been taken.
type cursor []parquet.Value

// Read implements io.Reader.
func (t *text) Read(p []byte) (int, error) {
	for len(t.out) == 0 {
		if t.err != nil {
			return 0, t.err
		}
		t.fill()
	}
	n := copy(p, t.out)
	t.out = t.out[n:]
	return n, nil
}

// Close implements io.Closer.
func (t *text) Close() error {
	if t.reader == nil {
		return nil
	}
	err := t.reader.Close()
	t.reader = nil
	return err
}

// fill makes text of some rows.
func (t *text) fill() {
	if t.buf = t.buf[:0]; cap(t.buf) > mostKept {
		t.buf = nil
	}
	defer func() {
		if p := recover(); p != nil {
			t.err = t.damage(wording.Errorf("%v", p))
		}
		t.out = t.buf
	}()
	for t.err == nil && len(t.buf) < pieceSize {
		t.err = t.some()
	}
	t.progress(t.done)
}

// some appends some rows; io.EOF says that there are no more.
func (t *text) some() error {
	if t.reader == nil {
		if len(t.groups) == 0 {
			if t.done != t.f.Rows() {
				return t.damage(wording.Errorf("it has %d rows, and should have %d", t.done, t.f.Rows()))
			}
			return io.EOF
		}
		group := t.groups[0]
		if t.groups = t.groups[1:]; group.NumRows() == 0 {
			return nil // it may have no pages, in which the library would look for the first row
		}
		t.reader = group.Rows()
	}
	n, err := t.reader.ReadRows(t.rows)
	for _, row := range t.rows[:n] {
		t.row(row)
		t.done++
	}
	switch {
	case errors.Is(err, io.EOF) || err == nil && n == 0:
		return t.Close()
	case err != nil:
		return t.damage(err)
	}
	return nil
}

func (t *text) damage(err error) error {
	return &unpack.Error{Form: Form, Reason: fmt.Sprintf("what is packed makes no sense behind row %d (%v)", t.done, err), Err: err}
}

// row appends a row.
func (t *text) row(row parquet.Row) {
	row.Range(func(i int, values []parquet.Value) bool {
		t.leaf[i] = values
		return true
	})
	for i, n := range t.f.columns {
		if i > 0 {
			t.buf = append(t.buf, ',')
		}
		if t.isNull(n) {
			t.skip(n)
			if len(t.f.columns) == 1 { // nothing would be a blank line
				t.buf = append(t.buf, `""`...)
			}
			continue
		}
		if n.plain() {
			t.cell = n.write(t.cell[:0], t.take(n))
		} else {
			t.cell = t.value(t.cell[:0], n)
		}
		t.buf = appendCell(t.buf, t.cell)
	}
	t.buf = append(t.buf, '\n')
}

// appendCell appends a cell that has a value.
func appendCell(dst, cell []byte) []byte {
	quote := len(cell) == 0
	for _, c := range cell {
		if c == '"' || c == ',' || c == '\n' || c == '\r' {
			quote = true
			break
		}
	}
	if !quote {
		return append(dst, cell...)
	}
	dst = append(dst, '"')
	for _, c := range cell {
		if c == '"' {
			dst = append(dst, '"')
		}
		dst = append(dst, c)
	}
	return append(dst, '"')
}
