package dbfile

import (
	"fmt"
	"runtime"
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// conn writes a SQLite file through the C interface that modernc.org/sqlite
// translates: values are bound where they lie, without a copy and without an
// allocation per row.
type conn struct {
	tls *libc.TLS
	db  uintptr
}

func openConn(uri string) (*conn, error) {
	c := &conn{tls: libc.NewTLS()}
	name, err := libc.CString(uri)
	if err != nil {
		c.tls.Close()
		return nil, err
	}
	defer libc.Xfree(c.tls, name)
	out := c.tls.Alloc(8)
	defer c.tls.Free(8)
	flags := int32(lib.SQLITE_OPEN_READWRITE | lib.SQLITE_OPEN_URI | lib.SQLITE_OPEN_NOMUTEX | lib.SQLITE_OPEN_EXRESCODE)
	rc := lib.Xsqlite3_open_v2(c.tls, name, out, flags, 0)
	c.db = *(*uintptr)(pointer(out))
	if rc != lib.SQLITE_OK {
		err := c.failure(rc)
		c.close()
		return nil, err
	}
	return c, nil
}

func (c *conn) close() error {
	if c.db == 0 {
		return nil
	}
	rc := lib.Xsqlite3_close_v2(c.tls, c.db)
	c.db = 0
	c.tls.Close()
	if rc != lib.SQLITE_OK {
		return &sqliteError{code: rc, message: "close"}
	}
	return nil
}

// sqliteError is what SQLite says about a failure.
type sqliteError struct {
	code    int32 // extended result code
	message string
}

func (e *sqliteError) Error() string { return fmt.Sprintf("SQLite: %s (%d)", e.message, e.code) }

func (c *conn) failure(rc int32) error {
	return &sqliteError{rc, libc.GoString(lib.Xsqlite3_errmsg(c.tls, c.db))}
}

// exec runs statements that give no rows, or whose rows nobody needs.
func (c *conn) exec(sql string) error {
	text, err := libc.CString(sql)
	if err != nil {
		return err
	}
	defer libc.Xfree(c.tls, text)
	if rc := lib.Xsqlite3_exec(c.tls, c.db, text, 0, 0, 0); rc != lib.SQLITE_OK {
		return fmt.Errorf("%s: %w", sql, c.failure(rc))
	}
	return nil
}

// stmt is a prepared statement that gives one row at most.
type stmt struct {
	c    *conn
	stmt uintptr
	pin  runtime.Pinner
}

func (c *conn) prepare(sql string) (*stmt, error) {
	text, err := libc.CString(sql)
	if err != nil {
		return nil, err
	}
	defer libc.Xfree(c.tls, text)
	out := c.tls.Alloc(8)
	defer c.tls.Free(8)
	if rc := lib.Xsqlite3_prepare_v3(c.tls, c.db, text, -1, lib.SQLITE_PREPARE_PERSISTENT, out, 0); rc != lib.SQLITE_OK {
		return nil, fmt.Errorf("prepare %q: %w", sql, c.failure(rc))
	}
	return &stmt{c: c, stmt: *(*uintptr)(pointer(out))}, nil
}

func (s *stmt) close() {
	if s.stmt != 0 {
		lib.Xsqlite3_finalize(s.c.tls, s.stmt)
		s.stmt = 0
	}
}

// bindInt sets parameter i, counted from 0.
func (s *stmt) bindInt(i int, v int64) error {
	return s.check(lib.Xsqlite3_bind_int64(s.c.tls, s.stmt, int32(i+1), v))
}

func (s *stmt) bindNull(i int) error {
	return s.check(lib.Xsqlite3_bind_null(s.c.tls, s.stmt, int32(i+1)))
}

// empty is a place in memory for texts without bytes, which are not null.
var empty = [1]byte{}

// bindText sets parameter i to a text, which must not change before run
// returns.
func (s *stmt) bindText(i int, v []byte) error {
	p := &empty[0]
	if len(v) > 0 {
		p = &v[0]
		s.pin.Pin(p)
	}
	const static = 0 // SQLITE_STATIC: SQLite takes no copy
	return s.check(lib.Xsqlite3_bind_text(s.c.tls, s.stmt, int32(i+1), uintptr(unsafe.Pointer(p)), int32(len(v)), static))
}

func (s *stmt) check(rc int32) error {
	if rc != lib.SQLITE_OK {
		return s.c.failure(rc)
	}
	return nil
}

// run executes the statement with the parameters that were set.
func (s *stmt) run() error { return s.runFor(nil) }

// runFor is run of a statement that gives a row: take may look at its values.
func (s *stmt) runFor(take func()) error {
	rc := lib.Xsqlite3_step(s.c.tls, s.stmt)
	var err error
	if rc != lib.SQLITE_DONE && rc != lib.SQLITE_ROW {
		err = s.c.failure(rc)
	} else if take != nil {
		take()
	}
	lib.Xsqlite3_reset(s.c.tls, s.stmt)
	lib.Xsqlite3_clear_bindings(s.c.tls, s.stmt)
	s.pin.Unpin()
	return err
}

// pointer turns an address of SQLite's memory, which the garbage collector
// neither knows nor moves, into a pointer.
func pointer(address uintptr) unsafe.Pointer {
	return *(*unsafe.Pointer)(unsafe.Pointer(&address))
}
