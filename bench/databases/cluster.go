package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"sluice/takes/servers"
)

// cluster is a running PostgreSQL with data of its own.
type cluster struct {
	w    *workshop
	r    release
	dir  string
	port int
}

// admin is the user who may do everything in a cluster.
const admin = "admin"

// odd are settings of a server that must not change what is read.
const odd = `
listen_addresses = '127.0.0.1'
TimeZone = 'America/New_York'
log_timezone = 'America/New_York'
fsync = off
shared_buffers = 16MB
max_connections = 20
wal_level = replica
max_wal_senders = 4
hot_standby = on
`

// start makes a cluster and starts it. Its folder is short: the path of a socket may
// have 107 bytes.
func (w *workshop) start(ctx context.Context, r release) (*cluster, error) {
	c := &cluster{w: w, r: r}
	if err := c.place(); err != nil {
		return nil, err
	}
	if err := c.do(ctx, r.bin, "", "initdb", "-D", c.data(), "-A", "trust", "-U", admin, "-E", "UTF8", "--locale=C", "--no-sync"); err != nil {
		return nil, err
	}
	if err := c.configure(odd); err != nil {
		return nil, err
	}
	return c, c.begin(ctx)
}

// place finds a folder and a port.
func (c *cluster) place() error {
	var err error
	if c.dir, err = c.w.folder("pg"); err != nil {
		return err
	}
	if c.port, err = servers.FreePort(); err != nil {
		return err
	}
	return c.w.user.Own(c.dir)
}

func (c *cluster) data() string { return filepath.Join(c.dir, "data") }

// configure adds settings to those of the cluster.
func (c *cluster) configure(settings string) error {
	f, err := os.OpenFile(filepath.Join(c.data(), "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(settings)
	return errors.Join(err, f.Close())
}

func (c *cluster) begin(ctx context.Context) error {
	options := fmt.Sprintf("-p %d -c unix_socket_directories=%s", c.port, c.dir)
	if err := c.do(ctx, c.r.bin, "", "pg_ctl", "-D", c.data(), "-o", options, "-l", filepath.Join(c.dir, "log"), "-w", "start"); err != nil {
		log, _ := os.ReadFile(filepath.Join(c.dir, "log")) // there may be none
		return fmt.Errorf("%w\n%s", err, log)
	}
	return nil
}

// stop ends the server, also when the run was cancelled.
func (c *cluster) stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return c.do(ctx, c.r.bin, "", "pg_ctl", "-D", c.data(), "-m", "immediate", "-w", "stop")
}

// restart starts the server anew, with further settings.
func (c *cluster) restart(ctx context.Context, settings string) error {
	if err := c.configure(settings); err != nil {
		return err
	}
	if err := c.do(ctx, c.r.bin, "", "pg_ctl", "-D", c.data(), "-m", "fast", "-w", "stop"); err != nil {
		return err
	}
	return c.begin(ctx)
}

// do runs a program of the server.
func (c *cluster) do(ctx context.Context, bin, stdin, name string, args ...string) error {
	_, err := c.output(ctx, bin, stdin, name, args...)
	return err
}

func (c *cluster) output(ctx context.Context, bin, stdin, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(bin, name), args...)
	c.w.user.Take(cmd)
	cmd.Dir, cmd.Stdin = c.dir, strings.NewReader(stdin)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + c.dir, "LC_ALL=C"}
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, strings.TrimSpace(errs.String()))
	}
	return out.String(), nil
}

// reach are the options by which tools reach a database.
func (c *cluster) reach(database string) []string {
	return []string{"-h", "127.0.0.1", "-p", fmt.Sprint(c.port), "-U", admin, "-d", database}
}

// sql runs statements, and returns the values of the rows, with | between them.
func (c *cluster) sql(ctx context.Context, database, text string) (string, error) {
	out, err := c.output(ctx, c.r.tools, text, "psql", append(c.reach(database), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1")...)
	return strings.TrimSpace(out), err
}

// address is that of a database for a user.
func (c *cluster) address(user, database string) string {
	return addressAt(c.port, user, database)
}

func addressAt(port int, user, database string) string {
	return fmt.Sprintf("postgres://%s@127.0.0.1:%d/%s", user, port, database)
}

// until waits for something that a server does by itself.
func until(ctx context.Context, what string, is func() (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		ok, err := is()
		if ok || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s: it does not happen: %w", what, ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}
