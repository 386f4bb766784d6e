package dbfile

import (
	"fmt"
	"strings"

	"sluice/localexport/sqlread"
	"sluice/takes/feed"
	"sluice/takes/pagefile"
	"sluice/takes/shape"
)

// settle completes the pages of tables, and gives the file to SQLite: after it, the
// tables have their names and rows.
func (f *File) settle() error {
	if f.c != nil {
		return nil
	}
	if f.pages == nil {
		return f.open()
	}
	schema := []string{"PRAGMA writable_schema = ON"}
	for i := range shape.Tables {
		t := f.tables[strings.ToLower(shape.Tables[i].Name)]
		if t == nil {
			continue
		}
		entries, err := t.rows.(*paged).end()
		if err != nil {
			return f.describe(err)
		}
		schema = append(schema, entries...)
	}
	if err := f.pages.Finish(); err != nil {
		return f.describe(err)
	}
	return f.open(append(schema, "PRAGMA writable_schema = RESET")...)
}

// entry is the statement that enters a table or index into the schema.
func entry(kind, name, table string, root uint32, sql string) string {
	return fmt.Sprintf("INSERT INTO sqlite_schema VALUES ('%s', %s, %s, %d, %s)", kind, literal(name), literal(table), root, sql)
}

func literal(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// asNumber is what SQLite keeps of a text in a column of numbers.
func (f *File) asNumber(v pagefile.Value) (pagefile.Value, error) {
	if f.keep == nil {
		var err error
		if f.kept, err = openConn(sqlread.Memory, false); err != nil {
			return v, err
		}
		if err := f.kept.Exec("CREATE TABLE kept (v INTEGER)"); err != nil {
			return v, err
		}
		if f.keep, err = f.kept.Prepare("REPLACE INTO kept (rowid, v) VALUES (1, ?) RETURNING v"); err != nil {
			return v, err
		}
	}
	if err := f.keep.BindStatic(0, v.Text); err != nil {
		return v, err
	}
	err := f.keep.Do(func() {
		switch f.keep.Kind(0) {
		case sqlread.Integer:
			v = pagefile.Value{Kind: pagefile.Int, Int: f.keep.Int(0)}
		case sqlread.Real:
			v = pagefile.Value{Kind: pagefile.Real, Real: f.keep.Float(0)}
		}
	})
	return v, err
}

// textTwice is the error about a key that is text and comes twice.
func (t *table) textTwice() error {
	return feed.Damaged("table %s: a key %s comes twice: the source holds rows twice", t.source, t.shape.Columns[t.shape.KeyIndex()].Name)
}
