package sqliteformat

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"sluice/wording"
)

// How the names of the files end that SQLite keeps beside a database.
const (
	LogSuffix     = "-wal"     // the write-ahead log
	SharedSuffix  = "-shm"     // what processes that read the log share
	JournalSuffix = "-journal" // the rollback journal
)

// Real returns the path of the file itself: with every link followed, of the name
// and of the folders above it. SQLite does the same before it names side files, so
// they lie beside the target of a link and not beside the link.
func Real(path string) (string, error) {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", err
	}
	return filepath.Abs(real)
}

// Pending is content of a database that lies in a side file.
type Pending struct {
	Path  string // of the side file; "" if there is none
	Log   bool   // a write-ahead log; else a rollback journal
	Bytes int64
}

// FindPending looks for side files of the database file at real, a path that Real has
// returned, whose content belongs to the database:
//
//   - a write-ahead log that is not empty. SQLite reads it whatever the header
//     of the database says;
//   - a rollback journal that may have to be rolled back. One that was kept after
//     its transaction has ended is empty, or begins with zeros.
//
// An error says that it is not known whether there are any.
func FindPending(real string) (Pending, error) {
	p := Pending{Path: real + LogSuffix, Log: true}
	info, err := os.Stat(p.Path)
	switch {
	case err == nil && info.Size() > 0:
		p.Bytes = info.Size()
		return p, nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return Pending{}, wording.Errorf("look for a write-ahead log: %w", err)
	}
	p = Pending{Path: real + JournalSuffix}
	if p.Bytes, err = hotJournal(p.Path); err != nil {
		return Pending{}, wording.Errorf("look for a rollback journal: %w", err)
	}
	if p.Bytes == 0 {
		return Pending{}, nil
	}
	return p, nil
}

// hotJournal returns the size of a journal that may have to be rolled back, 0 if
// there is none.
func hotJournal(path string) (int64, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	defer f.Close()
	var start [8]byte
	n, err := io.ReadFull(f, start[:])
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return 0, err
	}
	if n == 0 || start == [8]byte{} {
		return 0, nil
	}
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
