package localexport

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"syscall"

	"sluice/localexport/disk"
	"sluice/pipeline"
	"sluice/wording"
)

// reserveSize is how much room the end of a job gets. A document that is larger
// loses warnings.
const reserveSize = 64 << 10

// reserve is a file whose room on the disk is taken before a job starts. If the end
// of the job cannot be recorded in the database, because the disk is full or the
// database is held or broken, it is written over what the file holds, which needs
// no room; whoever opens the home next finds it there. It is gone once the end is
// recorded. On a file system that writes every change to another place (btrfs, ZFS)
// it can fail all the same.
type reserve struct {
	disk disk.Disk
	path string
	file disk.File
}

// endPath is where the end of a job is written if the database does not take it.
func (h home) endPath(id int64) string {
	return filepath.Join(h.root, "end-"+strconv.FormatInt(id, 10)+".json")
}

// reserve takes the room for the end of the next job, whose id is not known yet.
func (h home) reserve() (*reserve, error) {
	path := filepath.Join(h.root, "end.reserve")
	if err := h.disk.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	f, err := h.disk.Create(path)
	if err != nil {
		return nil, err
	}
	r := &reserve{disk: h.disk, path: path, file: f}
	_, err = f.Write(bytes.Repeat([]byte{' '}, reserveSize))
	if err == nil {
		err = f.Sync()
	}
	if err != nil {
		return nil, errors.Join(err, r.release())
	}
	return r, nil
}

// assign makes the reserve that of a job. The file is closed meanwhile: Windows
// renames no file that is open.
func (r *reserve) assign(path string) error {
	if err := r.file.Close(); err != nil {
		return err
	}
	if err := r.disk.Rename(r.path, path); err != nil {
		return err
	}
	r.path = path
	f, err := r.disk.Continue(path, reserveSize)
	if err != nil {
		return err
	}
	r.file = f
	return r.disk.SyncDir(filepath.Dir(path))
}

// put writes the end of the job into the reserve, on disk before it returns.
func (r *reserve) put(job pipeline.Job) error {
	b, err := json.Marshal(pipeline.Kept(job))
	for err == nil && len(b) > reserveSize && len(job.Warnings) > 0 {
		job.Warnings = job.Warnings[:len(job.Warnings)-1]
		b, err = json.Marshal(pipeline.Kept(job))
	}
	if err == nil && len(b) > reserveSize {
		err = wording.Errorf("its document of %d bytes is larger than the reserve", len(b))
	}
	if err == nil {
		_, err = r.file.WriteAt(append(b, bytes.Repeat([]byte{' '}, reserveSize-len(b))...), 0)
	}
	if err == nil {
		err = r.file.Sync()
	}
	return errors.Join(err, r.file.Close())
}

// release gives the room back.
func (r *reserve) release() error {
	return errors.Join(r.file.Close(), r.disk.Remove(r.path))
}

// reservedEnd is the end of a job as its process wrote it into the reserve; false
// if it did not.
func (h home) reservedEnd(job pipeline.Job) (pipeline.Job, bool) {
	b, err := os.ReadFile(h.endPath(job.ID))
	if err != nil {
		return pipeline.Job{}, false
	}
	var kept pipeline.Kept
	if json.Unmarshal(b, &kept) != nil { // still empty, or torn by the end of the power
		return pipeline.Job{}, false
	}
	end := pipeline.Job(kept)
	return end, end.Same(job) && end.Status.Ended()
}

// forgetEnd removes the reserve of a job whose end is recorded.
func (h home) forgetEnd(id int64) error {
	if err := h.disk.Remove(h.endPath(id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// fullHome is the sentence for a home without any room.
func fullHome(path string, err error) error {
	return wording.Errorf("the disk of home %s is full: free some space or choose another home (%w)", path, err)
}

// isFull reports whether an error means that a disk has no room.
func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
