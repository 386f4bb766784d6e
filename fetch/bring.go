package fetch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"sluice/deliver/target"
	"sluice/diskspace"
	"sluice/figures"
	"sluice/leash"
	"sluice/localexport/jobfiles"
	"sluice/pipeline"
	"sluice/wholefile"
	"sluice/wording"
)

// bring copies the files into the hidden folder, looks at them, and writes the manifest.
func (f *fetching) bring(ctx context.Context) (jobfiles.Manifest, error) {
	if err := f.prepare(); err != nil {
		return jobfiles.Manifest{}, err
	}
	p := Progress{TotalBytes: sizeOf(f.there.files)}
	sums := make([]string, len(f.there.files))
	for i, e := range f.there.files {
		sum, err := f.file(ctx, e, func(n int64) {
			p.File, p.Bytes = e.Name, p.Bytes+n
			f.o.Progress(p)
		})
		if err != nil {
			return jobfiles.Manifest{}, wording.Errorf("%s: %w", e.Name, err)
		}
		sums[i] = sum
	}
	if err := f.unchanged(ctx); err != nil {
		return jobfiles.Manifest{}, err
	}
	m, err := f.manifest(ctx, sums)
	if err != nil {
		return m, err
	}
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return m, wording.Errorf("write the manifest: %w", err)
	}
	if err := wholefile.Write(filepath.Join(f.temp, pipeline.ManifestName), append(b, '\n')); err != nil {
		return m, wording.Errorf("write the manifest: %w", err)
	}
	return m, nil
}

// unchanged looks again whether the place has the files that it had.
func (f *fetching) unchanged(ctx context.Context) error {
	now, err := look(ctx, f.from, f.job)
	if err != nil {
		return wording.Errorf("%w: %w", ErrChanged, err)
	}
	if !f.there.same(now) {
		return ErrChanged
	}
	return nil
}

// prepare makes the hidden folder. Of what an attempt before has left those files stay
// that are whole and are still at the place as they were.
func (f *fetching) prepare() error {
	if err := os.Mkdir(f.temp, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	entries, err := os.ReadDir(f.temp)
	if err != nil {
		return err
	}
	missing := sizeOf(f.there.files)
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			return err
		}
		at := slices.IndexFunc(f.there.files, func(t target.Entry) bool { return t.Name == e.Name() })
		if at >= 0 && info.Mode().IsRegular() && !f.o.Again && isCopy(info, f.there.files[at]) {
			missing -= info.Size()
			continue
		}
		if err := os.RemoveAll(filepath.Join(f.temp, e.Name())); err != nil {
			return err
		}
	}
	if free, err := diskspace.Free(f.temp); err == nil && free < missing {
		return wording.Errorf("%s are to come, and the disk of %s has room for %s", figures.Size(missing), f.o.Home, figures.Size(free))
	}
	return nil
}

// isCopy reports whether a file here is that at the place: it gets the time of that when
// it is whole.
func isCopy(here fs.FileInfo, there target.Entry) bool {
	return here.Size() == there.Bytes && here.ModTime().Unix() == there.Modified.Unix()
}

// copyBlock is how much is read at once: a server of SFTP answers in parallel for as much.
const copyBlock = 1 << 20

// file brings one file, and returns its checksum.
func (f *fetching) file(ctx context.Context, e target.Entry, tell func(int64)) (string, error) {
	path := filepath.Join(f.temp, e.Name)
	if _, err := os.Lstat(path); err == nil { // an attempt before has brought it
		f.kept++
		return sumOf(ctx, path, tell)
	}
	sum, err := f.copy(ctx, e, path, tell)
	if err != nil {
		return "", err
	}
	// The time tells a further attempt that it is whole.
	return sum, os.Chtimes(path, e.Modified, e.Modified)
}

func (f *fetching) copy(ctx context.Context, e target.Entry, to string, tell func(int64)) (sum string, err error) {
	in, err := f.from.Open(ctx, path.Join(f.there.folder, e.Name))
	if errors.Is(err, fs.ErrNotExist) {
		return "", ErrChanged
	}
	if err != nil {
		return "", err
	}
	defer in.Close()
	out, err := wholefile.Create(to)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, out.Discard()) }() // nothing, after Commit
	w := &counted{hash: sha256.New(), to: out, tell: tell}
	if _, err := io.CopyBuffer(w, in, make([]byte, copyBlock)); err != nil {
		return "", err
	}
	if out.Written() != e.Bytes {
		return "", wording.Errorf("%w (%d bytes came, and it had %d)", ErrChanged, out.Written(), e.Bytes)
	}
	return hex.EncodeToString(w.hash.Sum(nil)), out.Commit()
}

// sumOf is the checksum of a file here.
func sumOf(ctx context.Context, path string, tell func(int64)) (string, error) {
	in, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer in.Close()
	w := &counted{hash: sha256.New(), to: io.Discard, tell: tell}
	if _, err := io.CopyBuffer(w, struct{ io.Reader }{leash.Reader(ctx, in)}, make([]byte, copyBlock)); err != nil {
		return "", err
	}
	return hex.EncodeToString(w.hash.Sum(nil)), nil
}

// counted sums and counts what is written.
type counted struct {
	hash hash.Hash
	to   io.Writer
	tell func(int64)
}

func (c *counted) Write(b []byte) (int, error) {
	n, err := c.to.Write(b)
	c.hash.Write(b[:n])
	c.tell(int64(n))
	return n, err
}

func sizeOf(files []target.Entry) (n int64) {
	for _, f := range files {
		n += f.Bytes
	}
	return n
}
