package demo

import (
	"fmt"
	"strconv"
	"strings"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// thinOut leaves the rows of bodycontent with these keys out of the index on its contentid, as a fault would, and
// changes nothing else.
//
// SQL can't do that directly. But an index may be a partial one; so it is built as such, and then its definition in
// the schema is replaced by the one of a full index.
func thinOut(conn *sqlite.Conn, missing []int64) error {
	full := ""
	err := sqlitex.Execute(conn, "SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?", &sqlitex.ExecOptions{
		Args: []any{bodyIndex},
		ResultFunc: func(stmt *sqlite.Stmt) error {
			full = stmt.ColumnText(0)
			return nil
		},
	})
	if err != nil {
		return fmt.Errorf("read the definition of %s: %w", bodyIndex, err)
	}
	list := make([]string, len(missing))
	for i, id := range missing {
		list[i] = strconv.FormatInt(id, 10)
	}
	partial := full + " WHERE bodycontentid NOT IN (" + strings.Join(list, ",") + ")"
	for _, statement := range []string{"DROP INDEX " + bodyIndex, partial} {
		if err := sqlitex.ExecuteTransient(conn, statement, nil); err != nil {
			return fmt.Errorf("rebuild %s: %w", bodyIndex, err)
		}
	}
	return redefine(conn, full)
}

// redefine replaces the definition of the index in the schema.
func redefine(conn *sqlite.Conn, definition string) error {
	if err := sqlitex.ExecuteTransient(conn, "PRAGMA writable_schema = ON", nil); err != nil {
		return fmt.Errorf("open the schema: %w", err)
	}
	err := sqlitex.Execute(conn, "UPDATE sqlite_schema SET sql = ? WHERE type = 'index' AND name = ?",
		&sqlitex.ExecOptions{Args: []any{definition, bodyIndex}})
	if err != nil {
		return fmt.Errorf("redefine %s: %w", bodyIndex, err)
	}
	if err := sqlitex.ExecuteTransient(conn, "PRAGMA writable_schema = OFF", nil); err != nil {
		return fmt.Errorf("close the schema: %w", err)
	}
	return nil
}
