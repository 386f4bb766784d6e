package demo

import (
	"fmt"
	"strconv"
	"strings"

	"sluice/localexport/sqlread"
)

// createThinned creates the index on the contentid of bodycontent without the rows that have these keys, as a fault
// would leave it, and changes nothing else.
//
// SQL can't do that directly. But an index may be a partial one; so it is built as such, and then its definition in
// the schema is replaced by the one of the full index.
func createThinned(conn *sqlread.Conn, definition string, missing []int64) error {
	list := make([]string, len(missing))
	for i, id := range missing {
		list[i] = strconv.FormatInt(id, 10)
	}
	partial := definition + " WHERE bodycontentid NOT IN (" + strings.Join(list, ",") + ")"
	if err := conn.Exec(partial); err != nil {
		return err
	}
	if err := conn.Exec("PRAGMA writable_schema = ON"); err != nil {
		return fmt.Errorf("open the schema: %w", err)
	}
	err := conn.Run("UPDATE sqlite_schema SET sql = ? WHERE type = 'index' AND name = ?", definition, bodyIndex)
	if err != nil {
		return fmt.Errorf("replace the definition: %w", err)
	}
	// RESET also makes this connection read the schema again, so that it does not go on with the old definition.
	if err := conn.Exec("PRAGMA writable_schema = RESET"); err != nil {
		return fmt.Errorf("close the schema: %w", err)
	}
	return nil
}
