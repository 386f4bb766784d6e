//go:build unix

package nightly

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"sluice/localexport/demo"
	"sluice/localexport/demo/dumps"
	"sluice/takes/servers"
)

// pages is how large the site is.
const pages = 120

// database is a PostgreSQL of the test with a site in it.
type database struct {
	t    *testing.T
	bin  string
	as   servers.User
	port int
}

// startDatabase starts one, or skips the test where none is installed.
func startDatabase(t *testing.T) database {
	t.Helper()
	found, err := servers.Postgres()
	if err != nil || len(found) == 0 {
		t.Skip("no PostgreSQL server is installed (postgresql)")
	}
	d := database{t: t, bin: found[len(found)-1]}
	if d.as, err = servers.Servant(); err != nil {
		t.Skip(err)
	}
	if d.port, err = servers.FreePort(); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for at := dir; len(at) > len(os.TempDir()); at = filepath.Dir(at) { // the servant goes through
		if err := os.Chmod(at, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.as.Own(dir); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(dir, "data")
	d.run("", "initdb", "-D", data, "-A", "trust", "-U", "admin", "--no-sync")
	d.run("", "pg_ctl", "-D", data, "-l", filepath.Join(dir, "log"), "-w", "-o", fmt.Sprintf("-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=%s -c fsync=off", d.port, dir), "start")
	t.Cleanup(func() { d.run("", "pg_ctl", "-D", data, "-m", "immediate", "stop") })
	dump := filepath.Join(t.TempDir(), "site.sql")
	if _, err := demo.Write(t.Context(), dump, demo.Options{Pages: pages, Seed: 5, As: dumps.PgSQL}); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(dump)
	if err != nil {
		t.Fatal(err)
	}
	d.sql(string(b))
	return d
}

func (d database) sql(text string) {
	d.t.Helper()
	d.run(text, "psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", strconv.Itoa(d.port), "-U", "admin", "-d", "postgres")
}

func (d database) run(stdin, name string, args ...string) {
	d.t.Helper()
	cmd := exec.Command(filepath.Join(d.bin, name), args...)
	cmd.Stdin, cmd.Dir = strings.NewReader(stdin), "/"
	d.as.Take(cmd)
	if out, err := cmd.CombinedOutput(); err != nil {
		d.t.Fatalf("%s: %v\n%s", name, err, out)
	}
}
