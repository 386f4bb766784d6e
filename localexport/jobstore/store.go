// Package jobstore keeps the jobs of a home in a SQLite database: their ids,
// their documents, and what processes have to tell each other about the job that
// runs. It also keeps the verdicts on snapshots.
//
// Several processes may open one store. Every change is one transaction, and a
// unique index allows one running job only.
package jobstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"

	"modernc.org/sqlite"
	sqlitelib "modernc.org/sqlite/lib"

	"sluice/localexport/fileuri"
)

// BusyTimeout is how long a statement waits for another process's transaction.
const BusyTimeout = 5 * time.Second

// readers is how many connections serve queries; changes have one connection.
const readers = 2

// Store is an open job database. Its methods may be called from any goroutine.
type Store struct {
	path  string
	write *sql.DB // one connection, so that changes queue up in the process
	read  *sql.DB
}

// Open opens the database at path and creates it if it does not exist, with
// permissions 0600. The folder must exist.
func Open(ctx context.Context, path string) (*Store, error) {
	if err := createPrivate(path); err != nil {
		return nil, fmt.Errorf("create job database: %w", err)
	}
	s := &Store{path: path}
	var err error
	if s.write, err = openPool(path, 1, ""); err != nil {
		return nil, describe(path, err)
	}
	if s.read, err = openPool(path, readers, "&_pragma=query_only(1)"); err != nil {
		return nil, describe(path, errors.Join(err, s.write.Close()))
	}
	if err := s.prepare(ctx); err != nil {
		return nil, describe(path, errors.Join(err, s.Close()))
	}
	return s, nil
}

// createPrivate makes sure that the file exists and that nobody else can read
// it. SQLite gives the -wal and -shm files the permissions of the database.
func createPrivate(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	if runtime.GOOS == "windows" {
		return nil
	}
	return f.Chmod(0o600)
}

// openPool names the file by a URI, so that any character may be in its path.
func openPool(path string, connections int, extra string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", fileuri.Of(path, fmt.Sprintf(
		"_txlock=immediate&_pragma=busy_timeout(%d)&_pragma=synchronous(NORMAL)%s", BusyTimeout.Milliseconds(), extra)))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// prepare switches to write-ahead logging and brings the schema up to date.
func (s *Store) prepare(ctx context.Context) error {
	if err := s.useWAL(ctx); err != nil {
		return err
	}
	return migrate(ctx, s.write)
}

// useWAL switches the journal mode. SQLite does not wait for other connections
// here, as it does elsewhere, so the waiting is done by hand.
func (s *Store) useWAL(ctx context.Context) error {
	deadline := time.Now().Add(BusyTimeout)
	for {
		_, err := s.write.ExecContext(ctx, "PRAGMA journal_mode = WAL")
		if !isCode(err, sqlitelib.SQLITE_BUSY) || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// Close releases the database.
func (s *Store) Close() error {
	return errors.Join(s.read.Close(), s.write.Close())
}

// durably runs a transaction that is on disk when durably returns; other
// transactions may be lost, but never torn, when the power goes off.
func (s *Store) durably(ctx context.Context, change func(*sql.Tx) error) error {
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "PRAGMA synchronous = FULL"); err != nil {
		return err
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA synchronous = NORMAL")
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := change(tx); err != nil {
		return err
	}
	return tx.Commit()
}

func isCode(err error, code int) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == code
}

// describe says what to do about a database that cannot be used.
func describe(path string, err error) error {
	switch {
	case isCode(err, sqlitelib.SQLITE_NOTADB), isCode(err, sqlitelib.SQLITE_CORRUPT):
		return fmt.Errorf("job database %s is damaged: move it away to begin a new history (%w)", path, err)
	case isCode(err, sqlitelib.SQLITE_BUSY), isCode(err, sqlitelib.SQLITE_LOCKED):
		return fmt.Errorf("job database %s is held by another program for more than %s: close that program (%w)", path, BusyTimeout, err)
	case isCode(err, sqlitelib.SQLITE_FULL):
		return fmt.Errorf("job database %s: the disk is full: free some space (%w)", path, err)
	}
	return fmt.Errorf("job database %s: %w", path, err)
}
