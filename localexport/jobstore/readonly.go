package jobstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"

	"modernc.org/sqlite"
	sqlitelib "modernc.org/sqlite/lib"

	"sluice/localexport/fileuri"
)

// noRoom reports whether SQLite has failed for want of space.
func noRoom(err error) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code() {
	case sqlitelib.SQLITE_IOERR_SHMSIZE, sqlitelib.SQLITE_IOERR_SHMOPEN, sqlitelib.SQLITE_IOERR_WRITE, sqlitelib.SQLITE_IOERR_TRUNCATE:
		return true
	}
	return e.Code()&0xff == sqlitelib.SQLITE_FULL
}

// noInode reports whether the disk has no room for another file in a folder. SQLite
// only says that it cannot open one.
func noInode(dir string) bool {
	f, err := os.CreateTemp(dir, ".room-*")
	if err == nil {
		_ = errors.Join(f.Close(), os.Remove(f.Name()))
	}
	return errors.Is(err, syscall.ENOSPC)
}

// ReadOnly tells why the Store takes no changes, nil if it does.
func (s *Store) ReadOnly() error { return s.open.Load().fixed }

// Renew opens the database anew if it could not be written when it was opened. It
// changes nothing if it still cannot.
func (s *Store) Renew(ctx context.Context) {
	before := s.open.Load()
	if before.fixed == nil {
		return
	}
	p, err := openPools(ctx, s.path)
	if err != nil {
		return
	}
	if !s.open.CompareAndSwap(before, p) {
		_ = p.close() // somebody was quicker
		return
	}
	_ = before.close() // memory only
}

// openCopy copies what the database holds into memory. It needs no room: with
// exclusive locking SQLite keeps in memory what it shares with other processes
// otherwise. Where even a file of length 0 has no room, and none is there, the
// database alone holds everything.
func openCopy(ctx context.Context, path string) (*pools, error) {
	var errs []error
	for _, how := range []string{"_pragma=locking_mode(exclusive)&_pragma=query_only(1)", "immutable=1"} {
		p, err := copyFrom(ctx, path, how)
		if err == nil {
			return p, nil
		}
		errs = append(errs, err)
	}
	return nil, errors.Join(errs...)
}

func copyFrom(ctx context.Context, path, how string) (_ *pools, err error) {
	from, err := sql.Open("sqlite", fileuri.Of(path, how+fmt.Sprintf("&_pragma=busy_timeout(%d)", BusyTimeout.Milliseconds())))
	if err != nil {
		return nil, err
	}
	from.SetMaxOpenConns(1)
	defer func() { err = errors.Join(err, from.Close()) }()
	to, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	to.SetMaxOpenConns(1) // each connection would have a memory of its own
	p := &pools{write: to, read: to}
	if err := fillCopy(ctx, from, to); err != nil {
		return nil, errors.Join(err, to.Close())
	}
	return p, nil
}

// fillCopy makes a database of the current schema with the rows of another, which
// may be older, and closes it to changes.
func fillCopy(ctx context.Context, from, to *sql.DB) error {
	if err := migrate(ctx, to); err != nil {
		return err
	}
	tables, err := column(ctx, from, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
	if err != nil {
		return err
	}
	known, err := column(ctx, to, "SELECT name FROM sqlite_schema WHERE type = 'table'")
	if err != nil {
		return err
	}
	for _, table := range tables {
		if !slices.Contains(known, table) {
			continue
		}
		if err := copyTable(ctx, from, to, table); err != nil {
			return err
		}
	}
	_, err = to.ExecContext(ctx, "PRAGMA query_only = 1")
	return err
}

// column reads the texts of a query.
func column(ctx context.Context, db *sql.DB, query string) ([]string, error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var texts []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	return texts, rows.Err()
}

func copyTable(ctx context.Context, from, to *sql.DB, table string) error {
	rows, err := from.QueryContext(ctx, "SELECT * FROM "+table)
	if err != nil {
		return err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return err
	}
	insert := fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", table, strings.Join(names, ", "),
		strings.TrimSuffix(strings.Repeat("?, ", len(names)), ", "))
	values, targets := make([]any, len(names)), make([]any, len(names))
	for i := range values {
		targets[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		if _, err := to.ExecContext(ctx, insert, values...); err != nil {
			return err
		}
	}
	return rows.Err()
}
