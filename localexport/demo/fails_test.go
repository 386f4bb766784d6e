package demo

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/localexport/sqlread"
)

// TestProgressIsNotToldTooOften: one report in an interval, and the end in any case.
func TestProgressIsNotToldTooOften(t *testing.T) {
	var told []int64
	p := newProgress(Options{Pages: 1000, Progress: func(done, total int64) { told = append(told, done, total) }}, time.Hour)
	for done := range int64(1300) {
		p.report(done)
	}
	p.finish()
	if fmt.Sprint(told) != "[0 1251 1251 1251]" {
		t.Errorf("told: %v", told)
	}
}

// TestFailedInsertionIsTold with the table, and the next row is written.
func TestFailedInsertionIsTold(t *testing.T) {
	conn, err := sqlread.Open(t.Context(), sqlread.Memory, sqlread.OpenOptions{Write: true})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := prepare(conn); err != nil {
		t.Fatal(err)
	}
	w, err := prepareRows(conn)
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	for i, id := range []int64{1, 1, 2} {
		err := w.insertLabel(id, "label", "", globalLabel, 0)
		if (err == nil) != (i != 1) || err != nil && !strings.HasPrefix(err.Error(), "insert into label: ") {
			t.Errorf("row %d: %v", i, err)
		}
	}
	if n, _, err := conn.Int("SELECT count(*) FROM label WHERE owner IS NULL AND creationdate IS NULL"); n != 2 || err != nil {
		t.Errorf("%d labels, %v", n, err)
	}
	if err := w.exec("no_table", int64(1)); err == nil || !strings.Contains(err.Error(), "insert into no_table") {
		t.Errorf("the error is %v", err)
	}
}

// TestLinkInThePlace: a link is refused as any file is, and replaced when asked; what
// it leads to stays.
func TestLinkInThePlace(t *testing.T) {
	dir := t.TempDir()
	real, link := filepath.Join(dir, "real"), filepath.Join(dir, "demo.db")
	if err := os.WriteFile(real, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(real, link); err != nil {
		t.Skip(err)
	}
	if _, err := Write(t.Context(), link, Options{Pages: 1}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("the error is %v", err)
	}
	if _, err := Write(t.Context(), link, Options{Pages: 1, Overwrite: true}); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(real); err != nil || string(b) != "mine" {
		t.Errorf("what the link led to holds %q, %v", b, err)
	}
	if info, err := os.Lstat(link); err != nil || !info.Mode().IsRegular() {
		t.Errorf("in its place is %v, %v", info, err)
	}
}

// TestFullDisk: what cannot be written is an error, and nothing is left.
func TestFullDisk(t *testing.T) {
	conn, err := sqlread.Open(context.Background(), filepath.Join(t.TempDir(), "demo.db"), sqlread.OpenOptions{Write: true, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := prepare(conn); err != nil {
		t.Fatal(err)
	}
	if err := conn.Exec("PRAGMA max_page_count = 100"); err != nil { // then SQLite says that the disk is full
		t.Fatal(err)
	}
	w, err := prepareRows(conn)
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	err = writeSite(t.Context(), conn, newSite(Options{Pages: 1000, Seed: 1}, w), func(int64) {})
	if err == nil || !strings.Contains(err.Error(), "full") {
		t.Errorf("the error is %v", err)
	}
}
