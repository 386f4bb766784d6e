package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"sluice/takes/servers"
)

// bouncer is a running PgBouncer before a cluster.
type bouncer struct {
	c    *cluster
	port int
	cmd  *exec.Cmd
}

// pools are the ways in which it shares connections, by its names for them, each
// with a database of its own: more than one statement belongs together in none but
// the two.
var pools = []string{"transaction", "session"}

// bounce starts PgBouncer with one connection to the server for each pool, so that
// what one client leaves behind the next one finds.
func (c *cluster) bounce(ctx context.Context) (*bouncer, error) {
	path := "/usr/sbin/pgbouncer"
	if _, err := os.Stat(path); err != nil {
		if path, err = exec.LookPath("pgbouncer"); err != nil {
			return nil, errSkip{"PgBouncer is not installed"}
		}
	}
	port, err := servers.FreePort()
	if err != nil {
		return nil, err
	}
	text := "[databases]\n"
	for _, pool := range pools {
		text += fmt.Sprintf("%s = host=127.0.0.1 port=%d dbname=%s pool_mode=%s pool_size=1\n", pool, c.port, wiki, pool)
	}
	text += fmt.Sprintf("[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = %d\nunix_socket_dir =\nauth_type = any\n", port)
	text = strings.Replace(text, "pool_size=1", "pool_size=1 user="+admin, len(pools))
	settings := filepath.Join(c.dir, "pgbouncer.ini")
	if err := os.WriteFile(settings, []byte(text), 0o644); err != nil {
		return nil, err
	}
	b := &bouncer{c: c, port: port, cmd: exec.Command(path, "-q", settings)}
	c.w.user.Take(b.cmd)
	b.cmd.Dir = c.dir
	if err := b.cmd.Start(); err != nil {
		return nil, err
	}
	err = until(ctx, "PgBouncer starts", func() (bool, error) {
		conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			return false, nil
		}
		return true, conn.Close()
	})
	if err != nil {
		err = errors.Join(err, b.stop())
	}
	return b, err
}

func (b *bouncer) stop() error {
	err := b.cmd.Process.Signal(syscall.SIGTERM)
	_ = b.cmd.Wait() // ended by the signal
	return err
}

// pooled proves the database behind PgBouncer.
func (c *cluster) pooled(ctx context.Context) {
	b, missing := c.bounce(ctx)
	if missing == nil {
		defer func() { _ = b.stop() }() // it serves nobody else
	}
	for _, pool := range pools {
		c.w.try(c.r.String(), "running, through PgBouncer, by "+pool, func() (string, error) {
			if missing != nil {
				return "", missing
			}
			before, err := b.settings(ctx, pool)
			if err != nil {
				return "", err
			}
			if note, err := c.w.prove(ctx, c.live(addressAt(b.port, "anybody", pool))); err != nil {
				return note, err
			}
			if after, err := b.settings(ctx, pool); err != nil || after != before {
				return "", fmt.Errorf("it leaves settings in the connection of the pool: %q instead of %q (%v)", after, before, err)
			}
			return "", nil
		})
	}
}

// settings are those of the one connection that a pool has to the server, which the
// last client may have changed. Two are of the client that asks.
func (b *bouncer) settings(ctx context.Context, pool string) (string, error) {
	args := []string{"-h", "127.0.0.1", "-p", fmt.Sprint(b.port), "-U", "anybody", "-d", pool, "-X", "-q", "-A", "-t"}
	return b.c.output(ctx, b.c.r.tools, `SELECT pg_backend_pid(); SELECT name, setting FROM pg_catalog.pg_settings WHERE source = 'session' AND name NOT IN ('application_name', 'client_encoding') ORDER BY name;`, "psql", args...)
}
