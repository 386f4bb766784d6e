// Package csvfile opens CSV files of any size at once and reads any row of them
// in flat memory.
//
//	f, err := csvfile.Open(ctx, "pages.csv")   // kilobytes are read, whatever the size
//	f.StartIndex(ctx)                          // finds every record, in the background
//	rows, err := f.Rows(ctx, 12_000_000, 40)   // data records, counted from 0
//
// Files packed with gzip and files in UTF-16 open the same way; their text is
// unpacked into a spool file while they are indexed. Their first record may have
// 16 MB at most; [File.Damage] tells of one that is damaged or cut.
//
// # Rows
//
// A row is a data record: the header, when the file has one, is not counted.
// Rows near the start and, through [File.Tail], at the end can be read at once;
// any row can once the index has passed it. A row that cannot be read yet gives a
// *[NotIndexedError]; [File.WaitRow] waits for it. Cells longer than the cell
// limit come cut, with their full size; [File.Cell] reads one in full, and
// [File.ReadRows] whole rows as a stream. A row of more than [MaxCells] cells is no
// [Row], but a *[WideError].
//
// # Searching, filtering, saving, profiling
//
//	hit, ok, err := f.FindNext(ctx, csvfile.Query{Text: "needle", Column: csvfile.AllColumns}, csvfile.Position{Row: -1})
//	view, err := f.Filter(ctx, []csvfile.Condition{{Column: 3, Op: csvfile.OpEquals, Text: "current"}})
//	profile, err := csvfile.ProfileColumn(ctx, view, 2, nil)
//	_, err = csvfile.SaveView(ctx, view, "current.csv", csvfile.SaveOptions{SpreadsheetSafe: true}, nil)
//
//	sorted, err := csvfile.Sort(ctx, view, []csvfile.SortKey{{Column: 2, Desc: true}})
//
// A [View] scrolls like the file, also while it is still being filtered, and so does a
// [Sorted] while it is still being sorted. All of
// this takes a context and ends soon after it does; it uses all cores (at most
// eight), works as far as the index has come, and starts it where need be.
//
// # What counts as a record
//
// The grammar is RFC 4180 read leniently, as Python's csv module reads it: a
// field is quoted only if a quote is its first byte; text behind its closing
// quote belongs to it; any other quote is data. Records end with LF or CRLF (or
// CR, in files without any LF); a CR elsewhere is data, where Python would end
// the record. Line breaks inside quotes are data and kept as they are. A blank
// line is a row of no fields; a row with another number of fields than the header
// is ragged: it is shown and counted, never an error. [File.Info] tells what is
// odd about a file: by itself what indexing meets (an unclosed quote, a quote in
// the middle of a field), and after [File.StartCheck] everything, with the places.
//
// # The index
//
// The file is cut into blocks of 64 KB. What a block does to the number of
// records and to the quoting can be told without knowing what comes before it,
// for each state it may begin in; so blocks are scanned in any order on all
// cores, and one pass over the answers gives the row number and the state at
// every block's start. That is kept: 8 bytes a block, 12 MB for 100 GB, in memory
// and, for files of 16 MB and more, in the user's cache folder, by path and the state
// of the file: see package fileident. Row n is found by a binary search and a look into one block.
//
// # Changes
//
// A file that is cut or replaced while it is open gives [ErrChanged] when it is
// read, and [File.Changed] tells, also of a file that was written over with its size
// and modification time kept. What was appended after opening is not seen.
package csvfile
