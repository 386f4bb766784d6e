package csvfile

import (
	"fmt"
	"strings"
)

// Parquet is how a Parquet file is packed.
const Parquet = "Parquet"

// Info says what is known about a file.
type Info struct {
	// Size is the size of the file on disk in bytes.
	Size int64
	// Packed is how the file is packed: "gzip", "zstd", "xz", "bzip2", "lz4", "zip", [Parquet]; ""
	// if it is not.
	Packed string
	// Members are the files of a zip archive, and Member the one that is read.
	Members []string
	Member  string
	// Coming says that more of the file may come: see [File.Coming].
	Coming bool
	// Expected is how many bytes will come, 0 if that is not known.
	Expected int64
	// Delimiter is the byte between fields.
	Delimiter byte
	// Doubled says that two delimiters stand between fields.
	Doubled bool
	// Quote is the byte around fields, 0 if quotes are text.
	Quote byte
	// Escape is the byte that makes data of the one behind it, 0 if there is none.
	Escape byte
	// Comment begins lines among the rows that are none; 0 if there are none.
	Comment byte
	// LineEnding is "LF", "CRLF", "CR", "CRCRLF" or "mixed".
	LineEnding string
	// Encoding is the name of the encoding: "UTF-8", "UTF-16", "Windows-1252". Later
	// bytes may be invalid: see Findings.
	Encoding string
	// EncodingID is the exact name in small letters: "utf-16le".
	EncodingID string
	// EncodingGuessed says that nothing in the file marks the encoding; it was told by
	// how the text looks.
	EncodingGuessed bool
	// EncodingFits are other encodings that the text is as likely to be in.
	EncodingFits []string
	// BOM says that the file begins with a byte order mark.
	BOM bool
	// HasHeader says that the first record names the columns.
	HasHeader bool
	// HeaderGuessed says that nothing speaks for that or against it.
	HeaderGuessed bool
	// SkippedLines is the number of lines before the header or the first row.
	SkippedLines int
	// Columns is the number of fields of the first record.
	Columns int

	// Foreign says that quotes stand in the middle of cells, as far as indexed.
	Foreign bool
	// RaggedRows is the number of rows with another number of cells than the
	// header, and BlankRows that of blank lines, as far as checked: see
	// [File.StartCheck].
	RaggedRows, BlankRows int64
	// Widest is the number of cells of the widest row, as far as read or checked.
	Widest int
	// Checked says that all rows have been checked.
	Checked bool
	// Findings are what is odd about the file, as far as indexed and checked,
	// the gravest first.
	Findings []Finding
}

// DelimiterName returns the delimiter as a word.
func (i Info) DelimiterName() string {
	if i.Doubled {
		return strings.Repeat(string(rune(i.Delimiter)), 2)
	}
	for _, name := range []string{"comma", "semicolon", "tab", "pipe", "caret", "tilde", "colon", "space"} {
		if byteNames[name] == i.Delimiter {
			return name
		}
	}
	if i.Delimiter < ' ' || i.Delimiter > '~' {
		return fmt.Sprintf("U+%04X", i.Delimiter)
	}
	return string(rune(i.Delimiter))
}

// Info returns what is known about the file so far.
func (f *File) Info() Info {
	i := f.info
	i.Foreign = f.foreign.Load()
	i.RaggedRows, i.BlankRows = f.found.count(RaggedRow), f.found.count(BlankRow)
	i.Widest = max(i.Columns, int(f.widest.Load()))
	i.Checked, _ = f.checking.status()
	i.Size, i.Coming = f.size(), f.Coming()
	if f.spool != nil {
		i.Expected = max(0, f.spool.Expected)
	}
	i.Findings = append(f.withUndecoded(f.found.all()), f.spooled()...)
	return i
}
