// Package dumps writes a demo snapshot as the dumps and backups that
// administrators have, so that everyone can try how a snapshot is taken of them.
package dumps

import (
	"bufio"
	"context"
	"fmt"
	"io"

	"sluice/localexport/sqlread"
)

// Form is a form in which a demo can be written.
type Form string

// The forms.
const (
	SQLite    Form = "sqlite"
	PgSQL     Form = "pgsql"     // text of pg_dump
	PgDump    Form = "pgdump"    // custom archive of pg_dump
	MySQLDump Form = "mysqldump" // text of mysqldump
	XML       Form = "xml"       // zip archive of an XML backup
)

// bufferSize is how much is written at once.
const bufferSize = 256 << 10

// Write writes the demo snapshot at path to w in a form other than SQLite, from
// the beginning of w.
func Write(ctx context.Context, path string, w io.WriteSeeker, form Form) error {
	c, err := sqlread.Open(ctx, path, sqlread.OpenOptions{})
	if err != nil {
		return fmt.Errorf("open the demo: %w", err)
	}
	defer c.Close()
	tables, err := readTables(c)
	if err != nil {
		return err
	}
	if form == PgDump {
		return writeArchive(c, tables, w)
	}
	b := bufio.NewWriterSize(w, bufferSize)
	switch form {
	case PgSQL:
		err = writePostgres(c, tables, b)
	case MySQLDump:
		err = writeMySQL(c, tables, b)
	case XML:
		err = writeBackup(c, b)
	default:
		return fmt.Errorf("a demo cannot be written as %q", form)
	}
	if err != nil {
		return err
	}
	return b.Flush()
}
