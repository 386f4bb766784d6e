package target

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"sluice/leash"
	"sluice/wholefile"
	"sluice/wording"
)

// folder is a folder of this computer, or of a share that is mounted here.
type folder struct{ root string }

// Folder is a folder, which must exist: a share that is not mounted is not written beside.
func Folder(root string) (Target, error) {
	info, err := os.Stat(root)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, wording.Errorf("there is no folder %s: make it, or mount what belongs there", root)
	case err != nil:
		return nil, wording.Errorf("deliver to a folder: %w", err)
	case !info.IsDir():
		return nil, wording.Errorf("%s is no folder", root)
	}
	return folder{root}, nil
}

func (f folder) path(name string) string { return filepath.Join(f.root, filepath.FromSlash(name)) }

// Put implements Target. What a run that was killed has left of the file goes first.
func (f folder) Put(ctx context.Context, name string, r io.Reader, size int64) (err error) {
	path := f.path(name)
	if err := f.makeFolders(filepath.Dir(path)); err != nil {
		return err
	}
	if err := wholefile.RemoveStale(path, 0); err != nil { // of one that still runs, which notices it
		return err
	}
	file, err := wholefile.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Discard()) }() // nothing, after Commit
	written, err := io.Copy(file, leash.Reader(ctx, r))
	if err != nil {
		return err
	}
	if written != size {
		return wording.Errorf("%d bytes of %s came, not %d", written, name, size)
	}
	return file.Commit()
}

// makeFolders makes the folders of a file, and their names durable.
func (f folder) makeFolders(dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	if parent := filepath.Dir(dir); parent != dir {
		if err := f.makeFolders(parent); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return wholefile.SyncDir(filepath.Dir(dir))
}

// Open implements Target and Place.
func (f folder) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	file, err := os.Open(f.path(name))
	if err != nil {
		return nil, err
	}
	return leashedFile(ctx, file), nil
}

func (f folder) Size(_ context.Context, name string) (int64, error) {
	info, err := os.Stat(f.path(name))
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func (f folder) Remove(_ context.Context, name string) error {
	err := os.Remove(f.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return wholefile.SyncDir(filepath.Dir(f.path(name)))
}

func (f folder) Proves() bool    { return false }
func (f folder) String() string  { return f.root }
func (f folder) Notes() []string { return nil }
func (f folder) Close() error    { return nil }
