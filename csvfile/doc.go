// Package csvfile opens CSV files of any size at once and reads any row of them
// in flat memory.
//
//	f, err := csvfile.Open(ctx, "pages.csv")   // kilobytes are read, whatever the size
//	f.StartIndex(ctx)                          // finds every record, in the background
//	rows, err := f.Rows(ctx, 12_000_000, 40)   // data records, counted from 0
//
// # Rows
//
// A row is a data record: the header, when the file has one, is not counted.
// Rows near the start and, through [File.Tail], at the end can be read at once;
// any row can once the index has passed it. Cells longer than the cell limit
// come cut, with their full size; [File.Cell] reads one in full.
//
// # What counts as a record
//
// The grammar is RFC 4180 read leniently, as Python's csv module reads it: a
// field is quoted only if a quote is its first byte; text behind its closing
// quote belongs to it; any other quote is data. Records end with LF or CRLF (or
// CR, in files without any LF). Line breaks inside quotes are data and kept as
// they are. A blank line is a row of no fields; a row with another number of
// fields than the header is ragged: it is shown and counted, never an error.
//
// # Memory
//
// The index keeps 8 bytes for every 64 KB of file: 12 MB for 100 GB. Nothing
// else grows with the file.
package csvfile
