package sqlitefile

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"sluice/sqliteformat"
)

// Table is a table that can be read.
type Table struct {
	Name    string // as in the schema
	Columns []Column
	// RowidColumn is the column that stands for the rowid (INTEGER PRIMARY
	// KEY), -1 if there is none.
	RowidColumn int

	root uint32
}

// Column is a column of a table.
type Column struct {
	Name string
	Type string // as declared, "" if it was not

	hasDefault bool   // other than NULL
	collation  string // "" if none is declared
}

// Index is an index that can be read in order.
type Index struct {
	Name    string
	Columns []string // the key

	table *Table
	root  uint32
}

// schemaEntry is a row of sqlite_schema.
type schemaEntry struct {
	kind, name, table string
	root              int64
	sql               string // "" if null
}

// schemaTable is the table that lists the others (file format §2.6).
var schemaTable = &Table{
	Name:        "sqlite_schema",
	Columns:     []Column{{Name: "type"}, {Name: "name"}, {Name: "tbl_name"}, {Name: "rootpage"}, {Name: "sql"}},
	RowidColumn: -1,
	root:        1,
}

// maxSchema limits the text of a schema: 16 MiB.
const maxSchema = 16 << 20

// readSchema reads all of sqlite_schema.
func (f *File) readSchema() error {
	var total int
	columns := []string{"type", "name", "tbl_name", "rootpage", "sql"}
	err := f.Scan(context.Background(), schemaTable, All, columns, func(row *Row) error {
		var text [5]string
		for i := range columns {
			if total += row.Size(i); total > maxSchema {
				return unsupported(f.path, "its schema is longer than %d bytes", maxSchema)
			}
			b, err := row.Bytes(i)
			if err != nil {
				return err
			}
			text[i] = string(b)
		}
		f.schema = append(f.schema, schemaEntry{kind: text[0], name: text[1], table: text[2], root: row.Int(3), sql: text[4]})
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the schema: %w", err)
	}
	return nil
}

// Table finds a table by its name, in any case of ASCII letters. The error matches
// ErrNotFound if there is none, ErrUnsupported if only SQLite can read it.
func (f *File) Table(name string) (*Table, error) {
	for _, e := range f.schema {
		if !sqliteformat.SameName(e.name, name) || e.kind != "table" && e.kind != "view" {
			continue
		}
		subject := e.kind + " " + e.name
		if e.kind == "view" {
			return nil, unsupported(subject, "it is computed")
		}
		columns, err := parseTable(e.sql)
		if err != nil {
			return nil, unsupported(subject, "%v", err)
		}
		root, err := f.root(e)
		if err != nil {
			return nil, err
		}
		return &Table{Name: e.name, Columns: columns.list, RowidColumn: columns.alias, root: root}, nil
	}
	return nil, fmt.Errorf("table %s in %s: %w", name, f.path, ErrNotFound)
}

func (f *File) root(e schemaEntry) (uint32, error) {
	if e.root < 2 || e.root > int64(f.shape.pages) {
		return 0, f.damaged(1, "the schema places %s at page %d of %d", e.name, e.root, f.shape.pages)
	}
	return uint32(e.root), nil
}

// Column returns the place of a column in Columns by its name, in any case of
// ASCII letters, or -1.
func (t *Table) Column(name string) int {
	for i := range t.Columns {
		if sqliteformat.SameName(t.Columns[i].Name, name) {
			return i
		}
	}
	return -1
}

// Index finds the index of t whose key is exactly the given columns. The error
// matches ErrNotFound if there is none that can be read in order, and
// ErrUnsupported too if there is one that only SQLite can.
func (f *File) Index(t *Table, columns ...string) (*Index, error) {
	notFound := fmt.Errorf("index on %s (%s): %w", t.Name, strings.Join(columns, ", "), ErrNotFound)
	for _, e := range f.schema {
		if e.kind != "index" || !sqliteformat.SameName(e.table, t.Name) || e.sql == "" {
			continue
		}
		key, err := parseIndex(e.sql)
		if !sameNames(key, columns) {
			continue
		}
		if err == nil {
			err = t.checkKey(key)
		}
		if err != nil {
			notFound = errors.Join(notFound, unsupported("index "+e.name, "%v", err))
			continue
		}
		root, err := f.root(e)
		if err != nil {
			return nil, err
		}
		return &Index{Name: e.name, Columns: key, table: t, root: root}, nil
	}
	return nil, notFound
}

// checkKey looks whether the key's order is that of its columns' bytes.
func (t *Table) checkKey(key []string) error {
	for _, name := range key {
		i := t.Column(name)
		if i < 0 {
			return fmt.Errorf("%q is no column of the table", name)
		}
		if c := t.Columns[i].collation; c != "" && !sqliteformat.SameName(c, "BINARY") {
			return fmt.Errorf("column %s is collated by %s", name, c)
		}
	}
	return nil
}

// layout prepares the reading of columns.
func (t *Table) layout(columns []string) (*layout, error) {
	l := &layout{name: t.Name, alias: t.RowidColumn, wanted: len(columns)}
	for _, c := range t.Columns {
		l.slots = append(l.slots, -1)
		l.real = append(l.real, isReal(c.Type))
		l.defaults = append(l.defaults, c.hasDefault)
	}
	for slot, name := range columns {
		i := t.Column(name)
		if i < 0 {
			return nil, fmt.Errorf("column %s of table %s: %w", name, t.Name, ErrNotFound)
		}
		if l.slots[i] >= 0 {
			return nil, fmt.Errorf("column %s of table %s is named twice", name, t.Name)
		}
		l.slots[i] = int16(slot)
	}
	return l, nil
}

// layout prepares the reading of an index: the key, then the rowid.
func (x *Index) layout() *layout {
	l := &layout{name: x.Name, alias: -1, wanted: len(x.Columns) + 1, exact: true}
	for slot := range l.wanted {
		l.slots = append(l.slots, int16(slot))
		l.defaults = append(l.defaults, false)
	}
	for _, name := range x.Columns {
		i := x.table.Column(name)
		l.real = append(l.real, i != x.table.RowidColumn && isReal(x.table.Columns[i].Type))
	}
	l.real = append(l.real, false)
	return l
}

// isReal reports whether a declared type gives the affinity REAL: then reals without
// a fraction are stored as integers. In a strict table, no other type does either.
func isReal(declared string) bool {
	return sqliteformat.AffinityOf(declared, false) == sqliteformat.AffinityReal
}

func sameNames(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !sqliteformat.SameName(a[i], b[i]) {
			return false
		}
	}
	return true
}
