//go:build unix

package takes

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"sluice/localexport/demo"
	demodumps "sluice/localexport/demo/dumps"
	"sluice/localexport/exporttest"
	"sluice/localexport/sqlread"
	"sluice/pipeline"
)

// longUnit is what a long text repeats: characters of every length, and what dumps have
// to escape.
const longUnit = "a\\ ' \" ü 漢 😀 \t\r\n &lt;p> \\N \\. ;\n"

// Lengths of the rows, in units: titles of more than a megabyte, bodies of several.
const longTitle, longBody = 30_000, 50_000

// longSQL makes the rows of a demo long. text is how a server repeats the unit so many
// times.
func longSQL(text func(n int) string) string {
	return fmt.Sprintf(`UPDATE bodycontent SET body = %s WHERE contentid IN (SELECT contentid FROM content WHERE contenttype = 'PAGE');
UPDATE content SET title = %s WHERE contenttype = 'PAGE';`, text(longBody), text(longTitle))
}

// longDemo are a few pages. Each way must give the rows of this one.
var longDemo = demo.Options{Pages: 3, Seed: 9}

// longExport is what an export gives of the demo with long rows, by the names of the
// kinds of files.
func longExport(t *testing.T) map[string]string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "demo.db")
	if _, err := demo.Write(t.Context(), path, longDemo); err != nil {
		t.Fatal(err)
	}
	c, err := sqlread.Open(t.Context(), path, sqlread.OpenOptions{Write: true})
	if err != nil {
		t.Fatal(err)
	}
	text := func(n int) string { return "replace(hex(zeroblob(" + strconv.Itoa(n) + ")), '00', ?1)" }
	for _, sql := range strings.Split(longSQL(text), "\n") {
		if err := c.Run(sql, longUnit); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	files := exported(t, path)
	if n := len(files["pages"]); n < longDemo.Pages*(longBody+longTitle)*len(longUnit) {
		t.Fatalf("the file of pages has only %d bytes: the test shows nothing", n)
	}
	return files
}

// exported exports a snapshot, bodies in full, and returns the files by their kind.
func exported(t *testing.T, path string) map[string]string {
	t.Helper()
	o := exporttest.Options(t)
	o.Snapshot, o.FullContent, o.PreserveLineBreaks, o.PollInterval = path, true, true, 0
	e := exporttest.Open(t, o)
	if _, err := e.Start(t.Context(), pipeline.Request{FromDate: time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)}); err != nil {
		t.Fatal(err)
	}
	job, err := e.Wait(t.Context())
	if err != nil || job.Status != pipeline.Completed {
		t.Fatalf("%+v, %v", job, err)
	}
	list, err := e.Files(t.Context(), job.ID)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range list {
		b, err := os.ReadFile(f.Path)
		if err != nil {
			t.Fatal(err)
		}
		kind, _, _ := strings.Cut(f.Name, "_job")
		files[kind] = string(b)
	}
	return files
}

// sameLongExport takes a snapshot of a source, and compares what it gives.
func sameLongExport(t *testing.T, name, source string, o Options, want map[string]string) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "x.db")
	r, err := Take(t.Context(), source, out, o)
	if err != nil || len(r.Doubts) > 0 {
		t.Errorf("%s: %v, doubts %q", name, err, r.Doubts)
		return
	}
	got := exported(t, out)
	for kind := range want {
		if got[kind] != want[kind] {
			t.Errorf("%s: other bytes in the file of %s: %d, want %d", name, kind, len(got[kind]), len(want[kind]))
		}
	}
}

// TestLongRowsOfPostgres: rows of several megabytes come through every way unchanged, to
// the exported files.
func TestLongRowsOfPostgres(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a server")
	}
	want := longExport(t)
	p := startPostgres(t)
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "demo.sql")
	o := longDemo
	o.As = demodumps.PgSQL
	if _, err := demo.Write(t.Context(), path, o); err != nil {
		t.Fatal(err)
	}
	dump, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	connect := []string{"-h", "127.0.0.1", "-p", strconv.Itoa(p.port), "-U", "admin"}
	p.run("", "createdb", append(connect, "long")...)
	unit := "E'" + strings.NewReplacer(`\`, `\\`, "'", "''", "\r", `\r`).Replace(longUnit) + "'"
	long := "SET search_path = public; DROP INDEX c_title; ALTER TABLE content ALTER title TYPE text;" + longSQL(func(n int) string { return fmt.Sprintf("repeat(%s, %d)", unit, n) })
	p.run(string(dump)+long, "psql", append(connect, "-q", "-v", "ON_ERROR_STOP=1", "-d", "long")...)
	sameLongExport(t, "running", strings.Replace(p.address("admin"), "/postgres?", "/long?", 1), Options{}, want)
	for _, form := range []string{"-Fp", "--inserts", "-Fc", "-Fd", "-Ft"} {
		path := filepath.Join(dir, form)
		p.run("", "pg_dump", append(connect, form, "-f", path, "long")...)
		sameLongExport(t, form, path, Options{}, want)
		if form != "-Fp" && form != "-Fc" {
			continue
		}
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		sameLongExport(t, form+" as a stream", "-", Options{Stdin: f}, want)
		f.Close()
	}
}

// longRowsOfMariaDB is the same with its server.
func longRowsOfMariaDB(t *testing.T, m *mariaDB) {
	want := longExport(t)
	path := filepath.Join(t.TempDir(), "demo.sql")
	o := longDemo
	o.As = demodumps.MySQLDump
	if _, err := demo.Write(t.Context(), path, o); err != nil {
		t.Fatal(err)
	}
	dump, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	unit := "'" + strings.NewReplacer(`\`, `\\`, "'", "''", "\r", `\r`).Replace(longUnit) + "'"
	long := "ALTER TABLE content DROP KEY c_title, MODIFY title longtext;" + longSQL(func(n int) string { return fmt.Sprintf("REPEAT(%s, %d)", unit, n) })
	m.run("CREATE DATABASE long_rows CHARACTER SET utf8mb4; CREATE USER many@'127.0.0.1'; GRANT SELECT ON long_rows.* TO many@'127.0.0.1'", "mariadb")
	m.run("SET NAMES utf8mb4;"+string(dump)+"SET NAMES utf8mb4;"+long, "mariadb", "long_rows")
	sameLongExport(t, "running", fmt.Sprintf("mysql://many@127.0.0.1:%d/long_rows", m.port), Options{}, want)
	for _, form := range []string{"--extended-insert", "--skip-extended-insert", "--hex-blob", "--compatible=ansi"} {
		text := m.run("", "mariadb-dump", "--single-transaction", "--default-character-set=utf8mb4", form, "long_rows")
		sameLongExport(t, form, "-", Options{Stdin: strings.NewReader(text)}, want)
	}
}
