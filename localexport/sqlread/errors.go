package sqlread

import (
	"errors"
	"fmt"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// Error is an error that SQLite reports.
type Error struct {
	Code    int32 // extended result code
	Message string
	SQL     string // the statement, or ""
}

func (e *Error) Error() string {
	return fmt.Sprintf("SQLite: %s (code %d)", e.Message, e.Code)
}

// ErrCorrupt is matched by errors about a damaged file: a page that makes no
// sense, or an index entry without its row.
var ErrCorrupt = errors.New("the database file is damaged")

// ErrTooBig is matched by errors about a value that is longer than the limit.
var ErrTooBig = errors.New("value too long")

// Is makes the error match ErrCorrupt or ErrTooBig.
func (e *Error) Is(target error) bool {
	switch e.Code & 0xff {
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return target == ErrCorrupt
	case lib.SQLITE_TOOBIG:
		return target == ErrTooBig
	}
	return false
}

// failure makes the error for a result code; a statement that was interrupted
// gives the error of the context.
func (c *Conn) failure(rc int32, sql string) error {
	if rc&0xff == lib.SQLITE_INTERRUPT {
		if err := c.ctx.Err(); err != nil {
			return err
		}
	}
	message := libc.GoString(lib.Xsqlite3_errstr(c.tls, rc))
	if c.db != 0 {
		if detail := libc.GoString(lib.Xsqlite3_errmsg(c.tls, c.db)); detail != "" && detail != "not an error" && detail != message {
			message = detail
		}
	}
	return &Error{Code: rc, Message: message, SQL: sql}
}
