package snapshot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"

	"sluice/localexport/sqlitefile"
)

// CheckKeys holds the keys of the rows above after, up to last, against each
// other and against the pages that lead to them, whoever reads these rows: SQLite
// finds rows by the order of the keys and does not look whether they are in it. The
// error is a *FileError if they are not, or are damaged otherwise. What is in the
// rows is not looked at.
func (s *Snapshot) CheckKeys(ctx context.Context, t *Table, after, last int64) error {
	if t.Rowid == "" { // has keys of another kind, and is read in one piece
		return nil
	}
	trees, err := s.trees()
	if errors.Is(err, sqlitefile.ErrUnsupported) { // SQLite refuses nearly all of that, too
		return nil
	}
	if err != nil {
		return s.DamagedFile(t.Name, err)
	}
	if after < math.MaxInt64 {
		after++
	}
	err = trees.Read(ctx, func(r *sqlitefile.Reader) error {
		return r.CheckKeys(t.Name, t.root, sqlitefile.Range{Lo: after, Hi: last})
	})
	return s.DamagedFile(t.Name, err)
}

// checkRecords looks whether the columns of all rows make sense as parts of their
// records: SQLite also reads a value out of a record that its values do not fill,
// which is then not the value that was there. The error is a *FileError if one
// does not.
func (s *Snapshot) checkRecords(ctx context.Context, t *Table, columns []string) error {
	file, err := s.OpenFile(sqlitefile.Options{CacheBytes: ScanCache})
	if err == nil {
		err = file.Read(ctx, func(r *sqlitefile.Reader) error {
			x, err := openTable(r, file, t, columns)
			for more := err == nil; more; {
				more, err = x.next(nil)
			}
			return err
		})
		err = errors.Join(err, file.Close())
	}
	if ctx.Err() == nil && !errors.Is(err, sqlitefile.ErrDamaged) {
		return nil // what else it is, SQLite says
	}
	return s.DamagedFile(t.Name, err)
}

// trees is the file, opened once to look at the keys of its tables.
func (s *Snapshot) trees() (*sqlitefile.File, error) {
	f, err := s.Keep("trees", func() (io.Closer, error) {
		return sqlitefile.Open(s.real, sqlitefile.Options{CacheBytes: ScanCache, KeysOnly: true})
	})
	if err != nil {
		return nil, err
	}
	return f.(*sqlitefile.File), nil
}

// DamagedFile is Damaged for an error of reading without SQLite.
func (s *Snapshot) DamagedFile(table string, err error) error {
	page := new(sqlitefile.PageError)
	if !errors.As(err, &page) {
		return err
	}
	return &FileError{s.path, fmt.Sprintf("is damaged: the table %s cannot be read to its end (page %d: %s)", table, page.Page, page.What), adviceCopy, err}
}

const adviceCopy = "copy the file or convert the database again"
