package sqlread

import (
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// Prefix reads up to n bytes from the start of a value, however long it is,
// without loading the rest. Text comes in the encoding of the file.
func (c *Conn) Prefix(table, column string, rowid int64, n int) ([]byte, error) {
	names := [3]uintptr{}
	for i, s := range []string{"main", table, column} {
		p, err := libc.CString(s)
		if err != nil {
			return nil, err
		}
		defer libc.Xfree(c.tls, p)
		names[i] = p
	}
	out := c.tls.Alloc(8)
	defer c.tls.Free(8)
	rc := lib.Xsqlite3_blob_open(c.tls, c.db, names[0], names[1], names[2], rowid, 0, out)
	blob := *(*uintptr)(pointer(out))
	defer lib.Xsqlite3_blob_close(c.tls, blob)
	if rc != lib.SQLITE_OK {
		return nil, c.failure(rc, "")
	}
	n = min(n, int(lib.Xsqlite3_blob_bytes(c.tls, blob)))
	buf := libc.Xmalloc(c.tls, libc.Tsize_t(n+1))
	if buf == 0 {
		return nil, c.failure(lib.SQLITE_NOMEM, "")
	}
	defer libc.Xfree(c.tls, buf)
	if rc := lib.Xsqlite3_blob_read(c.tls, blob, buf, int32(n), 0); rc != lib.SQLITE_OK {
		return nil, c.failure(rc, "")
	}
	return append([]byte(nil), unsafe.Slice((*byte)(pointer(buf)), n)...), nil
}
