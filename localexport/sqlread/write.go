package sqlread

import (
	"fmt"
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// Exec runs statements, and throws their rows away.
func (c *Conn) Exec(script string) error {
	if c.stopped.Load() {
		return c.ctx.Err()
	}
	text, err := libc.CString(script)
	if err != nil {
		return err
	}
	defer libc.Xfree(c.tls, text)
	if rc := lib.Xsqlite3_exec(c.tls, c.db, text, 0, 0, 0); rc != lib.SQLITE_OK {
		return fmt.Errorf("%s: %w", script, c.failure(rc, script))
	}
	return nil
}

// nothing is a place in memory for texts without bytes, which are not null.
var nothing [1]byte

// BindStatic is BindText without a copy: v must not change before Do returns.
func (s *Stmt) BindStatic(i int, v []byte) error { return s.bindPinned(i, unsafe.SliceData(v), len(v)) }

// BindString is BindStatic for a string.
func (s *Stmt) BindString(i int, v string) error {
	return s.bindPinned(i, unsafe.StringData(v), len(v))
}

func (s *Stmt) bindPinned(i int, p *byte, n int) error {
	if n == 0 {
		p = &nothing[0]
	} else {
		s.pin.Pin(p)
	}
	const static = 0 // SQLITE_STATIC: SQLite takes no copy
	return s.check(lib.Xsqlite3_bind_text(s.c.tls, s.stmt, int32(i+1), uintptr(unsafe.Pointer(p)), int32(n), static))
}

// Do executes a statement that gives one row at most with the parameters that were
// set, and makes it ready for the next. take may look at the row's values; it may be
// nil.
func (s *Stmt) Do(take func()) error {
	row, err := s.Step()
	if row && take != nil {
		take()
	}
	s.Reset()
	lib.Xsqlite3_clear_bindings(s.c.tls, s.stmt)
	s.pin.Unpin()
	return err
}
