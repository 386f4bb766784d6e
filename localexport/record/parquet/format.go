// Package parquet writes records as Parquet: ids as INT64, numbers as INT32, times as
// TIMESTAMP(MILLIS, UTC), texts as STRING with their line breaks, lists as LIST<STRING>;
// compressed with zstd, with statistics and a page index, in row groups of a bounded
// size. The columns have the names and the order of package columns; one that can be
// without a value is optional.
//
// Encoders gather the cells of each column of some records, a batch, and the writer
// makes pages of them, with github.com/parquet-go/parquet-go. A file that was not
// finished cannot be gone on with: its end tells where everything lies.
package parquet

import (
	"io"

	"sluice/columns"
	"sluice/localexport/record"
)

// Options say how cells are written, and what the files tell of themselves.
type Options struct {
	// KeepNUL writes U+0000 as it is; else record.Replacement is written for it.
	KeepNUL bool
	// Milliseconds writes times with their milliseconds; the default is whole seconds,
	// as in the other formats.
	Milliseconds bool
	// Application is the name and the version of the program that writes.
	Application, Version string
	// Metadata are key-value pairs for every file.
	Metadata map[string]string
}

// Format is Parquet with some options.
type Format struct {
	options Options
	shared  [][]byte
	words   []record.Texts
}

var _ record.Format = (*Format)(nil)

// New returns the format.
func New(o Options) *Format { return &Format{options: o} }

// Share implements record.Format. U+0000 stands in no text that is shared.
func (f *Format) Share(_ columns.Holds, text []byte) record.Shared {
	f.shared = append(f.shared, append([]byte(nil), text...))
	return record.Shared(len(f.shared) - 1)
}

// Words implements record.Format.
func (f *Format) Words(_ columns.Holds, texts record.Texts) record.Words {
	f.words = append(f.words, texts)
	return record.Words(len(f.words) - 1)
}

// Encoder implements record.Format.
func (f *Format) Encoder(file columns.File) record.Encoder {
	e := &encoder{format: f, file: file}
	for _, c := range file.Columns {
		e.long = append(e.long, long(c))
	}
	return e
}

// Writer implements record.Format. It begins a file; from is of no use.
func (f *Format) Writer(w io.Writer, file columns.File, from *record.Position) (record.Writer, error) {
	return newWriter(w, f.options, file, from)
}
