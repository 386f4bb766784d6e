package csvfile

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"sluice/wholefile"
)

// SaveOptions says how a view is written.
type SaveOptions struct {
	// SpreadsheetSafe puts an apostrophe before cells that a spreadsheet would
	// take for a formula: those that start with = + - @, a tab or a carriage
	// return and are not plain numbers.
	SpreadsheetSafe bool
	// Columns are the columns to write, in this order; nil means all of them.
	Columns []int
	// BOM writes a UTF-8 byte order mark first, which Excel wants to see.
	BOM bool
}

// SaveProgress says how far saving has come.
type SaveProgress struct {
	Rows              int64 // written
	Written           int64 // bytes written
	Bytes, TotalBytes int64 // of the file that is read
}

// SaveView writes the rows of src, a [File] or [View], as a CSV file at path,
// with the header (if the file has one), delimiter and line ending of the file.
// Without options that change cells, records are copied byte for byte.
//
// While it is written the file has another name, "<name>.<number>.partial"; it gets
// its own when all rows are safely on disk, replacing a file of that name, which is
// as it was until then. It is removed when ctx ends or anything fails. Only its
// owner may read it. The file that is shown is never replaced, by whatever name.
// progress, which may be nil, is called often, from one goroutine.
func SaveView(ctx context.Context, src Source, path string, opts SaveOptions, progress func(SaveProgress)) (SaveProgress, error) {
	rs, ok := src.(recordSource)
	if !ok {
		return SaveProgress{}, fmt.Errorf("save %s: rows of this kind (%T) cannot be saved", path, src)
	}
	s := saver{src: rs, f: rs.file(), opts: opts, progress: progress}
	if err := s.save(ctx, path); err != nil {
		return s.p, fmt.Errorf("save %s: %w", path, err)
	}
	return s.p, nil
}

// errShown says that the file to be written is the one that is read.
var errShown = errors.New("this is the file that is shown; choose another name")

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

// saver writes one view.
type saver struct {
	src      recordSource
	f        *File
	opts     SaveOptions
	progress func(SaveProgress)
	p        SaveProgress
	file     *wholefile.File
	out      *bufio.Writer
	buffers  sync.Pool // of *[]byte, for pieces that have been written
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
}

// save writes the file at path, whole or not at all.
func (s *saver) save(ctx context.Context, path string) error {
	if s.f.shows(path) {
		return errShown
	}
	if err := s.f.prepare(ctx); err != nil {
		return err
	}
	s.p.TotalBytes = s.f.data().Size()
	file, err := wholefile.Create(path)
	if err != nil {
		return err
	}
	if err := s.write(ctx, file); err != nil {
		return errors.Join(err, file.Discard())
	}
	s.p.Written = file.Written()
	if s.progress != nil {
		s.progress(s.p)
	}
	return file.Commit()
}

func (s *saver) write(ctx context.Context, file *wholefile.File) error {
	s.file, s.out = file, bufio.NewWriterSize(file, 256<<10)
	if err := s.writeHeader(ctx); err != nil {
		return err
	}
	err := inOrder(ctx, s.f, s.f.allChunks(), s.encodeChunk, func(chunk int64, part saved) error {
		return s.deliver(ctx, chunk, part)
	})
	if err != nil {
		return err
	}
	return s.out.Flush()
}

func (s *saver) writeHeader(ctx context.Context) error {
	if s.opts.BOM {
		if _, err := s.out.Write(bom); err != nil {
			return err
		}
	}
	if !s.f.info.HasHeader {
		return nil
	}
	r := records{f: s.f, w: &window{src: s.f.data()}, only: -1, off: s.f.start, end: s.f.start + 1}
	if !r.next(ctx) {
		return r.err
	}
	var part saved
	s.encode(&part, &r.rec)
	part.rows = 0
	return s.writePart(ctx, part)
}

func (s *saver) encodeChunk(ctx context.Context, w *window, chunk int64) (part saved, err error) {
	first, last := s.f.blocksOf(chunk)
	err = s.src.eachRecord(ctx, w, first, last, -1, func(rec *rec) bool {
		s.encode(&part, rec)
		return true
	})
	return part, err
}

func (s *saver) deliver(ctx context.Context, chunk int64, part saved) error {
	if err := s.writePart(ctx, part); err != nil {
		return err
	}
	_, last := s.f.blocksOf(chunk)
	s.p.Bytes, s.p.Written = min(s.f.blockStart(last), s.p.TotalBytes), s.file.Written()
	if s.progress != nil {
		s.progress(s.p)
	}
	return nil
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
		text := piece.text[:0]
		s.buffers.Put(&text)
	}
	s.p.Rows += part.rows
	return nil
}
