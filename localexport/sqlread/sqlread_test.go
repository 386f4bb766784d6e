package sqlread

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"sluice/localexport/pace"
)

// database makes a database file from statements.
func database(t testing.TB, statements ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a b%?#.db")
	db, err := sql.Open("sqlite", "file:"+escape(path))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	return path
}

func escape(path string) string {
	u := uri(path, OpenOptions{})
	return u[len("file:") : len(u)-len("?mode=ro")]
}

func open(t testing.TB, path string) *Conn {
	t.Helper()
	c, err := Open(t.Context(), path, OpenOptions{Immutable: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func TestValuesOfEveryStorageClass(t *testing.T) {
	for _, encoding := range []string{"UTF-8", "UTF-16le", "UTF-16be"} {
		t.Run(encoding, func(t *testing.T) {
			path := database(t, "PRAGMA encoding='"+encoding+"'", "CREATE TABLE t(a, b, c, d, e, f REAL, g, h)",
				"INSERT INTO t VALUES(NULL, -5, 2.5, 'grüße 😀', x'00ff61', 7, '', zeroblob(3))")
			c := open(t, path)
			s, err := c.Prepare("SELECT a,b,c,d,e,f,g,h FROM t")
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if row, err := s.Step(); !row || err != nil {
				t.Fatal(row, err)
			}
			kinds := []Kind{Null, Integer, Real, Text, Blob, Real, Text, Blob}
			texts := []string{"", "-5", "2.5", "grüße 😀", "\x00\xffa", "7.0", "", "\x00\x00\x00"}
			for i, want := range kinds {
				if got := s.Kind(i); got != want {
					t.Errorf("column %d has kind %d, want %d", i, got, want)
				}
			}
			if n := s.Int(1); n != -5 {
				t.Errorf("Int = %d", n)
			}
			if f := s.Float(2); f != 2.5 {
				t.Errorf("Float = %v", f)
			}
			for i, want := range texts {
				if got := string(s.Bytes(i)); got != want {
					t.Errorf("column %d is %q, want %q", i, got, want)
				}
			}
		})
	}
}

func TestOpenWritesNothing(t *testing.T) {
	path := database(t, "CREATE TABLE t(a)", "INSERT INTO t VALUES(1)")
	c := open(t, path)
	if n, ok, err := c.Int("SELECT a FROM t WHERE a = ?", 1); n != 1 || !ok || err != nil {
		t.Fatal(n, ok, err)
	}
	if err := c.Run("INSERT INTO t VALUES(2)"); err == nil {
		t.Error("a write went through")
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 {
		t.Errorf("files beside the database: %v, %v", entries, err)
	}
	if _, err := Open(t.Context(), path+".missing", OpenOptions{}); err == nil {
		t.Error("a missing file was opened")
	}
}

func TestCancelStopsALongStatement(t *testing.T) {
	path := database(t, "CREATE TABLE t(a)")
	ctx, cancel := context.WithCancel(t.Context())
	c, err := Open(ctx, path, OpenOptions{Immutable: true})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	start := pace.CPUTime() // a busy machine takes longer, and works no more
	time.AfterFunc(20*time.Millisecond, cancel)
	_, _, err = c.Int("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT count(*) FROM n")
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if d := pace.CPUTime() - start; d > 500*time.Millisecond {
		t.Errorf("stopped after %v of work", d)
	}
	if _, _, err := c.Int("SELECT 1"); !errors.Is(err, context.Canceled) {
		t.Errorf("a later statement gives %v", err)
	}
}

func TestDamageIsErrCorrupt(t *testing.T) {
	path := database(t, "CREATE TABLE t(a)", "INSERT INTO t VALUES(zeroblob(20000))")
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt(make([]byte, 100), 4096); err != nil {
		t.Fatal(err)
	}
	f.Close()
	c := open(t, path)
	if _, _, err := c.Int("SELECT a FROM t"); !errors.Is(err, ErrCorrupt) {
		t.Errorf("error %v", err)
	}
}

func TestStepAllocatesNothing(t *testing.T) {
	path := database(t, "CREATE TABLE t(a INTEGER PRIMARY KEY, b)",
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<1000) INSERT INTO t SELECT i, 'text '||i FROM n")
	c := open(t, path)
	s, err := c.Prepare("SELECT a, b FROM t WHERE a > ?")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var sum int64
	allocs := testing.AllocsPerRun(5, func() {
		s.Reset()
		if err := s.BindInt(0, 0); err != nil {
			t.Fatal(err)
		}
		for {
			row, err := s.Step()
			if err != nil {
				t.Fatal(err)
			}
			if !row {
				return
			}
			sum += s.Int(0) + int64(len(s.Bytes(1)))
		}
	})
	if allocs > 0 || sum == 0 {
		t.Errorf("%v allocations for 1000 rows", allocs)
	}
}
