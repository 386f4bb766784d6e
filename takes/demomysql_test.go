//go:build unix

package takes

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"sluice/localexport/demo"
	demodumps "sluice/localexport/demo/dumps"
)

// startMariaDB starts a server of the test's own, and returns the options by which
// its tools reach it; it skips the test where none is installed.
func startMariaDB(t *testing.T) []string {
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
	if out, err := exec.Command("mariadb-install-db", "--no-defaults", "--datadir="+data, "--auth-root-authentication-method=normal", "--skip-test-db").CombinedOutput(); err != nil {
		t.Skipf("no database can be made: %v\n%s", err, out)
	}
	args := []string{"--no-defaults", "--datadir=" + data, "--socket=" + socket, "--skip-networking", "--pid-file=" + filepath.Join(dir, "pid"), "--innodb-flush-log-at-trx-commit=0"}
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
	return client
}

// TestDemoIsARealMySQLDump: MariaDB takes what the demo writes as a dump of
// mysqldump, and its own dump of the result holds the same rows.
func TestDemoIsARealMySQLDump(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a server")
	}
	client := startMariaDB(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "demo.sql")
	if _, err := demo.Write(t.Context(), path, demo.Options{Pages: 60, Seed: 5, As: demodumps.MySQLDump}); err != nil {
		t.Fatal(err)
	}
	dump, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	run := func(stdin, name string, args ...string) string {
		t.Helper()
		cmd := exec.Command(name, append(append([]string{}, client...), args...)...)
		cmd.Stdin = strings.NewReader(stdin)
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s %s: %v", name, args, err)
		}
		return string(out)
	}
	run("", "mariadb", "-e", "CREATE DATABASE wiki CHARACTER SET utf8mb4")
	run(string(dump), "mariadb", "wiki")
	again := run("", "mariadb-dump", "--single-transaction", "--default-character-set=utf8mb4", "wiki")
	taken := func(name, text string) string {
		out := filepath.Join(dir, name)
		if _, err := Take(t.Context(), "-", out, Options{Stdin: strings.NewReader(text)}); err != nil {
			t.Fatal(err)
		}
		return contents(t, out)
	}
	if taken("a.db", string(dump)) != taken("b.db", again) {
		t.Error("the server holds other rows than the demo's dump")
	}
}
