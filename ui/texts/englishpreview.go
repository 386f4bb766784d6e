package texts

// previewEnglish are the sentences of the preview of a file, as they were written.
func previewEnglish() Preview {
	return Preview{
		Pane: PreviewPane{
			Drop:    "Drop a CSV file here, or choose one of the files above.",
			Opening: "Opening %s…", Reading: "Reading %s…", EmptyFile: "%s is empty: it has no header and no rows.",
			HeaderOnly: "%s has a header and no rows.", NoMatch: "No row meets these conditions. Change or remove one above.",
			LookingForRows: "Looking for rows that meet the conditions…",
			RowPlaceholder: "Row…", Columns: "Columns", CheckAll: "Check all rows",
			TooWide: "row %s, at byte %s of the text, has more than %s cells, which is more than is shown",
			Changed: "This file has changed on disk. What is shown may be wrong until it is read again.", Reload: "Reload",
			TryAgain: "Try again", Dismiss: "Dismiss", GoToIt: "Go there",
			UnclosedQuote:    "In row %s, at byte %s of the file, a quote opens a cell and nothing closes it: all that follows is in that cell.",
			UnclosedInHeader: "In the header, at byte %s of the file, a quote opens a cell and nothing closes it: all that follows is in that cell.",
			Damaged:          "This packed file is damaged: %v. What could be read of it is shown; the last row may be cut, and all that follows is missing. Get the file again.",
			RowsUnreadable:   "these rows cannot be read: %v",
			Stopped:          "Reading the file stopped after %d row: %v.|Reading the file stopped after %d rows: %v.",
			Bytes:            "%d byte|%d bytes",
		},
		Noted: PreviewNoted{
			Title: "What there is to know about this file", QuotesAsText: "Read quotes as text", Button: "%d note|%d notes",
		},
		Jump: PreviewJump{
			NoRow: "There is no row %s: the last one is row %s.", StayHere: "Stay here", ShowEnd: "Show the end",
			Going: "Going to row %s. Row %s is reached so far, %d %% of the file.", NoEnd: "the end cannot be shown yet: %v",
			NoNumber: "%q is no row number; type a whole number from 1",
		},
		Find: PreviewFind{
			Placeholder: "Find…", IgnoreCase: "Ignore case", Expression: "Expression", ThisColumn: "This column", Next: "Next", Previous: "Previous",
			Nothing: "nothing found", Looking: "looking…", NoMoreBelow: "no more below", NoMoreAbove: "no more above",
			NoExpression: "This is no regular expression: %s", HiddenHit: "The hit is in a hidden column.", ShowColumns: "Show all columns",
			Found: "%d cell in the file|%d cells in the file", SoFar: "%d cell so far, %d %% searched|%d cells so far, %d %% searched",
		},
		Filter:  filterEnglish(),
		Says:    conditionsEnglish(),
		Columns: columnsEnglish(), Sort: sortEnglish(),
		Cell:    cellEnglish(),
		Profile: profileEnglish(),
		Save:    saveEnglish(), Groups: groupsEnglish(),
		Read:   readEnglish(),
		Footer: footerEnglish(),
		Age:    agesEnglish(),
	}
}

func filterEnglish() PreviewFilter {
	return PreviewFilter{
		Title: "Filter", Add: "+ condition", Clear: "Clear all",
		Matching: "%[2]s of %[1]d row|%[2]s of %[1]d rows", Stopped: "filtering stopped after %d row: %v|filtering stopped after %d rows: %v",
		SoFar:  "%d row so far, %d %% of the file|%d rows so far, %d %% of the file",
		Column: "Column", Text: "text", From: "from", To: "to", FromTime: "from 2026-01-31", ToTime: "to 2026-12-31", Pattern: "regular expression",
		IgnoreCase: "Ignore case", Apply: "Show these rows", Cancel: "Cancel", NoColumn: "there is no column %q in this file",
		NoText: "type what the cells are to be compared with; for empty cells choose “is empty”",
		Is:     "is", IsNot: "is not", Contains: "contains", ContainsNot: "does not contain", Empty: "is empty", NotEmpty: "is not empty",
		NumberFromTo: "is a number from … to …", TimeFromTo: "is a time from … to …",
		MatchesPattern: "matches the expression", MatchesPatternNot: "does not match the expression",
		OneOf: "is one of", OneOfNot: "is none of", Values: "ENG, OPS, \"a, b\"",
		AsText: "as text", AsTextTitle: "Filter as text", AsTextPlaceholder: "space_key = ENG and (updated_date >= 2026-01-01 or title contains draft)",
		AsTextHint: "and, or, not, ( )   =  !=  <  <=  >  >=  ~   contains, in (a, b), between a and b, is empty, nocase. Names and values with blanks stand in quotes.",
	}
}

func conditionsEnglish() Conditions {
	return Conditions{
		Column: "column %d", Quoted: "“%s”", Is: "%s is %s", IsNot: "%s is not %s", Contains: "%s contains %s", ContainsNot: "%s does not contain %s",
		Matches: "%s matches %s", MatchesNot: "%s does not match %s", Empty: "%s is empty", NotEmpty: "%s is not empty",
		Number: "%s is a number", Time: "%s is a time", FromTo: "%s from %s to %s", From: "%s from %s", UpTo: "%s up to %s",
		OneOf: "%s is one of %s", OneOfNot: "%s is none of %s",
	}
}

func columnsEnglish() PreviewColumns {
	return PreviewColumns{
		Freeze: "Freeze %s", Free: "Free %s", CopyCell: "Copy cell", CopyRow: "Copy row", ShowRecord: "Show record",
		OnlyWhere: "Only rows where %s", FilterBy: "Filter by %s…", ProfileIt: "Profile %s", Hide: "Hide %s", Fit: "Fit width",
		Find: "Find a column…", Title: "Columns", ShowAll: "Show all", Frozen: "frozen", Numbered: "%s (column %d)",
		CopyRange: "Copy %d cell|Copy %d cells", CopyNamed: "Copy them with the names of the columns", CopySafe: "The same, safe for spreadsheets",
		CopyMarkdown: "Copy them as a Markdown table",
		RowHead:      "row",
		ShowHidden:   "Show %d hidden column again|Show %d hidden columns again",
	}
}

func sortEnglish() PreviewSort {
	return PreviewSort{
		Up: "Sort by %s, ascending", Down: "Sort by %s, descending", Then: "Then by %s", Ascending: "Ascending", Downwards: "Descending", Descending: "%s descending",
		As: "Sort by %s as", AsText: "Text", AsBytes: "Text, byte by byte", AsNumber: "Number", AsTime: "Time",
		FileOrder: "Order of the file", Sorting: "Sorting by %s: %d %%", Cancel: "Cancel", Failed: "the rows were not sorted: %v", Footer: "sorted by %s",
		NoNumbers: "%d cell of %s is no number: its row, row %s, comes behind those with numbers.|%d cells of %s are no numbers: their rows, first row %s, come behind those with numbers.",
		NoTimes:   "%d cell of %s is no time: its row, row %s, comes behind those with times.|%d cells of %s are no times: their rows, first row %s, come behind those with times.",
	}
}

func cellEnglish() PreviewCell {
	return PreviewCell{
		More: "Show more", Cell: "Cell", Record: "Row", Copy: "Copy",
		Chosen: "%d cell chosen, %s × %s|%d cells chosen, %s × %s", CopiedCells: "copied %d cell|copied %d cells",
		CopiedRows: "copied the first %d row of %s: the clipboard gets %s at most|copied the first %d rows of %s: the clipboard gets %s at most",
		Copied:     "copied", CopiedPart: "copied the first %s of %s", NotCopied: "nothing was copied: %v",
		Reading: "reading %s…", Unreadable: "the cell cannot be read: %v", CutAt: "cut at %s", Empty: "empty", Part: "the first %s of %s",
		Row: "Row %s", NoColumn: "field %d (no such column)", Markup: "storage format", JSON: "JSON",
		Characters: "%d character|%d characters", Fields: "%d field|%d fields", FieldsOf: "%[2]s of %[1]d field|%[2]s of %[1]d fields",
		NoSuch:      "This row has %d field and so no such one.|This row has %d fields and so no such one.",
		UnknownUser: "%s is not in the users file", KnownUser: "%s (from the users file)", KnownUserMore: "%s — %s (from the users file)",
		KnownSpace: "%s — %s (from the spaces file)",
		Weekday:    "%[1]s %[2]d %[3]s %[4]d, %[5]s", Joined: "%s — %s",
	}
}

func profileEnglish() PreviewProfile {
	return PreviewProfile{
		User: "user", Space: "space", Content: "content", Number: "number", Boolean: "yes or no", Time: "time", Text: "text", NoValue: "empty",
		About: "%s (about)", Distinct: "Distinct", Empty: "Empty", Smallest: "Smallest", Largest: "Largest", Mean: "Mean", Median: "Median",
		Earliest: "Earliest", Latest: "Latest", MeanLength: "Length, mean", MostLength: "Length, most", None: "none", All: "all", Long: "%s long",
		EmptyValue: "(empty)", Running: "profiling, %d %%", Cancel: "Cancel", Start: "Profile this column",
		WholeFile: "over the whole file", MatchingRows: "over the rows that match", MostFrequent: "Most frequent (about)",
	}
}

func saveEnglish() PreviewSave {
	return PreviewSave{
		Button: "Save view…", Safe: "Safe for spreadsheets", OnlyShown: "Only the columns shown", Start: "Choose file and save", Cancel: "Cancel saving",
		SafeHint: "Cells that start with = + - @ get an apostrophe, so that no spreadsheet runs them.",
		Title:    "Save the rows shown", Begins: "Saving %s…", Cancelled: "Saving was cancelled; %s was not written.",
		Progress: "Saving %[2]s: %[1]d row, %[3]s so far, %[4]d %% of the file read|Saving %[2]s: %[1]d rows, %[3]s so far, %[4]d %% of the file read",
		Saved:    "Saved %d row, %s, as %s.|Saved %d rows, %s, as %s.",
		AllText:  "All columns as text", AsFile: "as in the file", QuoteAll: "\" around all", LineEnd: "Line ends", WithNames: "names first", Mark: "Byte order mark",
		Begin: "The first lines will be", OwnMeans: "Text as it is chosen below; what is not chosen is as in the file.",
		CSV: "CSV, as the file is", Excel: "CSV for Excel", RFC: "CSV with commas (RFC 4180)", TSV: "Tabs (TSV)", JSONL: "JSON Lines", Parquet: "Parquet",
		SQLite: "SQLite table", Workbook: "Excel workbook", Markdown: "Markdown",
		CSVMeans:     "Delimiter, quotes and line ends of the file, in UTF-8. Rows are copied byte for byte.",
		ExcelMeans:   "Semicolons, CRLF and a byte order mark: what Excel opens with a double click where the comma stands in numbers.",
		RFCMeans:     "Commas, double quotes and CRLF: what most programs take for CSV.",
		TSVMeans:     "Tabs between cells; cells with tabs, line breaks or quotes stand in double quotes.",
		JSONLMeans:   "An object for each row, with the names of the columns as keys. Numbers, true and false of columns that have only such are written as they stand.",
		ParquetMeans: "Columns are whole numbers, decimals, times, booleans where all values are, without losing a digit; else text. Empty cells of such columns have no value.",
		SQLiteMeans:  "A database with a table called data. Columns are INTEGER or REAL where all values are, without losing a digit; else TEXT.",
		WorkbookMeans: "Numbers of up to 15 digits are numbers, all else is text, and no text is a formula. Rows beyond 1,048,576 go on in further sheets; " +
			"cells are cut behind 32,767 characters, and counted.",
		MarkdownMeans: "A table to read; line breaks become <br>.",
		WiderRows:     "%d row has more cells than the header, row %s: they stand in columns of their own.|%d rows have more cells than the header, first row %s: they stand in columns of their own.",
		NotUTF8:       "%d cell has bytes that are no UTF-8, in row %s: they stand as U+FFFD.|%d cells have bytes that are no UTF-8, first in row %s: they stand as U+FFFD.",
		NotInXML:      "%d cell has characters that a workbook cannot hold, in row %s: they stand as U+FFFD.|%d cells have characters that a workbook cannot hold, first in row %s: they stand as U+FFFD.",
		CutCells:      "%d cell was cut behind 32,767 characters, in row %s.|%d cells were cut behind 32,767 characters, first in row %s.",
		Renamed:       "%d column had no name, or that of another: %s.|%d columns had no name, or that of another: %s.",
		NotInEncoding: "%d character is not in the encoding: it stands as a question mark.|%d characters are not in the encoding: they stand as question marks.",
		Parts:         "The rows stand in %d sheet.|The rows stand in %d sheets.",
		SavedDamaged:  "Saved %d row, %s, as %s: all that can be read of a damaged file, and rows are missing.|Saved %d rows, %s, as %s: all that can be read of a damaged file, and rows are missing.",
	}
}

func groupsEnglish() PreviewGroups {
	return PreviewGroups{
		Button: "Group by…", Title: "Groups of the rows shown", By: "Group by", Asked: "Compute", KeysExample: "space, month(updated)", AskedExample: "count, sum(size), max(updated)",
		Start: "Group", Cancel: "Cancel", Back: "Back to the rows", GroupBy: "Group by %s",
		Running: "Grouping, %d %% of the file read", Cancelled: "Grouping was cancelled.",
		ByRows: "Those of most rows come first.", ByKeys: "They come in the order of their keys.", EmptyKey: "(empty)",
		TooLong: "The key of this group is too long to filter by.",
		Heading: "%s by %s", ShowRows: "Show its rows", SavePNG: "Save chart…", SaveCSV: "Save groups…", Saved: "Saved as %s.",
		NoChart: "Nothing of what was computed is a number, so there is no chart.", RowsOf: "The rows of one group: %s.", BackToGroups: "Back to the groups",
		Bars: "%s by %s: %s.", Named: "%s %s", Line: "%s by %s, from %s to %s: at least %s in %s, at most %s in %s.",
		Lines: "%s by %s, from %s to %s: %s.", AtMost: "%s at most %s in %s", Empty: "%s by %s: there is no value.",
		FirstGroups: "Only the first %s groups are drawn.",
		Found:       "%d group of %s rows.|%d groups of %s rows.", MoreGroups: "%d more group is in the table.|%d more groups are in the table.",
		MoreLines: "%d smaller line is not drawn.|%d smaller lines are not drawn.", NoTime: "%d group without a time is not drawn.|%d groups without a time are not drawn.",
	}
}

func readEnglish() PreviewRead {
	return PreviewRead{
		Button: "Read as…", Title: "How this file is read", Guess: "guess", GuessAll: "Guess all", None: "none", Close: "Close",
		Member: "File of the archive", Follow: "Follow as it grows", FollowNot: "Follow no longer", StandardInput: "standard input", NotFetched: "%s was not fetched: %w",
		Come: "%s have come so far, and more is coming.", ComeOf: "%s of %s have come.", Stop: "Stop",
		Encoding: "Encoding", Delimiter: "Delimiter", Quote: "Quote", Escape: "Quotes in cells", Header: "Header", HeaderRow: "Header in line", Skip: "Skip lines", Comment: "Comments",
		FirstRow: "first row", NoHeader: "no header", Doubled: "doubled", Backslash: "backslash", Line: "line", Lines: "lines",
		Caret: "caret ^", Tilde: "tilde ~", Colon: "colon :", Space: "space",
		Now: "Read as %s", DelimiterIs: "delimiter %s", QuoteIs: "quote %s", NoQuote: "quotes are text", EscapedBy: "escaped by backslash", HasHeader: "the first row names the columns", HasNone: "no header",
		SkippedIs: "%d line skipped|%d lines skipped",
		NoNumber:  "“%s” is no number of a line; type a whole number from 1, or nothing", NoTable: "%s. It is shown as it is.",
	}
}

func footerEnglish() PreviewFooter {
	return PreviewFooter{
		Of: "of %s", SoFar: "%s so far", Matching: "%s that match", Readable: "%s that can be read", NoneYet: "none that match so far",
		NoRows: "no rows", NoMatches: "no rows that match", Row: "row %s of %s", Range: "rows %s–%s of %s",
		NotIndexed: "not fully indexed", Indexed: "indexed %d %%", Damaged: "damaged: rows are missing", NoHeader: "no header",
		ByteOrderMark: "%s with byte order mark", Guessed: "%s, guessed", Unsure: "%s, an unsure guess", StrayQuotes: "stray quotes", UnclosedQuote: "a quote is never closed",
		Coming: "more is coming", Following: "followed as it grows", MemberTold: "one file of an archive", Spooled: "a private copy",
		MemberGuessed: "the first of %d table of an archive|the first of %d tables of an archive",
		Comma:         "comma", Semicolon: "semicolon", Tab: "tab", Pipe: "pipe",
		Rows: "%d row|%d rows", Tail: "the last %d row of the file; their numbers come with the index|the last %d rows of the file; their numbers come with the index",
		Ragged: "%d ragged row|%d ragged rows", Hidden: "%d column hidden|%d columns hidden",
		NULBytes: "%d row with NUL bytes|%d rows with NUL bytes", NotUTF8: "%d row not in UTF-8|%d rows not in UTF-8",
		QuotingOff: "quotes read as text, guessed", SingleQuotes: "single quotes, guessed", Escapes: "backslash escapes, guessed", OddEnds: "odd line ends",
		MarkTwice: "%d byte order mark|%d byte order marks", HeaderGuessed: "header guessed", BehindEnd: "the file ends before its table begins", WebPage: "an HTML page, perhaps a login page", JSONText: "JSON, not a table",
		RepeatedHeader: "the header %d time more|the header %d times more", DoubledDelimiter: "two delimiters between cells, guessed",
		Skipped: "%d line before the table skipped|%d lines before the table skipped", Comments: "%d line of comment left out|%d lines of comment left out",
		Undecoded: "%d place shown as �: no character|%d places shown as �: no characters",
	}
}

func agesEnglish() Ages {
	return Ages{
		LessAgo: "less than a minute ago", LessAhead: "less than a minute from now",
		MinutesAgo: "%d minute ago|%d minutes ago", HoursAgo: "%d hour ago|%d hours ago", DaysAgo: "%d day ago|%d days ago",
		MonthsAgo: "%d month ago|%d months ago", YearsAgo: "%d year ago|%d years ago",
		MinutesAhead: "%d minute from now|%d minutes from now", HoursAhead: "%d hour from now|%d hours from now", DaysAhead: "%d day from now|%d days from now",
		MonthsAhead: "%d month from now|%d months from now", YearsAhead: "%d year from now|%d years from now",
	}
}
