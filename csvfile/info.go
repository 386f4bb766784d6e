package csvfile

// Info says what is known about a file.
type Info struct {
	// Size is the size of the file on disk in bytes.
	Size int64
	// Compressed says that the file is packed with gzip.
	Compressed bool
	// Delimiter is the byte between fields: comma, semicolon, tab or pipe.
	Delimiter byte
	// LineEnding is "LF", "CRLF" or "CR".
	LineEnding string
	// Encoding is "UTF-8", "UTF-16", or "not UTF-8" if the start of the file is not;
	// later bytes may be invalid too: see Findings.
	Encoding string
	// EncodingGuessed says that nothing in the file marks the encoding; it was told by
	// how the text looks.
	EncodingGuessed bool
	// BOM says that the file begins with a byte order mark.
	BOM bool
	// HasHeader says that the first record names the columns.
	HasHeader bool
	// Columns is the number of fields of the first record.
	Columns int

	// Foreign says that quotes stand in the middle of cells, as far as indexed.
	Foreign bool
	// RaggedRows is the number of rows with another number of cells than the
	// header, and BlankRows that of blank lines, as far as checked: see
	// [File.StartCheck].
	RaggedRows, BlankRows int64
	// Checked says that all rows have been checked.
	Checked bool
	// Findings are what is odd about the file, as far as indexed and checked,
	// the gravest first.
	Findings []Finding
}

// DelimiterName returns the delimiter as a word.
func (i Info) DelimiterName() string {
	switch i.Delimiter {
	case ',':
		return "comma"
	case ';':
		return "semicolon"
	case '\t':
		return "tab"
	case '|':
		return "pipe"
	}
	return string(rune(i.Delimiter))
}

// Info returns what is known about the file so far.
func (f *File) Info() Info {
	i := f.info
	i.Foreign = f.foreign.Load()
	i.RaggedRows, i.BlankRows = f.found.count(RaggedRow), f.found.count(BlankRow)
	i.Checked, _ = f.checking.status()
	i.Findings = f.found.all()
	return i
}
