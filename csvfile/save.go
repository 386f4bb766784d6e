package csvfile

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"

	"sluice/csvfile/internal/record"
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
// While it is written the file is named path.partial; it gets its name when all
// rows are safely on disk, replacing a file of that name, and is removed when
// ctx ends or anything fails. Only its owner may read it. progress, which may
// be nil, is called often, from one goroutine.
func SaveView(ctx context.Context, src Source, path string, opts SaveOptions, progress func(SaveProgress)) (SaveProgress, error) {
	rs, ok := src.(recordSource)
	if !ok {
		return SaveProgress{}, fmt.Errorf("save %s: rows of this kind (%T) cannot be saved", path, src)
	}
	if now, err := os.Stat(path); err == nil && os.SameFile(now, rs.file().opened) {
		return SaveProgress{}, fmt.Errorf("save %s: this is the file that is shown; choose another name", path)
	}
	if err := rs.file().prepare(ctx); err != nil {
		return SaveProgress{}, fmt.Errorf("save %s: %w", path, err)
	}
	s := saver{src: rs, f: rs.file(), opts: opts, progress: progress}
	s.p.TotalBytes = s.f.data().Size()
	partial := path + ".partial"
	if err := s.write(ctx, partial); err != nil {
		if rerr := os.Remove(partial); rerr != nil && !errors.Is(rerr, fs.ErrNotExist) {
			err = errors.Join(err, rerr)
		}
		return s.p, fmt.Errorf("save %s: %w", path, err)
	}
	if err := os.Rename(partial, path); err != nil {
		return s.p, fmt.Errorf("save %s: %w", path, err)
	}
	return s.p, nil
}

// saver writes one view.
type saver struct {
	src      recordSource
	f        *File
	opts     SaveOptions
	progress func(SaveProgress)
	p        SaveProgress
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

func (s *saver) write(ctx context.Context, path string) (err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	s.out = bufio.NewWriterSize(&counted{file, &s.p.Written}, 256<<10)
	if err := s.writeHeader(ctx); err != nil {
		return err
	}
	err = inOrder(ctx, s.f, s.f.allChunks(), s.encodeChunk, func(chunk int64, part saved) error {
		return s.deliver(ctx, chunk, part)
	})
	if err != nil {
		return err
	}
	if err := s.out.Flush(); err != nil {
		return err
	}
	if s.progress != nil {
		s.progress(s.p)
	}
	return file.Sync()
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
	s.p.Bytes = min(s.f.blockStart(last), s.p.TotalBytes)
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

// encode appends a record to a part.
func (s *saver) encode(part *saved, r *rec) {
	part.rows++
	if r.giant != nil {
		g := *r
		g.fields = nil
		part.pieces = append(part.pieces, savedPiece{giant: &g})
		return
	}
	if n := len(part.pieces); n == 0 || part.pieces[n-1].giant != nil {
		part.pieces = append(part.pieces, savedPiece{text: s.buffer()})
	}
	text := &part.pieces[len(part.pieces)-1].text
	if s.asItIs() {
		*text = s.endLine(append(*text, r.raw...))
		return
	}
	*text = s.encodeCells(*text, r)
}

// buffer returns an empty buffer, with room for most of a chunk if it is not new.
func (s *saver) buffer() []byte {
	if b, ok := s.buffers.Get().(*[]byte); ok {
		return *b
	}
	return make([]byte, 0, 64<<10)
}

// asItIs reports whether records are copied without looking into them.
func (s *saver) asItIs() bool { return !s.opts.SpreadsheetSafe && s.opts.Columns == nil }

// endLine gives the last record of a file the terminator it may lack.
func (s *saver) endLine(text []byte) []byte {
	if text[len(text)-1] == s.f.syn.Terminator {
		return text
	}
	return append(text, s.lineEnd()...)
}

func (s *saver) lineEnd() string {
	switch s.f.info.LineEnding {
	case "CRLF":
		return "\r\n"
	case "CR":
		return "\r"
	}
	return "\n"
}

func (s *saver) encodeCells(dst []byte, r *rec) []byte {
	columns := s.columns(r.cells())
	var scratch []byte
	for i, col := range columns {
		if i > 0 {
			dst = append(dst, s.f.syn.Delimiter)
		}
		value, _ := r.cell(col, &scratch)
		if s.opts.SpreadsheetSafe && formula(value) {
			value = append([]byte{'\''}, value...)
		}
		dst = record.AppendField(dst, value, s.f.syn, len(columns) == 1 && r.cells() > 0)
	}
	return append(dst, s.lineEnd()...)
}

// columns returns the columns to write of a record of n cells. A blank line
// stays one.
func (s *saver) columns(n int) []int {
	if s.opts.Columns != nil && n > 0 {
		return s.opts.Columns
	}
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// formula reports whether a spreadsheet would take a cell for a formula.
func formula(value []byte) bool {
	if len(value) == 0 {
		return false
	}
	switch value[0] {
	case '=', '@', '\t', '\r':
		return true
	case '+', '-':
		_, number := parseNumber(value)
		return !number
	}
	return false
}

// writeGiant writes a record too large to be held, from the file again.
func (s *saver) writeGiant(ctx context.Context, r *rec) error {
	if s.asItIs() {
		tail := &lastByte{}
		src := io.NewSectionReader(s.f.data(), r.offset, r.length)
		if _, err := io.Copy(io.MultiWriter(s.out, tail), contextReader{ctx, src}); err != nil {
			return err
		}
		_, err := s.out.Write(s.endLine([]byte{tail.b})[1:])
		return err
	}
	for i, col := range s.columns(r.cells()) {
		if i > 0 {
			if err := s.out.WriteByte(s.f.syn.Delimiter); err != nil {
				return err
			}
		}
		if err := s.writeGiantCell(ctx, r, col); err != nil {
			return err
		}
	}
	_, err := s.out.WriteString(s.lineEnd())
	return err
}

// writeGiantCell writes a cell, quoted, through its reader.
func (s *saver) writeGiantCell(ctx context.Context, r *rec, col int) error {
	if col >= r.cells() {
		return nil
	}
	cell, err := s.f.Cell(ctx, *r.giant, col)
	if err != nil {
		return err
	}
	if err := s.out.WriteByte('"'); err != nil {
		return err
	}
	if s.opts.SpreadsheetSafe && formula([]byte(r.giant.Fields[col])) {
		if err := s.out.WriteByte('\''); err != nil {
			return err
		}
	}
	if _, err := io.Copy(&record.QuoteWriter{W: s.out}, cell); err != nil {
		return err
	}
	return s.out.WriteByte('"')
}

// counted counts the bytes written through it.
type counted struct {
	w io.Writer
	n *int64
}

func (c *counted) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	*c.n += int64(n)
	return n, err
}

// lastByte remembers the last byte written to it.
type lastByte struct{ b byte }

func (l *lastByte) Write(p []byte) (int, error) {
	if len(p) > 0 {
		l.b = p[len(p)-1]
	}
	return len(p), nil
}

// contextReader ends with ctx.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
