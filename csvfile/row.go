package csvfile

import "context"

// Row is one data record.
type Row struct {
	// Number counts data records of the file from 0; -1 while it is unknown.
	Number int64
	// Offset is where the record starts in the file, in bytes.
	Offset int64
	// Fields are the cells, decoded: no quotes around them, doubled quotes made
	// one. A blank line has none. Bytes are as in the file, also where they are
	// no valid UTF-8; [Visible] makes them readable. A cell longer than the
	// cell limit is cut.
	Fields []string
	// Open says that the record is so large (256 MB and more, mostly for want of
	// a closing quote) that it was not read to its end: its last cell is larger
	// than its Size says, and more cells may follow.
	Open bool
	// wide says that the cells behind the first MaxCells are missing: such a row is not returned.
	wide bool
	// nulls are the cells of a Parquet file that have no value; nil when none is known, so that
	// the rows of other files have no more than that.
	nulls *[]bool
	// sizes are the full sizes of the cells, nil when none is cut.
	sizes []int64
}

// Size returns the full size of cell i in bytes.
func (r Row) Size(i int) int64 {
	if r.sizes == nil {
		return int64(len(r.Fields[i]))
	}
	return r.sizes[i]
}

// Null reports whether cell i has no value, which only a Parquet file tells from an empty
// text.
func (r Row) Null(i int) bool { return r.nulls != nil && i < len(*r.nulls) && (*r.nulls)[i] }

// Cut reports whether Fields[i] is only the start of the cell.
func (r Row) Cut(i int) bool { return r.Size(i) > int64(len(r.Fields[i])) }

// Source is what a table shows: a [File] or a filtered [View] of one.
type Source interface {
	// Header returns the names of the columns.
	Header() []string
	// Rows returns n rows from position from (0 is the first); fewer, or none, at
	// the end. It fails with a *[NotIndexedError] when a row is not known yet, and
	// returns those before it.
	Rows(ctx context.Context, from int64, n int) ([]Row, error)
	// Total returns the number of rows so far, and whether that is final.
	Total() (int64, bool)
}
