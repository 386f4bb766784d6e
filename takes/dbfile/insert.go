package dbfile

import (
	"os"
	"slices"
	"strings"

	"sluice/localexport/sqlread"
	"sluice/takes/pagefile"
	"sluice/takes/shape"
	"sluice/wording"
)

// inserter writes the rows of a table.
type inserter interface {
	// insert writes a row; the values are those of the columns that are present.
	insert(row []pagefile.Value) error
	// index makes the indexes of the complete table.
	index() error
	close() error
}

// inserter returns what writes the rows of a table: pages, or SQLite if keys may come
// twice, which it has to find out at once.
func (f *File) inserter(t *table) (inserter, error) {
	if f.c == nil && f.pages == nil && !t.source.Loose {
		if err := os.Mkdir(f.work(), 0o700); err != nil {
			return nil, wording.Errorf("make a folder for work files: %w", err)
		}
		f.pages = pagefile.New(f.ctx, f.file, f.work())
	}
	if f.pages != nil {
		return f.paged(t), nil
	}
	if f.c == nil {
		if err := f.open(); err != nil {
			return nil, err
		}
	}
	return f.inserted(t)
}

// open prepares SQLite for a file that nobody else reads and that is thrown away
// if anything fails.
func (f *File) open(first ...string) error {
	var err error
	if f.c, err = openConn(f.name, true); err != nil { // the file is locked already
		return f.describe(err)
	}
	settings := []string{"PRAGMA page_size = 4096", "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF",
		"PRAGMA cache_size = -16384", "PRAGMA temp_store = FILE"}
	for _, sql := range slices.Concat(settings, first, []string{"BEGIN"}) {
		if err := f.c.Exec(sql); err != nil {
			return f.describe(err)
		}
	}
	return nil
}

// inserted is a table that SQLite writes row by row.
type inserted struct {
	t    *table
	stmt *sqlread.Stmt
}

func (f *File) inserted(t *table) (*inserted, error) {
	if err := f.c.Exec(t.create()); err != nil {
		return nil, f.describe(err)
	}
	names := make([]string, len(t.present))
	for i, c := range t.present {
		names[i] = quote(t.shape.Columns[c].Name)
	}
	s, err := f.c.Prepare("INSERT INTO " + quote(t.shape.Name) + " (" + strings.Join(names, ", ") + ") VALUES (?" +
		strings.Repeat(", ?", len(names)-1) + ")")
	if err != nil {
		return nil, f.describe(err)
	}
	return &inserted{t, s}, nil
}

// insert implements inserter.
func (x *inserted) insert(row []pagefile.Value) error {
	for i, v := range row {
		if err := bind(x.stmt, i, v); err != nil {
			return err
		}
	}
	return x.stmt.Do(nil)
}

// bind sets parameter i, counted from 0.
func bind(s *sqlread.Stmt, i int, v pagefile.Value) error {
	switch v.Kind {
	case pagefile.Int:
		return s.BindInt(i, v.Int)
	case pagefile.Text:
		return s.BindStatic(i, v.Text)
	}
	return s.BindNull(i)
}

// index implements inserter.
func (x *inserted) index() error {
	x.stmt.Close()
	for _, column := range x.t.indexed() {
		if err := x.t.f.createIndex(x.t, column); err != nil {
			return err
		}
	}
	return nil
}

// close implements inserter.
func (x *inserted) close() error {
	x.stmt.Close()
	return nil
}

// indexed are the columns of the indexes, as far as the source has them.
func (t *table) indexed() []string {
	var columns []string
	for _, column := range t.shape.Indexes {
		if t.place(column) >= 0 {
			columns = append(columns, column)
		}
	}
	return columns
}

// place is the place of a column in a row, or -1.
func (t *table) place(column string) int {
	return slices.IndexFunc(t.present, func(i int) bool { return t.shape.Columns[i].Name == column })
}

// indexName is the name of an index.
func indexName(s *shape.Table, column string) string {
	return "sluice_" + strings.ToLower(s.Name+"_"+column)
}

// indexSQL is the statement that makes an index.
func indexSQL(s *shape.Table, column string) string {
	return "CREATE INDEX " + quote(indexName(s, column)) + " ON " + quote(s.Name) + " (" + quote(column) + ")"
}

// createIndex has SQLite make an index.
func (f *File) createIndex(t *table, column string) error {
	if err := f.c.Exec(indexSQL(t.shape, column)); err != nil {
		return f.describe(err)
	}
	return f.ctx.Err()
}
