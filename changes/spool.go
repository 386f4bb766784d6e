package changes

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"sluice/changes/parquetcsv"
	"sluice/csvfile"
)

// spool is a Parquet file as CSV, in a folder that only its owner can read, which is gone
// when the table is closed. Rows of Parquet cannot be read from any place.
type spool struct {
	dir    string
	before fs.FileInfo // of the Parquet file
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
	return err == nil && string(head[:]) == "PAR1"
}

// openInput opens a file; what lies there as Parquet is written as CSV first. The spool is
// nil for CSV.
func openInput(ctx context.Context, in *Input) (_ *csvfile.File, _ *spool, err error) {
	if !isParquet(in.Path) {
		f, err := csvfile.Open(ctx, in.Path, csvfile.WithHeader(true))
		return f, nil, err
	}
	in.Breaks = Breaks{Known: true, Preserved: true}
	s := &spool{}
	if s.dir, err = os.MkdirTemp("", "sluice-parquet-"); err != nil {
		return nil, nil, fmt.Errorf("make room for the rows of %s: %w", in.Path, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	path := filepath.Join(s.dir, "rows.csv")
	if err := s.fill(ctx, in, path); err != nil {
		return nil, nil, fmt.Errorf("%s cannot be compared: %w", in.Path, err)
	}
	f, err := csvfile.Open(ctx, path, csvfile.WithHeader(true), csvfile.WithCacheDir(""),
		csvfile.WithReading(csvfile.Reading{Encoding: "utf-8", Delimiter: ",", Quote: "double", Escape: "doubled", Comment: csvfile.None, HeaderRow: 1}))
	return f, s, err
}

// fill writes the rows of a Parquet file as CSV.
func (s *spool) fill(ctx context.Context, in *Input, path string) (err error) {
	from, err := os.Open(in.Path)
	if err != nil {
		return err
	}
	defer from.Close()
	if s.before, err = from.Stat(); err != nil {
		return err
	}
	to, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	out := bufio.NewWriterSize(to, 1<<20)
	if err := parquetcsv.Write(ctx, from, s.before.Size(), out, parquetcsv.Options{Milliseconds: in.milliseconds}); err != nil {
		return err
	}
	return out.Flush()
}

// changed reports whether the Parquet file is another since.
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
