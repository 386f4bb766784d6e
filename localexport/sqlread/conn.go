// Package sqlread reads SQLite databases without the cost of database/sql, and writes
// those that Sluice makes: the values of a row are looked at where SQLite holds them
// and bound where they lie, nothing is allocated per row. It stands on the C interface
// that modernc.org/sqlite translates.
package sqlread

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"

	"sluice/localexport/fileuri"
	"sluice/wording"
)

// Conn is a connection. It belongs to one goroutine; only Interrupt may be
// called from others.
type Conn struct {
	tls *libc.TLS
	db  uintptr

	mu      sync.Mutex // guards closed against Interrupt
	closed  bool
	stopped atomic.Bool
	ctx     context.Context
	release func() bool
}

// OpenOptions are the choices of Open.
type OpenOptions struct {
	// Immutable promises that nobody changes the file: no locks are taken and
	// a write-ahead log beside it is not looked at.
	Immutable bool
	// CachePages limits the page cache; 0 leaves SQLite's 2 MB.
	CachePages int
	// MaxValue is the longest value, in bytes, that is read; a longer one gives
	// ErrTooBig and takes no memory. 0 leaves SQLite's limit of 1 GB.
	MaxValue int
	// MapBytes of the file are mapped into memory instead of read; 0 means
	// none. An I/O error under a map kills the process, so it is a choice.
	MapBytes int64
	// Write allows changes of the file, which must be there unless Create is true.
	// Settings like a limited cache are then for the caller to make.
	Write, Create bool
	// NoLock leaves SQLite's locks out, for a file that is locked in another way.
	NoLock bool
}

// Memory is the path of a database in memory, which can be written.
const Memory = ":memory:"

// Open opens the database file at path, for reading unless OpenOptions say otherwise.
// Nothing is created then, also not beside the file.
func Open(ctx context.Context, path string, o OpenOptions) (*Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c := &Conn{tls: libc.NewTLS(), ctx: ctx}
	if err := c.open(path, o); err != nil {
		c.tls.Close()
		return nil, wording.Errorf("open %s: %w", path, err)
	}
	stop := context.AfterFunc(ctx, c.interrupt)
	c.release = stop
	if o.MaxValue > 0 {
		lib.Xsqlite3_limit(c.tls, c.db, lib.SQLITE_LIMIT_LENGTH, int32(o.MaxValue))
	}
	var pragmas []string
	if !o.Write {
		pragmas = []string{"PRAGMA query_only=ON", "PRAGMA trusted_schema=OFF"}
	}
	if o.CachePages > 0 {
		pragmas = append(pragmas, fmt.Sprintf("PRAGMA cache_size=%d", o.CachePages))
	}
	if o.MapBytes > 0 {
		pragmas = append(pragmas, fmt.Sprintf("PRAGMA mmap_size=%d", o.MapBytes))
	}
	for _, sql := range pragmas {
		if err := c.Run(sql); err != nil {
			c.Close()
			return nil, wording.Errorf("open %s: %w", path, err)
		}
	}
	return c, nil
}

// uri is the file: address of a path, with the options that SQLite reads there.
func uri(path string, o OpenOptions) string {
	query := "mode=ro"
	switch {
	case path == Memory:
		query = "mode=memory"
	case o.Create:
		query = "mode=rwc"
	case o.Write:
		query = "mode=rw"
	}
	if o.Immutable {
		query += "&immutable=1"
	}
	if o.NoLock {
		query += "&nolock=1"
	}
	return fileuri.Of(path, query)
}

func (c *Conn) open(path string, o OpenOptions) error {
	name, err := libc.CString(uri(path, o))
	if err != nil {
		return err
	}
	defer libc.Xfree(c.tls, name)
	out := c.tls.Alloc(8)
	defer c.tls.Free(8)
	flags := int32(lib.SQLITE_OPEN_URI | lib.SQLITE_OPEN_NOMUTEX | lib.SQLITE_OPEN_EXRESCODE)
	switch {
	case o.Create || o.Write && path == Memory:
		flags |= lib.SQLITE_OPEN_READWRITE | lib.SQLITE_OPEN_CREATE
	case o.Write:
		flags |= lib.SQLITE_OPEN_READWRITE
	default:
		flags |= lib.SQLITE_OPEN_READONLY
	}
	rc := lib.Xsqlite3_open_v2(c.tls, name, out, flags, 0)
	c.db = *(*uintptr)(pointer(out))
	if rc != lib.SQLITE_OK {
		err := c.failure(rc, "")
		lib.Xsqlite3_close_v2(c.tls, c.db)
		return err
	}
	return nil
}

// Close ends the connection; its statements must have been closed before.
func (c *Conn) Close() error {
	if c.release != nil {
		c.release()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return nil
	}
	c.closed = true
	rc := lib.Xsqlite3_close_v2(c.tls, c.db)
	c.tls.Close()
	if rc != lib.SQLITE_OK {
		return &Error{Code: rc, Message: "close"}
	}
	return nil
}

// Context is the context that Open was given.
func (c *Conn) Context() context.Context { return c.ctx }

// interrupt stops the statement that runs, and every later one.
func (c *Conn) interrupt() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return
	}
	c.stopped.Store(true)
	lib.Xsqlite3_interrupt(c.tls, c.db)
}

// pointer turns an address of SQLite's memory, which the garbage collector
// neither knows nor moves, into a pointer.
func pointer(address uintptr) unsafe.Pointer {
	return *(*unsafe.Pointer)(unsafe.Pointer(&address))
}
