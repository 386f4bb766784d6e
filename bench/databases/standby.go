package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// follow makes a standby of the cluster, with further settings, and starts it.
func (c *cluster) follow(ctx context.Context, settings string) (*cluster, error) {
	s := &cluster{w: c.w, r: c.r}
	if err := s.place(); err != nil {
		return nil, err
	}
	err := s.do(ctx, c.r.tools, "", "pg_basebackup", "-h", "127.0.0.1", "-p", fmt.Sprint(c.port), "-U", admin, "-D", s.data(), "-R", "-X", "stream", "-c", "fast", "--no-sync")
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(s.dir))
	}
	if err := s.follows(c); err != nil {
		return nil, err
	}
	if err := s.configure(settings); err != nil {
		return nil, err
	}
	return s, s.begin(ctx)
}

// follows says again whom the standby follows: a newer pg_basebackup writes options of
// the connection that an older server does not know.
func (c *cluster) follows(primary *cluster) error {
	if c.r.major < 12 { // it stands in recovery.conf, and the tool is of the same release
		return nil
	}
	f, err := os.OpenFile(filepath.Join(c.data(), "postgresql.auto.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "primary_conninfo = 'host=127.0.0.1 port=%d user=%s'\n", primary.port, admin)
	return errors.Join(err, f.Close())
}

// leave ends a standby and takes its data away.
func (c *cluster) leave() error { return errors.Join(c.stop(), os.RemoveAll(c.dir)) }

// standby proves the database on a standby.
func (c *cluster) standby(ctx context.Context) {
	c.w.try(c.r.String(), "running, standby", func() (note string, err error) {
		s, err := c.follow(ctx, "")
		if err != nil {
			return "", err
		}
		defer func() { err = errors.Join(err, s.leave()) }()
		if err := s.caughtUp(ctx, c); err != nil {
			return "", err
		}
		source := s.live(s.address(admin, wiki))
		source.kind += " (standby)"
		return c.w.prove(ctx, source)
	})
}

// caughtUp waits until the standby has done what the primary has.
func (c *cluster) caughtUp(ctx context.Context, primary *cluster) error {
	at, err := primary.sql(ctx, "postgres", "SELECT pg_current_wal_lsn()")
	if err != nil {
		return err
	}
	return until(ctx, "the standby follows", func() (bool, error) {
		done, err := c.sql(ctx, "postgres", fmt.Sprintf("SELECT pg_last_wal_replay_lsn() >= '%s'", at))
		return done == "t", err
	})
}
