package pglive

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"sluice/takes/feed"
)

// relation is a table of the database that is needed.
type relation struct {
	schema, name string
	kind         string // pg_class.relkind
	rows         int64  // as the server estimates
	bytes        int64  // on disk, with what is stored beside the rows
	rowBytes     int64  // without that
	usable       bool   // its schema may be used
	filtered     bool   // a policy hides rows from the user
	versions     bool   // its rows tell their versions to the user
	unversioned  bool   // they do not, although they have values too long to be compared
	columns      []string
	hidden       []string // columns without the right to read
	others       bool     // it has columns that are not needed
	mark, marked string   // name of the version of a row, and the column that it stands for; "" for none
	check        string   // column by which ranges are compared; "" if they are not
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
	switch {
	case column != r.mark:
		return quote(column)
	case r.marked == "":
		return "xmin"
	}
	return "xmin::text || '.' || " + r.length()
}

// length is the expression of that of the column that the version stands for.
func (r *relation) length() string { return "coalesce(octet_length(" + quote(r.marked) + "), -1)" }

// expressions are those of the columns that are read.
func (r *relation) expressions() string {
	var all []string
	for _, c := range r.names() {
		all = append(all, r.expression(c))
	}
	return strings.Join(all, ", ")
}

// setMarks lets the rows of the tables that are wanted so tell their versions.
func setMarks(tables []relation, want Wanted) {
	for i := range tables {
		r := &tables[i]
		m := want.Marked(r.name)
		if !r.versions {
			r.unversioned = m.Value != ""
			continue
		}
		r.mark, r.check = m.Mark, m.Mark
		for _, c := range r.columns {
			if strings.EqualFold(c, m.Value) {
				r.marked = c
			}
			if r.mark == "" && strings.EqualFold(c, m.Check) {
				r.check = c
			}
		}
	}
}

// table is the table as a sink is told of it.
func (r *relation) table() feed.Table {
	return feed.Table{Schema: r.schema, Name: r.name, Columns: r.names(), Check: r.check}
}

// Wanted says which tables and columns are needed, by plain name, whatever the
// case.
type Wanted interface {
	Tables() []string
	Columns(table string) []string
	// Marked says how the rows of a table tell their versions.
	Marked(table string) feed.Marked
}

// relations lists the needed tables of all schemas.
func (d *database) relations(ctx context.Context, want Wanted) ([]relation, error) {
	var names []string
	for _, t := range want.Tables() {
		names = append(names, literal(strings.ToLower(t)))
	}
	rows, err := d.query(ctx, `SELECT n.nspname, c.relname, c.relkind,
			-- Only what has rows of its own tells how many and how large; before it was analysed it counts 0.
			CASE WHEN c.relkind IN ('r', 'm') AND (c.reltuples > 0 OR c.relpages > 0) THEN c.reltuples::int8 ELSE -1 END,
			CASE WHEN c.relkind IN ('r', 'm') THEN pg_catalog.pg_table_size(c.oid) ELSE -1 END,
			CASE WHEN c.relkind IN ('r', 'm') THEN pg_catalog.pg_relation_size(c.oid) ELSE -1 END,
			pg_catalog.has_schema_privilege(n.oid, 'USAGE'), pg_catalog.row_security_active(c.oid),
			-- A right on single columns is none on that of the version.
			CASE WHEN c.relkind = 'r' THEN pg_catalog.has_column_privilege(c.oid, 'xmin', 'SELECT') ELSE false END,
			a.attname, pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT')
		FROM pg_catalog.pg_class c
		JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
		WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\_%'
			AND pg_catalog.lower(c.relname) IN (`+strings.Join(names, ", ")+`)
		ORDER BY n.nspname, c.relname, a.attnum`)
	if err != nil {
		return nil, err
	}
	var list []relation
	for _, r := range rows {
		schema, name := string(r[0]), string(r[1])
		if n := len(list); n == 0 || list[n-1].schema != schema || list[n-1].name != name {
			list = append(list, relation{schema: schema, name: name, kind: string(r[2]), rows: parse(r[3]), bytes: parse(r[4]), rowBytes: parse(r[5]),
				usable: string(r[6]) == "t", filtered: string(r[7]) == "t", versions: string(r[8]) == "t"})
		}
		last := &list[len(list)-1]
		column := string(r[9])
		if !slices.ContainsFunc(want.Columns(name), func(c string) bool { return strings.EqualFold(c, column) }) {
			last.others = true
			continue
		}
		last.columns = append(last.columns, column)
		if string(r[10]) != "t" {
			last.hidden = append(last.hidden, column)
		}
	}
	return list, nil
}

func parse(b []byte) int64 {
	n, err := strconv.ParseInt(string(b), 10, 64)
	if err != nil {
		return -1
	}
	return n
}

// inOneSchema keeps the tables of the schema that is asked for, or of the only
// one that holds the marks of Confluence.
func (d *database) inOneSchema(all []relation, marks []string) ([]relation, error) {
	bySchema := map[string][]relation{}
	for _, r := range all {
		bySchema[r.schema] = append(bySchema[r.schema], r)
	}
	if d.o.Schema != "" {
		if found := bySchema[d.o.Schema]; found != nil {
			return found, nil
		}
		return nil, feed.Damaged("the schema %q at %s holds none of Confluence's tables, or is not visible to %s", d.o.Schema, d.address, d.user)
	}
	var fitting []string
	for schema, tables := range bySchema {
		has := func(mark string) bool {
			return slices.ContainsFunc(tables, func(r relation) bool { return strings.EqualFold(r.name, mark) })
		}
		if !slices.ContainsFunc(marks, func(mark string) bool { return !has(mark) }) {
			fitting = append(fitting, schema)
		}
	}
	slices.Sort(fitting)
	switch len(fitting) {
	case 1:
		return bySchema[fitting[0]], nil
	case 0:
		return nil, feed.Damaged("the database at %s holds no Confluence: no schema that %s can see has the tables %s", d.address, d.user, strings.Join(marks, ", "))
	}
	return nil, feed.Damaged("the database at %s holds Confluence's tables in several schemas (%s): name one with --schema", d.address, strings.Join(fitting, ", "))
}
