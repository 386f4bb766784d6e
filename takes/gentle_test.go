//go:build unix

package takes

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sluice/takes/dbfile"
	"sluice/takes/feed"
	"sluice/takes/pglive"
)

// ahead is by how many bytes a server may be ahead of a reader that pauses: what the
// systems on both sides keep on the way, of which Linux keeps up to 4 MB where sender
// and reader are on one computer. The table has 60 MB.
const ahead = 8 << 20

// gentleWithPostgres: limits hold the server itself back, and what goes wrong
// because of them, or of others, is said.
func gentleWithPostgres(t *testing.T, p *postgres) {
	p.sql(`CREATE TABLE kept AS SELECT * FROM bodycontent;
		INSERT INTO bodycontent (bodycontentid, body, contentid, bodytypeid) SELECT 1000000 + n, repeat(md5(n::text), 300), 1, 2 FROM generate_series(1, 6000) n;
		ANALYZE; CREATE ROLE gentle LOGIN SUPERUSER`)
	defer p.sql(`TRUNCATE bodycontent; INSERT INTO bodycontent SELECT * FROM kept; DROP TABLE kept`)
	t.Run("held back", func(t *testing.T) { postgresIsHeldBack(t, p.within(t)) })
	t.Run("ended", func(t *testing.T) { postgresEndsTheReading(t, p.within(t)) })
	t.Run("begun anew", func(t *testing.T) { postgresBeginsAnew(t, p.within(t)) })
}

func postgresIsHeldBack(t *testing.T, p *postgres) {
	for name, o := range map[string]Options{"rate": {MaxRate: 1_000_000}, "load": {Load: 4}} {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		asked := false
		o.Progress = func(at Progress) {
			if at.Table != "bodycontent" || at.Read < 200_000 || asked {
				return
			}
			asked = true
			sent, err := strconv.ParseInt(p.query(`SELECT bytes_processed FROM pg_stat_progress_copy `), 10, 64)
			if err != nil || sent > at.Read+ahead {
				t.Errorf("%s: the server is at %d where we are at %d, %v", name, sent, at.Read, err)
			}
			if at.Open <= 0 || at.Total < at.Read || !at.About {
				t.Errorf("%s: %+v", name, at)
			}
			cancel()
		}
		if _, err := Take(ctx, p.address("gentle"), filepath.Join(t.TempDir(), "x.db"), o); !errors.Is(err, context.Canceled) || !asked {
			t.Errorf("%s: %v", name, err)
		}
	}
	// What a login has set for its own queries must not end the reading.
	p.sql(`ALTER ROLE gentle SET statement_timeout = '100ms'; ALTER ROLE gentle SET idle_in_transaction_session_timeout = '100ms'; ALTER ROLE gentle SET lock_timeout = '1ms'`)
	defer p.sql(`ALTER ROLE gentle RESET ALL`)
	open := "?"
	o := Options{Load: 40, Now: func() time.Time { // when all is read, and before indexes are made
		open = p.query(`SELECT count(*) FROM pg_stat_activity WHERE usename = 'gentle' AND xact_start IS NOT NULL`)
		return time.Now()
	}}
	r, err := Take(t.Context(), p.address("gentle"), filepath.Join(t.TempDir(), "x.db"), o)
	if err != nil || open != "0" || !strings.Contains(strings.Join(r.Notes, "\n"), "The transaction was open for ") {
		t.Errorf("%s transactions are open at the end; %v, %q", open, err, r.Notes)
	}
}

// acting takes a snapshot slowly, and acts once its rows come.
func acting(t *testing.T, address string, o Options, act func()) error {
	var once sync.Once
	o.Progress = func(at Progress) {
		if strings.EqualFold(at.Table, "bodycontent") {
			once.Do(act)
		}
	}
	_, err := Take(t.Context(), address, filepath.Join(t.TempDir(), "x.db"), o)
	return err
}

func postgresEndsTheReading(t *testing.T, p *postgres) {
	slow := Options{MaxRate: 1_000_000}
	slow.Database.StatementTimeout = 2 * time.Second // a busy machine needs part of it for what comes first
	err := acting(t, p.address("gentle"), slow, func() {})
	if !errors.Is(err, feed.ErrUnreachable) || !strings.Contains(err.Error(), "--statement-timeout allows, 2s,") || !strings.Contains(err.Error(), "the pauses of --max-rate and --load count") {
		t.Errorf("after the time for a query: %v", err)
	}
	err = acting(t, p.address("gentle"), Options{MaxRate: 5_000_000}, func() {
		p.sql(`SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = 'sluice snapshot'`)
	})
	if !errors.Is(err, feed.ErrUnreachable) || !strings.Contains(err.Error(), "somebody cancelled the reading") {
		t.Errorf("cancelled: %v", err)
	}
	session := exec.Command(filepath.Join(p.bin, "psql"), "-qAt", "-h", "127.0.0.1", "-p", strconv.Itoa(p.port), "-U", "admin", "-d", "postgres")
	in, err1 := session.StdinPipe()
	out, err2 := session.StdoutPipe()
	if err := errors.Join(err1, err2, session.Start()); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(in, "BEGIN; LOCK TABLE spaces; SELECT 'locked';")
	if _, err := out.Read(make([]byte, 16)); err != nil {
		t.Fatal(err)
	}
	o := Options{}
	o.Database.LockTimeout = 50 * time.Millisecond
	err = acting(t, p.address("gentle"), o, func() {})
	if !errors.Is(err, feed.ErrUnreachable) || !strings.Contains(err.Error(), "somebody else locks a table") {
		t.Errorf("behind a lock: %v", err)
	}
	in.Close()
	if err := session.Wait(); err != nil {
		t.Error(err)
	}
}

// postgresBeginsAnew: what a standby cancels is read again, as it is then.
func postgresBeginsAnew(t *testing.T, p *postgres) {
	p.sql(`CREATE TABLE fault (n int); INSERT INTO fault VALUES (1); ALTER TABLE label RENAME TO labels;
		CREATE FUNCTION stumble() RETURNS boolean LANGUAGE plpgsql STABLE AS $$ BEGIN
			IF EXISTS (SELECT FROM public.fault) THEN RAISE 'canceling statement due to conflict with recovery' USING ERRCODE = '40001'; END IF;
			RETURN true; END $$;
		CREATE VIEW label AS SELECT * FROM labels WHERE public.stumble()`)
	defer p.sql(`DROP VIEW label; ALTER TABLE labels RENAME TO label; DROP FUNCTION stumble; DROP TABLE fault`)
	for _, retries := range []int{0, 2} {
		o := Options{}
		o.Database.Retries = retries
		err := acting(t, p.address("gentle"), o, func() {})
		if !errors.Is(err, feed.ErrUnreachable) || !strings.Contains(err.Error(), "hot_standby_feedback = on or a larger max_standby_streaming_delay") ||
			strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "(it was read 3 times)") != (retries == 2) {
			t.Errorf("with %d retries: %v", retries, err)
		}
	}
	// A view has no size of its own; rows are counted where they were analysed.
	s, err := Plan(t.Context(), p.address("gentle"), Options{})
	if err != nil || s.Bytes < 1_000_000 {
		t.Errorf("%v, %+v", err, s)
	}
	for _, x := range s.Tables {
		if view := x.Table == "label"; view != (x.Bytes < 0) || view && x.Rows >= 0 || x.Table == "bodycontent" && x.Rows < 6000 {
			t.Errorf("%+v", x)
		}
	}
	path := filepath.Join(t.TempDir(), "x.db")
	var info pglive.Info
	_, err = takeRunning(t.Context(), path, Options{Now: time.Now}, func(_ *input, _ string, begin func() (feed.Sink, error)) (_ dbfile.Origin, _ []string, err error) {
		info, err = pglive.Read(t.Context(), pglive.Options{Address: p.address("gentle"), Retries: 3}, wanted{}, marks, func(pglive.Info) (feed.Sink, error) {
			p.sql(`DELETE FROM fault; UPDATE spaces SET spacename = 'meanwhile'`) // seen by the next reading only
			return begin()
		})
		return dbfile.Origin{}, nil, err
	})
	if err != nil || info.Restarts != 1 || !strings.Contains(contents(t, path), "'meanwhile'") {
		t.Errorf("%v, begun anew %d times", err, info.Restarts)
	}
}

// TestFilesAreReadGently, on a clock that runs only while everything waits: the time
// that a rate needs for the bytes that were read has passed.
func TestFilesAreReadGently(t *testing.T) {
	for _, name := range dumps {
		synctest.Test(t, func(t *testing.T) {
			var last Progress
			began := time.Now()
			_, err := Take(t.Context(), filepath.Join("testdata", name), filepath.Join(t.TempDir(), "x.db"),
				Options{MaxRate: 20_000, Progress: func(p Progress) { last = p }})
			if err != nil {
				t.Fatal(err)
			}
			needs := time.Duration(last.Read) * time.Second / 20_000
			if took := time.Since(began); last.Read == 0 || took < needs*9/10 || took > needs*11/10+time.Second {
				t.Errorf("%s: %d bytes in %s", name, last.Read, took)
			}
		})
	}
}
