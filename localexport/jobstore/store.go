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
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"time"

	"modernc.org/sqlite"
	sqlitelib "modernc.org/sqlite/lib"

	"sluice/localexport/fileuri"
	"sluice/wording"
)

// BusyTimeout is how long a statement waits for another process's transaction.
const BusyTimeout = 5 * time.Second

// readers is how many connections serve queries; changes have one connection.
const readers = 2

// Store is an open job database. Its methods may be called from any goroutine.
type Store struct {
	path string
	open atomic.Pointer[pools]
}

// pools are the connections of a Store.
type pools struct {
	write *sql.DB // one connection, so that changes queue up in the process
	read  *sql.DB
	// fixed, if not nil, is why nothing can be written: the pools are then those of
	// a copy in memory.
	fixed error
}

func (s *Store) write() *sql.DB { return s.open.Load().write }
func (s *Store) read() *sql.DB  { return s.open.Load().read }

// Open opens the database at path and creates it if it does not exist, with
// permissions 0600. The folder must exist. If there is no room for what SQLite
// puts beside an open database, the Store holds what the database held at that
// moment and takes no changes: ReadOnly tells why.
func Open(ctx context.Context, path string) (*Store, error) {
	if err := createPrivate(path); err != nil {
		return nil, wording.Errorf("create job database: %w", err)
	}
	p, err := openPools(ctx, path)
	if noRoom(err) || isCode(err, sqlitelib.SQLITE_CANTOPEN) && noInode(filepath.Dir(path)) {
		fixed := fullDisk(path, err)
		if p, err = openCopy(ctx, path); err != nil {
			return nil, errors.Join(fixed, describe(path, err))
		}
		p.fixed = fixed
	}
	if err != nil {
		return nil, describe(path, err)
	}
	s := &Store{path: path}
	s.open.Store(p)
	return s, nil
}

// openPools opens the database for reading and writing.
func openPools(ctx context.Context, path string) (*pools, error) {
	write, err := openPool(path, 1, "")
	if err != nil {
		return nil, err
	}
	read, err := openPool(path, readers, "&_pragma=query_only(1)")
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	p := &pools{write: write, read: read}
	if err := p.prepare(ctx); err != nil {
		return nil, errors.Join(err, p.close())
	}
	return p, nil
}

// createPrivate makes sure that the file exists and that nobody else can read
// it. SQLite gives the -wal and -shm files the permissions of the database. An
// existing file is not opened: closing it would take away the locks that other
// connections of this process hold on it.
func createPrivate(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case err == nil:
		return f.Close()
	case !errors.Is(err, fs.ErrExist):
		return err
	}
	info, err := os.Lstat(path)
	switch {
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return wording.Errorf("%s is no file but %s: move it away", path, kindOf(info.Mode()))
	case runtime.GOOS == "windows":
		return nil
	}
	return os.Chmod(path, 0o600)
}

// kindOf says what is at a path where a file is expected.
func kindOf(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "a folder"
	case mode&fs.ModeSymlink != 0:
		return "a link"
	}
	return "something else"
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
func (p *pools) prepare(ctx context.Context) error {
	if err := checkFormat(ctx, p.read); err != nil {
		return err
	}
	if err := p.useWAL(ctx); err != nil {
		return err
	}
	return migrate(ctx, p.write)
}

// useWAL switches the journal mode. SQLite does not wait for other connections
// here, as it does elsewhere, so the waiting is done by hand.
func (p *pools) useWAL(ctx context.Context) error {
	deadline := time.Now().Add(BusyTimeout)
	for {
		_, err := p.write.ExecContext(ctx, "PRAGMA journal_mode = WAL")
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
func (s *Store) Close() error { return s.open.Load().close() }

func (p *pools) close() error { return errors.Join(p.read.Close(), p.write.Close()) }

// durably runs a transaction that is on disk when durably returns; other
// transactions may be lost, but never torn, when the power goes off.
func (s *Store) durably(ctx context.Context, change func(*sql.Tx) error) error {
	conn, err := s.write().Conn(ctx)
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

func fullDisk(path string, err error) error {
	return wording.Errorf("job database %s: the disk is full: free some space (%w)", path, err)
}

// describe says what to do about a database that cannot be used.
func describe(path string, err error) error {
	switch {
	case isCode(err, sqlitelib.SQLITE_NOTADB), isCode(err, sqlitelib.SQLITE_CORRUPT):
		return wording.Errorf("job database %s is damaged: move it away to begin a new history (%w)", path, err)
	case isCode(err, sqlitelib.SQLITE_BUSY), isCode(err, sqlitelib.SQLITE_LOCKED):
		return wording.Errorf("job database %s is held by another program for more than %s: close that program (%w)", path, BusyTimeout, err)
	case noRoom(err):
		return fullDisk(path, err)
	case isCode(err, sqlitelib.SQLITE_READONLY):
		return wording.Errorf("job database %s was opened for reading only, because the disk was full: free some space (%w)", path, err)
	}
	return wording.Errorf("job database %s: %w", path, err)
}
