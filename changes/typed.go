package changes

import (
	"fmt"
	"io"
	"slices"

	"sluice/columns"
	"sluice/localexport/record/fromcsv"
	"sluice/wording"
)

// typed makes Parquet of the records of changes as they come as CSV: the rows are the
// same in both.
type typed struct{ *fromcsv.Writer }

// typesOf are the columns of a file of changes. Columns that are documented for the file have
// the types that they have in the Parquet files of an export; all others, and all of files
// that are not documented, are texts.
func typesOf(p *pair) columns.File {
	f := columns.File{Name: p.name, Columns: []columns.Column{{Name: changeColumn, Type: columns.TypeText, Holds: columns.HoldsFact}, {Name: changedColumn, Type: columns.TypeText, Holds: columns.HoldsFact}}}
	known, ok := columns.Find(columns.Confluence, p.name)
	ok = ok && slices.Equal(p.a.header, known.Names()) && slices.Equal(p.b.header, known.Names())
	used := map[string]bool{changeColumn: true, changedColumn: true}
	for _, c := range p.columns {
		column := columns.Column{Name: c.name, Type: columns.TypeText}
		if ok {
			column = known.Column(c.name)
			column.Nullable = column.Nullable || column.Type != columns.TypeText && column.Type != columns.TypeList
		}
		if column.Name == "" {
			column.Name = "column"
		}
		for name, n := column.Name, 2; used[column.Name]; n++ { // a schema has no two columns of a name
			column.Name = fmt.Sprintf("%s_%d", name, n)
		}
		used[column.Name] = true
		f.Columns = append(f.Columns, column)
	}
	return f
}

// newTyped begins a file.
func newTyped(w io.Writer, p *pair, metadata map[string]string) (*typed, error) {
	inner, err := fromcsv.New(w, typesOf(p), fromcsv.Options{Metadata: metadata})
	return &typed{inner}, err
}

// Write implements io.Writer.
func (t *typed) Write(b []byte) (int, error) {
	n, err := t.Writer.Write(b)
	return n, inTypes(err)
}

// end brings all to the file.
func (t *typed) end() error {
	_, err := t.End()
	return inTypes(err)
}

// inTypes says what to do about a cell that has no place in Parquet.
func inTypes(err error) error {
	if err == nil {
		return nil
	}
	return wording.Errorf("changed %w: write the changes as CSV", err)
}
