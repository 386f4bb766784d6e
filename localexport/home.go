package localexport

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"sluice/localexport/disk"
	"sluice/localexport/jobfiles"
	"sluice/localexport/jobstore"
	"sluice/pipeline"
	"sluice/sqliteformat"
	"sluice/wording"
)

// home is the folders and files below Options.Home.
type home struct {
	disk    disk.Disk
	locks   locking
	own     func(path string) bool // whether the disk of a folder is this computer's own
	root    string                 // <home>/data-pipeline
	jobs    string                 // jobs.db
	lock    string                 // export.lock
	exports string                 // export/
	temp    string                 // temp/: work files of the engine
}

// Database is the file that keeps the jobs of a home; without it there is none.
func Database(home string) string { return homeAt(nil, home).jobs }

func homeAt(d disk.Disk, path string) home {
	root := filepath.Join(path, rootName)
	return home{
		disk:    d,
		locks:   fileLocks{},
		own:     onOwnDisk,
		root:    root,
		jobs:    filepath.Join(root, "jobs.db"),
		lock:    filepath.Join(root, "export.lock"),
		exports: filepath.Join(root, "export"),
		temp:    filepath.Join(root, "temp"),
	}
}

// JobFolder is the folder of the files of a job in a home, whether it exists or not, if
// its export path was the default: FindJobFolder knows the others.
func JobFolder(home string, jobID int64) string {
	return jobfiles.Dir(homeAt(nil, home).exports, jobID)
}

// FindJobFolder is the folder of the files of a job in a home, wherever its export path
// was; that of JobFolder if the job is not known.
func FindJobFolder(ctx context.Context, path string, jobID int64) (string, error) {
	h := homeAt(nil, path)
	if err := h.checkFormat(); err != nil {
		return "", err
	}
	usual, exists := h.usual(jobID)
	if exists {
		return usual, nil
	}
	if _, err := os.Stat(h.jobs); errors.Is(err, fs.ErrNotExist) {
		return usual, nil // nor is there a history to look into
	}
	store, err := jobstore.Open(ctx, h.jobs)
	if err != nil {
		return "", err
	}
	job, _, err := store.Get(ctx, jobID)
	if job.ID == 0 {
		job.ID = jobID
	}
	return h.folder(job), errors.Join(err, store.Close())
}

// FolderOf is FindJobFolder for a job that was read from the home: nothing is looked up.
func FolderOf(path string, job pipeline.Job) string {
	return homeAt(nil, path).folder(job)
}

// usual is the folder of a job whose export path was the default, and whether it exists:
// a home that was moved has it where no job of before says.
func (h home) usual(jobID int64) (path string, exists bool) {
	path = jobfiles.Dir(h.exports, jobID)
	_, err := os.Stat(path)
	return path, err == nil
}

// folder is the folder of the files of a job: below the export path at its start, but
// where a home was moved with its files.
func (h home) folder(job pipeline.Job) string {
	if usual, exists := h.usual(job.ID); exists {
		return usual
	}
	if filepath.IsAbs(job.RootExportPath) {
		return jobfiles.Dir(job.RootExportPath, job.ID)
	}
	return jobfiles.Dir(h.exports, job.ID)
}

// settled is a job as it is told to others: where its files have come into the home since
// (which was moved with them, or they were), its export path is no longer another one, so
// that whoever looks for them there goes by the rule of folder.
func (h home) settled(job pipeline.Job) pipeline.Job {
	if job.RootExportPath == "" || job.Running() {
		return job
	}
	if _, exists := h.usual(job.ID); exists {
		job.RootExportPath = ""
	}
	return job
}

// prepare makes the folders, readable for their owner only. A home that exists
// keeps its permissions.
func (h home) prepare() error {
	parent := filepath.Dir(h.root)
	if err := h.checkFormat(); err != nil {
		return err
	}
	if err := h.disk.MkdirAll(parent); err != nil {
		return unwritable(parent, err)
	}
	for _, dir := range []string{h.root, h.exports} {
		err := h.disk.Mkdir(dir)
		if errors.Is(err, fs.ErrExist) {
			if err := h.refuseLink(dir, fs.FileMode.IsDir); err != nil {
				return err
			}
			err = h.disk.Chmod(dir, 0o700)
		} else if err == nil && dir == h.root {
			err = h.putFormat()
		}
		if err != nil {
			return unwritable(parent, err)
		}
	}
	for _, file := range []string{h.jobs, h.jobs + sqliteformat.LogSuffix, h.jobs + sqliteformat.SharedSuffix, h.lock} {
		if err := h.refuseLink(file, fs.FileMode.IsRegular); err != nil {
			return err
		}
	}
	return nil
}

// refuseLink refuses what is not what it should be at a path of the home: permissions
// would be set, and files written, wherever a link leads. Nothing at all is fine.
func (h home) refuseLink(path string, right func(fs.FileMode) bool) error {
	info, err := h.disk.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return unwritable(filepath.Dir(h.root), err)
	case right(info.Mode()):
		return nil
	case info.Mode()&fs.ModeSymlink != 0:
		return wording.Errorf("%s is a link, and nothing is written through links: move it away, or choose the folder that it leads to as the home", path)
	}
	return wording.Errorf("%s is not what Sluice has made there: move it away or choose another home", path)
}

// unwritable is the sentence for a home that cannot be used.
func unwritable(path string, err error) error {
	if isFull(err) {
		return fullHome(path, err)
	}
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		err = e.Err // the path is in the sentence already
	}
	return wording.Errorf("home %s cannot be written (%w): choose another folder or change its permissions", path, err)
}

// openStore opens the job database. If it is new although there are exports, its
// ids go on after theirs: no folder of an earlier job is ever written again.
func (h home) openStore(ctx context.Context) (*jobstore.Store, error) {
	store, err := jobstore.Open(ctx, h.jobs)
	if err != nil {
		if errors.Is(err, fs.ErrPermission) {
			return nil, unwritable(filepath.Dir(h.root), err)
		}
		return nil, err
	}
	if err := h.skipUsedIDs(ctx, store); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return store, nil
}

func (h home) skipUsedIDs(ctx context.Context, store *jobstore.Store) error {
	newest, err := store.Latest(ctx)
	if err != nil || newest.Exists() || store.ReadOnly() != nil {
		return err
	}
	entries, err := os.ReadDir(h.exports)
	if err != nil {
		return wording.Errorf("look for earlier exports: %w", err)
	}
	var used int64
	for _, entry := range entries {
		if id, err := strconv.ParseInt(entry.Name(), 10, 64); err == nil {
			used = max(used, id)
		}
	}
	if used == 0 {
		return nil
	}
	return store.SkipIDs(ctx, used)
}

// tryLock takes the lock of the home for a job of this process. It reports false
// if another job holds it. The lock ends with the process at the latest.
func (h home) tryLock() (io.Closer, bool, error) { return h.locks.take(h.lock) }

// locked reports whether a job holds the lock.
func (h home) locked() (bool, error) {
	if _, err := os.Lstat(h.lock); errors.Is(err, fs.ErrNotExist) {
		return false, nil // there may be no room to make it
	}
	return h.locks.taken(h.lock)
}

// ownDisk reports whether locks hold against every process that can use the home.
func (h home) ownDisk() bool { return h.own(h.root) }
