package demo

import (
	"cmp"
	"errors"
	"io/fs"
	"os"

	"sluice/localexport/disk"
	"sluice/wholefile"
	"sluice/wording"
)

// partial is an output file that has its final name only when it is complete.
type partial struct {
	*wholefile.File
	final     string
	overwrite bool
}

// createPartial creates final+".partial", empty and readable by the owner only.
func createPartial(final string, overwrite bool) (*partial, error) {
	p := &partial{final: final, overwrite: overwrite}
	if err := cmp.Or(disk.Nowhere(final), p.refuseExisting()); err != nil {
		return nil, err
	}
	name := final + wholefile.Suffix
	if overwrite {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, wording.Errorf("remove unfinished demo snapshot: %w", err)
		}
	}
	var err error
	p.File, err = wholefile.Claim(final)
	if errors.Is(err, fs.ErrExist) {
		return nil, disk.InTheWay(name + " is being written by another run or was left by one that was killed: delete it")
	}
	if err != nil {
		return nil, wording.Errorf("create demo snapshot: %w", err)
	}
	return p, nil
}

func (p *partial) refuseExisting() error {
	info, err := os.Lstat(p.final)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return wording.Errorf("create demo snapshot: %w", err)
	case info.IsDir():
		return wording.Errorf("%s is a directory: name a file for the demo snapshot", p.final)
	case !p.overwrite:
		return disk.InTheWay(p.final + " exists already: choose another name")
	}
	return nil
}

// commit gives the file, once it is on disk, its final name and returns its size in bytes.
func (p *partial) commit() (int64, error) {
	info, err := p.OS().Stat()
	if err == nil {
		err = p.refuseExisting()
	}
	if err != nil {
		return 0, err
	}
	if err := p.Commit(); err != nil {
		return 0, wording.Errorf("finish demo snapshot: %w", err)
	}
	return info.Size(), nil
}

// discard removes the partial file, unless another run has put its own there.
func (p *partial) discard() error {
	if err := p.Discard(); err != nil {
		return wording.Errorf("remove unfinished demo snapshot: %w", err)
	}
	return nil
}
