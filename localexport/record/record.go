// Package record is what lies between the readers of a product, who know what a cell
// holds, and the formats of files, which know how it is written. A reader gives an
// Encoder the cells of a record one after the other, in the order of the columns of
// the file (package columns), as numbers, texts, instants and lists: nothing of a
// format is in them.
//
//	f := csv.New(csv.Options{})
//	base := f.Share(columns.HoldsInstance, []byte("https://wiki.example.com"))
//	w, err := f.Writer(out, file, nil)
//	e := f.Encoder(file) // one for each worker
//	e.Reuse(nil)
//	e.Int(98305)
//	e.Shared(base)
//	…
//	e.EndRecord()
//	again, err := w.Append(e.Take())
//	…
//	err = w.End()
//
// # How a file is written
//
// Several workers read ranges of the keys of one file at the same time, each with an
// encoder. What an encoder has made of some records is a Chunk: bytes of CSV, a batch
// of columns, whatever the format takes. The chunks of all workers come to the one
// Writer of the file in the order of the ranges, whatever their number. The writer
// hands chunks back to be used again, so that memory does not grow.
//
// # How a format is added
//
// A format is a package below this one that implements Format, Encoder and Writer,
// and a line where the options of an export choose one. How large a chunk is, what
// is compressed where, and whether a file can be gone on with after an interruption
// are its own affairs. A package that changes cells on their way (redaction), or that
// writes two formats at once, is a Format around another. recordtest holds whatever
// is given to an encoder against the columns.
package record

import (
	"bytes"
	"encoding/json"
	"io"

	"sluice/columns"
)

// Format makes the encoders and the writers of one export. What cells share is told
// to it first; from the first Encoder on it is not changed any more, and may be used
// by several goroutines.
type Format interface {
	// Share takes a text in that is the whole of many cells: the address of the
	// instance, the key of a space. The format keeps what it makes of it, and the
	// readers do not need to hold it.
	Share(holds columns.Holds, text []byte) Shared
	// Words takes in the texts that lists are made of. The format may keep them.
	Words(holds columns.Holds, texts Texts) Words
	// Encoder returns an encoder for records of a file, without a chunk.
	Encoder(file columns.File) Encoder
	// Writer begins a file, or goes on with it where a writer of the same format has
	// been; from is nil at the beginning.
	Writer(w io.Writer, file columns.File, from *Position) (Writer, error)
}

// Shared is a text that was told to Format.Share.
type Shared int32

// Words are texts that were told to Format.Words.
type Words int32

// Texts are texts by their number, from 0 on. They may be read by several goroutines.
type Texts interface {
	Len() int
	// Text is valid and unchanged as long as the texts are used.
	Text(i int32) []byte
}

// Encoder encodes records. It belongs to one goroutine, and allocates nothing for a
// cell or a record.
type Encoder interface {
	// Null is a cell without a value.
	Null()
	// Int is an id or a number.
	Int(n int64)
	// Time is an instant, in seconds since 1970 in UTC and nanoseconds.
	Time(unix int64, nanos int32)
	// Text is a text. It is not kept.
	Text(b []byte)
	// Shared is a text that many cells have.
	Shared(s Shared)

	// BeginText begins a text that is too long for memory. All of its pieces come by
	// Look, and then again by Piece; between two of those a chunk may be taken. The
	// cell is the same as that of Text. After an error between BeginText and the first
	// Piece the cell can be rewound.
	BeginText()
	Look(b []byte)
	Piece(b []byte)
	EndText()

	// BeginList begins a list of n texts, which come by Item with their numbers among
	// the words; between two of them a chunk may be taken.
	BeginList(w Words, n int)
	Item(i int32)
	EndList()

	// EndRecord ends the record.
	EndRecord()

	// Mark remembers a place between two cells of a record, to which Rewind goes back.
	// A record can be rewound as long as no chunk was taken since it began.
	Mark() Mark
	Rewind(m Mark)

	// Full reports whether the chunk is to be taken.
	Full() bool
	// Take returns what was encoded since the last Take. After that Reuse gives the
	// encoder a chunk again before the next cell: one that Writer.Append has returned,
	// or nil, for which it makes one. If there is nothing, Take returns nil, and the
	// encoder keeps its chunk.
	Take() Chunk
	Reuse(c Chunk)

	// Replaced reports whether characters of a text were replaced, in records that have
	// ended, since TakeReplaced was called last. That returns the columns, by their
	// positions, one for each cell; they are valid until the next record.
	Replaced() bool
	TakeReplaced() []int
}

// Chunk is what an encoder has made of records, for the writer of the same format.
type Chunk any

// Mark is a place between two cells of a record.
type Mark struct {
	Cells int // of the record, before it
	Place int // the encoder's own
}

// Writer writes the chunks of a file in their order.
type Writer interface {
	// Append takes over the next chunk, and returns one that can be used again, nil if
	// there is none.
	Append(c Chunk) (again Chunk, err error)
	// Bytes is how long the file is so far, as far as that is known.
	Bytes() int64
	// Keep brings everything that was appended to the destination, and returns what it
	// takes, beside the bytes there, to go on behind it; ok is false if the format
	// cannot, and then nothing is done.
	Keep() (p Position, ok bool, err error)
	// End brings everything to the destination, with the end of the file.
	End() error
}

// Position is how far a file is written.
type Position struct {
	Bytes int64           // of the file
	State json.RawMessage // the writer's own; nil if it needs none
}

// Replacement is what stands in a text in place of U+0000 unless that is kept: many
// databases refuse a whole file for one.
const Replacement = "\uFFFD"

// WithoutNUL is a text with Replacement for U+0000, and whether there was any.
func WithoutNUL(text []byte) (_ []byte, replaced bool) {
	if bytes.IndexByte(text, 0) < 0 {
		return text, false
	}
	return bytes.ReplaceAll(text, []byte{0}, []byte(Replacement)), true
}
