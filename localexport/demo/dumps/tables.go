package dumps

import (
	"fmt"
	"strconv"
	"strings"

	"sluice/localexport/sqlread"
)

// kind is the type of a column, as the product declares it.
type kind uint8

const (
	bigint kind = iota
	integer
	smallint
	varchar
	char
	text
	timestamp
)

type column struct {
	name    string
	kind    kind
	size    int // of varchar and char
	notNull bool
}

// index is an index or a key of a table.
type index struct {
	name    string
	columns []string
	unique  bool // part of the table's definition
}

// table is a table of the demo.
type table struct {
	name    string
	columns []column
	key     []string
	indexes []index
}

// times are the columns that the product declares as timestamp.
var times = map[string]bool{"created_date": true, "updated_date": true, "creationdate": true, "lastmoddate": true, "installdate": true, "dateval": true}

// readTables reads what tables there are, and what is declared about them.
func readTables(c *sqlread.Conn) ([]*table, error) {
	var tables []*table
	err := c.Each("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid", func(s *sqlread.Stmt) error {
		tables = append(tables, &table{name: string(s.Bytes(0))})
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		if err := t.readColumns(c); err != nil {
			return nil, fmt.Errorf("read columns of %s: %w", t.name, err)
		}
		if err := t.readIndexes(c); err != nil {
			return nil, fmt.Errorf("read indexes of %s: %w", t.name, err)
		}
	}
	return tables, nil
}

func (t *table) readColumns(c *sqlread.Conn) error {
	return c.Each(`SELECT name, type, "notnull", pk FROM pragma_table_info(?) ORDER BY cid`, func(s *sqlread.Stmt) error {
		x := column{name: string(s.Bytes(0)), notNull: s.Int(2) != 0}
		isKey := s.Int(3) != 0
		x.kind, x.size = kindOf(string(s.Bytes(1)), x.name, isKey)
		if isKey {
			t.key = append(t.key, x.name)
		}
		t.columns = append(t.columns, x)
		return nil
	}, t.name)
}

// kindOf is the product's type of a column that the demo declares so.
func kindOf(declared, name string, isKey bool) (kind, int) {
	base, rest, _ := strings.Cut(declared, "(")
	size, _ := strconv.Atoi(strings.TrimSuffix(rest, ")"))
	switch {
	case base == "BIGINT", base == "INTEGER" && isKey:
		return bigint, 0
	case base == "INTEGER":
		return integer, 0
	case base == "SMALLINT":
		return smallint, 0
	case base == "VARCHAR":
		return varchar, size
	case base == "CHAR":
		return char, size
	case times[name]:
		return timestamp, 0
	}
	return text, 0
}

func (t *table) readIndexes(c *sqlread.Conn) error {
	err := c.Each(`SELECT name, origin FROM pragma_index_list(?) WHERE origin IN ('u', 'c') ORDER BY name`, func(s *sqlread.Stmt) error {
		t.indexes = append(t.indexes, index{name: string(s.Bytes(0)), unique: string(s.Bytes(1)) == "u"})
		return nil
	}, t.name)
	if err != nil {
		return err
	}
	for i := range t.indexes {
		x := &t.indexes[i]
		err := c.Each(`SELECT name FROM pragma_index_info(?) ORDER BY seqno`, func(s *sqlread.Stmt) error {
			x.columns = append(x.columns, string(s.Bytes(0)))
			return nil
		}, x.name)
		if err != nil {
			return err
		}
		if x.unique {
			x.name = t.name + "_" + strings.Join(x.columns, "_") + "_key"
		}
	}
	return nil
}

// each calls f with each row, in the order of the file.
func (t *table) each(c *sqlread.Conn, f func(*sqlread.Stmt) error) error {
	names := make([]string, len(t.columns))
	for i, x := range t.columns {
		names[i] = sqlread.Quote(x.name)
	}
	if err := c.Each("SELECT "+strings.Join(names, ", ")+" FROM "+sqlread.Quote(t.name)+" ORDER BY rowid", f); err != nil {
		return fmt.Errorf("read table %s: %w", t.name, err)
	}
	return nil
}
