package sqlread

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	lib "modernc.org/sqlite/lib"

	"modernc.org/libc"
)

func TestPageCacheIsInstalled(t *testing.T) {
	if pageCacheError != lib.SQLITE_OK {
		t.Fatalf("SQLite refused the page cache with code %d", pageCacheError)
	}
}

// TestPageCacheUnderLoad changes databases on disk and in memory with a cache
// of a few pages, several at once, and lets SQLite check them.
func TestPageCacheUnderLoad(t *testing.T) {
	var group sync.WaitGroup
	for i, dsn := range []string{
		"file:" + escape(filepath.Join(t.TempDir(), "a.db")) + "?_pragma=cache_size(10)&_pragma=synchronous(off)",
		"file:" + escape(filepath.Join(t.TempDir(), "b.db")) + "?_pragma=cache_size(100)&_pragma=journal_mode(wal)&_pragma=synchronous(off)",
		"file:" + escape(filepath.Join(t.TempDir(), "c.db")) + "?_pragma=page_size(512)&_pragma=cache_size(10)&_pragma=auto_vacuum(full)&_pragma=synchronous(off)",
		":memory:",
	} {
		group.Go(func() {
			if err := load(dsn); err != nil {
				t.Errorf("database %d: %v", i, err)
			}
		})
	}
	group.Wait()
}

func load(dsn string) error {
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, s := range []string{
		"CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT, c BLOB)", "CREATE INDEX i ON t(b)",
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<3000) INSERT INTO t SELECT i, hex(i*7919%3000), zeroblob(i%900) FROM n",
		"BEGIN", "DELETE FROM t WHERE a % 3 = 0", "UPDATE t SET c = zeroblob(3000) WHERE a % 50 = 1", "ROLLBACK",
		"DELETE FROM t WHERE a % 3 = 0", "UPDATE t SET c = zeroblob(3000) WHERE a % 50 = 1",
		"CREATE TEMP TABLE u AS SELECT * FROM t ORDER BY b", "INSERT INTO t SELECT a + 10000, b, c FROM u", "DROP TABLE u",
		"DELETE FROM t WHERE a BETWEEN 500 AND 2500", "VACUUM", "PRAGMA shrink_memory",
		"DELETE FROM t WHERE a > 11000",
	} {
		if _, err := db.Exec(s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	var verdict string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		return fmt.Errorf("integrity check: %s, %v", verdict, err)
	}
	var rows, sum, length int
	if err := db.QueryRow("SELECT count(*), sum(a), sum(length(c)) FROM t").Scan(&rows, &sum, &length); err != nil {
		return err
	}
	var wantRows, wantSum, wantLength int
	for a := 1; a <= 3000; a++ {
		if a%3 == 0 {
			continue
		}
		size := a % 900
		if a%50 == 1 {
			size = 3000
		}
		for _, key := range []int{a, a + 10000} {
			if key >= 500 && key <= 2500 || key > 11000 {
				continue
			}
			wantRows, wantSum, wantLength = wantRows+1, wantSum+key, wantLength+size
		}
	}
	if rows != wantRows || sum != wantSum || length != wantLength {
		return fmt.Errorf("%d rows, sum %d, length %d; want %d, %d, %d", rows, sum, length, wantRows, wantSum, wantLength)
	}
	return nil
}

// TestPageCacheByHand checks the rules of the interface one by one.
func TestPageCacheByHand(t *testing.T) {
	tls := libc.NewTLS()
	defer tls.Close()
	c := cacheCreate(tls, 512, 100, 1)
	defer cacheDestroy(tls, c)
	cacheSize(tls, c, 3)
	fetch := func(key uint32, create int32) uintptr { return cacheFetch(tls, c, key, create) }
	if fetch(1, 0) != 0 {
		t.Error("a page that nobody made")
	}
	pages := map[uint32]uintptr{}
	for key := uint32(1); key <= 3; key++ {
		pages[key] = fetch(key, 2)
		*(*byte)(pointer(pageAt(pages[key]).buf)) = byte(key)
	}
	if fetch(4, 1) != 0 {
		t.Error("all pages are in use, yet one more was easy")
	}
	for key := uint32(1); key <= 3; key++ {
		cacheUnpin(tls, c, pages[key], 0)
	}
	if fetch(1, 0) != pages[1] { // in use again, so 2 is the oldest
		t.Error("page 1 is lost")
	}
	if fetch(4, 2) != pages[2] || fetch(2, 0) != 0 || cacheCount(tls, c) != 3 {
		t.Errorf("page 2 was not taken for 4; %d pages", cacheCount(tls, c))
	}
	cacheRekey(tls, c, pages[1], 1, 3)
	if fetch(3, 0) != pages[1] || fetch(1, 0) != 0 || cacheCount(tls, c) != 2 {
		t.Errorf("page 1 is not page 3 now; %d pages", cacheCount(tls, c))
	}
	for key := uint32(100); key < 2000; key++ { // more pages in use than are kept
		fetch(key, 2)
	}
	for key := uint32(100); key < 2000; key++ {
		if fetch(key, 0) == 0 {
			t.Fatalf("page %d is lost while it is in use", key)
		}
	}
	cacheTruncate(tls, c, 101)
	if cacheCount(tls, c) != 3 || fetch(100, 0) == 0 || fetch(101, 0) != 0 {
		t.Errorf("%d pages after the cut", cacheCount(tls, c))
	}
	cacheUnpin(tls, c, fetch(100, 0), 0)
	cacheShrink(tls, c)
	if cacheCount(tls, c) != 2 {
		t.Errorf("%d pages after the shrinking", cacheCount(tls, c))
	}
}
