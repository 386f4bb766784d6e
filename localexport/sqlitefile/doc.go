// Package sqlitefile reads SQLite database files without SQLite: whole tables
// in rowid order, single rows by rowid, and indexes in key order. It knows just
// enough of the documented file format ("Database File Format" on sqlite.org)
// to do that faster than any SQL engine, and declines every file and table that
// needs more:
//
//	f, err := sqlitefile.Open(path, sqlitefile.Options{})
//	t, err := f.Table("content")
//	err = f.Scan(ctx, t, sqlitefile.All, []string{"contentid", "title"}, func(row *sqlitefile.Row) error {
//		title, err := row.Bytes(1)
//		...
//	})
//
// # What is declined
//
// An error that matches [ErrUnsupported] says that the file is fine as far as
// was seen, but that SQLite itself must read it: a write-ahead log or a rollback
// journal with content beside the file, text that is not UTF-8, a newer format;
// views, virtual tables, WITHOUT ROWID tables, generated columns; indexes that
// are partial, descending, over expressions, collated or made for a constraint;
// and, found only while reading, a row that was written before ALTER TABLE ADD
// COLUMN gave the table a column with a default.
//
// # What a nil error promises
//
// Everything read from the file is held against its bounds, and against the
// order that a b-tree must have. A surprise ends the reading with a [PageError],
// which matches [ErrDamaged] and says which page and what. Rows that were seen
// before are equal to what SQLite returns for the same bytes, but they are part
// of a whole that makes no sense: the caller discards them. Only when [File.Read]
// or [File.Scan] has returned nil were the rows complete, in order, and the file
// the same at the end as at the beginning. What SQLite's own integrity check would
// find and its queries do not look for is not looked for here either: pages used
// twice, pages used by nobody, rows that an index does not have.
//
// No locks are taken, for a snapshot is not being written; if it is all the
// same, the check at the end of Read finds it. On POSIX systems, closing a File
// releases the locks that SQLite holds on the same file in this process, as
// closing any descriptor of it does: close both together.
//
// # Memory
//
// A [Reader] holds its block cache (2 MB by default), a cursor one page of the
// table and the long texts of one row (4 MB of them are kept for the next row,
// more are not). The schema stays in memory, at most 16 MB of it. Values longer than Options.MaxValue are refused
// by [Row.Bytes], not by [Row.Prefix]. Nothing is allocated per row.
package sqlitefile
