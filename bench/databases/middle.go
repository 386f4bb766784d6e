package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"time"
)

// inside is how much of an answer passes before something happens: it lies within
// the bodies.
const inside = 2 << 20

// anewText is how it is told that the reading began anew.
var anewText = regexp.MustCompile(`The standby cancelled the reading.*`)

// backends are the sessions that read the wiki, of which a server does something to
// one.
const backends = "FROM pg_catalog.pg_stat_activity WHERE datname = '" + wiki + "' AND pid <> pg_backend_pid()"

// cutOff tries what happens in the middle of the reading.
func (c *cluster) cutOff(ctx context.Context) {
	do := func(sql string) func(int, int) bool {
		return func(int, int) bool {
			_, err := c.sql(ctx, "postgres", sql)
			return err != nil // cut, and found as another ending
		}
	}
	for _, m := range []struct {
		trouble
		happens func(n, pid int) (cut bool)
		after   func() error
	}{
		{trouble{name: "the session is ended by an administrator", code: 1, says: []string{"bodycontent", "was cut while it was read"}}, do("SELECT pg_terminate_backend(pid) " + backends), nil},
		{trouble{name: "the query is cancelled by somebody", code: 7, says: []string{"bodycontent", "somebody cancelled"}, quiet: []string{"--statement-timeout"}}, do("SELECT pg_cancel_backend(pid) " + backends), nil},
		{trouble{name: "the connection breaks", code: 1, says: []string{"bodycontent", "was cut while it was read"}}, func(int, int) bool { return true }, nil},
		{trouble{name: "the server is stopped", code: 1, says: []string{"bodycontent", "was cut while it was read"}}, func(int, int) bool { return c.stop() != nil }, func() error { return c.begin(ctx) }},
		{trouble{name: "a statement timeout", source: source{args: []string{"--statement-timeout", "100ms"}}, code: 7, says: []string{"bodycontent", "--statement-timeout"}},
			func(int, int) bool { time.Sleep(150 * time.Millisecond); return false }, nil},
		{trouble{name: "it is interrupted", code: 130}, func(_, pid int) bool { return interrupt(pid) != nil }, nil},
	} {
		t, pid := m.trouble, make(chan int, 1)
		r, err := newRelay(c.port, inside, func(n int) bool { return m.happens(n, <-pid) })
		if err != nil {
			c.w.try(c.r.String(), t.name, func() (string, error) { return "", err })
			continue
		}
		t.source.name = addressAt(r.port(), admin, wiki) + "?sslmode=disable"
		t.begun = func(p int) { pid <- p }
		c.w.expect(ctx, c.r.String(), t)
		err = r.stop()
		if m.after != nil {
			err = errors.Join(err, m.after())
		}
		if err != nil {
			c.w.try(c.r.String(), t.name+", afterwards", func() (string, error) { return "", err })
		}
	}
}

// interrupt does what Ctrl+C does.
func interrupt(pid int) error {
	p, err := os.FindProcess(pid)
	if err != nil {
		return err
	}
	return p.Signal(os.Interrupt)
}

// conflicts tries a standby that cancels the reading, because the primary removed
// what it reads.
func (c *cluster) conflicts(ctx context.Context) {
	var s *cluster
	conflict := func() error {
		if _, err := c.sql(ctx, wiki, `CREATE TABLE IF NOT EXISTS churn AS SELECT i FROM generate_series(1, 1000) AS i; DELETE FROM churn; INSERT INTO churn SELECT i FROM generate_series(1, 1000) AS i; DELETE FROM churn`); err != nil {
			return err
		}
		_, err := c.sql(ctx, wiki, "VACUUM churn")
		if err != nil {
			return err
		}
		return s.received(ctx, c)
	}
	for _, m := range []struct {
		name   string
		after  int64 // how much passes before
		held   int   // how many times
		reason string
	}{
		{"a standby that cancels the reading once", inside, 1, ""},
		{"a standby that ends the session between two tables", 30_000, 1, ""},
		{"a standby that cancels the reading each time", inside, 3, "hot_standby_feedback"},
	} {
		if !c.w.forms.MatchString(m.name) || !c.w.servers.MatchString(c.r.String()) {
			continue
		}
		if s == nil {
			var err error
			if s, err = c.follow(ctx, "max_standby_streaming_delay = 0\nhot_standby_feedback = off\n"); err != nil {
				c.w.try(c.r.String(), m.name, func() (string, error) { return "", err })
				return
			}
			defer func() { _ = s.leave() }() // it serves nobody else
		}
		c.conflicting(ctx, s, m.name, m.after, m.held, m.reason, conflict)
	}
}

// conflicting reads from a standby that is in conflict with its primary some times.
func (c *cluster) conflicting(ctx context.Context, s *cluster, name string, after int64, held int, reason string, conflict func() error) {
	var failed error
	r, err := newRelay(s.port, after, func(n int) bool {
		if n < held {
			failed = errors.Join(failed, conflict())
		}
		return failed != nil
	})
	if err != nil {
		c.w.try(c.r.String(), name, func() (string, error) { return "", err })
		return
	}
	source := source{name: addressAt(r.port(), admin, wiki) + "?sslmode=disable", kind: "PostgreSQL database (standby)", args: []string{"--retries", "2"}}
	if reason != "" {
		c.w.expect(ctx, c.r.String(), trouble{name: name, source: source, code: 7, says: []string{reason, "max_standby_streaming_delay", "3 times"}})
	} else {
		c.w.try(c.r.String(), name, func() (string, error) {
			note, err := c.began(ctx, source)
			return note, errors.Join(err, failed)
		})
	}
	if err := errors.Join(r.stop(), failed); err != nil {
		c.w.try(c.r.String(), name+", afterwards", func() (string, error) { return "", err })
	}
}

// began proves a source whose reading had to begin anew, and returns what is said of
// it.
func (c *cluster) began(ctx context.Context, s source) (string, error) {
	path, t, e, err := c.w.take(ctx, s, call{})
	defer os.RemoveAll(filepath.Dir(path))
	if err != nil || e.code != 0 {
		return "", fmt.Errorf("snapshot: %s (%v)", e, err)
	}
	for _, note := range t.Notes {
		if m := anewText.FindString(note); m != "" {
			return m, c.w.sameExport(ctx, path, nil)
		}
	}
	return "", fmt.Errorf("that it began anew is not said: %q", t.Notes)
}

// received waits until a standby has received what the primary has done; it cannot
// do it yet where that is in conflict. What comes after it is sent with the next
// commit only.
func (c *cluster) received(ctx context.Context, primary *cluster) error {
	at, err := primary.sql(ctx, wiki, "SELECT pg_current_wal_insert_lsn(); INSERT INTO churn VALUES (0)")
	if err != nil {
		return err
	}
	return until(ctx, "the standby receives", func() (bool, error) {
		done, err := c.sql(ctx, "postgres", fmt.Sprintf("SELECT coalesce(pg_last_wal_receive_lsn() >= '%s', false)", at))
		return done == "t", err
	})
}
