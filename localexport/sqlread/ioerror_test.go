//go:build linux

package sqlread

import (
	"errors"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// failing says how many more of SQLite's reads succeed before all fail; below 0
// none does.
var failing atomic.Int64

func fails(tls *libc.TLS) bool {
	if failing.Add(-1) >= 0 {
		return false
	}
	*(*int32)(pointer(libc.X__errno_location(tls))) = int32(syscall.EIO)
	return true
}

func readOrFail(tls *libc.TLS, fd int32, buf uintptr, n libc.Tsize_t) libc.Tssize_t {
	if fails(tls) {
		return -1
	}
	return libc.Xread(tls, fd, buf, n)
}

func preadOrFail(tls *libc.TLS, fd int32, buf uintptr, n libc.Tsize_t, at libc.Toff_t) libc.Tssize_t {
	if fails(tls) {
		return -1
	}
	return libc.Xpread(tls, fd, buf, n, at)
}

// failReads puts a function in place of the system's that SQLite reads files with,
// as its test suite does.
func failReads(t *testing.T) {
	t.Helper()
	tls := libc.NewTLS()
	vfs := lib.Xsqlite3_vfs_find(tls, 0)
	set := (*lib.Tsqlite3_vfs)(pointer(vfs)).FxSetSystemCall
	call := func(name string, f uintptr) {
		text, err := libc.CString(name)
		if err != nil {
			t.Fatal(err)
		}
		defer libc.Xfree(tls, text)
		(*(*func(*libc.TLS, uintptr, uintptr, uintptr) int32)(unsafe.Pointer(&set)))(tls, vfs, text, f)
	}
	failing.Store(1 << 40)
	call("read", *(*uintptr)(unsafe.Pointer(&struct {
		f func(*libc.TLS, int32, uintptr, libc.Tsize_t) libc.Tssize_t
	}{readOrFail})))
	at := *(*uintptr)(unsafe.Pointer(&struct {
		f func(*libc.TLS, int32, uintptr, libc.Tsize_t, libc.Toff_t) libc.Tssize_t
	}{preadOrFail}))
	call("pread", at)
	call("pread64", at)
	t.Cleanup(func() {
		for _, name := range []string{"read", "pread", "pread64"} {
			call(name, 0) // the system's again
		}
		tls.Close()
	})
}

// TestReadErrorIsNoDamage: whichever read fails, what comes of it names the error
// of the system and does not say that the file is damaged.
func TestReadErrorIsNoDamage(t *testing.T) {
	path := database(t, "CREATE TABLE t (a, b)",
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO t SELECT i, 'text ' || i FROM n")
	failReads(t)
	failed := 0
	for n := range int64(40) {
		failing.Store(n)
		rows, err := countRows(t, path)
		failing.Store(1 << 40)
		if err == nil {
			if rows != 5000 {
				t.Fatalf("read %d: %d rows", n, rows)
			}
			continue
		}
		failed++
		known := new(Error)
		if errors.Is(err, ErrCorrupt) || !errors.As(err, &known) || known.Code&0xff != lib.SQLITE_IOERR || !strings.Contains(strings.ToLower(err.Error()), "i/o error") {
			t.Errorf("read %d: %v", n, err)
		}
	}
	if failed < 5 {
		t.Errorf("only %d of 40 reads made a difference", failed)
	}
}

func countRows(t *testing.T, path string) (rows int64, err error) {
	t.Helper()
	c, err := Open(t.Context(), path, OpenOptions{Immutable: true})
	if err != nil {
		return 0, err
	}
	defer c.Close()
	err = c.Each("SELECT a, b FROM t", func(*Stmt) error {
		rows++
		return nil
	})
	return rows, err
}
