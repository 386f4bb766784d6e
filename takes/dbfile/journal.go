package dbfile

import (
	"errors"
	"io/fs"
	"os"

	lib "modernc.org/sqlite/lib"

	"sluice/localexport/disk"
	"sluice/localexport/sqlread"
	"sluice/sqliteformat"
	"sluice/wording"
)

// settleJournal undoes what a run has begun to change in the snapshot at path that
// was killed: its rollback journal lies beside it. It would be played back into
// whatever has the name next.
func settleJournal(path string) error {
	journal := path + sqliteformat.JournalSuffix
	if _, err := os.Lstat(journal); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return wording.Errorf("look for a rollback journal: %w", err)
	}
	held, err := holdPlace(path)
	switch {
	case err != nil:
		return err
	case held == nil:
		return disk.InTheWay(wording.Of("%s is the rollback journal of a file that is gone: remove it, or name another file for the snapshot", journal).String())
	}
	defer held.Close()
	err = playBack(path, func() error { return dropUnused(path, journal) })
	var e *sqlread.Error
	if errors.As(err, &e) && e.Code&0xff == lib.SQLITE_NOTADB {
		return disk.InTheWay(wording.Of("%s is a rollback journal, and %s is no database: remove both, or name another file for the snapshot", journal, path).String())
	}
	if err != nil {
		return wording.Errorf("undo what a run that was killed has changed in %s: %w", path, err)
	}
	return nil
}

// playBack has SQLite read the file, which settles its journal first, and calls then
// while nobody else can write to it.
func playBack(path string, then func() error) error {
	c, err := openConn(path, false)
	if err != nil {
		return err
	}
	if err = c.Exec("SELECT count(*) FROM sqlite_schema"); err == nil {
		if err = c.Exec("BEGIN IMMEDIATE"); err == nil {
			err = then()
		}
	}
	return errors.Join(err, c.Close())
}

// dropUnused removes the journal of a database that was left before the change that it
// was for had begun: SQLite writes its beginning last, and passes over one without.
func dropUnused(path, journal string) error {
	switch p, err := sqliteformat.FindPending(path); {
	case err != nil:
		return err
	case p.Path == journal:
		return disk.InTheWay(wording.Of("%s is a rollback journal that does not fit: remove it and the snapshot, or name another file", journal).String())
	}
	if err := os.Remove(journal); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return wording.Errorf("remove a rollback journal: %w", err)
	}
	return nil
}
