package snapshot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"

	"sluice/localexport/keyfile"
	"sluice/localexport/sqlitefile"
	"sluice/localexport/sqlread"
	"sluice/wording"
)

// Sorting says how keys are sorted.
type Sorting struct {
	// TempDir is where private files with what does not fit into memory go; ""
	// means the system's folder for temporary files.
	TempDir string
	// SQLiteOnly reads the keys with SQLite; the default reads them from the file
	// itself where that is possible.
	SQLiteOnly bool
	// Step is called each time some thousand more rows were read; its error ends
	// the sorting. nil means: nothing is to be done.
	Step func(ctx context.Context, rows int64) error
	// SkipBad leaves out rows whose key is none, up to MaxBad of them; the default
	// is to fail at the first.
	SkipBad bool
}

// MaxBad is how many rows without a key are left out at most: where there are more
// the column is none of keys.
const MaxBad = 10_000

// keyList are sorted keys, and the rows that have none.
type keyList struct {
	*keyfile.File
	bad []*ValueError
}

// stepRows is how many rows are read between two steps.
const stepRows = 4096

// count calls Step when it is due; n is how many rows were read so far.
func (w Sorting) count(ctx context.Context, n int64) error {
	if n%stepRows != 0 || w.Step == nil {
		return nil
	}
	return w.Step(ctx, stepRows)
}

// Keys sorts pairs that add takes from the rows of the table for which the SQL
// condition holds ("" means all), once for each snapshot and name. Column 0 of
// the rows is the row number, then come the given columns. bad are the rows that
// Sorting.SkipBad left out.
func (s *Snapshot) Keys(ctx context.Context, t *Table, name string, w Sorting, where string, columns []string, add func(Row, *keyfile.Builder) error) (_ *keyfile.File, bad []*ValueError, err error) {
	closer, err := s.Keep(t.Name+"."+name, func() (io.Closer, error) {
		return s.buildKeys(ctx, t, w, where, columns, add)
	})
	if err != nil {
		return nil, nil, err
	}
	list := closer.(keyList)
	return list.File, list.bad, nil
}

func (s *Snapshot) buildKeys(ctx context.Context, t *Table, w Sorting, where string, columns []string, add func(Row, *keyfile.Builder) error) (io.Closer, error) {
	if t.Rowid == "" {
		return nil, &FileError{s.path, fmt.Sprintf("has the table %s in the form WITHOUT ROWID, which no converter makes and Sluice does not read", t.Name),
			"convert the database with ordinary tables", nil}
	}
	if where == "" && !w.SQLiteOnly {
		f, err := s.keysOfFile(ctx, t, w, columns, add)
		if err == nil || ctx.Err() != nil {
			return f, err
		} // else SQLite can read it, or says what is wrong
	}
	c, err := s.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	if err := s.CheckKeys(ctx, t, math.MinInt64, math.MaxInt64); err != nil {
		return nil, err
	}
	if where == "" { // else an index has the other rows, and is compared with them
		if err := s.checkRecords(ctx, t, columns); err != nil {
			return nil, err
		}
	}
	b := keyfile.NewBuilder(w.TempDir, 0)
	sql := "SELECT " + t.Rowid + ", " + t.Select(columns...) + " FROM " + sqlread.Quote(t.Name)
	if where != "" {
		sql += " WHERE " + where
	}
	n := int64(0)
	var bad []*ValueError
	err = c.Each(sql, func(r *sqlread.Stmt) error {
		n++
		err := add(r, b)
		if value := new(ValueError); w.SkipBad && errors.As(err, &value) {
			if bad, err = append(bad, value), nil; len(bad) > MaxBad {
				return wording.Errorf("more than %d rows have no key: the first is %w", MaxBad, bad[0])
			}
		}
		return errors.Join(err, w.count(ctx, n))
	})
	if err != nil {
		return nil, errors.Join(wording.Errorf("sort the keys of table %s: %w", t.Name, s.Damaged(t.Name, err)), b.Abort())
	}
	f, err := b.Finish()
	if err != nil {
		return nil, wording.Errorf("sort the keys of table %s: %w", t.Name, err)
	}
	return keyList{f, bad}, nil
}

// keysOfFile is buildKeys without SQLite.
func (s *Snapshot) keysOfFile(ctx context.Context, t *Table, w Sorting, columns []string, add func(Row, *keyfile.Builder) error) (_ io.Closer, err error) {
	file, err := s.OpenFile(sqlitefile.Options{CacheBytes: ScanCache})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	b := keyfile.NewBuilder(w.TempDir, 0)
	err = file.Read(ctx, func(r *sqlitefile.Reader) error {
		x, err := openTable(r, file, t, columns)
		if err != nil {
			return err
		}
		row := numbered{x}
		for n := int64(1); ; n++ {
			if more, err := x.next(nil); err != nil || !more {
				return err
			}
			if err := errors.Join(add(row, b), w.count(ctx, n)); err != nil {
				return err
			}
		}
	})
	if err != nil {
		return nil, errors.Join(err, b.Abort())
	}
	keys, err := b.Finish()
	return keyList{File: keys}, err
}

// valueError is the error for a value of a row whose column 0 is its number.
func (s *Snapshot) valueError(t *Table, column string, r Row, i int, want string) error {
	return &ValueError{Path: s.path, Table: t.Name, Column: column, Row: fmt.Sprintf("row number %d", r.Int(0)), Value: string(r.Bytes(i)), Want: want}
}
