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
	// BOM says that the file begins with a UTF-8 byte order mark.
	BOM bool
	// HasHeader says that the first record names the columns.
	HasHeader bool
	// Columns is the number of fields of the first record.
	Columns int
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
func (f *File) Info() Info { return f.info }
