package dbfile

import (
	"errors"
	"io/fs"
	"os"

	"sluice/localexport/disk"
	"sluice/localexport/inuse"
	"sluice/takes/feed"
	"sluice/wording"
)

// openPartial makes the unfinished file, which is locked as long as it is open.
// What a run has left that was killed is thrown away: a table that is half read
// cannot be told from one that is half written.
func (f *File) openPartial() (*os.File, error) {
	p, err := os.OpenFile(f.name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return f.takeOver()
	}
	if err != nil {
		return nil, wording.Errorf("create snapshot: %w", err)
	}
	if err := inuse.Change(p); errors.Is(err, inuse.ErrInUse) { // somebody took it over in this moment
		return nil, errors.Join(f.busy(), p.Close())
	}
	return p, nil
}

// takeOver makes a file empty that has the name already, if nobody writes it.
func (f *File) takeOver() (*os.File, error) {
	if info, err := os.Lstat(f.name); err == nil && !info.Mode().IsRegular() {
		return nil, disk.InTheWay(wording.Of("%s is no ordinary file: remove it, or name another file for the snapshot", f.name).String())
	}
	p, err := os.OpenFile(f.name, os.O_RDWR, 0)
	if err != nil {
		return nil, wording.Errorf("look at an unfinished snapshot: %w", err)
	}
	err = inuse.Change(p)
	switch {
	case errors.Is(err, inuse.ErrInUse):
		return nil, errors.Join(f.busy(), p.Close())
	case err != nil: // nobody can tell
		return nil, errors.Join(disk.InTheWay(wording.Of("%s is being written by another run, or was left by one that was killed: remove it if none is at work", f.name).String()), p.Close())
	}
	if err := errors.Join(p.Chmod(0o600), p.Truncate(0)); err != nil {
		return nil, errors.Join(wording.Errorf("empty an unfinished snapshot: %w", err), p.Close())
	}
	f.Note(feed.Note{Text: "A run that was killed had left an unfinished snapshot: it was thrown away and everything read anew, because nothing tells how far its rows had come to disk."})
	return p, nil
}

func (f *File) busy() error {
	return wording.Errorf("%w: another run writes %s now; wait until it is done, or name another file for the snapshot", inuse.ErrInUse, f.name)
}
