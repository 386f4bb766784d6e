// Package several writes records in several formats at once, each into a destination of
// its own. The records are read once.
//
//	f := several.New(csv.New(…), parquet.New(…))
//	w, err := f.Writer(several.Destinations{first, second}, file, nil)
package several

import (
	"errors"
	"fmt"
	"io"

	"sluice/columns"
	"sluice/localexport/record"
)

// Destinations are where the formats write, in their order.
type Destinations []io.Writer

// Write implements io.Writer, so that Destinations can be given to Format.Writer; it
// fails.
func (Destinations) Write([]byte) (int, error) {
	return 0, errors.New("nothing is written to several destinations alike")
}

// Format is several formats.
type Format struct {
	formats []record.Format
	shared  [][]record.Shared // what each format calls a text
	words   [][]record.Words
}

var _ record.Format = (*Format)(nil)

// New returns the format.
func New(formats ...record.Format) *Format { return &Format{formats: formats} }

// Share implements record.Format.
func (f *Format) Share(holds columns.Holds, text []byte) record.Shared {
	all := make([]record.Shared, len(f.formats))
	for i, format := range f.formats {
		all[i] = format.Share(holds, text)
	}
	f.shared = append(f.shared, all)
	return record.Shared(len(f.shared) - 1)
}

// Words implements record.Format.
func (f *Format) Words(holds columns.Holds, texts record.Texts) record.Words {
	all := make([]record.Words, len(f.formats))
	for i, format := range f.formats {
		all[i] = format.Words(holds, texts)
	}
	f.words = append(f.words, all)
	return record.Words(len(f.words) - 1)
}

// Encoder implements record.Format.
func (f *Format) Encoder(file columns.File) record.Encoder {
	e := &encoder{format: f, kept: make([]bool, len(f.formats))}
	for _, format := range f.formats {
		e.parts = append(e.parts, format.Encoder(file))
	}
	return e
}

// Writer implements record.Format; w are Destinations. A file that was not finished in
// one of the formats begins anew in all.
func (f *Format) Writer(w io.Writer, file columns.File, from *record.Position) (record.Writer, error) {
	to, ok := w.(Destinations)
	if !ok || len(to) != len(f.formats) {
		return nil, fmt.Errorf("%d formats have no destination each: %T", len(f.formats), w)
	}
	if from != nil && from.Bytes > 0 {
		return nil, errors.New("a file in several formats that was not finished cannot be gone on with")
	}
	all := &writer{}
	for i, format := range f.formats {
		part, err := format.Writer(to[i], file, nil)
		if err != nil {
			return nil, err
		}
		all.parts = append(all.parts, part)
	}
	return all, nil
}

// writer writes the chunks of each format.
type writer struct{ parts []record.Writer }

// chunks are a chunk of each format.
type chunks []record.Chunk

// Append implements record.Writer.
func (w *writer) Append(c record.Chunk) (record.Chunk, error) {
	list, ok := c.(chunks)
	if !ok || len(list) != len(w.parts) {
		return nil, fmt.Errorf("a chunk of %d formats is %T", len(w.parts), c)
	}
	for i, part := range w.parts {
		if list[i] == nil {
			continue
		}
		again, err := part.Append(list[i])
		if err != nil {
			return nil, err
		}
		list[i] = again
	}
	return list, nil
}

// Bytes implements record.Writer.
func (w *writer) Bytes() (n int64) {
	for _, part := range w.parts {
		n += part.Bytes()
	}
	return n
}

// Keep implements record.Writer.
func (w *writer) Keep() (record.Position, bool, error) { return record.Position{}, false, nil }

// End implements record.Writer.
func (w *writer) End() error {
	for _, part := range w.parts {
		if err := part.End(); err != nil {
			return err
		}
	}
	return nil
}
