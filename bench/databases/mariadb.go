package main

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"sluice/takes/servers"
)

const mysqlKind = "MySQL dump"

// mariadb is a running MariaDB with data of its own.
type mariadb struct {
	w      *workshop
	dir    string
	port   int
	name   string // with its version
	server *exec.Cmd
}

// mariaForm is a way to make a dump with its tool.
type mariaForm struct {
	name string
	args []string
	pack []string
}

var mariaForms = []mariaForm{
	{name: "mariadb-dump"},
	{name: "--single-transaction", args: []string{"--single-transaction"}},
	{name: "--skip-extended-insert", args: []string{"--skip-extended-insert"}},
	{name: "--complete-insert", args: []string{"--complete-insert"}},
	{name: "--hex-blob", args: []string{"--hex-blob"}},
	{name: "--hex-blob --complete-insert --skip-extended-insert", args: []string{"--hex-blob", "--complete-insert", "--skip-extended-insert"}},
	{name: "--skip-opt", args: []string{"--skip-opt"}},
	{name: "--compatible=ansi (names in double quotes)", args: []string{"--compatible=ansi"}},
	{name: "--databases (CREATE DATABASE, USE)", args: []string{"--databases"}},
	{name: "--skip-tz-utc", args: []string{"--skip-tz-utc"}},
	{name: "--replace", args: []string{"--replace"}},
	{name: "--insert-ignore", args: []string{"--insert-ignore"}},
	{name: "--order-by-primary --skip-add-locks", args: []string{"--order-by-primary", "--skip-add-locks"}},
	{name: ".gz", pack: []string{"gzip", "-c"}},
	{name: ".zst", pack: []string{"zstd", "-q", "-c"}},
	{name: ".bz2", pack: []string{"bzip2", "-c"}},
	{name: ".lz4", pack: []string{"lz4", "-q", "-c"}},
}

// mariaDB proves everything with MariaDB.
func (w *workshop) mariaDB(ctx context.Context) (err error) {
	path, missing := exec.LookPath("/usr/sbin/mariadbd")
	if missing != nil {
		if path, missing = exec.LookPath("mariadbd"); missing != nil {
			w.try("MariaDB", "running", func() (string, error) { return "", errSkip{"MariaDB is not installed"} })
			return nil
		}
	}
	version, err := exec.CommandContext(ctx, path, "--version").Output()
	if err != nil {
		return err
	}
	m := &mariadb{w: w, name: "MariaDB " + versionText.FindString(string(version))}
	if !w.servers.MatchString(m.name) {
		return nil
	}
	if err := m.start(ctx, path); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, m.stop()) }()
	if err := m.fill(ctx); err != nil {
		return err
	}
	live := source{name: fmt.Sprintf("mysql://reader@127.0.0.1:%d/%s", m.port, wiki), kind: "MariaDB database", env: []string{"MYSQL_PWD=" + password}}
	w.try(m.name, "running", func() (string, error) { return w.prove(ctx, live) })
	live.name = fmt.Sprintf("jdbc:mysql://127.0.0.1:%d/%s?user=reader&sessionVariables=tx_isolation%%3D%%27READ-COMMITTED%%27", m.port, wiki)
	w.try(m.name, "running, JDBC address", func() (string, error) { return w.prove(ctx, live) })
	if _, err := m.do(ctx, "SET GLOBAL sql_mode = DEFAULT; SET GLOBAL sql_select_limit = DEFAULT; SET GLOBAL init_connect = '';", "mariadb"); err != nil {
		return err // its own tools would fall for them
	}
	for _, f := range mariaForms {
		w.try(m.name, f.name, func() (string, error) { return m.proveForm(ctx, f, w.proveMySQL) })
	}
	w.schema = ""
	for _, f := range mariaForms {
		w.try(m.name, "cut at many places: "+f.name, func() (string, error) { return m.proveForm(ctx, f, w.cutFile) })
	}
	return ctx.Err()
}

func (m *mariadb) start(ctx context.Context, path string) (err error) {
	if m.dir, err = m.w.folder("my"); err != nil {
		return err
	}
	if m.port, err = servers.FreePort(); err != nil {
		return err
	}
	if err := m.w.user.Own(m.dir); err != nil {
		return err
	}
	install := exec.CommandContext(ctx, "mariadb-install-db", "--no-defaults", "--datadir="+filepath.Join(m.dir, "data"), "--auth-root-authentication-method=normal", "--skip-test-db")
	m.w.user.Take(install)
	install.Dir, install.Env = m.dir, append(os.Environ(), "TMPDIR="+m.dir)
	if text, err := install.CombinedOutput(); err != nil {
		return fmt.Errorf("mariadb-install-db: %w: %s", err, text)
	}
	m.server = exec.Command(path, "--no-defaults", "--datadir="+filepath.Join(m.dir, "data"), "--socket="+m.socket(), "--bind-address=127.0.0.1", fmt.Sprint("--port=", m.port),
		"--skip-name-resolve", "--pid-file="+filepath.Join(m.dir, "pid"), "--innodb-flush-log-at-trx-commit=0", "--default-time-zone=-05:00", "--tmpdir="+m.dir)
	m.w.user.Take(m.server)
	m.server.Dir = m.dir
	if err := m.server.Start(); err != nil {
		return err
	}
	return until(ctx, "MariaDB starts", func() (bool, error) {
		_, err := m.do(ctx, "", "mariadb-admin", "ping")
		return err == nil, nil
	})
}

func (m *mariadb) socket() string { return filepath.Join(m.dir, "s") }

func (m *mariadb) stop() error {
	err := m.server.Process.Signal(syscall.SIGTERM)
	_ = m.server.Wait() // ended by the signal
	return errors.Join(err, os.RemoveAll(m.dir))
}

// do runs a tool of the server.
func (m *mariadb) do(ctx context.Context, stdin, name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name, append([]string{"--no-defaults", "--user=root", "--socket=" + m.socket()}, args...)...)
	cmd.Stdin = strings.NewReader(stdin)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		err = fmt.Errorf("%s: %w: %s", name, err, errs.String())
	}
	return out, err
}

// fill makes the database with the rows of the demo. Settings that must not change
// what is read follow.
func (m *mariadb) fill(ctx context.Context) error {
	dump, err := os.ReadFile(m.w.demo("mysqldump"))
	if err != nil {
		return err
	}
	create := "CREATE DATABASE " + wiki + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin; USE " + wiki + ";\n"
	odd := "\nCREATE TABLE odd (b longblob, f double, d decimal(40,20), t timestamp(6), j json, y year, bit1 bit(9), e enum('a','b')); INSERT INTO odd VALUES (x'00275c0a0dff1a', 1e-300, -1, '2001-01-01 00:00:00.5', '{}', 1999, b'101', 'b');\n" +
		"CREATE VIEW content_view AS SELECT * FROM content;\n" +
		"SET GLOBAL sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PAD_CHAR_TO_FULL_LENGTH'; SET GLOBAL sql_select_limit = 3; SET GLOBAL init_connect = 'SET NAMES latin1';\n" +
		"CREATE USER reader@'127.0.0.1' IDENTIFIED BY '" + password + "'; GRANT SELECT ON " + wiki + ".* TO reader@'127.0.0.1';"
	_, err = m.do(ctx, create+string(dump)+fmt.Sprintf(secrets, marker, restricted)+odd, "mariadb")
	return err
}

// proveForm makes a dump in a form, and proves it in one way or another.
func (m *mariadb) proveForm(ctx context.Context, f mariaForm, prove func(ctx context.Context, path string) (string, error)) (string, error) {
	args := append([]string{"--default-character-set=utf8mb4"}, f.args...)
	dump, err := m.do(ctx, "", "mariadb-dump", append(args, wiki)...)
	if err != nil {
		return "", err
	}
	m.w.n++
	path := filepath.Join(m.w.dir, fmt.Sprintf("dump%d", m.w.n))
	defer os.Remove(path)
	if len(f.pack) > 0 {
		if _, err := exec.LookPath(f.pack[0]); err != nil {
			return "", errSkip{f.pack[0] + " is not installed"}
		}
		packer := exec.CommandContext(ctx, f.pack[0], f.pack[1:]...)
		packer.Stdin = bytes.NewReader(dump)
		if dump, err = packer.Output(); err != nil {
			return "", err
		}
	}
	if err := os.WriteFile(path, dump, 0o600); err != nil {
		return "", err
	}
	return prove(ctx, path)
}

func (w *workshop) proveMySQL(ctx context.Context, path string) (string, error) {
	return w.prove(ctx, source{name: path, kind: mysqlKind})
}

// unzip unpacks an archive.
func unzip(path, dir string) error {
	r, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	return errors.Join(os.CopyFS(dir, r), r.Close())
}
