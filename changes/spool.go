package changes

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"

	"sluice/csvfile"
	"sluice/intake/parquettext"
)

// spoolPrefix begins the names of the folders of spools.
const spoolPrefix = "sluice-diff-"

// spool is a file as CSV that is read in the place of one that was sorted, in a folder that
// only its owner can read, which is gone when the table is closed.
type spool struct {
	dir    string
	before fs.FileInfo // of the file itself
}

// isParquet reports whether a file begins as Parquet does.
func isParquet(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	var head [4]byte
	_, err = io.ReadFull(f, head[:])
	return err == nil && parquettext.Is(head[:])
}

// openInput opens a file. The text of Parquet has line breaks as they are.
func openInput(ctx context.Context, in *Input) (*csvfile.File, error) {
	if isParquet(in.Path) {
		in.parquet, in.Breaks = true, Breaks{Known: true, Preserved: true}
		return csvfile.Open(ctx, in.Path)
	}
	return csvfile.Open(ctx, in.Path, csvfile.WithHeader(true))
}

// changed reports whether the file itself is another since.
func (s *spool) changed(path string) bool {
	now, err := os.Stat(path)
	return err != nil || !os.SameFile(now, s.before) || now.Size() != s.before.Size() || !now.ModTime().Equal(s.before.ModTime())
}

func (s *spool) close() error { return os.RemoveAll(s.dir) }

// close closes the file of a table, and gives back what it took.
func (t *table) close() error {
	err := t.file.Close()
	if t.spool != nil {
		err = errors.Join(err, t.spool.close())
	}
	return err
}

// changed reports whether the file is another than when it was opened.
func (t *table) changed() bool {
	if t.spool != nil {
		return t.spool.changed(t.input.Path)
	}
	changed, err := t.file.Changed()
	return err == nil && changed
}
