// Package confluence exports the five files of Confluence's data pipeline from
// a snapshot: users, spaces, pages, comments and analytics events, with the
// columns and rules that the vendor documents. What the documentation leaves
// open is a named option; the zero Options are the defaults.
//
//	s, err := snapshot.Open(ctx, "confluence.db")
//	v, err := confluence.Validate(ctx, s, confluence.Options{}, nil)
//	r, err := confluence.Export(ctx, s, confluence.Options{}, sink, nil)
//
// # How a snapshot is read
//
// Each file is one pass over its table in the order of its key, cut into ranges
// of keys that several workers encode and that are written in order: the bytes
// are the same for any number of workers, and memory does not grow with the
// snapshot. No statement runs per row but look-ups of single rows: bodies come
// from the index on their contentid, labels are merged from theirs, pages of
// comments are found by key. Only users' keys (as hashes), spaces and names of
// labels are held in memory.
//
// If keys are not the row numbers of their tables, or indexes are missing, keys
// and row numbers are sorted once (package keyfile), which a warning tells. That
// costs one more pass over the tables, so an export stays linear.
//
// The large tables are read from the file itself (package sqlitefile); what that
// package declines, and every row at which it fails, by SQLite.
//
// # What is in the cells
//
// A line break (CRLF, LF or CR, each is one) becomes the two characters \n. A
// body is cut before that, at 10,000 or 2,000 UTF-16 units, never within a
// character. A wall-clock time that a server's clock showed twice is the first of
// the two, one that it skipped counts on from before the gap; milliseconds are
// cut off. A time that a converter stored as a count since 1970 is taken as UTC.
// An empty text, a null and MySQL's date of zeros are the same.
//
// # The default time range
//
// Without a from date the export reaches back 365 days from the newest change that
// is plausible: one wrong clock does not move it (snapshot.Reference has the
// rule). What lies beyond is exported like other rows, but for events after the
// year 9999, which are left out and counted.
//
// # What goes wrong
//
// A value that is not what its column holds ends the export with a
// *snapshot.ValueError, which names file, table, column and row; with
// Options.SkipBadRows such rows go to a file of their own, RejectedName, and are
// counted. U+0000 in a text becomes U+FFFD, counted by file and column, unless
// Options.KeepNUL is set. Rows that the
// rules leave out in silence (drafts, trash, old versions, comments on them) are
// not mentioned; pages without a space, content without a date or in a state that
// the product does not know (snapshot.Odd), rows with the key of another, missing and
// unreadable bodies, what converters write in place of bodies, and unknown users are
// counted in warnings. Validate fails for these where a sample shows that they are
// many (snapshot.SampleBodies), or if they leave no page at all.
//
// Which rows an export takes is said once, in Go, by the exact values: SQL compares
// by the collation and the affinity of a column, so no statement chooses rows. Who
// validates or inspects a snapshot, or looks for its newest change, goes by the same
// predicates: snapshot.KindOf, StateOf and Accepted, EventOf, LastChange, Unsorted.
//
// SQLite does not look whether rows lie in the order of their keys, by which it
// finds them. So before it reads a range of rows, the keys on its pages are held
// against each other (snapshot.CheckKeys), and Validate does so for every table
// that an export reads: rows that are hidden are an error. Where the file reader
// proves damage that SQLite reads over, the records next to it are counted in a
// warning. An error of the disk is neither damage nor a verdict, and a snapshot
// that changes while it is read ends the export before the file is complete.
package confluence
