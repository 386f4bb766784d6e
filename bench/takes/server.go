//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"sluice/takes/servers"
)

// tables are those that a snapshot takes of a demo, by their names in the database.
var tables = []string{"content", "bodycontent", "spaces", "user_mapping", "cwd_user", "cwd_directory", "cwd_app_dir_mapping", "label",
	"content_label", "bandana", "confversion", "AO_7B47A5_EVENT"}

// only are the options with which pg_dump takes these tables, whose patterns are quoted.
func only() []string {
	var args []string
	for _, t := range tables {
		args = append(args, "-t", `"`+t+`"`)
	}
	return args
}

// onlyNames is only for pg_restore, which takes names. It restores a table without the
// keys and indexes that a snapshot has.
func onlyNames() []string {
	var args []string
	for _, t := range tables {
		args = append(args, "-t", t)
	}
	return args
}

// server is a PostgreSQL of the bench's own.
type server struct {
	bin, dir string
	port     int
	as       servers.User
	version  string
}

func startServer(ctx context.Context, dir string) (*server, error) {
	found, err := servers.Postgres()
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, errors.New("no PostgreSQL server is installed (postgresql of Debian)")
	}
	s := &server{bin: found[len(found)-1], dir: dir}
	if s.as, err = servers.Servant(); err != nil {
		return nil, err
	}
	if err := errors.Join(os.Mkdir(dir, 0o700), os.Chmod(filepath.Dir(dir), 0o711), s.as.Own(dir)); err != nil {
		return nil, err
	}
	if s.port, err = servers.FreePort(); err != nil {
		return nil, err
	}
	if err := s.own(ctx, "initdb", "-D", s.data(), "-A", "trust", "-U", "admin"); err != nil {
		return nil, err
	}
	options := fmt.Sprintf("-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=%s", s.port, dir)
	if err := s.own(ctx, "pg_ctl", "-D", s.data(), "-o", options, "-l", filepath.Join(dir, "log"), "-w", "start"); err != nil {
		return nil, err
	}
	s.version, err = s.ask(ctx, "SELECT 'PostgreSQL ' || current_setting('server_version')")
	return s, err
}

func (s *server) data() string { return filepath.Join(s.dir, "data") }

// own runs a program of the server as its user.
func (s *server) own(ctx context.Context, name string, args ...string) error {
	_, err := run(ctx, s.as, filepath.Join(s.bin, name), args...)
	return err
}

func (s *server) stop() error {
	return s.own(context.Background(), "pg_ctl", "-D", s.data(), "-m", "immediate", "stop")
}

// connect are the options by which a tool reaches the server.
func (s *server) connect() []string {
	return []string{"-h", "127.0.0.1", "-p", strconv.Itoa(s.port), "-U", "admin"}
}

func (s *server) address(database string) string {
	return fmt.Sprintf("postgres://admin@127.0.0.1:%d/%s?sslmode=disable", s.port, database)
}

// program runs a tool with its arguments, to be measured.
func (s *server) program(command ...string) func(context.Context) (sample, error) {
	return func(ctx context.Context) (sample, error) {
		return run(ctx, servers.User{}, filepath.Join(s.bin, command[0]), append(s.connect(), command[1:]...)...)
	}
}

func (s *server) tool(ctx context.Context, name string, args ...string) error {
	_, err := s.program(append([]string{name}, args...)...)(ctx)
	return err
}

// sql runs statements, each on its own.
func (s *server) sql(ctx context.Context, database, text string) error {
	f := filepath.Join(filepath.Dir(s.dir), "statements.sql")
	if err := os.WriteFile(f, []byte(text), 0o600); err != nil {
		return err
	}
	return s.tool(ctx, "psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-f", f)
}

func (s *server) load(ctx context.Context, database, dump string) error {
	if err := s.tool(ctx, "createdb", database); err != nil {
		return err
	}
	return s.tool(ctx, "psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-f", dump)
}

// ask is the answer to a question with one value.
func (s *server) ask(ctx context.Context, question string) (string, error) {
	f := filepath.Join(filepath.Dir(s.dir), "answer")
	if err := s.tool(ctx, "psql", "-q", "-A", "-t", "-d", "postgres", "-o", f, "-c", question); err != nil {
		return "", err
	}
	b, err := os.ReadFile(f)
	return strings.TrimSpace(string(b)), err
}

// settle has the server write what it still has to, so that it does not do so while
// something is measured.
func (s *server) settle(ctx context.Context) error { return s.sql(ctx, "postgres", "CHECKPOINT;") }

// fresh makes an empty database. With safe, the server makes all durable, as it does by
// default.
func (s *server) fresh(ctx context.Context, database string, safe bool) error {
	value := map[bool]string{true: "on", false: "off"}[safe]
	text := "DROP DATABASE IF EXISTS " + database + ";\nCREATE DATABASE " + database + ";\n"
	for _, name := range []string{"full_page_writes", "synchronous_commit", "fsync"} {
		text += "ALTER SYSTEM SET " + name + " = " + value + ";\n"
	}
	if err := s.sql(ctx, "postgres", text+"SELECT pg_reload_conf();\n"); err != nil {
		return err
	}
	for range 100 {
		now, err := s.ask(ctx, "SHOW fsync")
		if err != nil {
			return err
		}
		if now == value {
			return s.settle(ctx)
		}
		time.Sleep(20 * time.Millisecond)
	}
	return errors.New("the server does not take its new settings")
}
