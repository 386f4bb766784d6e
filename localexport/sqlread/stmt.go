package sqlread

import (
	"fmt"
	"runtime"
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// Kind is the storage class of a value.
type Kind uint8

// The storage classes of SQLite (SQLite documentation, "Datatypes", §2).
const (
	Null Kind = iota
	Integer
	Real
	Text
	Blob
)

// Stmt is a prepared statement. The values of a row stay valid until the next
// call of Step, Reset or Close.
type Stmt struct {
	c       *Conn
	stmt    uintptr
	row     uintptr // first value of the row
	columns int
	sql     string
	pin     runtime.Pinner // of what BindStatic was given
}

// Prepare compiles one SQL statement.
func (c *Conn) Prepare(sql string) (*Stmt, error) {
	text, err := libc.CString(sql)
	if err != nil {
		return nil, err
	}
	defer libc.Xfree(c.tls, text)
	out := c.tls.Alloc(8)
	defer c.tls.Free(8)
	rc := lib.Xsqlite3_prepare_v3(c.tls, c.db, text, -1, lib.SQLITE_PREPARE_PERSISTENT, out, 0)
	if rc != lib.SQLITE_OK {
		return nil, fmt.Errorf("prepare %q: %w", sql, c.failure(rc, sql))
	}
	s := &Stmt{c: c, stmt: *(*uintptr)(pointer(out)), sql: sql}
	s.columns = int(lib.Xsqlite3_column_count(c.tls, s.stmt))
	return s, nil
}

// Close releases the statement. Closing a nil statement does nothing.
func (s *Stmt) Close() {
	if s == nil || s.stmt == 0 {
		return
	}
	lib.Xsqlite3_finalize(s.c.tls, s.stmt)
	s.stmt, s.row = 0, 0
}

// Bind starts the statement anew with parameters: int64, int, float64, string, []byte
// (as text) or nil.
func (s *Stmt) Bind(args ...any) error {
	s.Reset()
	for i, arg := range args {
		var err error
		switch v := arg.(type) {
		case int64:
			err = s.BindInt(i, v)
		case int:
			err = s.BindInt(i, int64(v))
		case string:
			err = s.BindText(i, []byte(v))
		case []byte:
			err = s.BindText(i, v)
		case float64:
			err = s.check(lib.Xsqlite3_bind_double(s.c.tls, s.stmt, int32(i+1), v))
		case nil:
			err = s.BindNull(i)
		default:
			err = fmt.Errorf("parameter %d of %q: type %T", i, s.sql, arg)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// BindInt sets parameter i, counted from 0, of a statement that was reset.
func (s *Stmt) BindInt(i int, v int64) error {
	return s.check(lib.Xsqlite3_bind_int64(s.c.tls, s.stmt, int32(i+1), v))
}

// BindNull sets parameter i, counted from 0, of a statement that was reset.
func (s *Stmt) BindNull(i int) error {
	return s.check(lib.Xsqlite3_bind_null(s.c.tls, s.stmt, int32(i+1)))
}

func (s *Stmt) check(rc int32) error {
	if rc != lib.SQLITE_OK {
		return s.c.failure(rc, s.sql)
	}
	return nil
}

// BindText sets parameter i, counted from 0, of a statement that was reset.
func (s *Stmt) BindText(i int, v []byte) error {
	return s.bindBytes(i, v, lib.Xsqlite3_bind_text)
}

// BindBlob is BindText for a blob.
func (s *Stmt) BindBlob(i int, v []byte) error {
	return s.bindBytes(i, v, lib.Xsqlite3_bind_blob)
}

func (s *Stmt) bindBytes(i int, v []byte, bind func(*libc.TLS, uintptr, int32, uintptr, int32, uintptr) int32) error {
	p := libc.Xmalloc(s.c.tls, libc.Tsize_t(len(v)+1))
	if p == 0 {
		return s.c.failure(lib.SQLITE_NOMEM, s.sql)
	}
	copy(unsafe.Slice((*byte)(pointer(p)), len(v)+1), v)
	const transient = ^uintptr(0) // SQLITE_TRANSIENT: SQLite takes a copy
	rc := bind(s.c.tls, s.stmt, int32(i+1), p, int32(len(v)), transient)
	libc.Xfree(s.c.tls, p)
	return s.check(rc)
}

// Step goes to the next row and reports whether there is one. Once the context
// of the connection is done, it returns the context's error.
func (s *Stmt) Step() (bool, error) {
	s.row = 0
	if s.c.stopped.Load() {
		s.Reset()
		return false, s.c.ctx.Err()
	}
	switch rc := lib.Xsqlite3_step(s.c.tls, s.stmt); rc {
	case lib.SQLITE_ROW:
		if s.columns > 0 {
			s.row = lib.Xsqlite3_column_value(s.c.tls, s.stmt, 0)
		}
		return true, nil
	case lib.SQLITE_DONE:
		return false, nil
	default:
		err := s.c.failure(rc, s.sql)
		s.Reset()
		return false, err
	}
}

// Columns is how many columns the rows have.
func (s *Stmt) Columns() int { return s.columns }

// Reset ends the run of the statement; parameters stay.
func (s *Stmt) Reset() {
	s.row = 0
	lib.Xsqlite3_reset(s.c.tls, s.stmt)
}

// SQLite keeps the values of a row in an array of its Mem structures, whose
// fields the translated package names. Looking at them directly costs a tenth
// of the calls of its interface; every case that is not plain goes there.
const memSize = unsafe.Sizeof(lib.Tsqlite3_value{})

func (s *Stmt) value(i int) *lib.Tsqlite3_value {
	return (*lib.Tsqlite3_value)(pointer(s.row + uintptr(i)*memSize))
}

// Kind returns the storage class of column i, counted from 0.
func (s *Stmt) Kind(i int) Kind {
	switch flags := s.value(i).Fflags; {
	case flags&lib.MEM_Null != 0:
		return Null
	case flags&lib.MEM_Str != 0:
		return Text
	case flags&lib.MEM_Int != 0:
		return Integer
	case flags&(lib.MEM_Real|lib.MEM_IntReal) != 0:
		return Real
	}
	return Blob
}

// IsNull reports whether column i is null.
func (s *Stmt) IsNull(i int) bool { return s.value(i).Fflags&lib.MEM_Null != 0 }

// Int returns column i converted to an integer as SQLite casts it; a null is 0.
func (s *Stmt) Int(i int) int64 {
	if v := s.value(i); v.Fflags&(lib.MEM_Int|lib.MEM_Str|lib.MEM_Null) == lib.MEM_Int {
		return *(*int64)(unsafe.Pointer(&v.Fu))
	}
	return lib.Xsqlite3_column_int64(s.c.tls, s.stmt, int32(i))
}

// Float returns column i converted to a float as SQLite casts it.
func (s *Stmt) Float(i int) float64 {
	return lib.Xsqlite3_column_double(s.c.tls, s.stmt, int32(i))
}

// Bytes returns column i as UTF-8 text, or the bytes of a blob, where SQLite
// holds them. A null gives nil; numbers are converted to text.
func (s *Stmt) Bytes(i int) []byte {
	v := s.value(i)
	switch {
	case v.Fflags&lib.MEM_Null != 0:
		return nil
	case v.Fflags&lib.MEM_Str != 0 && v.Fenc == lib.SQLITE_UTF8,
		v.Fflags&(lib.MEM_Blob|lib.MEM_Str|lib.MEM_Zero) == lib.MEM_Blob:
		if v.Fn == 0 {
			return nil
		}
		return unsafe.Slice((*byte)(pointer(v.Fz)), v.Fn)
	}
	p := lib.Xsqlite3_column_text(s.c.tls, s.stmt, int32(i))
	n := lib.Xsqlite3_column_bytes(s.c.tls, s.stmt, int32(i))
	if p == 0 || n == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(pointer(p)), n)
}
