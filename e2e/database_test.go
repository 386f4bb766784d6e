//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"sluice/takes/servers"
)

// database is a server of PostgreSQL of the test's own, with the tables of a small site.
type database struct {
	t        *testing.T
	bin, dir string
	as       servers.User
	port     int
}

// startDatabase starts it, or skips the test where none is installed. It ends with the test.
func startDatabase(t *testing.T, pages int) *database {
	t.Helper()
	found, err := servers.Postgres()
	if err != nil || len(found) == 0 {
		t.Skip("no PostgreSQL server is installed")
	}
	as, err := servers.Servant()
	if err != nil {
		t.Skip(err)
	}
	port, err := servers.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	d := &database{t: t, bin: found[len(found)-1], dir: t.TempDir(), as: as, port: port}
	for dir := d.dir; len(dir) > len(os.TempDir()); dir = filepath.Dir(dir) { // the servant passes through
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := as.Own(d.dir); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(d.dir, "data")
	d.run("", "initdb", "-D", data, "-A", "trust", "-U", "admin", "--no-sync")
	options := fmt.Sprintf("-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=%s -c fsync=off", port, d.dir)
	d.run("", "pg_ctl", "-D", data, "-o", options, "-l", filepath.Join(d.dir, "log"), "-w", "start")
	t.Cleanup(func() { d.run("", "pg_ctl", "-D", data, "-m", "immediate", "stop") })
	dump := filepath.Join(t.TempDir(), "site.sql")
	sluice(t, "demo", dump, "--as", "pgsql", "--pages", strconv.Itoa(pages))
	text, err := os.ReadFile(dump)
	if err != nil {
		t.Fatal(err)
	}
	d.run("CREATE DATABASE confluence", "psql", "-qAt", "-h", "127.0.0.1", "-p", strconv.Itoa(port), "-U", "admin", "-d", "postgres")
	d.query(string(text))
	return d
}

func (d *database) run(stdin, name string, args ...string) string {
	d.t.Helper()
	c := exec.Command(filepath.Join(d.bin, name), args...)
	c.Stdin, c.Dir = strings.NewReader(stdin), "/"
	d.as.Take(c)
	out, err := c.CombinedOutput()
	if err != nil {
		d.t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

// query runs statements, and returns what they print.
func (d *database) query(text string) string {
	d.t.Helper()
	return strings.TrimSpace(d.run(text, "psql", "-qAt", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", strconv.Itoa(d.port), "-U", "admin", "-d", "confluence"))
}

// address is how a person names it.
func (d *database) address() string {
	return fmt.Sprintf("postgres://127.0.0.1:%d/confluence?sslmode=disable", d.port)
}
