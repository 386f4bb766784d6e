package sqlread

import (
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// Value reads a value of any length in pieces. It belongs to the goroutine of its
// connection.
type Value struct {
	c    *Conn
	blob uintptr
	size int
	buf  uintptr // of SQLite's memory
	room int
}

// OpenValue opens the text or blob in a column of the row with the given number,
// without loading it. Text comes in the encoding of the file.
func (c *Conn) OpenValue(table, column string, rowid int64) (*Value, error) {
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
	b := &Value{c: c, blob: *(*uintptr)(pointer(out))}
	if rc != lib.SQLITE_OK {
		err := c.failure(rc, "")
		b.Close()
		return nil, err
	}
	b.size = int(lib.Xsqlite3_blob_bytes(c.tls, b.blob))
	return b, nil
}

// Size is the number of bytes of the value.
func (b *Value) Size() int { return b.size }

// Read fills p from the given position of the value. Once the context of the
// connection is done, it returns the context's error.
func (b *Value) Read(p []byte, at int) error {
	c := b.c
	if c.stopped.Load() {
		return c.ctx.Err()
	}
	if b.room < len(p) {
		libc.Xfree(c.tls, b.buf)
		if b.buf = libc.Xmalloc(c.tls, libc.Tsize_t(len(p)+1)); b.buf == 0 {
			b.room = 0
			return c.failure(lib.SQLITE_NOMEM, "")
		}
		b.room = len(p)
	}
	if rc := lib.Xsqlite3_blob_read(c.tls, b.blob, b.buf, int32(len(p)), int32(at)); rc != lib.SQLITE_OK {
		return c.failure(rc, "")
	}
	copy(p, unsafe.Slice((*byte)(pointer(b.buf)), len(p)))
	return nil
}

// Close releases the value.
func (b *Value) Close() {
	if b.buf != 0 {
		libc.Xfree(b.c.tls, b.buf)
	}
	lib.Xsqlite3_blob_close(b.c.tls, b.blob)
	b.buf, b.blob = 0, 0
}
