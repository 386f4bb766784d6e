package sqlread

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	lib "modernc.org/sqlite/lib"
)

// TestOpenForWriting: a file is made only on demand, and changed only by who may.
func TestOpenForWriting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a b%?#.db")
	if c, err := Open(t.Context(), path, OpenOptions{Write: true}); err == nil {
		t.Errorf("a file that is not there was opened: %v", c.Close())
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("and made")
	}
	for _, o := range []OpenOptions{{Write: true, Create: true}, {Write: true}, {Write: true, NoLock: true}} {
		c, err := Open(t.Context(), path, o)
		if err != nil {
			t.Fatalf("%+v: %v", o, err)
		}
		if err := c.Exec("CREATE TABLE IF NOT EXISTS t (a); INSERT INTO t VALUES (1); INSERT INTO t VALUES (2)"); err != nil {
			t.Errorf("%+v: %v", o, err)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}
	c := open(t, path)
	if n, _, err := c.Int("SELECT count(*) FROM t"); n != 6 || err != nil {
		t.Errorf("%d rows, %v", n, err)
	}
	if err := c.Exec("DELETE FROM t"); err == nil {
		t.Error("a connection for reading has changed the file")
	}
}

// TestNoLock: who says so works beside another that is writing.
func TestNoLock(t *testing.T) {
	path := database(t, "CREATE TABLE t (a)")
	writer, err := Open(t.Context(), path, OpenOptions{Write: true})
	if err != nil {
		t.Fatal(err)
	}
	defer writer.Close()
	if err := writer.Exec("BEGIN EXCLUSIVE"); err != nil {
		t.Fatal(err)
	}
	for noLock, want := range map[bool]int32{false: lib.SQLITE_BUSY, true: 0} {
		other, err := Open(t.Context(), path, OpenOptions{Write: true, NoLock: noLock})
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = other.Int("SELECT count(*) FROM t")
		known := new(Error)
		if got := errors.As(err, &known); got != (want != 0) || known.Code&0xff != want {
			t.Errorf("NoLock %t: %v", noLock, err)
		}
		if err := other.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestDo binds values where they lie, row after row, also after one that is refused.
func TestDo(t *testing.T) {
	c, err := Open(t.Context(), Memory, OpenOptions{Write: true})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v)"); err != nil {
		t.Fatal(err)
	}
	s, err := c.Prepare("INSERT INTO t VALUES (?, ?) RETURNING id * 10, v")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	put := func(id int64, v []byte) (saw string, err error) {
		bind := s.BindStatic(1, v)
		if id == 1 {
			bind = s.BindString(1, string(v))
		}
		if err := errors.Join(s.BindInt(0, id), bind); err != nil {
			t.Fatal(err)
		}
		runtime.GC() // what is bound stays where it is
		err = s.Do(func() { saw = string(s.Bytes(0)) + " " + string(s.Bytes(1)) })
		return saw, err
	}
	long := []byte(strings.Repeat("ä", 70_000))
	for id, v := range [][]byte{[]byte("a"), {}, long} {
		if saw, err := put(int64(id), v); err != nil || saw != fmt.Sprint(id*10, " ", string(v)) {
			t.Errorf("row %d: %.20q, %v", id, saw, err)
		}
	}
	known := new(Error)
	if _, err := put(1, []byte("again")); !errors.As(err, &known) || known.Code&0xff != lib.SQLITE_CONSTRAINT {
		t.Errorf("a key that came before: %v", err)
	}
	if err := s.Do(nil); err != nil { // nothing is bound any more: SQLite chooses the key
		t.Errorf("after the refusal: %v", err)
	}
	got := ""
	if err := c.Each("SELECT id, typeof(v), length(v) FROM t ORDER BY id", func(r *Stmt) error {
		got += string(r.Bytes(0)) + " " + string(r.Bytes(1)) + " " + string(r.Bytes(2)) + "; "
		return nil
	}); err != nil || got != "0 text 1; 1 text 0; 2 text 70000; 3 null ; " {
		t.Errorf("%s, %v", got, err)
	}
	if s.Columns() != 2 {
		t.Errorf("%d columns", s.Columns())
	}
}

// TestRun: parameters of every kind.
func TestRun(t *testing.T) {
	c, err := Open(t.Context(), Memory, OpenOptions{Write: true})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Run("CREATE TABLE t (a, b, c, d, e, f)"); err != nil {
		t.Fatal(err)
	}
	if err := c.Run("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", int64(math.MinInt64), 7, 0.25, "ü", []byte("b"), nil); err != nil {
		t.Fatal(err)
	}
	got, _, err := c.Text("SELECT quote(a) || quote(b) || quote(c) || quote(d) || quote(e) || quote(f) FROM t")
	if got != "-92233720368547758087"+"0.25'ü''b'NULL" || err != nil {
		t.Errorf("%s, %v", got, err)
	}
	if err := c.Run("INSERT INTO t (a) VALUES (?)", true); err == nil || !strings.Contains(err.Error(), "bool") {
		t.Errorf("a kind that is not known: %v", err)
	}
	if err := c.Exec("CREATE TABLE u (a); CREATE TABLE t (b)"); err == nil || !strings.Contains(err.Error(), "already exists") {
		t.Errorf("the second statement: %v", err)
	}
}

// TestExecIsStopped: once the context is done, nothing begins any more.
func TestExecIsStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c, err := Open(ctx, Memory, OpenOptions{Write: true})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Exec("CREATE TABLE t (a)"); err != nil {
		t.Fatal(err)
	}
	cancel()
	for !c.stopped.Load() { // it is told by a goroutine of the context
		runtime.Gosched()
	}
	for name, err := range map[string]error{"Exec": c.Exec("CREATE TABLE u (a)"), "Run": c.Run("INSERT INTO t VALUES (1)")} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
