package query

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"regexp"
	"strings"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"sluice/csvfile"
	"sluice/wording"
)

// connector opens databases that are empty and in memory with a driver.
type connector struct{ d *sqlite.Driver }

// Connect opens one. A text in double quotes that names nothing is an error there, and no text.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	return c.d.Open("file::memory:?_dqs=0")
}

// Driver is the driver.
func (c connector) Driver() driver.Driver { return c.d }

// open opens one with what statements can use besides tables: x REGEXP y, with the expressions
// of RE2.
func open(d *sqlite.Driver) (*sql.DB, error) {
	var last *regexp.Regexp // a statement asks with the same for every row
	err := d.RegisterDeterministicScalarFunction("regexp", 2, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		if args[0] == nil || args[1] == nil {
			return nil, nil
		}
		pattern := fmt.Sprint(args[0])
		if last == nil || last.String() != pattern {
			re, err := regexp.Compile(pattern)
			if err != nil {
				return nil, wording.Errorf("%q is no regular expression: %w", pattern, err)
			}
			last = re
		}
		if text, ok := args[1].(string); ok {
			return last.MatchString(text), nil
		}
		return last.Match(appendValue(nil, args[1])), nil
	})
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(connector{d})
	db.SetMaxOpenConns(1)
	return db, nil
}

// guard asks permit for all that statements of a connection do from now on.
func guard(conn *sql.Conn, permit sqlite.AuthorizerFn) error {
	return conn.Raw(func(c any) error {
		a, ok := c.(sqlite.AuthorizerRegisterer)
		if !ok {
			return wording.New("SQLite cannot be kept from writing")
		}
		return a.RegisterAuthorizer(permit)
	})
}

// quoted is a name as SQL has it.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// definition are all columns of a table.
func (t *table) definition() string {
	var defs []string
	for _, name := range t.columns {
		defs = append(defs, quoted(name)+" TEXT")
	}
	return strings.Join(defs, ", ")
}

// asked are the columns that the statement asks for, with their types. There are no others in
// a run: SQLite does not tell columns behind the 63rd apart, and would want the cells of all of
// them for one.
func (t *table) asked() string {
	var defs []string
	for i, column := range t.used {
		kind := "TEXT"
		switch t.types[i] {
		case csvfile.TypeInteger:
			kind = "INTEGER"
		case csvfile.TypeDecimal:
			kind = "REAL"
		}
		defs = append(defs, quoted(t.columns[column])+" "+kind)
	}
	if len(defs) == 0 {
		return "none" // where rows are only counted; a table has a column
	}
	return strings.Join(defs, ", ")
}

// prepare makes the tables of a run in an empty database. Each is a view of a virtual table:
// since it has a LIMIT, SQLite does not read a file again for each row of another that it is
// joined with, but puts the columns asked for aside once, with an index.
func (r *run) prepare(ctx context.Context, conn *sql.Conn) error {
	if _, err := sqlite.Limit(conn, lib.SQLITE_LIMIT_LENGTH, mostValue); err != nil {
		return err
	}
	work := r.tables[0].file.WorkDir()
	setup := []string{
		"PRAGMA temp_store = 1",
		"PRAGMA temp_store_directory = '" + strings.ReplaceAll(work, "'", "''") + "'",
		fmt.Sprintf("PRAGMA cache_size = -%d", r.memory>>10), // in KB where it is negative
	}
	for i, t := range r.tables {
		rows := fmt.Sprintf("rows of table %d", i)
		setup = append(setup, fmt.Sprintf("CREATE VIRTUAL TABLE %s USING %s(%d)", quoted(rows), moduleName, i),
			fmt.Sprintf("CREATE VIEW %s AS SELECT * FROM %s LIMIT -1", quoted(t.name), quoted(rows)))
	}
	for _, s := range setup {
		if _, err := conn.ExecContext(ctx, s); err != nil {
			return wording.Errorf("prepare the tables: %w", plain(err))
		}
	}
	return guard(conn, (&asking{columns: map[string]map[string]bool{}}).permit)
}
