package sqlitefile

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// bigDatabase has one table t of 200 rows on about 600 pages.
func bigDatabase(t testing.TB) string {
	return database(t, nil, "PRAGMA page_size=4096", "CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT)",
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 200) INSERT INTO t SELECT i, printf('%.*c', 11000, 'x') FROM n")
}

// TestFileIsCut cuts the file while it is read. A mapped page behind the end
// raises a signal where it is touched: here, or in the caller's code.
func TestFileIsCut(t *testing.T) {
	for _, mapped := range []bool{false, true} {
		path := bigDatabase(t)
		f, err := Open(path, Options{Map: mapped, CacheBytes: 1})
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		rows, released := 0, false
		err = f.Scan(t.Context(), mustTable(t, f, "t"), All, []string{"body"}, func(row *Row) error {
			defer func() { released = true }()
			if rows++; rows == 20 {
				if err := os.Truncate(path, 4096*100+1); err != nil {
					t.Fatal(err)
				}
			}
			b, err := row.Bytes(0)
			if err == nil && strings.Trim(string(b), "x") != "" {
				err = errors.New("a wrong row")
			}
			return err
		})
		if rows < 20 || rows > 60 || !released || errors.Is(err, ErrDamaged) || !errors.Is(err, ErrUnreadable) && !errors.Is(err, ErrChanged) || !strings.Contains(err.Error(), path) {
			t.Errorf("map=%t: %d rows, then: %v", mapped, rows, err)
		}
	}
}

func TestFaultInCallersCode(t *testing.T) {
	path := database(t, nil, "PRAGMA page_size=4096", "CREATE TABLE t (body TEXT)", "INSERT INTO t VALUES (printf('%.*c', 3000, 'x'))")
	f, err := Open(path, Options{Map: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if !f.Mapped() {
		t.Skip("files are not mapped here")
	}
	var b []byte
	err = f.Scan(t.Context(), mustTable(t, f, "t"), All, []string{"body"}, func(row *Row) (err error) {
		if b, err = row.Bytes(0); err != nil {
			return err
		}
		if err := os.Truncate(path, 4096); err != nil {
			t.Fatal(err)
		}
		t.Error("not reached:", strings.Count(string(b), "x"))
		return nil
	})
	if !errors.Is(err, ErrUnreadable) || !strings.Contains(err.Error(), "page 2:") {
		t.Errorf("not page 2: %v", err)
	}
}

func TestOtherPanicsGoOn(t *testing.T) {
	f, err := Open(bigDatabase(t), Options{Map: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, cause := range []func(){
		func() { panic("other") },
		func() { var p *int; *p = 1 },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("a panic of the caller's was swallowed")
				}
			}()
			_ = f.Read(t.Context(), func(*Reader) error { cause(); return nil })
		}()
	}
}

// TestCutWithinTheLastPage cuts so little that a map shows zeros and no fault.
func TestCutWithinTheLastPage(t *testing.T) {
	for _, mapped := range []bool{false, true} {
		path := bigDatabase(t)
		f, err := Open(path, Options{Map: mapped})
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		err = f.Scan(t.Context(), mustTable(t, f, "t"), Range{1, 1}, []string{"body"}, func(row *Row) error {
			return os.Truncate(path, f.size-100)
		})
		if !errors.Is(err, ErrChanged) {
			t.Errorf("map=%t: %v", mapped, err)
		}
	}
}

func TestFileIsWritten(t *testing.T) {
	path := bigDatabase(t)
	f, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if rows, err := scanRows(f, mustTable(t, f, "t"), All); len(rows) != 200 || err != nil {
		t.Fatal(len(rows), err)
	}
	extend(t, path, nil, "UPDATE t SET body = 'y' WHERE id = 1")
	// The same time as before: the header's change counter alone tells.
	if err := os.Chtimes(path, time.Time{}, f.modified); err != nil {
		t.Fatal(err)
	}
	if err := f.Read(t.Context(), func(*Reader) error { return nil }); !errors.Is(err, ErrChanged) {
		t.Error(err)
	}
}

func TestCloseWaitsForReaders(t *testing.T) {
	path := bigDatabase(t)
	synctest.Test(t, func(t *testing.T) {
		f, err := Open(path, Options{Map: true})
		if err != nil {
			t.Fatal(err)
		}
		table := mustTable(t, f, "t")
		reading, goOn, read, closed := make(chan bool), make(chan bool), make(chan error, 1), make(chan error, 1)
		go func() {
			rows := 0
			read <- f.Scan(context.Background(), table, All, nil, func(*Row) error {
				if rows++; rows == 1 {
					close(reading)
					<-goOn
				}
				return nil
			})
		}()
		<-reading
		go func() { closed <- f.Close() }()
		synctest.Wait()
		select {
		case err := <-closed:
			t.Fatal("closed while it is read", err)
		default:
		}
		if err := f.Read(t.Context(), func(*Reader) error { return nil }); !errors.Is(err, os.ErrClosed) {
			t.Error("read after Close:", err)
		}
		close(goOn)
		if err := <-read; err != nil {
			t.Error(err)
		}
		if err := <-closed; err != nil {
			t.Error(err)
		}
		if err := f.Close(); err != nil {
			t.Error("closed twice:", err)
		}
	})
}
