package sqlread

import (
	"fmt"
	"syscall"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"

	"sluice/wording"
)

// Error is an error that SQLite reports.
type Error struct {
	Code    int32 // extended result code
	Message string
	SQL     string // the statement, or ""

	err error // of the operating system, or nil
}

func (e *Error) Error() string {
	return fmt.Sprintf("SQLite: %s (code %d)", e.Message, e.Code)
}

// Unwrap returns the error of the operating system that the file could not be read
// for, or nil.
func (e *Error) Unwrap() error { return e.err }

// ErrCorrupt is matched by errors about a damaged file: a page that makes no
// sense, or an index entry without its row.
var ErrCorrupt = wording.New("the database file is damaged")

// ErrTooBig is matched by errors about a value that is longer than the limit.
var ErrTooBig = wording.New("value too long")

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

// readErrno is the error of the operating system because of which the file could
// not be read, 0 if there was none. SQLite passes an input/output error, which may
// not come again, as a damaged file (SQLITE_IOERR_CORRUPTFS).
func (c *Conn) readErrno() syscall.Errno {
	if c.db == 0 {
		return 0
	}
	name, err := libc.CString("main")
	if err != nil {
		return 0
	}
	defer libc.Xfree(c.tls, name)
	out := c.tls.Alloc(8)
	defer c.tls.Free(8)
	*(*int32)(pointer(out)) = 0
	if lib.Xsqlite3_file_control(c.tls, c.db, name, lib.SQLITE_FCNTL_LAST_ERRNO, out) != lib.SQLITE_OK {
		return 0
	}
	return syscall.Errno(*(*int32)(pointer(out)))
}

// failure makes the error for a result code; a statement that was interrupted
// gives the error of the context.
func (c *Conn) failure(rc int32, sql string) error {
	if rc&0xff == lib.SQLITE_INTERRUPT {
		if err := c.ctx.Err(); err != nil {
			return err
		}
	}
	switch rc & 0xff {
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB, lib.SQLITE_IOERR:
		if errno := c.readErrno(); errno != 0 {
			return &Error{Code: lib.SQLITE_IOERR_READ, Message: "disk I/O error: " + errno.Error(), SQL: sql, err: errno}
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
