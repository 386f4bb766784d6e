package csvfile

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"time"

	"sluice/csvfile/internal/block"
	"sluice/csvfile/internal/charset"
	"sluice/wholefile"
	"sluice/wording"
)

// SaveOptions says how a view is written. What is left out is as the file has it, or, in
// a source that is of no file, as RFC 4180 has it.
type SaveOptions struct {
	// SpreadsheetSafe puts an apostrophe before cells that a spreadsheet would
	// take for a formula: those that start with = + - @, a tab or a carriage
	// return and are not plain numbers.
	SpreadsheetSafe bool
	// Columns are the columns to write, in this order; nil means all of them.
	Columns []int
	// Delimiter is the byte between cells, and Quote the one around them; QuoteAll puts
	// it around every cell.
	Delimiter, Quote byte
	QuoteAll         bool
	// LineEnding is "LF" or "CRLF".
	LineEnding string
	// Encoding is the name of an encoding of IANA or the WHATWG; "" is UTF-8.
	Encoding string
	// Header says whether the names of the columns come first: "yes", "no", or "" for as in
	// the file. A file without a header has names of ours.
	Header string
	// BOM writes a byte order mark first, which Excel wants to see.
	BOM bool
}

// SaveProgress says how far saving has come.
type SaveProgress struct {
	Rows              int64 // written
	Written           int64 // bytes written
	Bytes, TotalBytes int64 // of the file that is read; of a source without one, rows
	// Replaced are the characters that the encoding does not have: each stands as a
	// question mark.
	Replaced int64
}

// SaveView writes the rows of src, a [File], a [View], a [Sorted] or another source, as a CSV file at
// path, with the header (if the file has one), delimiter and line ending of the file.
// Without options that change cells, records are copied byte for byte.
//
// While it is written the file has another name, "<name>.<number>.partial"; it gets
// its own when all rows are safely on disk, replacing a file of that name, which is
// as it was until then. It is removed when ctx ends or anything fails. Only its
// owner may read it. The file that is shown is never replaced, by whatever name. What a
// process that was killed has left of it goes when nobody has written it for ten minutes.
// progress, which may be nil, is called often, from one goroutine.
func SaveView(ctx context.Context, src Source, path string, opts SaveOptions, progress func(SaveProgress)) (SaveProgress, error) {
	s := saver{src: src, f: FileOf(src), opts: opts, progress: progress, buffers: make(chan []byte, keptBuffers)}
	err := s.choose()
	if err == nil {
		err = s.save(ctx, path)
	}
	if err != nil {
		return s.p, wording.Errorf("save %s: %w", path, err)
	}
	return s.p, nil
}

// FileOf returns the file whose rows a source shows, nil if it is of none.
func FileOf(src Source) *File {
	switch s := src.(type) {
	case interface{ file() *File }:
		return s.file()
	case interface{ File() *File }:
		return s.File()
	}
	return nil
}

// errShown says that the file to be written is the one that is read.
var errShown = wording.New("this is the file that is shown; choose another name")

// shows reports whether path is a name of the open file, or of the one that has
// taken its name since.
func (f *File) shows(path string) bool {
	target, err := os.Stat(path)
	if err != nil {
		return false
	}
	now, err := os.Stat(f.path)
	return os.SameFile(target, f.opened) || err == nil && os.SameFile(target, now)
}

// Shows reports whether path is a name of the file that src shows, which must not be
// replaced while it is read.
func Shows(src Source, path string) bool {
	f := FileOf(src)
	return f != nil && f.shows(path)
}

// saver writes one view.
type saver struct {
	src      Source
	f        *File // nil: the source is of none
	opts     SaveOptions
	syn      block.Syntax // of what is written
	lineEnd  string
	encoding charset.Encoding
	copies   bool // records are copied without looking into them
	progress func(SaveProgress)
	p        SaveProgress
	file     *wholefile.File
	out      *bufio.Writer
	encoder  *charset.Writer // nil: UTF-8
	buffers  chan []byte     // for pieces, of those that have been written
}

// saved is the output of one chunk: pieces of text, and between them records
// too large to be held, which are copied when their turn comes.
type saved struct {
	rows   int64
	pieces []savedPiece
}

type savedPiece struct {
	text  []byte
	giant *rec // instead of text
	lent  bool // the text belongs to who has read it
}

// StaleSave is how long nobody has written an incomplete file of a process that was killed.
const StaleSave = 10 * time.Minute

// save writes the file at path, whole or not at all. What a process that was killed has left
// of it goes.
func (s *saver) save(ctx context.Context, path string) error {
	if s.f != nil {
		if s.f.shows(path) {
			return errShown
		}
		if err := s.f.prepare(ctx); err != nil {
			return err
		}
		s.p.TotalBytes = s.f.data().Size()
	}
	_ = wholefile.RemoveStale(path, StaleSave) // it only takes room
	file, err := wholefile.Create(path)
	if err != nil {
		return err
	}
	file.Ahead()
	if err := s.write(ctx, file); err != nil {
		return errors.Join(err, file.Discard())
	}
	s.tell()
	if err := ctx.Err(); err != nil {
		return errors.Join(err, file.Discard())
	}
	return file.Commit()
}

func (s *saver) write(ctx context.Context, file *wholefile.File) error {
	s.file = file
	var to io.Writer = file
	if !s.encoding.IsUTF8() {
		s.encoder = charset.NewWriter(file, s.encoding)
		to = s.encoder
	}
	s.out = bufio.NewWriterSize(to, 256<<10)
	if err := s.writeHeader(ctx); err != nil {
		return err
	}
	if err := s.writeRows(ctx); err != nil {
		return err
	}
	if err := s.out.Flush(); err != nil || s.encoder == nil {
		return err
	}
	return s.encoder.Flush()
}

// writeRows writes the rows: of a file and its views by all workers, else one by one.
func (s *saver) writeRows(ctx context.Context) error {
	src, ok := s.src.(recordSource)
	if !ok {
		return EachRow(ctx, s.src, s.opts.Columns, s.writeRow, s.readTo)
	}
	encode := func(_ context.Context, each eachRec) (part saved, err error) {
		err = each(func(rec *rec) bool {
			s.encode(&part, rec)
			return true
		})
		return part, err
	}
	return inRowOrder(ctx, src, s.copies, encode, func(part saved) error { return s.writePart(ctx, part) }, func(bytes int64) {
		s.p.Bytes = bytes
		s.tell()
	})
}

// readTo tells how far the source has been read.
func (s *saver) readTo(p Progress) {
	s.p.Bytes, s.p.TotalBytes = p.Bytes, p.TotalBytes
	s.tell()
}

func (s *saver) tell() {
	s.p.Written = s.file.Written()
	if s.encoder != nil {
		s.p.Replaced = s.encoder.Replaced()
	}
	if s.progress != nil {
		s.progress(s.p)
	}
}

func (s *saver) writePart(ctx context.Context, part saved) error {
	for _, piece := range part.pieces {
		if piece.giant != nil {
			if err := s.writeGiant(ctx, piece.giant); err != nil {
				return err
			}
			continue
		}
		if _, err := s.out.Write(piece.text); err != nil {
			return err
		}
		if !piece.lent {
			s.giveBack(piece.text)
		}
	}
	s.p.Rows += part.rows
	return nil
}
