//go:build unix

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"sluice/bench/product"
)

// short are the sources that a test tries: one of each kind, and what goes wrong in
// the middle.
const short = `^(running|running, through PgBouncer, by transaction|plain|--inserts|-Fc|-Fc through a pipe, no offsets|-Fd|-Ft|names in upper case|` +
	`a wrong password|rights on some.*|the connection breaks|a standby that cancels the reading once|mariadb-dump|--hex-blob .*|demo --as xml|cut at many places: (plain|-Fc|-Fd))$`

// built is the program, which is built once for all tests.
var built struct {
	once sync.Once
	dir  string
}

func TestMain(m *testing.M) {
	code := m.Run()
	if built.dir != "" {
		os.RemoveAll(built.dir)
	}
	os.Exit(code)
}

// program is the path of the program. Servers of the tests' own users run it, too.
func program(t *testing.T) string {
	t.Helper()
	built.once.Do(func() {
		dir, err := os.MkdirTemp("", "db")
		if err != nil {
			t.Fatal(err)
		}
		built.dir = dir
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := product.Build(t.Context(), filepath.Join(dir, "sluice")); err != nil {
			t.Fatal(err)
		}
	})
	return filepath.Join(built.dir, "sluice")
}

// TestDatabases proves sources with the servers that are installed here.
func TestDatabases(t *testing.T) {
	if testing.Short() {
		t.Skip("starts servers")
	}
	w := openTest(t)
	w.forms = regexp.MustCompile(short)
	found, err := releases(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Log("no PostgreSQL server is installed")
	}
	if err := w.all(t.Context(), found[max(0, len(found)-1):], 2); err != nil { // PostgreSQL beside the others
		t.Error(err)
	}
	tried := 0
	for _, r := range w.results {
		switch r.verdict {
		case wrong:
			t.Errorf("%s: %s: %s", r.server, r.form, r.note)
		case skipped:
			t.Logf("%s: %s: skipped: %s", r.server, r.form, r.note)
		default:
			tried++
		}
	}
	if tried == 0 {
		t.Error("nothing was tried")
	}
}

// openTest prepares a run.
func openTest(t *testing.T) *workshop {
	t.Helper()
	dir, err := os.MkdirTemp("", "db") // the path of a socket may have 107 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	w, err := open(t.Context(), settings{sluice: program(t), dir: dir, pages: 80, seed: 21, cuts: 6}, t.Output())
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestWhatIsWrongIsFound: other rows, a secret in the snapshot, and a snapshot that
// others may read are not passed over.
func TestWhatIsWrongIsFound(t *testing.T) {
	w := openTest(t)
	w.noServer = true
	path := w.demo("pgsql")
	dump, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	prove := func(change func(string) string) error {
		if err := os.WriteFile(path, []byte(change(string(dump))), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := w.prove(t.Context(), source{name: path, kind: textKind})
		return err
	}
	if err := prove(func(s string) string { return s }); err != nil {
		t.Errorf("the demo itself: %v", err)
	}
	row := regexp.MustCompile(`(?s)COPY public.label .*? FROM stdin;\n[^\n]*\n`)
	if err := prove(func(s string) string {
		return row.ReplaceAllStringFunc(s, func(m string) string { return m[:strings.LastIndexByte(m[:len(m)-1], '\n')+1] })
	}); err == nil || !strings.Contains(err.Error(), "other bytes in") {
		t.Errorf("without a row: %v", err)
	}
	if err := w.private(t.Context(), w.demo("sqlite")); err == nil {
		t.Error("a snapshot without the restrictions is taken for right")
	}
	if err := os.WriteFile(path, []byte("x"+marker), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := w.private(t.Context(), path); err == nil || !strings.Contains(err.Error(), marker) {
		t.Errorf("a secret in the snapshot: %v", err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := w.private(t.Context(), path); err == nil || !strings.Contains(err.Error(), "mode 644") {
		t.Errorf("a snapshot for everybody: %v", err)
	}
}
