package dbfile

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"runtime"
	"time"

	"sluice/localexport/inuse"
	"sluice/wholefile"
	"sluice/wording"
)

// lookAgain is how often is looked whether a snapshot is still being read.
const lookAgain = 50 * time.Millisecond

// holdPlace makes sure that nobody reads what has the path now, until the file that
// it returns is closed; nil if nothing has it.
func holdPlace(path string) (*os.File, error) {
	for {
		held, err := os.OpenFile(path, os.O_RDWR, 0)
		if errors.Is(err, fs.ErrPermission) { // a file may be replaced that cannot be written
			held, err = os.Open(path)
		}
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, nil
		case err != nil:
			return nil, wording.Errorf("look at the snapshot of before: %w", err)
		}
		err = inuse.Change(held)
		if errors.Is(err, inuse.ErrInUse) {
			return nil, errors.Join(wording.Errorf("%w: %s is being exported, or taken by another run; wait until that is done, or name another file for the snapshot", inuse.ErrInUse, path), held.Close())
		}
		if wholefile.Has(held, path) {
			return held, nil
		}
		held.Close()
	}
}

// waitForPlace is holdPlace for one that has its work done: it waits until nobody
// reads what has the path.
func (f *File) waitForPlace() (*os.File, error) {
	for told := false; ; told = true {
		held, err := holdPlace(f.path)
		if !errors.Is(err, inuse.ErrInUse) {
			return held, err
		}
		if !told && f.Waiting != nil {
			f.Waiting()
		}
		select {
		case <-time.After(lookAgain):
		case <-f.ctx.Done():
			return nil, context.Cause(f.ctx)
		}
	}
}

// giveName puts the finished file in the place of what has the path now.
func (f *File) giveName() error {
	held, err := f.waitForPlace()
	if err != nil {
		return err
	}
	if runtime.GOOS == "windows" { // which renames no open file, and none over one
		if held != nil {
			held.Close()
			held = nil
		}
		f.file.Close()
	}
	if err = refuseExisting(f.path, f.replace); err == nil {
		if err = wholefile.Rename(f.name, f.path); err != nil {
			err = wording.Errorf("finish snapshot: %w", err)
		}
	}
	if held != nil {
		held.Close()
	}
	return err
}
