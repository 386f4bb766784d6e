package mylive

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sluice/takes/feed"
)

// relation is a table of the database that is needed.
type relation struct {
	name    string
	engine  string // "" for a view
	rows    int64  // as the server estimates; -1 if it does not know
	bytes   int64
	columns []string
	bits    []bool // columns of the type BIT, whose text is bytes
	// mark is the name of the version of a row, marked the column that it stands
	// for; "" for none.
	mark, marked string
}

// names are the columns that are read, with the version of the row.
func (r *relation) names() []string {
	if r.mark == "" {
		return r.columns
	}
	return append(slices.Clip(r.columns), r.mark)
}

// expression is that of a column.
func (r *relation) expression(column string) string {
	i := slices.Index(r.columns, column)
	switch {
	case i < 0:
		return markOf(r.marked)
	case r.bits[i]: // its text is bytes
		return quote(column) + " + 0"
	}
	return quote(column)
}

// setMarks lets the rows of tables with long values tell a version of these. Other
// rows are compared by their values.
func setMarks(tables []relation, want Wanted) {
	for i := range tables {
		r := &tables[i]
		m := want.Marked(r.name)
		for _, c := range r.columns {
			if m.Value != "" && strings.EqualFold(c, m.Value) {
				r.mark, r.marked = m.Mark, c
			}
		}
	}
}

// Wanted says which tables and columns are needed, by plain name, whatever the
// case.
type Wanted interface {
	Tables() []string
	Columns(table string) []string
	// MayLack reports whether there are Confluences without the table.
	MayLack(table string) bool
	// MayLackColumn reports the same of a column.
	MayLackColumn(table, column string) bool
	// Marked says how the rows of a table tell their versions.
	Marked(table string) feed.Marked
}

// relations lists the needed tables that the user can see: those on which it has
// a right.
func (d *database) relations(ctx context.Context, want Wanted) ([]relation, error) {
	var names []string
	for _, t := range want.Tables() {
		names = append(names, literal(strings.ToLower(t)))
	}
	rows, err := d.query(ctx, `SELECT t.TABLE_NAME, t.ENGINE, c.COLUMN_NAME, c.DATA_TYPE, t.TABLE_ROWS, t.DATA_LENGTH FROM information_schema.TABLES t
		JOIN information_schema.COLUMNS c ON c.TABLE_SCHEMA = t.TABLE_SCHEMA AND c.TABLE_NAME = t.TABLE_NAME
		WHERE t.TABLE_SCHEMA = DATABASE() AND LOWER(t.TABLE_NAME) IN (`+strings.Join(names, ", ")+`) ORDER BY BINARY t.TABLE_NAME, c.ORDINAL_POSITION`)
	if err != nil {
		return nil, err
	}
	var found []relation
	for _, r := range rows {
		if n := len(found); n == 0 || found[n-1].name != r[0] {
			found = append(found, relation{name: r[0], engine: r[1], rows: estimate(r[4]), bytes: estimate(r[5])})
		}
		last := &found[len(found)-1]
		if contains(want.Columns(r[0]), r[2]) {
			last.columns, last.bits = append(last.columns, r[2]), append(last.bits, strings.EqualFold(r[3], "bit"))
		}
	}
	return found, nil
}

func contains(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
}

// column is one of a table.
type column struct{ table, name string }

// rights are what was found out about those of the user.
type rights struct {
	denied  []string // tables that may not be read, or not in full
	missing []string // tables that are not there
	hidden  []string // tables that may not be read, if they are there
	unseen  []column // columns that may not be read, if they are there
	guessed bool     // the database may spell a denied table in another case
}

// find asks the server itself about each table. A table or column without any
// right is not listed, as if it did not exist.
func (d *database) find(ctx context.Context, tables []relation, want Wanted) (rights, error) {
	var r rights
	for _, t := range tables {
		if err := d.findIn(ctx, t, want, &r); err != nil {
			return r, err
		}
	}
	for _, name := range want.Tables() {
		if slices.ContainsFunc(tables, func(t relation) bool { return strings.EqualFold(t.name, name) }) {
			continue
		}
		switch n, err := d.probe(ctx, "1", name); {
		case err != nil:
			return r, err
		case n == tableDenied && want.MayLack(name):
			r.hidden = append(r.hidden, name)
		case n == tableDenied:
			r.denied, r.guessed = append(r.denied, name), d.cased
		default:
			r.missing = append(r.missing, name)
		}
	}
	return r, nil
}

// findIn asks about the columns of a table. With rights on single columns only, the
// server says the same about one that is hidden and one that does not exist.
func (d *database) findIn(ctx context.Context, t relation, want Wanted, r *rights) error {
	listed := "1"
	if len(t.columns) > 0 {
		listed = list(t.columns)
	}
	n, err := d.probe(ctx, listed, t.name)
	if err != nil {
		return err
	}
	denied := n == tableDenied || n == columnDenied
	for _, c := range want.Columns(t.name) {
		if denied || contains(t.columns, c) {
			continue
		}
		switch n, err := d.probe(ctx, quote(c), t.name); {
		case err != nil:
			return err
		case n != tableDenied && n != columnDenied:
		case want.MayLackColumn(t.name, c):
			r.unseen = append(r.unseen, column{t.name, c})
		default:
			denied = true
		}
	}
	if denied {
		r.denied = append(r.denied, t.name)
	}
	return nil
}

// probe asks for no row of a table, and returns what the server has against it: a
// right that lacks, a table or column that does not exist, or 0.
func (d *database) probe(ctx context.Context, columns, table string) (uint16, error) {
	_, err := d.query(ctx, fmt.Sprintf("SELECT %s FROM %s.%s LIMIT 0", columns, quote(d.name), quote(table)))
	if n := number(err); slices.Contains([]uint16{tableDenied, columnDenied, noTable, noColumn}, n) {
		return n, nil
	}
	return 0, err
}

// check says exactly what is missing, before the first row is read. Marks are the
// tables by which Confluence is recognised.
func (d *database) check(r rights, marks []string) error {
	for _, mark := range marks {
		if contains(r.missing, mark) {
			return feed.Damaged("the database at %s holds no Confluence: it has no table %s", d.address, mark)
		}
	}
	if len(r.denied) == 0 {
		return nil
	}
	spelling := ""
	if r.guessed {
		spelling = "\nThe server shows no names of tables without a right, and tells upper from lower case: write them as SHOW TABLES does."
	}
	return feed.Denied("the user %s may not read all that is needed of the database at %s. An administrator of the database can allow it with\n  %s%s", d.user, d.address, strings.Join(d.grants(r.denied), "\n  "), spelling)
}

// grants are the statements that let the user read tables, one for each.
func (d *database) grants(tables []string) []string {
	var grants []string
	for _, t := range tables {
		grants = append(grants, fmt.Sprintf("GRANT SELECT ON %s.%s TO %s;", quote(d.name), quote(t), d.user))
	}
	return grants
}
