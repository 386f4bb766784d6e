package demo

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"sluice/localexport/disk"
)

// partial is an output file that has its final name only when it is complete.
type partial struct {
	final, name string
	file        *os.File // kept open: its identity tells our file from one that replaced it
	overwrite   bool
}

// createPartial creates final+".partial", empty and readable by the owner only.
func createPartial(final string, overwrite bool) (*partial, error) {
	p := &partial{final: final, name: final + ".partial", overwrite: overwrite}
	if err := cmp.Or(disk.Nowhere(final), p.refuseExisting()); err != nil {
		return nil, err
	}
	if overwrite {
		if err := os.Remove(p.name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("remove unfinished demo snapshot: %w", err)
		}
	}
	file, err := os.OpenFile(p.name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, disk.InTheWay(p.name + " is being written by another run or was left by one that was killed: delete it")
	}
	if err != nil {
		return nil, fmt.Errorf("create demo snapshot: %w", err)
	}
	p.file = file
	return p, nil
}

func (p *partial) refuseExisting() error {
	info, err := os.Lstat(p.final)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("create demo snapshot: %w", err)
	case info.IsDir():
		return fmt.Errorf("%s is a directory: name a file for the demo snapshot", p.final)
	case !p.overwrite:
		return disk.InTheWay(p.final + " exists already: choose another name")
	}
	return nil
}

// commit syncs the file to disk, gives it its final name and returns its size in bytes.
func (p *partial) commit() (int64, error) {
	if err := p.file.Sync(); err != nil {
		return 0, fmt.Errorf("sync demo snapshot %s: %w", p.name, err)
	}
	info, err := p.file.Stat()
	if err != nil {
		return 0, fmt.Errorf("sync demo snapshot %s: %w", p.name, err)
	}
	if !p.stillOurs(info) {
		return 0, fmt.Errorf("%s was replaced while it was being written: is another run at work?", p.name)
	}
	if err := p.refuseExisting(); err != nil {
		return 0, err
	}
	if err := p.file.Close(); err != nil {
		return 0, fmt.Errorf("close demo snapshot %s: %w", p.name, err)
	}
	if err := os.Rename(p.name, p.final); err != nil {
		return 0, fmt.Errorf("finish demo snapshot: %w", err)
	}
	return info.Size(), nil
}

// discard removes the partial file, unless another run has put its own there.
func (p *partial) discard() error {
	info, statErr := p.file.Stat()
	if errors.Is(statErr, fs.ErrClosed) { // commit closed it; nothing can have replaced it since
		return removeIfThere(p.name)
	}
	ours := statErr == nil && p.stillOurs(info)
	err := p.file.Close()
	if ours {
		err = errors.Join(err, removeIfThere(p.name))
	}
	return err
}

func (p *partial) stillOurs(opened fs.FileInfo) bool {
	named, err := os.Lstat(p.name)
	return err == nil && os.SameFile(opened, named)
}

func removeIfThere(name string) error {
	if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove unfinished demo snapshot: %w", err)
	}
	return nil
}
