// Package dbfile writes snapshots: private SQLite files, typed and keyed, with
// the tables and columns that package shape declares.
package dbfile

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"

	lib "modernc.org/sqlite/lib"

	"sluice/formats"
	"sluice/localexport/disk"
	"sluice/localexport/snapshot"
	"sluice/localexport/sqlread"
	"sluice/sqliteformat"
	"sluice/takes/feed"
	"sluice/takes/pagefile"
	"sluice/takes/shape"
	"sluice/wholefile"
	"sluice/wording"
)

// Partial ends the name of a file that is not complete.
const Partial = wholefile.Suffix

// batch is how many bytes of rows are written between two looks at the context.
const batch = 4 << 20

// File is a snapshot that is being written. It is a feed.Sink. Its methods
// belong to one goroutine.
type File struct {
	// Waiting, if not nil, is called once when the file is complete and its place
	// is still being read.
	Waiting func()

	ctx     context.Context
	path    string
	name    string // with Partial
	replace bool   // what has the path now
	file    *os.File
	pages   *pagefile.File // nil if SQLite writes all
	c       *sqlread.Conn  // nil as long as SQLite has nothing to do
	kept    *sqlread.Conn  // for what SQLite would keep of a value
	keep    *sqlread.Stmt
	asked   bool              // a table of Confluence was heard of
	other   string            // another product of which one was; ""
	tables  map[string]*table // by lower-case name
	notes   []feed.Note
	reads   int64 // bytes since the context was looked at
	schema  string
}

var _ feed.Sink = (*File)(nil)

// Create begins a snapshot at path. Until Finish it lies beside it, under a name
// that ends in Partial, readable by its owner only. A file that is there already
// stays until Finish, and is refused unless replace is true. The error wraps
// inuse.ErrInUse if that is being read, or if another run is writing its successor.
// Rows are taken from tables of the schema; if that is empty, from any, as long as
// no two schemas hold the same table.
func Create(ctx context.Context, path, schema string, replace bool) (*File, error) {
	if err := refuseExisting(path, replace); err != nil {
		return nil, err
	}
	if err := refuseNewer(ctx, path); err != nil {
		return nil, err
	}
	if err := settleJournal(path); err != nil {
		return nil, err
	}
	held, err := holdPlace(path)
	if err != nil {
		return nil, err
	}
	if held != nil {
		held.Close() // it may be read while this one is written
	}
	f := &File{ctx: ctx, path: path, name: path + Partial, replace: replace, tables: map[string]*table{}, schema: schema}
	if f.file, err = f.openPartial(); err != nil {
		return nil, err
	}
	if err := os.RemoveAll(f.work()); err != nil { // of a run that was killed
		return nil, errors.Join(wording.Errorf("remove work files: %w", err), f.Abort())
	}
	return f, nil
}

// work is the folder for work files.
func (f *File) work() string { return f.name + "-work" }

func refuseExisting(path string, replace bool) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return wording.Errorf("create snapshot: %w", err)
	case !info.Mode().IsRegular():
		return wording.Errorf("%s is no ordinary file: name another one for the snapshot", path)
	case !replace:
		return disk.InTheWay(wording.Of("%s exists already: name another file for the snapshot", path).String())
	case info.Size() == 0:
		return nil
	}
	return refuseForeign(path)
}

// refuseForeign refuses to take the place of what is no SQLite file, and so no
// snapshot: a name that was mistyped may be that of a dump, which there is once.
func refuseForeign(path string) error {
	is, err := sqliteformat.IsFile(path)
	switch {
	case err != nil:
		return wording.Errorf("create snapshot: %w", err)
	case !is:
		return wording.Errorf("%s is no snapshot, which alone may be replaced: name another file for the snapshot, or remove this one first", path)
	}
	return nil
}

// refuseNewer refuses to take the place of a snapshot that a newer Sluice took. Of any
// other file nothing is known.
func refuseNewer(ctx context.Context, path string) error {
	s, err := snapshot.Open(ctx, path)
	if formats.Refused(err) {
		return err
	}
	if err == nil {
		return s.Close()
	}
	return nil
}

// describe says what to do about a failure to write.
func (f *File) describe(err error) error {
	return failure(wording.Of("write snapshot %s", f.name).String(), "free some space or name a file on another disk", err)
}

// failure says that something could not be done, and what to do if the disk is full.
func failure(what, full string, err error) error {
	var e *sqlread.Error
	is := errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
	if !is && !errors.As(err, &e) {
		return err
	}
	switch {
	case e == nil:
		return wording.Errorf("%s: the disk is full: %s (%w)", what, full, err)
	case is || e.Code&0xff == lib.SQLITE_FULL: // which statement it was says nothing
		return wording.Errorf("%s: the disk is full: %s (%w)", what, full, e)
	case e.Code&0xff == lib.SQLITE_IOERR:
		return wording.Errorf("%s: the disk cannot be written (%w)", what, e)
	}
	return wording.Errorf("%s: %w", what, err)
}

// Note implements feed.Sink.
func (f *File) Note(n feed.Note) { f.notes = append(f.notes, n) }

// Wants implements feed.Sink.
func (f *File) Wants(schema, name string) bool {
	if shape.Find(name) == nil {
		if product := snapshot.OtherProduct(name); product != "" {
			f.other = product
		}
		return false
	}
	f.asked = true
	return f.schema == "" || strings.EqualFold(schema, f.schema)
}

// Table implements feed.Sink.
func (f *File) Table(t feed.Table) (feed.Rows, error) {
	if err := f.ctx.Err(); err != nil {
		return nil, context.Cause(f.ctx)
	}
	if !f.Wants(t.Schema, t.Name) {
		return nil, nil
	}
	s := shape.Find(t.Name)
	known := f.tables[strings.ToLower(s.Name)]
	if known == nil {
		known = &table{f: f, shape: s, source: t, check: -1}
		f.tables[strings.ToLower(s.Name)] = known
	}
	if known.source.Schema != t.Schema || known.source.Name != t.Name {
		return nil, feed.Damaged("the source holds the table %s twice, as %s and as %s: name the schema to take", s.Name, known.source, t)
	}
	if err := known.begin(t.Columns); err != nil {
		return nil, err
	}
	return known, nil
}

// ours reports whether the unfinished file still has its name: another run that is to
// replace the snapshot puts its own there.
func (f *File) ours() bool { return wholefile.Has(f.file, f.name) }

// Abort throws the file away.
func (f *File) Abort() error {
	theirs := f.file != nil && !f.ours()
	err := f.close()
	if theirs {
		return err
	}
	if e := os.Remove(f.name); e != nil && !errors.Is(e, fs.ErrNotExist) {
		err = errors.Join(err, wording.Errorf("remove an unfinished snapshot: %w", e))
	}
	return err
}

func (f *File) close() error {
	err := f.closeWork()
	if f.c != nil {
		err = errors.Join(err, f.c.Close())
		f.c = nil
	}
	if f.file != nil {
		err = errors.Join(err, f.file.Close())
		f.file = nil
	}
	return err
}

// closeWork ends the writing of rows, and removes what is beside the file.
func (f *File) closeWork() error {
	var err error
	for _, t := range f.tables {
		if t.rows != nil {
			err = errors.Join(err, t.rows.close())
		}
	}
	if f.pages != nil {
		_ = f.pages.Close() // what it says was said, or is no matter any more
	}
	if f.keep != nil {
		f.keep.Close()
		err, f.keep = errors.Join(err, f.kept.Close()), nil
	}
	return errors.Join(err, os.RemoveAll(f.work()))
}
