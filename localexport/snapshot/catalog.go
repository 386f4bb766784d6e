package snapshot

import (
	"slices"
	"strings"

	"sluice/localexport/sqlread"
	"sluice/sqliteformat"
	"sluice/wording"
)

// Table is a table of the snapshot under its plain name.
type Table struct {
	Name    string // as the file spells it
	Columns []Column
	Indexes []Index
	// Rowid is the name under which SQL reaches the row number of the table;
	// empty if the table has none (WITHOUT ROWID) or hides it.
	Rowid string

	alias    int // column that is the row number, or -1
	root     int64
	numbered bool // its rows have numbers: it is not WITHOUT ROWID
	strict   bool
}

// Column is a column of a table.
type Column struct {
	Name     string
	Affinity sqliteformat.Affinity
}

// Index is an index over columns of all rows of a table, in ascending order.
type Index struct {
	Name    string
	Columns []string // as the file spells them
	Unique  bool
}

// Column returns the column of the given name, whatever its case.
func (t *Table) Column(name string) (Column, bool) {
	if i := t.index(name); i >= 0 {
		return t.Columns[i], true
	}
	return Column{}, false
}

func (t *Table) index(name string) int {
	return slices.IndexFunc(t.Columns, func(c Column) bool { return strings.EqualFold(c.Name, name) })
}

// IsRowid reports whether the column is the row number of the table, so that
// rows lie in its order and are found by it at once.
func (t *Table) IsRowid(name string) bool { return t.alias >= 0 && t.index(name) == t.alias }

// IndexOn returns an index that begins with the column, shortest first.
func (t *Table) IndexOn(column string) (Index, bool) {
	var best Index
	for _, x := range t.Indexes {
		if strings.EqualFold(x.Columns[0], column) && (best.Columns == nil || len(x.Columns) < len(best.Columns)) {
			best = x
		}
	}
	return best, best.Columns != nil
}

// NumberIndex is the index that finds rows by a whole number in the column: one whose
// order is that of numbers.
func (t *Table) NumberIndex(column string) (Index, bool) {
	c, _ := t.Column(column)
	index, ok := t.IndexOn(column)
	return index, ok && c.Affinity.Numeric()
}

// NotNumber is the condition of SQL that the value of a column is there and no number.
// Texts are above all numbers, and blobs above all texts: an index has them at its end.
func NotNumber(column string) string { return column + " >= ''" }

// TextIndex is the index that finds rows by a text in the column.
func (t *Table) TextIndex(column string) (Index, bool) {
	c, _ := t.Column(column)
	index, ok := t.IndexOn(column)
	return index, ok && c.Affinity == sqliteformat.AffinityText
}

// From is the table as SQL names it in a FROM clause, read in the order of the
// row number.
func (t *Table) From(alias string) string {
	return sqlread.Quote(t.Name) + " AS " + alias + " NOT INDEXED"
}

// readCatalog lists the tables of the file by their lower-case plain names.
func readCatalog(c *sqlread.Conn) (map[string]*Table, []string, error) {
	var tables []*Table
	var others []string // names of views and virtual tables
	err := c.Each(`SELECT name, type, wr, strict FROM pragma_table_list WHERE schema = 'main' ORDER BY name`, func(s *sqlread.Stmt) error {
		name := string(s.Bytes(0))
		switch {
		case strings.HasPrefix(name, "sqlite_"):
		case string(s.Bytes(1)) != "table":
			others = append(others, name)
		default:
			t := &Table{Name: name, alias: -1, numbered: s.Int(2) == 0, strict: s.Int(3) != 0}
			tables = append(tables, t)
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	for _, t := range tables {
		if err := t.read(c); err != nil {
			return nil, nil, wording.Errorf("table %s: %w", t.Name, err)
		}
	}
	return plainNames(tables), others, nil
}

// plainNames gives each table the name that it has without a schema prefix:
// "public.content" and "public_content" are content. A prefix that is joined by
// an underscore is found by its bodycontent table.
func plainNames(tables []*Table) map[string]*Table {
	prefixes := []string{"public_"}
	for _, t := range tables {
		lower := strings.ToLower(t.Name)
		if p, ok := strings.CutSuffix(lower, "_bodycontent"); ok {
			prefixes = append(prefixes, p+"_")
		}
	}
	named := make(map[string]*Table, len(tables))
	add := func(name string, t *Table) {
		if _, taken := named[name]; !taken {
			named[name] = t
		}
	}
	for _, t := range tables {
		add(strings.ToLower(t.Name), t)
	}
	for _, t := range tables {
		lower := strings.ToLower(t.Name)
		if i := strings.LastIndexByte(lower, '.'); i >= 0 {
			add(lower[i+1:], t)
		}
		for _, p := range prefixes {
			if plain, ok := strings.CutPrefix(lower, p); ok {
				add(plain, t)
			}
		}
	}
	return named
}

func (t *Table) read(c *sqlread.Conn) error {
	var keys []int
	var names, types []string
	err := c.Each(`SELECT name, type, pk, hidden FROM pragma_table_xinfo(?) ORDER BY cid`, func(s *sqlread.Stmt) error {
		if s.Int(3) == 1 { // a column of a virtual table
			return nil
		}
		name, kind := string(s.Bytes(0)), string(s.Bytes(1))
		if s.Int(2) > 0 {
			keys = append(keys, len(t.Columns))
		}
		t.Columns = append(t.Columns, Column{Name: name, Affinity: sqliteformat.AffinityOf(kind, t.strict)})
		names, types = append(names, name), append(types, kind)
		return nil
	}, t.Name)
	if err != nil {
		return err
	}
	keyIndex, err := t.readIndexes(c)
	if err != nil {
		return err
	}
	if t.root, _, err = c.Int(`SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = ?`, t.Name); err != nil {
		return err
	}
	if t.numbered {
		t.alias = sqliteformat.RowNumber(types, keys, keyIndex)
		t.Rowid = sqliteformat.RowNumberName(names, t.alias)
	}
	return nil
}

// readIndexes lists the indexes that hold all rows, and reports whether the
// primary key has one of its own.
func (t *Table) readIndexes(c *sqlread.Conn) (keyIndex bool, err error) {
	err = c.Each(`SELECT name, "unique", origin, partial FROM pragma_index_list(?) ORDER BY seq`, func(s *sqlread.Stmt) error {
		if string(s.Bytes(2)) == "pk" {
			keyIndex = true
		}
		if s.Int(3) == 0 {
			t.Indexes = append(t.Indexes, Index{Name: string(s.Bytes(0)), Unique: s.Int(1) != 0})
		}
		return nil
	}, t.Name)
	if err != nil {
		return false, err
	}
	kept := t.Indexes[:0]
	for _, x := range t.Indexes {
		plain := true
		err := c.Each(`SELECT name, "desc", coll FROM pragma_index_xinfo(?) WHERE key = 1 ORDER BY seqno`, func(s *sqlread.Stmt) error {
			x.Columns = append(x.Columns, string(s.Bytes(0)))
			first := len(x.Columns) == 1
			if s.IsNull(0) || first && (s.Int(1) != 0 || !strings.EqualFold(string(s.Bytes(2)), "BINARY")) {
				plain = false // over an expression, or in another order than that of the values
			}
			return nil
		}, x.Name)
		if err != nil {
			return false, err
		}
		if plain && len(x.Columns) > 0 {
			kept = append(kept, x)
		}
	}
	t.Indexes = kept
	return keyIndex, nil
}
