//go:build unix

package takes

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"sluice/localexport/demo"
	demodumps "sluice/localexport/demo/dumps"
)

// mariaDB is a server of the test's own.
type mariaDB struct {
	t      *testing.T
	client []string // options by which its tools reach it
	port   int
	cert   string // file of its certificate, which is that of its authority as well
}

// startMariaDB starts a server, or skips the test where none is installed.
func startMariaDB(t *testing.T) *mariaDB {
	t.Helper()
	server, err := exec.LookPath("mariadbd")
	if err != nil {
		if server, err = exec.LookPath("/usr/sbin/mariadbd"); err != nil {
			t.Skip("no MariaDB server is installed")
		}
	}
	dir, err := os.MkdirTemp("", "my") // the path of a socket may have 107 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	data, socket := filepath.Join(dir, "data"), filepath.Join(dir, "s")
	install := exec.Command("mariadb-install-db", "--no-defaults", "--datadir="+data, "--auth-root-authentication-method=normal", "--skip-test-db")
	install.Env = append(os.Environ(), "TMPDIR="+dir) // a server that starts empties that of another
	if out, err := install.CombinedOutput(); err != nil {
		t.Skipf("no database can be made: %v\n%s", err, out)
	}
	port := freePort(t)
	cert, key := ownCertificate(t)
	args := []string{"--no-defaults", "--datadir=" + data, "--socket=" + socket, "--bind-address=127.0.0.1", fmt.Sprintf("--port=%d", port), "--skip-name-resolve", "--ssl-cert=" + cert, "--ssl-key=" + key,
		"--pid-file=" + filepath.Join(dir, "pid"), "--tmpdir=" + dir, "--innodb-flush-log-at-trx-commit=0"}
	if os.Geteuid() == 0 {
		args = append(args, "--user=root")
	}
	cmd := exec.Command(server, args...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() { cmd.Process.Signal(syscall.SIGTERM); <-ended })
	client := []string{"--no-defaults", "--user=root", "--socket=" + socket}
	ready := []string{"--connect-timeout=60", "--wait=60", "status"}
	answered := make(chan error, 1)
	go func() { answered <- exec.Command("mariadb-admin", append(client, ready...)...).Run() }()
	select {
	case err := <-answered:
		if err != nil {
			t.Fatalf("the server does not answer: %v", err)
		}
	case err := <-ended:
		ended <- err
		t.Fatalf("the server ended: %v", err)
	case <-time.After(2 * time.Minute):
		t.Fatal("the server does not start")
	}
	return &mariaDB{t, client, port, cert}
}

// within is the server for a part of the test.
func (m *mariaDB) within(t *testing.T) *mariaDB { return &mariaDB{t, m.client, m.port, m.cert} }

// run runs a tool of the server with a standard input, and returns what it prints.
func (m *mariaDB) run(stdin, name string, args ...string) string {
	m.t.Helper()
	cmd := exec.Command(name, slices.Concat(m.client, args)...)
	cmd.Stdin = strings.NewReader(stdin)
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		m.t.Fatalf("%s %s: %v: %s", name, args, err, errs.String())
	}
	return string(out)
}

// load makes a database with the rows of a dump of a demo, which it returns.
func (m *mariaDB) load(name string) (dump string) {
	m.t.Helper()
	path := filepath.Join(m.t.TempDir(), "demo.sql")
	if _, err := demo.Write(m.t.Context(), path, demo.Options{Pages: 60, Seed: 5, As: demodumps.MySQLDump}); err != nil {
		m.t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		m.t.Fatal(err)
	}
	m.run("CREATE DATABASE "+name+" CHARACTER SET utf8mb4", "mariadb")
	m.run(string(b), "mariadb", name)
	return string(b)
}

// takeText takes a snapshot of a dump.
func takeText(t *testing.T, dump string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "text.db")
	if _, err := Take(t.Context(), "-", out, Options{Stdin: strings.NewReader(dump)}); err != nil {
		t.Fatal(err)
	}
	return contents(t, out)
}

// demoIsARealMySQLDump: MariaDB took what the demo writes as a dump of mysqldump, and
// its own dump of the result holds the same rows.
func demoIsARealMySQLDump(t *testing.T, m *mariaDB, dump string) {
	again := m.run("", "mariadb-dump", "--single-transaction", "--default-character-set=utf8mb4", "wiki")
	if takeText(t, dump) != takeText(t, again) {
		t.Error("the server holds other rows than the demo's dump")
	}
}
